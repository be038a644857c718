"""The register held against SAP: exports loaded, matched, explained, stated, agreed by another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import money
from decisions.actions.edits import made_before, remember
from grants import events
from grants.actions.imports import Source, remember_columns
from grants.actions.posting import in_words
from grants.matching_rules import Found, find
from grants.models import (
    NOUGHT,
    MatchRule,
    Reconciliation,
    ReconciliationAgreement,
    ReconcilingNote,
    SapExport,
    SapExportEnd,
    SapItem,
    SapMatch,
    SapMatchEnd,
    SapMatchPart,
    month_name,
)
from grants.months import next_month
from grants.permissions import can_close_months, can_record_spending
from grants.reconciling import is_current, items_held, reconciled_from, unmatched
from grants.refusals import GrantRefused
from grants.rules import BOOK, gives_reason
from grants.rules_of_reconciling import (
    comes_to_the_same,
    is_agreed_by_another,
    is_all_explained,
    is_still_true,
)

AT_ONCE = 5_000  # rows in one statement


@dataclass(frozen=True)
class Posting:
    """A posting of SAP; `amount` (pounds) is what it costs, below nought where it takes back."""

    place: str
    sap_document: str
    sap_item: str
    posted_on: date | None
    payee: str
    text: str
    invoice_number: str
    cost_centre: str
    amount: Decimal


@action
def load_export(
    act: Act,
    *,
    month: date,
    source: Source,
    postings: Sequence[Posting],
    listed: Sequence[dict[str, str]] = (),
    form_key: UUID,
    by: User,
) -> SapExport:
    """Keep what SAP posted in a month, leave out what is held, and match it by the rules."""
    if before := made_before(form_key, SapExport):
        return before
    role = can_record_spending(by).or_refuse().role
    first = reconciled_from()
    if first and month < first:
        raise GrantRefused(
            f"Reconciling began with {month_name(first)}.", clears="Choose that month or a later."
        )
    held = items_held(postings)
    new = [one for one in postings if (one.sap_document, one.sap_item) not in held]
    if not new:
        raise GrantRefused(
            "Every posting of this file was loaded before.", clears="Nothing has to be done."
        )
    amount = sum((one.amount for one in new), NOUGHT)
    again = [
        {"place": one.place, "note": "Loaded before", "says": one.sap_document}
        for one in postings
        if (one.sap_document, one.sap_item) in held
    ]
    made = SapExport.objects.create(
        month=month,
        file_sha256=source.file.sha256,
        file_name=source.file.file_name,
        rows_count=len(new),
        amount=amount,
        listed=[*listed, *again],
        loaded_at=clock.now(),
        loaded_by=by,
    )
    SapItem.objects.bulk_create(SapItem(export=made, **vars(one)) for one in new)
    remember_columns(source, by)
    facts = {"month": month_name(month), "postings": len(new), "amount": amount}
    act.record(events.SAP_LOADED, subject=made, role=role, data=facts)
    _match(act, find(*unmatched()), role, by)
    return remember(form_key, made)


@action
def withdraw_export(
    act: Act, *, export: SapExport, reason: str, form_key: UUID, by: User
) -> SapExport:
    """Withdraw an export that was loaded by mistake; its matches end with it."""
    if before := made_before(form_key, SapExport):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    if SapExportEnd.objects.filter(export=export).exists():
        raise GrantRefused(f"{export.reference} was withdrawn already.")
    matches = SapMatch.objects.live().filter(parts__item__export=export).distinct()
    _end(matches, f"{export.reference} was withdrawn.", by)
    SapExportEnd.objects.create(
        export=export, reason=reason.strip(), withdrawn_at=clock.now(), withdrawn_by=by
    )
    facts = {"month": month_name(export.month), "reason": reason.strip()}
    act.record(events.SAP_WITHDRAWN, subject=export, role=role, data=facts)
    return remember(form_key, export)


@action
def match_by_rules(act: Act, *, form_key: UUID, by: User) -> int:
    """Match by the rules what came since; return how many matches were found."""
    if made_before(form_key, SapMatch):
        return 0
    role = can_record_spending(by).or_refuse().role
    made = _match(act, find(*unmatched()), role, by)
    if not made:
        raise GrantRefused(
            "The rules match nothing more.", clears="Match by hand, or explain what is left."
        )
    remember(form_key, made[-1])
    return len(made)


@action
def match_by_hand(
    act: Act,
    *,
    lines: Sequence[int],
    items: Sequence[int],
    reason: str,
    form_key: UUID,
    by: User,
) -> SapMatch:
    """Match lines with postings of SAP, or what cancels each other on one side, with a reason."""
    if before := made_before(form_key, SapMatch):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    ours, theirs = unmatched()
    chosen = [one for one in ours if one.key in lines], [one for one in theirs if one.key in items]
    taken = len(set(lines)) - len(chosen[0]) + len(set(items)) - len(chosen[1])
    BOOK.hold("GRT-72", holds=taken == 0, detail=f"{taken} of them are matched, or are not there.")
    sums = [sum((one.amount for one in side), NOUGHT) for side in chosen]
    detail = f"The lines come to {money(sums[0])}, the postings to {money(sums[1])}."
    is_enough = len(chosen[0]) + len(chosen[1]) > 1
    BOOK.hold("GRT-71", holds=is_enough and comes_to_the_same(sums[0], sums[1]), detail=detail)
    match = Found(MatchRule.BY_HAND, reason.strip(), tuple(chosen[0]), tuple(chosen[1]))
    return remember(form_key, _match(act, [match], role, by)[0])


@action
def undo_match(act: Act, *, match: SapMatch, reason: str, form_key: UUID, by: User) -> SapMatch:
    """Undo a match, with a reason: its lines and postings are without their other side again."""
    if before := made_before(form_key, SapMatch):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    if SapMatchEnd.objects.filter(match=match).exists():
        raise GrantRefused(f"{match.reference} was undone already.")
    _end([match], reason, by)
    facts = {"reason": reason.strip()}
    act.record(events.SAP_UNMATCHED, subject=match, role=role, data=facts)
    return remember(form_key, match)


@action
def explain(
    act: Act,
    *,
    lines: Sequence[int],
    items: Sequence[int],
    kind: str,
    words: str,
    form_key: UUID,
    by: User,
) -> ReconcilingNote:
    """Say why lines or postings have no other side; what is said last about each counts."""
    if before := made_before(form_key, ReconcilingNote):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(words))
    ours, theirs = unmatched()
    there = {one.key for one in ours}, {one.key for one in theirs}
    if not (lines or items) or not there[0].issuperset(lines) or not there[1].issuperset(items):
        raise GrantRefused(
            "Some of these are matched by now, or are not there.", clears="Look again."
        )
    said = {"kind": kind, "words": words.strip(), "noted_at": clock.now(), "noted_by": by}
    notes = ReconcilingNote.objects.bulk_create(
        [
            *(ReconcilingNote(line_id=one, **said) for one in lines),
            *(ReconcilingNote(item_id=one, **said) for one in items),
        ]
    )
    label = notes[-1].get_kind_display()
    facts = {"lines": len(lines), "postings": len(items), "kind": label, "words": words.strip()}
    act.record(events.SAP_NOTED, subject=notes[-1], role=role, data=facts)
    return remember(form_key, notes[-1])


@action
def prepare_reconciliation(act: Act, *, month: date, form_key: UUID, by: User) -> Reconciliation:
    """State how a month's register and SAP agree; the database adds up and lists what does not."""
    if before := made_before(form_key, Reconciliation):
        return before
    role = can_record_spending(by).or_refuse().role
    if clock.today() < next_month(month):
        raise GrantRefused(f"{month_name(month)} is not over.", clears="Wait for its last day.")
    if not SapExport.objects.live().filter(month=month).exists():
        raise GrantRefused(
            f"Nothing of SAP was loaded for {month_name(month)}.", clears="Load its export first."
        )
    sums = dict.fromkeys(("lines", "postings", "unexplained"), 0)
    made = Reconciliation.objects.create(
        month=month,
        n=Reconciliation.objects.filter(month=month).count() + 1,
        **sums,  # the database counts and adds up
        **dict.fromkeys(("register", "sap", "explained", "difference"), NOUGHT),
        prepared_at=clock.now(),
        prepared_by=by,
    )
    made.refresh_from_db()
    facts = {
        "register": made.register,
        "sap": made.sap,
        "explained": made.explained,
        "difference": made.difference,
        "unexplained": made.unexplained,
    }
    act.record(events.RECONCILED, subject=made, role=role, data=facts)
    return remember(form_key, made)


@action
def agree_reconciliation(
    act: Act, *, made: Reconciliation, form_key: UUID, by: User
) -> Reconciliation:
    """Agree a statement that another prepared, while it is true and all in it is explained."""
    if before := made_before(form_key, Reconciliation):
        return before
    role = can_close_months(by).or_refuse().role
    BOOK.hold("GRT-74", holds=is_agreed_by_another(made, by))
    BOOK.hold(
        "GRT-73", holds=is_all_explained(made.unexplained), detail=f"{made.unexplained} are not."
    )
    BOOK.hold("GRT-75", holds=is_still_true(is_current(made)))
    if ReconciliationAgreement.objects.filter(reconciliation=made).exists():
        raise GrantRefused("It was agreed already.")
    with in_words():
        ReconciliationAgreement.objects.create(
            reconciliation=made,
            prepared_by=made.prepared_by,
            difference=made.difference,
            unexplained=made.unexplained,
            agreed_at=clock.now(),
            agreed_by=by,
        )
    facts = {"register": made.register, "sap": made.sap}
    act.record(events.RECONCILIATION_AGREED, subject=made, role=role, data=facts)
    return remember(form_key, made)


def _match(act: Act, found: Sequence[Found], role: str, by: User) -> list[SapMatch]:
    now = clock.now()
    with in_words():
        made = SapMatch.objects.bulk_create(
            SapMatch(rule=one.rule, why=one.why, matched_at=now, matched_by=by) for one in found
        )
        SapMatchPart.objects.bulk_create(
            SapMatchPart(match=match, amount=side.amount, **{name: side.key})
            for match, one in zip(made, found, strict=True)
            for name, sides in (("line_id", one.lines), ("item_id", one.items))
            for side in sides
        )
    if found:
        lines = sum(len(one.lines) for one in found)
        facts: dict[str, object] = {
            "lines": lines,
            "postings": sum(len(one.items) for one in found),
            "rules": ", ".join(sorted({MatchRule(one.rule).label for one in found})),
        }
        if found[0].rule == MatchRule.BY_HAND:
            facts["reason"] = found[0].why
        act.record(events.SAP_MATCHED, subject=made[-1], role=role, data=facts)
    return made


def _end(matches: Iterable[SapMatch], reason: str, by: User) -> None:
    now = clock.now()
    SapMatchEnd.objects.bulk_create(
        SapMatchEnd(match=one, reason=reason.strip(), ended_at=now, ended_by=by) for one in matches
    )
