"""Guard recipients and sums by year: versioned, frozen, adding up."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0028_recommendations_in_full.sql"
TRACKED = ("recipient", "yearsum")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0027_recommendations_in_full")]

    operations = [
        *(Guarded(f"decisions_{name}") for name in TRACKED),
        *(Guarded(f"decisions_historical{name}") for name in TRACKED),
        *(AppendOnly(f"decisions_historical{name}") for name in TRACKED),
        *(FiniteDates(f"decisions_historical{name}", ["history_date"]) for name in TRACKED),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
