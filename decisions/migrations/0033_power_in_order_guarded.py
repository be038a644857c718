"""Guard the powers of deciders."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0033_power_in_order.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0032_power_in_order")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
