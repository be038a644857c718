"""Guard the powers of deciders."""

from pathlib import Path

from django.db import migrations

from audit.guards import FiniteDates

SQL = Path(__file__).parent.parent / "sql" / "0033_power_in_order.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0032_power_in_order")]

    operations = [
        FiniteDates("decisions_series", ["ends_on"]),
        FiniteDates("decisions_historicalseries", ["ends_on"]),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
