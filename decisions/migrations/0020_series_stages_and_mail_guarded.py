"""Guard the stages of a series; keep mail outside the register."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0020_stages_and_mail.sql"
EDITED = ("endorsingstage", "advicegiver")
HISTORY = tuple(f"historical{name}" for name in EDITED)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0019_series_stages_and_mail")]

    operations = [
        *(Guarded(f"decisions_{name}") for name in (*EDITED, *HISTORY)),
        *(AppendOnly(f"decisions_{name}") for name in HISTORY),
        *(FiniteDates(f"decisions_{name}", ["history_date"]) for name in HISTORY),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
