"""Close what was found open in the ties of money."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("grants", "0003_ties_of_money")]

    operations = []
