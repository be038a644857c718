"""Hold credits and reversals to what is left of a line, and claim credits with their line."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0043_credits_bind.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0042_credits")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
