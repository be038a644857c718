"""Ask the guards of lines once for each kind of line that a statement writes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0032_guards_of_many_lines.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0031_reservations_bind")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
