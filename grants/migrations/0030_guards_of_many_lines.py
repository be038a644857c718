"""Ask the guards of lines once for each kind of line that a statement writes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0030_guards_of_many_lines.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0029_lines_written_together")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
