"""List the lines of an import, and their first history, together."""

from django.db import migrations

from audit.guards import ManyAtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0009_many_rows_one_item"),
        ("grants", "0028_kinds_of_line"),
    ]

    operations = [
        ManyAtOnce("grants_spendingline"),
        ManyAtOnce("grants_historicalspendingline"),
    ]
