"""Hold the head of unit's consent to the rules of the paper: versioned, frozen, on a real day."""

from pathlib import Path

from django.db import migrations

from audit.guards import FiniteDates

SQL = Path(__file__).parent.parent / "sql" / "0012_consent_versioned.sql"
COLUMNS = ["head_of_unit_consented_on"]


class Migration(migrations.Migration):
    dependencies = [("decisions", "0011_head_of_unit")]

    operations = [
        FiniteDates("decisions_decision", COLUMNS),
        FiniteDates("decisions_historicaldecision", COLUMNS),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
