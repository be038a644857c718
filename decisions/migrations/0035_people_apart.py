"""Keep apart who prepares, who advises and who endorses at each stage, whatever code runs."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0035_people_apart.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0034_nesting_has_an_end")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
