"""Cover in the digest of a staged file what its rows withhold."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0050_rows_withhold.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0049_rows_may_withhold")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
