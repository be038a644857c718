"""Let a line of a category draw on what is set apart for it, and give back where it came from."""

from pathlib import Path

from django.db import migrations

from audit.guards import Guarded

SQL = Path(__file__).parent.parent / "sql" / "0013_categories.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0012_categories")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        Guarded("grants_account"),
    ]
