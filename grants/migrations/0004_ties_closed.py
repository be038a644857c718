"""Close what was found open in the ties of money, and refuse dates that no calendar here has."""

from pathlib import Path

from django.db import migrations

from audit.guards import FiniteDates

SQL = Path(__file__).parent.parent / "sql" / "0004_ties_closed.sql"
ALLOCATION = ["period_start", "period_end", "allocated_at"]
LINE = ["received_on", "paid_on", "recorded_at"]
COLUMNS = {
    "allocation": ALLOCATION,
    "historicalallocation": [*ALLOCATION, "history_date"],
    "move": ["moved_at"],
    "spendingline": LINE,
    "historicalspendingline": [*LINE, "history_date"],
}


class Migration(migrations.Migration):
    dependencies = [("grants", "0003_ties_of_money")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(FiniteDates(f"grants_{name}", columns) for name, columns in COLUMNS.items()),
    ]
