"""Guard the sums by year."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0017_figures_by_year")]

    operations = []
