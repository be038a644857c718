"""Find lines by their key in the guards of each line."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0025_lines_found_by_key.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0024_matches_bind")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
