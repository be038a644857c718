"""Hold what a line says to what is withheld of it, and guard what is withheld."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0036_withheld_binds.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0035_withheld")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        FiniteDates("grants_historicalwithheld", ["history_date"]),
        Guarded("grants_withheld"),
        Guarded("grants_historicalwithheld"),
        AppendOnly("grants_historicalwithheld"),
    ]
