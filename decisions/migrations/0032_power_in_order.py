"""Hold the powers of deciders in order."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0031_working_text")]

    operations = []
