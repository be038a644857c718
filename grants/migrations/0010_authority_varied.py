"""Count a varied authority by its difference."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("grants", "0009_signed_on_paper")]

    operations = []
