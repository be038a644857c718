"""Version what a recommendation says of its money, and hold a paper to saying it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0047_own_money_said.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0046_own_money")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
