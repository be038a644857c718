"""Have a line above the limit wait for a second person, its sum reserved."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0031_reservations_bind.sql"
TABLES = ("grants_approvallimit", "grants_reservation", "grants_reservationanswer")


class Migration(migrations.Migration):
    dependencies = [("grants", "0030_reservations")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        FiniteDates("grants_approvallimit", ["valid_from", "set_at"]),
        FiniteDates("grants_reservation", ["reserved_at"]),
        FiniteDates("grants_reservationanswer", ["answered_at"]),
        *(operation(table) for table in TABLES for operation in (Guarded, AppendOnly)),
    ]
