"""Ask for each imported line at most one look at an index."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0022_many_lines.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0021_claims_bind")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
