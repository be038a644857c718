"""Let nothing that was claimed before this register be claimed again, nor the mark be set later."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0034_claimed_before_binds.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0033_claimed_before")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        Guarded("grants_claimedbefore"),
        AppendOnly("grants_claimedbefore"),
    ]
