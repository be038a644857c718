"""Hold the paper to its rules in the database: same decision, frozen words, the way it goes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0003_rules_of_the_paper.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_guards")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
