"""Hold the further rules of the paper: warnings are answered, what is declared is versioned."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0026_rules_of_the_paper_in_full.sql"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0024_after_signature_guarded")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
