"""SAP rows that look like lines keyed by hand: a person says which are, before the approval."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Max, QuerySet

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions.actions.edits import change, made_before, remember
from grants import events
from grants.actions.imports import not_set_aside, open_import
from grants.actions.posting import in_words
from grants.models import ImportMatch, ImportRow, SpendingImport, SpendingLine
from grants.permissions import can_record_spending
from grants.refusals import GrantRefused
from grants.rules import BOOK


def to_be_answered(staged: SpendingImport) -> QuerySet[ImportRow]:
    """Return the rows that look like a line keyed by hand, of which nobody has said whether."""
    answered = ImportMatch.objects.filter(spending_import=staged).values("place")
    rows = not_set_aside(staged).filter(faults=[], looks_like__isnull=False)
    return rows.exclude(place__in=answered)


def hold_all_matched(staged: SpendingImport) -> None:
    """Refuse (GRT-36) an import with rows that may be held already."""
    left = to_be_answered(staged).count()
    BOOK.hold("GRT-36", holds=left == 0, detail=f"{left} may be lines that were keyed by hand.")


@action
def answer_matches(
    act: Act, *, staged: SpendingImport, is_same: Mapping[str, bool], form_key: UUID, by: User
) -> SpendingImport:
    """Say of rows, by their place, whether each is the line that it looks like."""
    if before := made_before(form_key, SpendingImport):
        return before
    role = can_record_spending(by).or_refuse().role
    staged = open_import(staged)
    rows = list(to_be_answered(staged).filter(place__in=is_same))
    if not rows or len(rows) < len(is_same):
        raise GrantRefused("Nothing is left to be said of these rows.", clears="Look again.")
    now = clock.now()
    ImportMatch.objects.bulk_create(
        ImportMatch(
            spending_import=staged,
            place=row.place,
            line_id=row.looks_like_id,
            is_same=is_same[row.place],
            sap_document=row.sap_document,
            sap_item=row.sap_item,
            answered_at=now,
            answered_by=by,
        )
        for row in rows
        if row.looks_like_id is not None
    )
    same = sum(is_same.values())
    facts = {"same": same, "another": len(rows) - same}
    act.record(events.IMPORT_MATCHED, subject=staged, role=role, data=facts)
    return remember(form_key, staged)


def write_matches(staged: SpendingImport) -> None:
    """Give lines keyed by hand the SAP items that they are, within the act of the approval."""
    with in_words():
        for match, line in _matched(staged):
            same = SpendingLine.objects.filter(
                sap_document=match.sap_document, sap_item=match.sap_item, reverses__isnull=True
            )
            last = same.aggregate(last=Max("sap_turn"))["last"]
            turn = 0 if last is None else last + 1
            change(
                line,
                {
                    "sap_document": match.sap_document,
                    "sap_item": match.sap_item,
                    "sap_turn": turn,
                },
            )


def clear_matches(staged: SpendingImport) -> None:
    """Take the SAP items from lines keyed by hand again, within the act of the reversal."""
    for _, line in _matched(staged):
        change(line, {"sap_document": "", "sap_item": "", "sap_turn": 0})


def _matched(staged: SpendingImport) -> list[tuple[ImportMatch, SpendingLine]]:
    matches = list(staged.matches.filter(is_same=True))
    locked = SpendingLine.objects.select_for_update(of=("self",)).order_by("pk")
    lines = locked.in_bulk([one.line_id for one in matches])
    return [(one, lines[one.line_id]) for one in matches]
