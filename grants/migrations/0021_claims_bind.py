"""Let a line be in one live claim at most, and claims add up, be submitted by two and end whole."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0021_claims_bind.sql"
COLUMNS = {
    "claim": ["period_start", "period_end", "made_at"],
    "claimline": [],
    "claimstep": ["taken_on", "taken_at"],
    "claimoutcome": [],
}


class Migration(migrations.Migration):
    dependencies = [("grants", "0020_claims")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(FiniteDates(f"grants_{name}", columns) for name, columns in COLUMNS.items() if columns),
        *(Guarded(f"grants_{name}") for name in COLUMNS),
        *(AppendOnly(f"grants_{name}") for name in COLUMNS),
    ]
