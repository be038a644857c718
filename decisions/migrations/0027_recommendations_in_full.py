"""Give recommendations several recipients and sums by year."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0026_rules_of_the_paper_in_full")]

    operations = []
