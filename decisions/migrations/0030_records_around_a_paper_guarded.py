"""Guard former supporting papers, and let no link lead back to where it began."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0030_records_around_a_paper.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0029_records_around_a_paper")]

    operations = [
        Guarded("decisions_formerpaper"),
        AppendOnly("decisions_formerpaper"),
        FiniteDates("decisions_formerpaper", ["retired_at"]),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
