"""Let no row and no entry join an act that is over, and payloads come with their entries."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0003_one_transaction_one_act.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_one_digest_per_row")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
