"""Cover in the digest of a staged file what its rows withhold."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0048_rows_withhold.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0047_rows_may_withhold")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
