"""Refuse infinite dates and times, and those that no calendar here has."""

from django.db import migrations

from audit.guards import FiniteDates

COLUMNS = {
    "advice": ["given_at"],
    "approval": ["approved_at"],
    "condition": ["due_on"],
    "consultation": ["held_on", "recorded_at"],
    "decision": [
        "status_since",
        "date_signed",
        "date_published",
        "revoked_on",
        "publication_deferred_until",
    ],
    "exemption": ["decided_at", "review_on"],
    "historicaldecision": [
        "status_since",
        "date_signed",
        "date_published",
        "revoked_on",
        "publication_deferred_until",
        "history_date",
    ],
    "historicaldecisionlink": ["history_date"],
    "historicalexemption": ["decided_at", "review_on", "history_date"],
    "historicalfigure": ["history_date"],
    "historicalorganisation": ["history_date"],
    "historicalparagraph": ["history_date"],
    "historicalrecommendation": ["period_start", "period_end", "history_date"],
    "historicalsection": ["history_date"],
    "historicalseries": ["history_date"],
    "historicalsupportingpaper": ["history_date"],
    "paperversion": ["made_at"],
    "recommendation": ["period_start", "period_end"],
    "recommendationoutcome": ["until"],
    "signeddocument": ["issued_at"],
    "steptaken": ["until", "taken_at"],
}


class Migration(migrations.Migration):
    dependencies = [("decisions", "0006_rows_as_versioned")]

    operations = [FiniteDates(f"decisions_{name}", columns) for name, columns in COLUMNS.items()]
