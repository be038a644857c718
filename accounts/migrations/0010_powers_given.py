"""Hold powers to a proposal and a later approval by its office, and offices to their end."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0010_powers_given.sql"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_proofs_used_fresh")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
