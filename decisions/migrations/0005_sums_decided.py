"""Let no sum be added to an outcome afterwards, nor exceed what the paper asked for."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0005_sums_decided.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_search")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
