"""Leave credits out of what was spent at risk in a month."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0051_credits_are_not_at_risk.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0050_rows_withhold")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
