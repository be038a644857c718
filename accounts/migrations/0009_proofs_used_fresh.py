"""Hold the use of a second factor to its time, and to another act than it was given in."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0009_proofs_used_fresh.sql"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_factors_and_handovers_guarded")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
