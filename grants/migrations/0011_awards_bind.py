"""Let the lower of decision and letter bind, and variations name what they vary; guard both."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0011_awards_bind.sql"
COLUMNS = {
    "award": ["dated", "period_start", "period_end", "accepted_on", "recorded_at"],
    "claimdate": ["due_on"],
    "bidend": ["told_on", "recorded_at"],
    "variation": ["applied_at"],
}


class Migration(migrations.Migration):
    dependencies = [("grants", "0010_awards")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(FiniteDates(f"grants_{name}", columns) for name, columns in COLUMNS.items()),
        *(Guarded(f"grants_{name}") for name in COLUMNS),
        *(AppendOnly(f"grants_{name}") for name in COLUMNS),
    ]
