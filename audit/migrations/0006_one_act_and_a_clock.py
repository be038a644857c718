"""Hold rows and their entry to one act, and the clock of a demonstration to years that exist.

After any migration the structure is recorded anew: settings of the three roles are now among it.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "0006_one_act_and_a_clock.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_digests_as_written")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
