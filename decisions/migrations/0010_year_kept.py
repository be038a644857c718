"""Keep the year of a reference as its number is kept."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0010_year_kept.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0009_years_in_references")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
