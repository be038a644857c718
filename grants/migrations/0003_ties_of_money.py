"""Tie moves, entries, allocations and lines to each other and to what was decided."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0003_ties_of_money.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_guards"), ("decisions", "0005_sums_decided")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
