"""Let the guards of moves and lines ask less at a time, and accounts say what they hold when locked."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0008_fewer_questions.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0007_periods_of_sources")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
