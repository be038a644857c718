"""Hold plans to the period of their allocation, to their sum, and to one another."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0027_plans_bind.sql"
COLUMNS = {"plan": ["made_at"], "planmonth": ["month"]}


class Migration(migrations.Migration):
    dependencies = [("grants", "0026_plans")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(FiniteDates(f"grants_{name}", columns) for name, columns in COLUMNS.items()),
        *(Guarded(f"grants_{name}") for name in COLUMNS),
        *(AppendOnly(f"grants_{name}") for name in COLUMNS),
    ]
