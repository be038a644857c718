"""Digest each changed row once, when its entry is made."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0002_one_digest_per_row.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_ledger")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
