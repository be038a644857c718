"""Let lines of an import make up one move together, and guard imports."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0015_imports_bind.sql"
COLUMNS = {
    "spendingimport": ["staged_at"],
    "importstep": ["taken_at"],
    "importsetaside": ["set_aside_at"],
    "importcolumns": ["chosen_at"],
    "sapcode": ["valid_from", "valid_to", "recorded_at"],
}


class Migration(migrations.Migration):
    dependencies = [("grants", "0014_imports")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(FiniteDates(f"grants_{name}", columns) for name, columns in COLUMNS.items()),
        *(Guarded(f"grants_{name}") for name in COLUMNS),
        *(AppendOnly(f"grants_{name}") for name in COLUMNS),
    ]
