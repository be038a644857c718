"""Guard what a paper needs and the answers."""

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

TABLES = ("requirement", "historicalrequirement", "ruleanswer")
APPENDED = ("historicalrequirement", "ruleanswer")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0014_requirements_and_answers")]

    operations = [
        *(Guarded(f"decisions_{name}") for name in TABLES),
        *(AppendOnly(f"decisions_{name}") for name in APPENDED),
        FiniteDates("decisions_historicalrequirement", ["history_date"]),
        FiniteDates("decisions_ruleanswer", ["answered_at"]),
    ]
