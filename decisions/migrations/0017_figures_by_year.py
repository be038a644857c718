"""Keep the sums of a figure by financial year."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0016_lists_and_tables")]

    operations = []
