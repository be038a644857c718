"""Guard schemes and deputies."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_schemes_and_deputies")]

    operations = []
