"""What is left of a line, and taking it back: whole the way it came, else to where it drew on."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from django.db import connection

from accounts.models import User
from grants.actions.posting import Posted, lock, post
from grants.actions.spending import Spend, make_line, spend_of
from grants.models import NOUGHT, Account, Cause, SpendingLine
from grants.refusals import NotThere
from grants.rules import BOOK, can_be_reversed, hold_left


def rest_of(line: SpendingLine) -> Spend:
    """Return what a line records, its sums without what was credited of it."""
    spend = spend_of(line)
    net, vat = spend.net, spend.vat
    for one in line.credited_by.all():
        sign = 1 if one.effect > 0 else -1
        net, vat = net + sign * one.net, vat + sign * one.vat
    return replace(spend, net=net, vat=vat, gross=net + vat)


def left_of(line: SpendingLine) -> Decimal:
    """Return what counts of a line and can be credited or reversed yet, in pounds."""
    if line.is_reversal or line.is_reversed:
        return NOUGHT
    return rest_of(line).amount


def drawn_from(line: SpendingLine) -> Account:
    """Return what is left to spend that a line came out of, by whatever way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT grants_drawn_from(%s)", [line.move_id])
        found = cursor.fetchone()[0]
    account = Account.objects.select_related("allocation").filter(pk=found).first()
    if account is None:
        raise NotThere(f"{line.reference} was drawn from no allocation.")
    return account


def taken_back(
    line: SpendingLine, reason: str, by: User, *, key: UUID
) -> tuple[SpendingLine, Posted]:
    """Post the reversal of what is left of a line, and make the line that names it."""
    line = SpendingLine.objects.again(line)
    is_whole = line.together is None and (line.is_credit or not line.credited_by.exists())
    source, target = line.move.target, line.move.source
    if not is_whole:
        source, target = line.account, drawn_from(line)
    held = lock(source, target)[source.pk]
    line = SpendingLine.objects.again(line)
    drawn = line.drawn.filter(reversal__isnull=True, reverses__isnull=True).count()
    rest = spend_of(line) if line.is_credit else rest_of(line)
    if line.is_credit and line.allocation is not None and not line.is_reversed:
        hold_left(line.allocation, rest.amount, held, source.category)
    is_there = held == line.amount if line.is_open else held >= rest.amount
    has_all = line.is_reversal or (is_there and rest.amount > 0)
    is_free = line.credits is None or not line.credits.is_reversed
    detail = f"{line.reference} cannot be, as it stands."
    BOOK.hold("GRT-09", holds=has_all and is_free and can_be_reversed(line, drawn), detail=detail)
    posted = post(
        Cause.REVERSAL if is_whole else Cause.GIVEN_BACK,
        source=source,
        target=target,
        amount=rest.amount,
        reverses=line.move if is_whole else None,
        reason=reason,
    )
    ties = {
        "key": key,
        "allocation": line.allocation,
        "reverses": line,
        "credits": line.credits,
        "why_awaiting": line.why_awaiting,
    }
    return make_line(rest, posted, line.account, by, **ties), posted
