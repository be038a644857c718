"""Keep the stages of a series, what is urgent, and the mail that waits to be sent."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0018_figures_by_year_guarded")]

    operations = []
