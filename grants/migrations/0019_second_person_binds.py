"""Hold each such move to its approval, and to the funder's consent where the letter asks for it."""

from pathlib import Path

from django.db import migrations

from audit.guards import FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0019_second_person_for_money.sql"


class Migration(migrations.Migration):
    dependencies = [("grants", "0018_second_person_for_money")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        FiniteDates("grants_proposal", ["consent_on"]),
        Guarded("grants_proposal"),
        Guarded("grants_proposalanswer"),
    ]
