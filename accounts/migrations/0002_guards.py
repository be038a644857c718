"""Put every table of the app under the ledger's guard, and make the append-only ones so."""

from django.db import migrations

from audit.guards import AppendOnly, Guarded

EDITED = ("user", "roleholding", "delegation")
APPENDED = ("stepup", "stepupuse", *(f"historical{name}" for name in EDITED))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_records"), ("audit", "0001_ledger")]

    operations = [
        *(Guarded(f"accounts_{name}") for name in (*EDITED, *APPENDED)),
        *(AppendOnly(f"accounts_{name}") for name in APPENDED),
    ]
