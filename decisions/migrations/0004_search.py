"""Keep the search index outside the register, and fill it from Part 1 alone."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0004_search.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0003_rules_of_the_paper")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
