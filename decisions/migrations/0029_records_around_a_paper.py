"""Keep what surrounds a paper: replaced papers, templates, prints."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0028_recommendations_in_full_guarded")]

    operations = []
