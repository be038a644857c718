"""Let no outcome and no condition be added to a decision afterwards."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0013_conditions_decided.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0012_consent_versioned")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
