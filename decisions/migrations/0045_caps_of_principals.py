"""Hold a deputy to their principal's cap by counting, no longer by what is left."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0045_caps_of_principals.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0044_batches_as_prepared"),
        ("accounts", "0011_deputies_use_their_principals"),
    ]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
