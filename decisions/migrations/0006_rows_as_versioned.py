"""Let nothing be endorsed or decided but the rows that the newest version was made from."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0006_rows_as_versioned.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_sums_decided")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
