"""Hold an allocation within the periods of all that its sum is drawn from."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0007_periods_of_sources.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0006_posting")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
