"""Hold lines to the rules that warn, unless they say why or name a waiver in force."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0046_waivers_bind.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0045_waivers")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        FiniteDates("grants_waiver", ["expires_on", "given_at"]),
        FiniteDates("grants_waiverend", ["ended_at"]),
        *(
            operation(table)
            for table in ("grants_waiver", "grants_waiverend")
            for operation in (Guarded, AppendOnly)
        ),
    ]
