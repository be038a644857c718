"""Keep closed months closed, name the exceptions of each, and let a second person answer."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0017_months_bind.sql"
COLUMNS = {
    "monthclosing": ["month", "closed_at"],
    "monthexception": [],
    "proposal": ["proposed_at"],
    "proposalanswer": ["answered_at"],
}


class Migration(migrations.Migration):
    dependencies = [("grants", "0016_months")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(FiniteDates(f"grants_{name}", columns) for name, columns in COLUMNS.items() if columns),
        *(Guarded(f"grants_{name}") for name in COLUMNS),
        *(AppendOnly(f"grants_{name}") for name in COLUMNS),
    ]
