"""Guard schemes, delegations and their uses; give older delegations their scheme as a record.

Delegations from before are brought over as proposed: the chief executive approves them, and the
version of the scheme they name, before they are used again.
"""

from pathlib import Path

from django.db import connection, migrations

from accounts import events
from audit.acts import SYSTEM, acting
from audit.guards import AppendOnly, FiniteDates, Guarded

SQL = Path(__file__).parent.parent / "sql" / "0006_schemes_and_deputies.sql"
EDITED = ("schemeversion", "schemeparagraph")
APPENDED = ("delegationuse", *(f"historical{name}" for name in EDITED))
WITH_NEW_COLUMNS = ("delegation", "historicaldelegation")
ANSWERED = ["proposed_at", "approved_at", "declined_at"]
VERSION = ["dated", "valid_from", "valid_to", *ANSWERED]
DATES = {
    "schemeversion": VERSION,
    "historicalschemeversion": [*VERSION, "history_date"],
    "historicalschemeparagraph": ["history_date"],
    "delegation": ANSWERED,
    "historicaldelegation": ANSWERED,
    "delegationuse": ["used_on"],
}

KEEP = """
WITH version AS (
    INSERT INTO accounts_schemeversion (title, dated, valid_from, declined_reason)
    SELECT scheme_title, scheme_dated, least(scheme_dated, min(valid_from)), ''
    FROM accounts_delegation GROUP BY scheme_title, scheme_dated
    RETURNING *
), kept AS (
    INSERT INTO accounts_historicalschemeversion
        (id, title, dated, valid_from, declined_reason, history_date, history_type)
    SELECT id, title, dated, valid_from, declined_reason, now(), '+' FROM version
)
SELECT count(*) FROM version
"""
PARAGRAPHS = """
WITH given AS (
    SELECT scheme_title, scheme_dated, scheme_paragraph,
        array_agg(DISTINCT act) AS acts,
        CASE WHEN bool_or("limit" IS NULL) THEN NULL ELSE max("limit") END AS most
    FROM accounts_delegation, unnest(acts) AS act
    GROUP BY scheme_title, scheme_dated, scheme_paragraph
), paragraph AS (
    INSERT INTO accounts_schemeparagraph (version_id, number, acts, "limit", words, office)
    SELECT v.id, scheme_paragraph, acts, most, '', '' FROM given
    JOIN accounts_schemeversion v ON v.title = scheme_title AND v.dated = scheme_dated
    RETURNING *
)
INSERT INTO accounts_historicalschemeparagraph
    (id, version_id, number, acts, "limit", words, office, history_date, history_type)
SELECT id, version_id, number, acts, "limit", words, office, now(), '+' FROM paragraph
"""
DELEGATIONS = """
WITH moved AS (
    UPDATE accounts_delegation d SET paragraph_id = p.id
    FROM accounts_schemeparagraph p JOIN accounts_schemeversion v ON v.id = p.version_id
    WHERE (v.title, v.dated, p.number) = (d.scheme_title, d.scheme_dated, d.scheme_paragraph)
    RETURNING d.*
)
INSERT INTO accounts_historicaldelegation
    (id, holder_id, paragraph_id, scheme_title, scheme_dated, scheme_paragraph, acts, "limit", cap,
     cap_per, valid_from, valid_to, deputy_for_id, declined_reason, history_date, history_type)
SELECT id, holder_id, paragraph_id, scheme_title, scheme_dated, scheme_paragraph, acts, "limit",
    cap, cap_per, valid_from, valid_to, deputy_for_id, declined_reason, now(), '~' FROM moved
"""


def keep_schemes(apps, schema_editor):
    """Make records of the schemes that delegations name, in one act of the register's own."""
    if not apps.get_model("accounts", "Delegation").objects.exists():
        return
    with acting(by=SYSTEM, name="keep_schemes") as act, connection.cursor() as cursor:
        for sql in (KEEP, PARAGRAPHS, DELEGATIONS):
            cursor.execute(sql)
        act.record(events.SCHEMES_KEPT)


class Migration(migrations.Migration):
    atomic = False  # the act that keeps schemes is a transaction of its own

    dependencies = [
        ("accounts", "0005_schemes_and_deputies"),
        ("audit", "0005_digests_as_written"),
    ]

    operations = [
        *(Guarded(f"accounts_{name}") for name in (*EDITED, *APPENDED)),
        *(AppendOnly(f"accounts_{name}") for name in APPENDED),
        *(FiniteDates(f"accounts_{name}", columns) for name, columns in DATES.items()),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        *(Guarded(f"accounts_{name}") for name in WITH_NEW_COLUMNS),
        migrations.RunPython(keep_schemes, migrations.RunPython.noop),
    ]
