"""Lines above the limit: their sum is reserved, and another person approves or declines them.

All rules are held when a line is sent for approval, by recording it in full and undoing that, and
held again when it is approved: then what was reserved goes back where it came from and the line is
recorded out of it, in one act that nobody else can come between.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_type_hints
from uuid import UUID, uuid4

from django.db import connection, transaction

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions.actions import KeptFile
from decisions.actions.edits import made_before, remember
from grants import events
from grants.actions.awaiting import covered
from grants.actions.claims import recharged
from grants.actions.lines import converted
from grants.actions.posting import (
    Posted,
    accounts_of,
    balance_of,
    balances,
    in_words,
    lock,
    new_account,
    origin_of,
    post,
)
from grants.actions.spending import (
    Spend,
    as_everybody_sees,
    as_its_origin,
    as_paper_has_it,
    charged,
    hold_spend,
    standing,
)
from grants.models import (
    Account,
    AccountRole,
    Allocation,
    Cause,
    Move,
    Reservation,
    ReservationAnswer,
    ReservationKind,
    ReservationOutcome,
    SpendingLine,
)
from grants.permissions import can_answer_reservation, can_record_spending
from grants.refusals import NotThere
from grants.rules import BOOK, gives_reason
from grants.rules_of_approval import is_by_a_second_officer

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('grants_reservation', %s))"
CLOSED = ("payee", "purpose", "evidence")
READ: dict[Any, Any] = {
    Decimal: Decimal,
    date: date.fromisoformat,
    KeptFile: lambda told: KeptFile(**told),
}


class _Undone(Exception):
    """The rehearsal of a line has ended, and is undone."""


def told_of(spend: Spend) -> dict[str, Any]:
    """Return an item of spend as a reservation keeps it: sums and dates as words.

    What is withheld stands apart, under `closed`, and its ground in its place.
    """
    seen = as_everybody_sees(spend)
    values = {each.name: getattr(seen, each.name) for each in fields(spend)}
    closed = {name: getattr(spend, name) for name in CLOSED if values[name] != getattr(spend, name)}
    told = {name: _as_words(value) for name, value in values.items()}
    return told | {"closed": {name: _as_words(value) for name, value in closed.items()}}


def _as_words(value: object) -> object:
    if isinstance(value, KeptFile):
        return vars(value)
    if isinstance(value, Decimal | date):
        return str(value)
    return value.strip() if isinstance(value, str) else value


def spend_in(reservation: Reservation) -> Spend:
    """Return the item of spend that a reservation keeps, with what is withheld of it."""
    hints = get_type_hints(Spend)
    told = {name: value for name, value in reservation.spend.items() if name in hints}
    told |= reservation.spend.get("closed", {})
    return Spend(**{name: _read(hints[name], value) for name, value in told.items()})


def spend_seen(reservation: Reservation) -> Spend:
    """Return the item of spend that a reservation keeps as everybody sees it.

    What its line withholds since, or released, is seen here as it is there.
    """
    seen = as_everybody_sees(spend_in(reservation))
    line = getattr(reservation, "line", None)
    if line is None:
        return seen
    file = None
    if line.evidence_name:
        file = KeptFile(line.evidence_sha256, 0, line.evidence_name, line.evidence_type)
    return replace(seen, payee=line.payee, purpose=line.purpose, evidence=file)


def _read(kind: Any, value: Any) -> Any:
    if isinstance(kind, UnionType):
        kind = next(one for one in get_args(kind) if one is not type(None))
    return value if value is None else READ.get(kind, kind)(value)


@action
def reserve_line(
    act: Act,
    *,
    allocation: Allocation,
    spend: Spend,
    kind: str = ReservationKind.NEW,
    of_line: SpendingLine | None = None,
    is_last: bool = True,
    corrects: Reservation | None = None,
    form_key: UUID,
    by: User,
) -> Reservation:
    """Send a line above the limit for approval by another person; reserve its sum meanwhile.

    Raises NotPermitted, or GrantRuleBroken where it could not be recorded now either.
    """
    if before := made_before(form_key, Reservation):
        return before
    role = can_record_spending(by).or_refuse().role
    spend = as_paper_has_it(allocation.decision, spend)
    if of_line and kind == ReservationKind.CONVERSION:
        spend = as_its_origin(of_line, spend)
    sources = _sources(allocation, spend, of_line if kind == ReservationKind.CONVERSION else None)
    lock(*(account for account, _ in sources))
    made = Reservation.objects.create(
        allocation=allocation,
        account=new_account(allocation, AccountRole.RESERVED),
        kind=kind,
        amount=spend.amount,
        spend=told_of(spend),
        of_line=of_line,
        is_last=is_last,
        corrects=corrects,
        key=form_key,
        reserved_at=clock.now(),
        reserved_by=by,
    )
    _rehearse(made)
    posted = [
        post(Cause.RESERVATION, source=account, target=made.account, amount=amount)
        for account, amount in sources
    ]
    facts = {
        "amount": spend.amount,
        "stage": spend.stage,
        "allocation": allocation.reference,
        "balances": balances(*posted),
    }
    act.record(events.LINE_RESERVED, subject=made, role=role, data=facts)
    return remember(form_key, made)


def _sources(
    allocation: Allocation, spend: Spend, converts: SpendingLine | None
) -> list[tuple[Account, Decimal]]:
    """Return what a sum is reserved out of: of a conversion, first what is left of its line."""
    if converts is None:
        return [(accounts_of(allocation, spend.category)[0], spend.amount)]
    line = SpendingLine.objects.again(converts)
    available = origin_of(line.account) or accounts_of(allocation)[0]
    lock(available, line.account)
    held = min(balance_of(line.account), spend.amount)
    parts = [(line.account, held), (available, spend.amount - held)]
    return [(account, amount) for account, amount in parts if amount > 0]


def _rehearse(reservation: Reservation) -> None:
    """Record the line with all its rules, and undo it."""
    try:
        with transaction.atomic():
            _carried(reservation, key=uuid4())
            raise _Undone
    except _Undone:
        return


def _carried(reservation: Reservation, *, key: UUID) -> tuple[SpendingLine, list[Posted]]:
    """Record the line of a reservation, by whom it was entered, if the rules hold."""
    spend, by = spend_in(reservation), reservation.reserved_by
    ties: dict[str, Any] = {"key": key, "reservation": reservation}
    line = reservation.of_line
    if line is None:
        accounts = accounts_of(reservation.allocation, spend.category)
        hold_spend(standing(accounts), spend)
        made, posted = charged(accounts, spend, by, **ties)
        return made, [posted]
    if reservation.kind == ReservationKind.CONVERSION:
        return converted(line, spend, by, is_last=reservation.is_last, **ties)
    carry = covered if reservation.kind == ReservationKind.COVER else recharged
    return carry(line, reservation.allocation, by, **ties)


@action
def answer_reservation(
    act: Act,
    *,
    reservation: Reservation,
    outcome: str,
    words: str = "",
    form_key: UUID,
    by: User,
) -> Reservation:
    """Approve a line above the limit, which records it, or decline it; or take back one's own.

    Raises NotPermitted or GrantRuleBroken: all rules of spending are held again, and what one
    enters another answers. However it is answered, nothing stays reserved.
    """
    if before := made_before(form_key, Reservation):
        return before
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [reservation.pk])
    reservation = Reservation.objects.with_parties().get(pk=reservation.pk)
    role = can_answer_reservation(by, reservation).or_refuse().role
    result = ReservationOutcome(outcome)
    takes_back = result == ReservationOutcome.TAKEN_BACK
    holds = is_by_a_second_officer(reservation, by, takes_back=takes_back)
    BOOK.hold("GRT-56", holds=holds)
    BOOK.hold("GRT-15", holds=result != ReservationOutcome.DECLINED or gives_reason(words))
    posted = _given_back(reservation, result)
    facts = {"amount": reservation.amount, "words": words.strip()}
    if result == ReservationOutcome.APPROVED:
        made, further = _carried(reservation, key=reservation.key)
        facts |= {
            "of": reservation.reference,
            "enterer": reservation.reserved_by.name,
            "stage": made.stage,
            "allocation": reservation.allocation.reference,
            "balances": balances(*posted, *further),
        }
        act.record(events.LINE_APPROVED, subject=made, role=role, data=facts)
    else:
        facts |= {"outcome": result.label.lower(), "balances": balances(*posted)}
        act.record(events.RESERVATION_ENDED, subject=reservation, role=role, data=facts)
    _answered(reservation, result, words, by)
    return remember(form_key, reservation)


def _answered(reservation: Reservation, result: str, words: str, by: User) -> None:
    with in_words():
        ReservationAnswer.objects.create(
            reservation=reservation,
            reserved_by=reservation.reserved_by,
            outcome=result,
            words=words.strip(),
            answered_at=clock.now(),
            answered_by=by,
        )


def _given_back(reservation: Reservation, result: ReservationOutcome) -> list[Posted]:
    """Give what is reserved back to where it came from; that is always lawful."""
    moves = _moves_into(reservation.account)
    others = _touched(reservation)
    lock(reservation.account, *(move.source for move in moves), *others)
    return [
        post(
            Cause.RELEASE,
            source=reservation.account,
            target=move.source,
            amount=move.amount,
            reason=f"{reservation.reference}: {result.label.lower()}.",
        )
        for move in moves
    ]


def _moves_into(account: Account) -> list[Move]:
    found = Move.objects.filter(target=account).select_related("source__allocation")
    moves = list(found.order_by("id"))
    if not moves:
        raise NotThere("Nothing is reserved there.")
    return moves


def _touched(reservation: Reservation) -> Iterable[Account]:
    """Return what else an approval posts to, so that all is held at once."""
    category = str(reservation.spend["category"])
    accounts = accounts_of(reservation.allocation, category)
    line = reservation.of_line
    if line is None or reservation.kind == ReservationKind.CONVERSION:
        return accounts
    move = SpendingLine.objects.again(line).move
    return (*accounts, move.source, move.target)
