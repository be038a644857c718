"""Hold a batch to what was prepared and to the clock, and a former paper to the one it was."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0044_batches_as_prepared.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0043_revisions_and_steps_to_the_letter")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
