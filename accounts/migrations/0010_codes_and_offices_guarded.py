"""Guard the dates and successors of offices."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_codes_and_offices")]

    operations = []
