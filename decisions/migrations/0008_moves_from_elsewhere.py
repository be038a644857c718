"""Let a decision that was published elsewhere be taken down and put back."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0008_moves_from_elsewhere.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0007_dates_are_finite")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
