"""Hold a revision to the version it names, and a decision's row to what its steps say."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0043_revisions_and_steps_to_the_letter.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0042_powers_held")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
