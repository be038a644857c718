"""Hold statements of expenditure to what is charged, and certificates to what is done."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0048_expenditure_binds.sql"
COLUMNS = {"expenditurestatement": ["prepared_at"], "certifiedstatement": ["certified_at"]}


class Migration(migrations.Migration):
    dependencies = [("grants", "0047_expenditure")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(FiniteDates(f"grants_{name}", columns) for name, columns in COLUMNS.items()),
        *(Guarded(f"grants_{name}") for name in COLUMNS),
        *(AppendOnly(f"grants_{name}") for name in COLUMNS),
    ]
