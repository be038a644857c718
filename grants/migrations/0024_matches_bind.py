"""Let a line keyed by hand be recognised in an import, and guard what was said of it."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0024_matches_bind.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0023_matches")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        FiniteDates("grants_importmatch", ["answered_at"]),
        Guarded("grants_importmatch"),
        AppendOnly("grants_importmatch"),
    ]
