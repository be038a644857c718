"""Hold who approves, with what second factor and for which sums, whoever writes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0042_powers_held.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0041_advice_in_part_2"),
        ("accounts", "0009_proofs_used_fresh"),
    ]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
