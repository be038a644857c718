"""Let no recommendation lie deeper than queries ask, nor under itself."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0034_nesting_has_an_end.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0033_power_in_order_guarded")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
