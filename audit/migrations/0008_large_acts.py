"""Commit an act of many rows in a time that grows with their number."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0008_large_acts.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_planned_once")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
