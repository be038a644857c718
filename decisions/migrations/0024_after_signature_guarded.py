"""Hold what happens after the signature to the ledger and to the rules of the paper."""

from pathlib import Path

from django.db import migrations

from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0024_after_signature.sql"
DATES = {
    "revision": ["proposed_at"],
    "revisionanswer": ["answered_at"],
    "conditiondischarge": ["met_on", "discharged_at"],
    "transcription": ["signed_on", "transcribed_at"],
}
APPENDED = (*DATES, "reviseditem")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0023_after_signature")]

    operations = [
        *(Guarded(f"decisions_{name}") for name in APPENDED),
        *(AppendOnly(f"decisions_{name}") for name in APPENDED),
        *(FiniteDates(f"decisions_{name}", columns) for name, columns in DATES.items()),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
