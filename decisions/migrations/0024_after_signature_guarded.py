"""Guard what comes after the signature."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0023_after_signature")]

    operations = []
