"""Put every table of the app under the ledger's guard, and make the append-only ones so."""

from django.db import migrations

from audit.guards import AppendOnly, Guarded

EDITED = (
    "organisation",
    "series",
    "decision",
    "exemption",
    "section",
    "paragraph",
    "supportingpaper",
    "decisionlink",
    "recommendation",
    "figure",
)
APPENDED = (
    "numbergap",
    "steptaken",
    "consultation",
    "paperversion",
    "advice",
    "approval",
    "recommendationoutcome",
    "outcomefigure",
    "condition",
    "signeddocument",
    "formpost",
    *(f"historical{name}" for name in EDITED),
)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_records"), ("audit", "0001_ledger")]

    operations = [
        *(Guarded(f"decisions_{name}") for name in (*EDITED, *APPENDED)),
        *(AppendOnly(f"decisions_{name}") for name in APPENDED),
    ]
