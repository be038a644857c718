"""Let hand-backs be put right only by two people, within their allocation."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0039_hand_backs_corrected_bind.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0038_hand_backs_corrected")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
