"""Plan once a session what every act asks of the ledger again and again."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0007_planned_once.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_one_act_and_a_clock")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
