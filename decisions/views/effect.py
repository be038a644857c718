"""What a paper would do to the money: its sums, in and out, and the programme's total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from decisions.actions.outcomes import OutcomeWords, undecided
from decisions.models import (
    GRANTED,
    Decision,
    Direction,
    Figure,
    FigureRole,
    Member,
    Recommendation,
    RecommendationKind,
    direction_of,
    programme_of,
)
from decisions.models.lineage import NOTHING, OPENING_KINDS, opens


@dataclass(frozen=True)
class Line:
    """One sum (pounds): of which recommendation, in or out, and how it counts."""

    recommendation: str
    amount: Decimal
    up_to: bool
    direction: str
    drawn_from: str
    own_money: bool
    note: str


@dataclass(frozen=True)
class Effect:
    """The sums of what is left to decide, and the programme's authority before and after."""

    lines: Sequence[Line]
    coming_in: Decimal
    going_out: Decimal
    before: Decimal
    after: Decimal
    members: Sequence[Member]
    leaves_part_2_out: bool

    @property
    def opens(self) -> Decimal:
        """The authority (pounds) that it would open."""
        return self.after - self.before


def effect_of(
    decision: Decision,
    by: User,
    *,
    with_part_2: bool,
    outcomes: Sequence[OutcomeWords] | None = None,
) -> Effect:
    """Return the effect of outcomes, or of approving as asked all that is left to decide."""
    rows = undecided(decision)
    open_rows = [row for row in rows if with_part_2 or not row.is_restricted]
    amounts = _amounts(open_rows, outcomes)
    sums = [
        (row, figure, amounts[figure.pk])
        for row in open_rows
        for figure in row.figures.all()
        if figure.pk in amounts
    ]
    programme = programme_of(decision, with_part_2=with_part_2)
    visible = Decision.objects.visible_to(by).filter(
        pk__in=[each.decision.pk for each in programme.members]
    )
    seen = set(visible.values_list("pk", flat=True))
    opened = sum((_opens(row, amounts) for row in open_rows), NOTHING)
    return Effect(
        lines=[_line(row, figure, amount) for row, figure, amount in sums],
        coming_in=_flow(sums, Direction.IN),
        going_out=_flow(sums, Direction.OUT),
        before=programme.total,
        after=programme.total + opened,
        members=[each for each in programme.members if each.decision.pk in seen],
        leaves_part_2_out=not with_part_2 and any(row.is_restricted for row in rows),
    )


def _amounts(
    rows: Sequence[Recommendation], outcomes: Sequence[OutcomeWords] | None
) -> Mapping[int, Decimal]:
    """Return the sums that would be approved, by the figure's id."""
    if outcomes is None:
        return {figure.pk: figure.amount for row in rows for figure in row.figures.all()}
    granted = {one.recommendation.pk: one.figures for one in outcomes if one.outcome in GRANTED}
    return {
        figure.pk: granted[row.pk].get(figure.pk, figure.amount)
        for row in rows
        if row.pk in granted
        for figure in row.figures.all()
    }


def _opens(row: Recommendation, amounts: Mapping[int, Decimal]) -> Decimal:
    if row.funded_from_id is not None:
        return NOTHING
    figures = (one for one in row.figures.all() if one.pk in amounts)
    return opens(row.kind, ((one.role, amounts[one.pk]) for one in figures))


def _flow(sums: Sequence[tuple[Recommendation, Figure, Decimal]], direction: str) -> Decimal:
    counted = (s for row, one, s in sums if one.direction == direction and _flows(row, one))
    return sum(counted, NOTHING)


def _flows(row: Recommendation, figure: Figure) -> bool:
    """Return whether a sum comes in or goes out by itself: not as part of another of its kind.

    What goes out of a grant that comes in is money going out all the same.
    """
    source = row.funded_from
    is_part = source is not None and direction_of(source.kind) == figure.direction
    return figure.role == FigureRole.SUM_DECIDED and not is_part


def _line(row: Recommendation, figure: Figure, amount: Decimal) -> Line:
    is_sum = figure.role == FigureRole.SUM_DECIDED
    note = "" if is_sum else figure.get_role_display()
    if is_sum and row.kind not in OPENING_KINDS:
        note = f"{row.get_kind_display()}: {_opens_in_words(row)}"
    return Line(
        recommendation=row.number,
        amount=amount,
        up_to=figure.up_to,
        direction={Direction.IN: "Coming in", Direction.OUT: "Going out"}.get(
            Direction(figure.direction), ""
        ),
        drawn_from=row.funded_from.number if row.funded_from else "",
        own_money=row.own_money and row.funded_from is None,
        note=note,
    )


def _opens_in_words(row: Recommendation) -> str:
    earlier = any(figure.role == FigureRole.EARLIER for figure in row.figures.all())
    if row.kind == RecommendationKind.VARY and earlier:
        return "opens the difference from what was decided earlier"
    return "opens no authority"
