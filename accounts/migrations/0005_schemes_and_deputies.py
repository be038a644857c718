"""Keep scheme versions, their approval, and deputies."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_dates_are_finite")]

    operations = []
