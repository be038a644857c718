"""Guard the shares of sums as decided: append-only, and fitting the sum."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0040_shares_decided.sql"
TABLES = ("decisions_outcomerecipient", "decisions_outcomeyear")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0039_shares_decided")]

    operations = [
        *(Guarded(table) for table in TABLES),
        *(AppendOnly(table) for table in TABLES),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
