"""Hold matches and statements to their sums, and name in a closing that a month is not reconciled."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0041_reconciling_binds.sql"
COLUMNS = {
    "sapexport": ["month", "loaded_at"],
    "sapexportend": ["withdrawn_at"],
    "sapitem": ["posted_on"],
    "sapmatch": ["matched_at"],
    "sapmatchpart": [],
    "sapmatchend": ["ended_at"],
    "reconcilingnote": ["noted_at"],
    "reconciliation": ["month", "prepared_at"],
    "reconcilingitem": [],
    "reconciliationagreement": ["agreed_at"],
}


class Migration(migrations.Migration):
    dependencies = [("grants", "0040_reconciling")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(FiniteDates(f"grants_{name}", columns) for name, columns in COLUMNS.items() if columns),
        *(Guarded(f"grants_{name}") for name in COLUMNS),
        *(AppendOnly(f"grants_{name}") for name in COLUMNS),
    ]
