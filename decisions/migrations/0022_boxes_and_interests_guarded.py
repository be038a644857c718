"""Guard the box, its batches and who stood aside, and hold decisions to them in the database."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0022_boxes_and_interests.sql"
EDITED = ("boxplace", "prepareddecision")
APPENDED = (
    "standingaside",
    "batch",
    "batchitem",
    "batchuse",
    *(f"historical{name}" for name in EDITED),
)
COLUMNS = {
    "standingaside": ["made_at"],
    "prepareddecision": ["made_at"],
    "historicalprepareddecision": ["made_at", "history_date"],
    "historicalboxplace": ["history_date"],
    "batch": ["made_at"],
    "batchuse": ["made_at"],
}


class Migration(migrations.Migration):
    dependencies = [("decisions", "0021_boxes_and_interests")]

    operations = [
        *(Guarded(f"decisions_{name}") for name in (*EDITED, *APPENDED)),
        *(AppendOnly(f"decisions_{name}") for name in APPENDED),
        *(FiniteDates(f"decisions_{name}", columns) for name, columns in COLUMNS.items()),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
