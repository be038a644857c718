"""Verification of the money: every statement, move and line worked out again from what is stored.

The audit trail finds a row that was changed since it was written. This finds rows that do not agree
with each other, whoever wrote them, and whatever guards were off. Sums are pounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from audit.findings import Failure
from grants.claim_checks import CLAIM_CHECKS
from grants.line_checks import LINE_CHECKS
from grants.models import PERMITTED
from grants.plan_checks import PLAN_CHECKS
from grants.reconciling_checks import RECONCILING_CHECKS
from grants.reservation_checks import RESERVATION_CHECKS

STATEMENTS = """
    SELECT id FROM (
        SELECT e.id, n, before, amount, after, e.outside, a.role,
               row_number() OVER statement AS should_be_n,
               coalesce(lag(after) OVER statement, 0) AS left_before
        FROM grants_entry e LEFT JOIN grants_account a ON a.id = e.account_id
        WINDOW statement AS (PARTITION BY e.account_id ORDER BY n, e.id)) worked_out
    WHERE n <> should_be_n OR before <> left_before OR after <> before + amount
       OR outside IS DISTINCT FROM (role = 'outside') OR after < 0 AND NOT outside
       OR amount = 0 OR abs(amount) >= 1e12 OR abs(after) >= 1e12
    ORDER BY id
"""

ACCOUNTS = """
    SELECT a.id FROM grants_account a
    LEFT JOIN grants_allocation p ON p.id = a.allocation_id
    WHERE CASE
        WHEN a.role IN ('outside', 'awaiting') THEN
            num_nonnulls(a.figure_id, a.allocation_id) > 0 OR a.funder_id IS NULL
        WHEN a.role IN ('authority', 'unawarded') THEN
            num_nonnulls(a.funder_id, a.allocation_id) > 0 OR a.figure_id IS NULL
        ELSE a.funder_id IS NOT NULL OR a.figure_id IS NULL
            OR a.figure_id IS DISTINCT FROM p.figure_id END
       OR a.category <> '' AND a.role <> 'available'
    ORDER BY a.id
"""

ENTRIES_OF_MOVES = """
    SELECT m.id FROM grants_move m
    WHERE (SELECT count(*) FROM grants_entry e WHERE e.move_id = m.id) <> 2
       OR NOT EXISTS (SELECT FROM grants_entry e WHERE e.move_id = m.id
                      AND e.account_id = m.source_id AND e.amount = -m.amount)
       OR NOT EXISTS (SELECT FROM grants_entry e WHERE e.move_id = m.id
                      AND e.account_id = m.target_id AND e.amount = m.amount)
    ORDER BY m.id
"""

STRAY_ENTRIES = """
    SELECT e.id FROM grants_entry e LEFT JOIN grants_move m ON m.id = e.move_id
    WHERE m.id IS NULL ORDER BY e.id
"""

WAYS_OF_MOVES = """
    SELECT m.id FROM grants_move m
    LEFT JOIN grants_account s ON s.id = m.source_id
    LEFT JOIN grants_account t ON t.id = m.target_id
    LEFT JOIN decisions_outcomefigure f ON f.id = m.opens_id
    LEFT JOIN grants_move r ON r.id = m.reverses_id
    WHERE (m.cause || ' ' || s.role || ' ' || t.role = ANY (%(ways)s)) IS NOT TRUE
       OR m.source_role <> s.role OR m.target_role <> t.role
       OR (m.cause IN ('opening', 'sub_allocation')) <> (m.opens_id IS NOT NULL)
       OR (m.cause = 'reversal') <> (m.reverses_id IS NOT NULL)
       OR m.cause IN ('opening', 'sub_allocation')
          AND (f.amount, f.id) IS DISTINCT FROM (m.amount, t.figure_id)
       OR m.cause IN ('allocation', 'virement', 'carry_forward', 'limit', 'award')
          AND s.figure_id IS DISTINCT FROM t.figure_id
       OR (m.cause = 'variation') <> EXISTS (SELECT FROM grants_variation v WHERE v.move_id = m.id)
       OR m.cause IN ('commitment', 'accrual', 'spend', 'release', 'reversal', 'hand_back',
                      'hand_back_undone', 'reservation', 'given_back')
          AND s.allocation_id IS DISTINCT FROM t.allocation_id
       OR m.cause IN ('awaiting', 'reversal') AND s.funder_id IS DISTINCT FROM t.funder_id
       OR m.cause = 'reversal' AND (r.source_id, r.target_id, r.amount)
          IS DISTINCT FROM (m.target_id, m.source_id, m.amount)
    ORDER BY m.id
"""

MOVES_WITHOUT_LINE = """
    SELECT m.id FROM grants_move m
    WHERE m.cause IN ('commitment', 'accrual', 'spend', 'awaiting', 'reversal', 'given_back')
      AND NOT EXISTS (SELECT FROM grants_spendingline WHERE move_id = m.id)
      AND NOT (m.cause IN ('commitment', 'accrual') AND EXISTS (
          SELECT FROM grants_spendingline WHERE account_id = m.target_id))
    ORDER BY m.id
"""

LINES = """
    WITH unequal AS (
        SELECT move_id FROM grants_spendingline GROUP BY move_id
        HAVING bool_or(together IS NOT NULL)
           AND (sum(amount) = max(together) AND sum(amount) = min(together)
                AND bool_and(together IS NOT NULL)) IS NOT TRUE)
    SELECT l.id FROM grants_spendingline l
    LEFT JOIN grants_move m ON m.id = l.move_id
    LEFT JOIN grants_account a ON a.id = l.account_id
    LEFT JOIN grants_spendingline r ON r.id = l.reverses_id
    LEFT JOIN grants_move rm ON rm.id = r.move_id
    WHERE NOT EXISTS (
            SELECT FROM grants_entry e WHERE e.move_id = l.move_id AND e.account_id = l.account_id
            AND e.amount = CASE WHEN (l.reverses_id IS NULL) = (l.kind <> 'credit')
                                THEN 1 ELSE -1 END
                           * coalesce(l.together, l.amount))
       OR a.role IS DISTINCT FROM l.account_role
       OR a.allocation_id IS DISTINCT FROM l.allocation_id
       OR (m.cause IN ('reversal', 'given_back'))
          IS DISTINCT FROM (l.reverses_id IS NOT NULL OR l.kind = 'credit')
       OR m.cause = 'reversal' AND m.reverses_id IS DISTINCT FROM rm.id
       OR m.cause = 'given_back' AND l.kind <> 'credit' AND l.reverses_id IS NULL
       OR l.net + l.vat <> l.gross
       OR l.is_vat_recovered AND l.vat > l.net / 4 + 1 AND l.reverses_id IS NULL
          AND l.credits_id IS NULL
       OR l.amount <> CASE WHEN l.is_vat_recovered THEN l.net ELSE l.gross END
       OR l.together IS NULL
          AND (SELECT count(*) FROM grants_spendingline o WHERE o.move_id = l.move_id) <> 1
       OR l.sap_document = '' AND (l.sap_item <> '' OR l.sap_turn <> 0)
       OR (l.spending_import_id IS NULL) <> (l.import_place = '')
       OR l.together IS NOT NULL AND l.move_id IN (SELECT move_id FROM unequal)
       OR EXISTS (SELECT FROM grants_account s WHERE s.id = m.source_id AND s.role = 'available'
                  AND s.category NOT IN ('', l.category))
    ORDER BY l.id
"""

# Whose money a sum decided is, and which allocation it was drawn out of, follows from its opening.
ALLOCATIONS = """
    WITH RECURSIVE opened AS (
        SELECT m.opens_id AS figure_id, a.allocation_id, a.figure_id AS out_of, a.funder_id,
               1 AS step
        FROM grants_move m JOIN grants_account a ON a.id = m.source_id
        WHERE m.opens_id IS NOT NULL
        UNION ALL
        SELECT o.figure_id, o.allocation_id, a.figure_id, a.funder_id, o.step + 1
        FROM opened o JOIN grants_move m ON m.opens_id = o.out_of
        JOIN grants_account a ON a.id = m.source_id WHERE o.step < 20
    )
    SELECT p.id FROM grants_allocation p
    LEFT JOIN decisions_outcomefigure f ON f.id = p.figure_id
    LEFT JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
    LEFT JOIN decisions_recommendation r ON r.id = o.recommendation_id
    WHERE r.decision_id IS DISTINCT FROM p.decision_id
       OR p."limit" IS DISTINCT FROM (
          SELECT sum(m.amount) FROM grants_move m JOIN grants_account a ON a.id = m.target_id
          WHERE m.cause = 'allocation' AND a.allocation_id = p.id)
       OR EXISTS (SELECT FROM grants_account a
                  WHERE a.allocation_id = p.id AND a.figure_id IS DISTINCT FROM p.figure_id)
       OR NOT EXISTS (
          SELECT FROM opened w WHERE w.figure_id = p.figure_id AND w.funder_id = p.funder_id
          AND w.allocation_id IS NOT DISTINCT FROM p.funded_from_id)
    ORDER BY p.id
"""

# What was committed, accrued and paid under each sum decided, and what was passed on, against it.
OVERSPENT = """
    WITH balance AS (
        SELECT DISTINCT ON (e.account_id) a.figure_id, a.role, e.after
        FROM grants_entry e JOIN grants_account a ON a.id = e.account_id
        WHERE a.figure_id IS NOT NULL ORDER BY e.account_id, e.n DESC
    ), used AS (
        SELECT figure_id, after AS amount FROM balance
        WHERE role IN ('reserved', 'committed', 'accrued', 'used')
        UNION ALL
        SELECT s.figure_id, m.amount FROM grants_move m
        JOIN grants_account s ON s.id = m.source_id WHERE m.cause = 'sub_allocation'
    ), charged AS (
        SELECT p.figure_id, sum(l.effect) AS amount
        FROM grants_spendingline l JOIN grants_allocation p ON p.id = l.allocation_id
        WHERE l.stage = 'actual' GROUP BY 1
    )
    SELECT f.id FROM (
        SELECT id, amount + coalesce((SELECT sum(difference) FROM grants_variation
                                      WHERE varied_id = decided.id), 0) AS authorised
        FROM decisions_outcomefigure decided) f
    WHERE coalesce((SELECT sum(amount) FROM used WHERE figure_id = f.id), 0) > f.authorised
       OR coalesce((SELECT amount FROM charged WHERE figure_id = f.id), 0) > f.authorised
    ORDER BY f.id
"""

# Each variation follows from the one before it, and moved its difference to or from what it varies.
VARIATIONS = """
    SELECT id FROM (
        SELECT v.id, v.earlier, v.difference, now.amount AS decided, m.cause, m.amount AS moved,
               a.figure_id AS place, v.varied_id,
               then_.amount + coalesce(sum(v.difference) OVER (
                   PARTITION BY v.varied_id ORDER BY v.id
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS stood
        FROM grants_variation v
        LEFT JOIN grants_move m ON m.id = v.move_id
        LEFT JOIN grants_account a
            ON a.id = CASE WHEN v.difference > 0 THEN m.target_id ELSE m.source_id END
        LEFT JOIN decisions_outcomefigure now ON now.id = v.varying_id
        LEFT JOIN decisions_outcomefigure then_ ON then_.id = v.varied_id) worked_out
    WHERE (earlier = stood AND decided = earlier + difference AND cause = 'variation'
           AND moved = abs(difference) AND place = varied_id) IS NOT TRUE
    ORDER BY id
"""

# Each letter about a sum replaces the one before it.
LETTERS = """
    SELECT id FROM (
        SELECT id, n, replaces_id, row_number() OVER letters AS should_be_n,
               lag(id) OVER letters AS before
        FROM grants_award WINDOW letters AS (PARTITION BY figure_id ORDER BY n, id)) worked_out
    WHERE n <> should_be_n OR replaces_id IS DISTINCT FROM before
    ORDER BY id
"""

# What is kept apart as not awarded: never more than the letter in force awards less, and all of
# that before anything is left to allocate.
NOT_AWARDED = """
    WITH balance AS (
        SELECT DISTINCT ON (e.account_id) a.figure_id, a.role, e.after
        FROM grants_entry e JOIN grants_account a ON a.id = e.account_id
        WHERE a.role IN ('authority', 'unawarded') ORDER BY e.account_id, e.n DESC
    ), letter AS (
        SELECT DISTINCT ON (figure_id) figure_id, amount FROM grants_award
        ORDER BY figure_id, n DESC
    ), known AS (
        SELECT f.id, coalesce(u.after, 0) AS kept, coalesce(a.after, 0) AS free,
               coalesce(greatest(0, f.amount - l.amount + coalesce(
                   (SELECT sum(difference) FROM grants_variation WHERE varied_id = f.id), 0)), 0)
                   AS short
        FROM decisions_outcomefigure f
        LEFT JOIN letter l ON l.figure_id = f.id
        LEFT JOIN balance u ON u.figure_id = f.id AND u.role = 'unawarded'
        LEFT JOIN balance a ON a.figure_id = f.id AND a.role = 'authority'
        WHERE l.figure_id IS NOT NULL OR u.after <> 0
    )
    SELECT id FROM known WHERE kept > short OR kept < short AND free > 0 ORDER BY id
"""

# A closed month holds what it held when it was closed: nothing came into it or went.
CLOSED = """
    SELECT c.id FROM grants_monthclosing c
    WHERE NOT EXISTS (
            SELECT FROM grants_proposal p JOIN grants_proposalanswer a ON a.proposal_id = p.id
            WHERE p.closing_id = c.id AND a.outcome = 'approved')
      AND NOT EXISTS (
            SELECT FROM grants_move m
            WHERE m.moved_at >= c.month::timestamp AT TIME ZONE 'Europe/London'
              AND m.moved_at < (c.month + interval '1 month') AT TIME ZONE 'Europe/London'
            HAVING count(*) = c.moves AND coalesce(sum(m.amount), 0) = c.moved)
    ORDER BY c.id
"""

# Whoever proposed something may take it back, and another answers it.
ANSWERED = """
    SELECT a.id FROM grants_proposalanswer a LEFT JOIN grants_proposal p ON p.id = a.proposal_id
    WHERE (a.proposed_by_id = p.proposed_by_id
           AND (a.answered_by_id = p.proposed_by_id) = (a.outcome = 'taken_back')) IS NOT TRUE
    ORDER BY a.id
"""

# What was moved between allocations or categories, carried forward or handed back was proposed so
# and approved; virements that were made before anything was proposed stand as they are.
APPROVED = """
    SELECT m.id FROM grants_move m
    JOIN grants_account s ON s.id = m.source_id JOIN grants_account t ON t.id = m.target_id
    LEFT JOIN grants_proposalanswer a ON a.move_id = m.id
    LEFT JOIN grants_proposal p ON p.id = a.proposal_id
    WHERE (m.cause IN ('virement', 'carry_forward', 'hand_back', 'hand_back_undone')
           OR a.id IS NOT NULL)
      AND (a.outcome = 'approved' AND p.kind = m.cause AND p.amount = m.amount
           AND p.giver_id = s.allocation_id AND p.giver_category = s.category
           AND coalesce(p.taker_id, p.giver_id) = t.allocation_id
           AND p.taker_category = t.category) IS NOT TRUE
      AND NOT (m.cause = 'virement' AND a.id IS NULL AND m.moved_at < coalesce((
               SELECT min(proposed_at) FROM grants_proposal WHERE kind <> 'reopening'), 'infinity'))
    ORDER BY m.id
"""

# A line keyed by hand has the SAP item that somebody recognised it by, and no other.
MATCHED = """
    SELECT l.id FROM grants_spendingline l
    WHERE l.sap_document <> '' AND l.spending_import_id IS NULL AND NOT EXISTS (
        SELECT FROM grants_importmatch m
        JOIN grants_importstep s ON s.spending_import_id = m.spending_import_id
        WHERE m.line_id = l.id AND m.is_same AND s.kind = 'approved'
          AND m.sap_document = l.sap_document AND m.sap_item = l.sap_item)
    ORDER BY l.id
"""

TOTAL = "SELECT coalesce(sum(amount), 0) FROM grants_entry"


@dataclass(frozen=True)
class Check:
    """A question whose answers, the keys of rows of a table, are all failures."""

    kind: str
    table: str
    detail: str
    sql: str


CHECKS = (
    Check(
        "statement-broken",
        "grants_entry",
        "does not follow from the entry before it in its statement",
        STATEMENTS,
    ),
    Check("statement-broken", "grants_entry", "belongs to no move", STRAY_ENTRIES),
    Check("account-broken", "grants_account", "is not of one thing that is there", ACCOUNTS),
    Check("move-broken", "grants_move", "has not just its two entries", ENTRIES_OF_MOVES),
    Check("move-broken", "grants_move", "is not one that may be", WAYS_OF_MOVES),
    Check("move-broken", "grants_move", "has no spending line", MOVES_WITHOUT_LINE),
    Check("line-broken", "grants_spendingline", "does not agree with what was moved", LINES),
    Check("line-broken", "grants_spendingline", "has a SAP item that nobody gave it", MATCHED),
    Check(
        "allocation-broken",
        "grants_allocation",
        "does not agree with its decision, its accounts or how its money was opened",
        ALLOCATIONS,
    ),
    Check(
        "overspent",
        "decisions_outcomefigure",
        "was decided, and more than it has been spent or passed on",
        OVERSPENT,
    ),
    Check(
        "variation-broken",
        "grants_variation",
        "does not follow from what was decided, or did not move its difference",
        VARIATIONS,
    ),
    Check("letter-broken", "grants_award", "does not replace the letter before it", LETTERS),
    Check(
        "letter-broken",
        "decisions_outcomefigure",
        "is not bound by the lower of decision and letter",
        NOT_AWARDED,
    ),
    Check(
        "month-broken",
        "grants_monthclosing",
        "does not hold what it held when the month was closed",
        CLOSED,
    ),
    Check("move-broken", "grants_move", "was not approved as it was moved", APPROVED),
    *(
        Check(*one)
        for one in (
            *CLAIM_CHECKS,
            *LINE_CHECKS,
            *PLAN_CHECKS,
            *RESERVATION_CHECKS,
            *RECONCILING_CHECKS,
        )
    ),
    Check("answer-broken", "grants_proposalanswer", "is not by a second person", ANSWERED),
)

WAYS = [
    f"{cause.value} {source.value} {target.value}"
    for cause, ends in PERMITTED.items()
    for source, target in ends
]


def money_failures() -> Iterator[Failure]:
    """Work every statement, move, line and allocation out again; yield what does not agree."""
    for check in CHECKS:
        for key in _keys(check):
            detail = f"public.{check.table} {key} {check.detail}."
            yield Failure(check.kind, detail, None, f"public.{check.table}", key)
    with connection.cursor() as cursor:
        cursor.execute(TOTAL)
        total = cursor.fetchone()[0]
    if total != 0:
        detail = f"All accounts together hold {total}, and should hold nought."
        yield Failure("money-made-or-lost", detail, None, "public.grants_entry")


def _keys(check: Check) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(check.sql, {"ways": WAYS})
        return [str(key) for (key,) in cursor.fetchall()]
