"""Opening the authority of a sum decided: out of its funder, or of the sum it is drawn from."""

from audit.words import money
from decisions.models import (
    GRANTED,
    FigureRole,
    Organisation,
    OutcomeFigure,
    Recommendation,
)
from grants.actions.posting import (
    Posted,
    account_of_figure,
    account_of_funder,
    accounts_of,
    balance_of,
    lock,
    post,
)
from grants.models import Account, AccountRole, Allocation, Cause, Move
from grants.refusals import GrantRefused
from grants.rules import BOOK, source_has_enough


def decided(figure: OutcomeFigure) -> OutcomeFigure:
    """Return a sum decided with all that its opening looks at."""
    return OutcomeFigure.objects.select_related(
        "figure", "outcome__recommendation__decision__series", "outcome__recommendation__funder"
    ).get(pk=figure.pk)


def held_back(figure: OutcomeFigure) -> str:
    """Say what of a sum decided the funder's letter does not award; "" where it awards it all."""
    held = Account.objects.filter(role=AccountRole.UNAWARDED, figure=figure).first()
    if held is None or not held.present_balance:
        return ""
    less = money(held.present_balance)
    return (
        f" The funder's letter awards {less} less than was decided, and that binds; "
        "record a later letter if there is one."
    )


def funder_of(
    figure: OutcomeFigure,
    *,
    typed: Organisation | None = None,
    funded_from: Allocation | None = None,
) -> Organisation:
    """Return whose money a sum is: as it was opened, else as decided, else as typed.

    A sum that is drawn from another is of that one's funder, whatever its own words say.
    """
    opened = _opened_by(figure)
    if opened is not None:
        return opened
    recommendation = figure.outcome.recommendation
    if recommendation.funded_from is not None:
        source = funded_from.figure if funded_from else _source(recommendation.funded_from)
        return funder_of(decided(source), typed=typed)
    found = recommendation.funder or recommendation.decision.funder or typed
    if found is None:
        raise GrantRefused("The decision names no funder.", clears="Choose the funder.")
    return found


def _opened_by(figure: OutcomeFigure) -> Organisation | None:
    """Return the funder that a sum was opened out of, by whatever way; None before that."""
    move = Move.objects.filter(opens=figure).select_related("source__funder").first()
    while move is not None and move.source.figure_id is not None:
        moves = Move.objects.filter(opens=move.source.figure_id)
        move = moves.select_related("source__funder").first()
    return move.source.funder if move else None


def _source(drawn_from: Recommendation) -> OutcomeFigure:
    """Return the sum decided that others are drawn out of: the largest, where there are several."""
    found = OutcomeFigure.objects.filter(
        outcome__recommendation=drawn_from,
        outcome__outcome__in=GRANTED,
        figure__role=FigureRole.SUM_DECIDED,
    )
    source = found.order_by("-amount").first()
    if source is None:
        raise BOOK.refusal("GRT-02", f"{drawn_from} was not approved with a sum.")
    return source


def open_authority(
    figure: OutcomeFigure,
    authority: Account,
    funder: Organisation,
    funded_from: Allocation | None,
) -> list[Posted]:
    """Open the authority unless it is open; hold its account, and those it is drawn out of."""
    drawn_from = figure.outcome.recommendation.funded_from
    if drawn_from is None:
        outside = account_of_funder(AccountRole.OUTSIDE, funder)
        lock(authority, outside)
        if Move.objects.filter(opens=figure).exists():
            return []
        cause, amount = Cause.OPENING, figure.amount
        return [post(cause, source=outside, target=authority, amount=amount, opens=figure)]
    if Move.objects.filter(opens=figure).exists():
        lock(authority)
        return []
    return _drawn(figure, authority, funder, drawn_from, funded_from)


def _drawn(
    figure: OutcomeFigure,
    authority: Account,
    funder: Organisation,
    drawn_from: Recommendation,
    funded_from: Allocation | None,
) -> list[Posted]:
    """Open a sum out of the one that it is drawn from, which is opened first where it is not."""
    source = _source(drawn_from)
    earlier: list[Posted] = []
    if funded_from is None:
        place = account_of_figure(source)
        earlier = open_authority(decided(source), place, funder, None)
    else:
        place = _available_of(funded_from, drawn_from)
    lock(authority, place)
    left = balance_of(place)
    detail = f"{money(figure.amount)} is needed; {money(left)} is left of {place.owner}."
    BOOK.hold("GRT-02", holds=source_has_enough(figure.amount, left), detail=detail)
    cause, amount = Cause.SUB_ALLOCATION, figure.amount
    return [*earlier, post(cause, source=place, target=authority, amount=amount, opens=figure)]


def _available_of(allocation: Allocation, drawn_from: Recommendation) -> Account:
    account, _ = accounts_of(allocation)
    if allocation.figure.outcome.recommendation_id != drawn_from.pk:
        detail = f"{allocation.reference} is not of {str(drawn_from).lower()}."
        raise BOOK.refusal("GRT-02", detail)
    return account
