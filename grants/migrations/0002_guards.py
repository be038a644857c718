"""Put every table of the app under the ledger's guard, and make the append-only ones so."""

from django.db import migrations

from audit.guards import AppendOnly, Guarded

EDITED = ("allocation", "spendingline")
APPENDED = ("account", "move", "entry", *(f"historical{name}" for name in EDITED))


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_records"), ("audit", "0001_ledger")]

    operations = [
        *(Guarded(f"grants_{name}") for name in (*EDITED, *APPENDED)),
        *(AppendOnly(f"grants_{name}") for name in APPENDED),
    ]
