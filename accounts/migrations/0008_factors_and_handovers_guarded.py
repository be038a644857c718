"""Guard the restoring of second factors and the handing over of work."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0008_factors_and_handovers.sql"
DATES = ["asked_at", "confirmed_at", "declined_at"]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_factors_and_handovers")]

    operations = [
        Guarded("accounts_factorrestoration"),
        Guarded("accounts_historicalfactorrestoration"),
        AppendOnly("accounts_historicalfactorrestoration"),
        FiniteDates("accounts_factorrestoration", DATES),
        FiniteDates("accounts_historicalfactorrestoration", [*DATES, "history_date"]),
        Guarded("accounts_handover"),
        AppendOnly("accounts_handover"),
        FiniteDates("accounts_handover", ["moved_on"]),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
