"""Hold a limit against all sittings of a decision, and count sums whatever they are called."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0037_limits_of_the_whole_decision.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0035_people_apart")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
