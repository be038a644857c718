"""Keep what a paper needs, and the answers to what was doubted about it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0013_conditions_decided")]

    operations = []
