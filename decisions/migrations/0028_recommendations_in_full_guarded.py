"""Guard recipients and sums by year."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0027_recommendations_in_full")]

    operations = []
