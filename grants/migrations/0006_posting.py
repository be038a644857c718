"""Let the database post a move, and say what an allocation stands on, in one message each."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0006_posting.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0004_ties_closed"),
        ("decisions", "0026_rules_of_the_paper_in_full"),
    ]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
