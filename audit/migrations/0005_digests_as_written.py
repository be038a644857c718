"""Digest each row as it is written, and let the database list what an act changed."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0005_digests_as_written.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_unique_indexes_recorded")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
