"""Recommendations and their figures in a paper that is open to edits."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from accounts.models import User
from audit.acts import Act, action
from audit.history import TrackedModel
from audit.words import money
from decisions.actions.arranging import arrange, hold_nesting, next_number, outline_of
from decisions.actions.edits import (
    change,
    close_paper,
    made_before,
    next_position,
    of_paper,
    open_paper,
    present,
    remember,
)
from decisions.actions.sections import place
from decisions.models import (
    Decision,
    Exemption,
    Figure,
    FigureRole,
    Organisation,
    Part,
    Recommendation,
    RecommendationKind,
    direction_of,
)
from decisions.nesting import Way, last_under, moved, ways_of
from decisions.refusals import DecisionRefused
from decisions.rules import adds_up, hold, hold_no_ring, makes_ring
from decisions.sources import followed


@dataclass(frozen=True)
class Sum:
    """A figure as drafted: pounds, and how the paper prints it.

    Without a direction it has that of its recommendation's kind.
    """

    amount: Decimal
    up_to: bool = False
    text: str = ""
    role: str = FigureRole.SUM_DECIDED
    direction: str | None = None
    years: Sequence[tuple[int, Decimal]] = ()


@dataclass(frozen=True)
class RecipientWords:
    """One recipient as drafted, with its sum (pounds) where that is known."""

    organisation: Organisation
    amount: Decimal | None = None
    part: int = Part.PART_1
    exemption: Exemption | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is a name in Part 1 and nothing more."""
        return self.amount is None and self.part == Part.PART_1

    def values(self) -> dict[str, Any]:
        """Return the values of its columns."""
        own = {"organisation": self.organisation, "amount": self.amount}
        return own | place(self.part, self.exemption)


@dataclass(frozen=True)
class RecommendationWords:
    """A recommendation as drafted. Periods are inclusive dates.

    `recipient` is for the only one, in Part 1 and without a sum; `recipients` for any others.
    """

    text: str
    kind: str = RecommendationKind.OTHER
    figures: Sequence[Sum] = field(default_factory=tuple)
    parent: Recommendation | None = None
    funder: Organisation | None = None
    recipient: Organisation | None = None
    recipients: Sequence[RecipientWords] = ()
    period_start: date | None = None
    period_end: date | None = None
    funded_from: Recommendation | None = None
    own_money: bool = False
    part: int = Part.PART_1
    exemption: Exemption | None = None

    def values(self) -> dict[str, Any]:
        """Return the values of the recommendation's own columns."""
        return {
            "text": self.text,
            "kind": self.kind,
            "parent": self.parent,
            "funder": self.funder,
            "recipient": self.recipient or self._only(),
            "period_start": self.period_start,
            "period_end": self.period_end,
            "funded_from": self.funded_from,
            "own_money": self.own_money,
            **place(self.part, self.exemption),
        }

    def _only(self) -> Organisation | None:
        """The one recipient of the list, where it is alone and plain."""
        is_plain = len(self.recipients) == 1 and self.recipients[0].is_plain
        return self.recipients[0].organisation if is_plain else None

    def recipient_values(self) -> list[dict[str, Any]]:
        """Return the values of its recipients that have rows of their own, in order."""
        rows = () if self._only() else self.recipients
        if len({each.organisation.pk for each in rows}) < len(rows) or (rows and self.recipient):
            raise DecisionRefused(
                "The recipients name an organisation twice.",
                clears="Name each once, with all that it receives.",
            )
        return [each.values() for each in rows]

    def figure_values(self) -> list[dict[str, Any]]:
        """Return the values of its figures, in order."""
        return [
            {
                "amount": one.amount,
                "up_to": one.up_to,
                "text": one.text or money(one.amount),
                "role": one.role,
                "direction": direction_of(self.kind) if one.direction is None else one.direction,
            }
            for one in self.figures
        ]


def lay_recommendation(
    decision: Decision, words: RecommendationWords, *, number: str | None = None
) -> Recommendation:
    """Add a recommendation with its figures at the end, within an edit."""
    of_paper(decision, words.parent, words.funded_from, words.exemption)
    recommendation = Recommendation.objects.create(
        decision=decision,
        position=next_position(decision.recommendations.all()),
        number=number or next_number(decision, words.parent),
        **words.values(),
    )
    _lay_shares(recommendation, words)
    return recommendation


def _lay_shares(recommendation: Recommendation, words: RecommendationWords) -> bool:
    """Bring figures, their years and recipients in line; return whether anything changed."""
    of_paper(recommendation.decision, *(each.exemption for each in words.recipients))
    for one in words.figures:
        hold("DEC-71", holds=adds_up(one.amount, one.years))
    figures, changed = _lay_rows(recommendation.figures, words.figure_values())
    for figure, one in zip(figures, words.figures, strict=True):
        changed |= _lay_years(figure, dict(one.years))
    return _lay_rows(recommendation.recipients, words.recipient_values())[1] or changed


def _lay_rows(rows: Any, wanted: list[dict[str, Any]]) -> tuple[list[Any], bool]:
    """Bring numbered rows in line with values, one by one; return them, and if any changed."""
    old, kept = list(rows.all()), []
    changed = len(old) != len(wanted)
    for position, values in enumerate(wanted, start=1):
        if position <= len(old):
            row = old[position - 1]
            changed |= change(row, {"position": position, **values})
        else:
            row = rows.create(position=position, **values)
        kept.append(row)
    for row in old[len(wanted) :]:
        _remove(row)
    return kept, changed


def _lay_years(figure: Figure, wanted: dict[int, Decimal]) -> bool:
    old = {row.year: row for row in figure.years.all()}
    changed = old.keys() != wanted.keys()
    for year, amount in wanted.items():
        if year in old:
            changed |= change(old[year], {"amount": amount})
        else:
            figure.years.create(year=year, amount=amount)
    for year in old.keys() - wanted.keys():
        old[year].delete()
    return changed


def _remove(row: TrackedModel) -> None:
    if isinstance(row, Figure):
        for year in row.years.all():
            year.delete()
    row.delete()


def _open_at(recommendation: Recommendation, by: User) -> tuple[Decision, Recommendation]:
    decision = open_paper(recommendation.decision, by)
    return decision, present(decision.recommendations.filter(pk=recommendation.pk).first())


def _as_above(words: RecommendationWords) -> RecommendationWords:
    above = words.parent.funded_from if words.parent and not words.own_money else None
    return replace(words, funded_from=followed(words.funded_from, above, None))


def _let_follow(recommendation: Recommendation, before: Recommendation | None) -> None:
    """Let what lies under a recommendation, and drew on the same, draw on its source of now."""
    source = recommendation.funded_from
    for row in recommendation.children.filter(funded_from=before, own_money=False):
        if source is None or not makes_ring(row, source):
            change(row, {"funded_from": source})
            _let_follow(row, before)


@action
def add_recommendation(
    act: Act,
    *,
    decision: Decision,
    words: RecommendationWords,
    form_key: UUID | None = None,
    by: User,
) -> Recommendation:
    """Add a recommendation at the end; it gets the next number.

    Where it names no source, and says not that its money is its own, it draws on what the one that
    it lies under draws on.
    """
    decision = open_paper(decision, by)
    if before := made_before(form_key, Recommendation, of=decision):
        return before
    recommendation = lay_recommendation(decision, _as_above(words))
    arrange(decision, outline_of(decision), anew=False)
    close_paper(act, decision, f"recommendation {recommendation.number} added")
    return remember(form_key, recommendation)


@action
def edit_recommendation(
    act: Act, *, recommendation: Recommendation, words: RecommendationWords, by: User
) -> Recommendation:
    """Change a recommendation and its figures to what `words` say, all of them.

    What lies under it, and drew on what it drew on, follows. Raises RuleBroken (DEC-75) where its
    money would come out of itself.
    """
    decision, recommendation = _open_at(recommendation, by)
    of_paper(decision, words.parent, words.funded_from, words.exemption)
    hold_nesting(recommendation, words.parent)
    before, above = recommendation.funded_from, recommendation.parent_id
    changed = change(recommendation, words.values())
    hold_no_ring(decision)
    if recommendation.parent_id != above:
        arrange(decision, last_under(outline_of(decision), recommendation.pk))
        recommendation.refresh_from_db(fields=["number", "position"])
    if recommendation.funded_from != before:
        _let_follow(recommendation, before)
    if _lay_shares(recommendation, words) or changed:
        close_paper(act, decision, f"recommendation {recommendation.number}")
    return recommendation


@action
def move_recommendation(
    act: Act, *, recommendation: Recommendation, way: Way, by: User
) -> Recommendation:
    """Move a recommendation, with what lies under it; all of them are numbered anew.

    The first stays where it is when moved up, and the last when moved down.
    """
    decision, recommendation = _open_at(recommendation, by)
    outline, old = outline_of(decision), recommendation.number
    if way in (Way.IN, Way.OUT) and way not in ways_of(outline, recommendation.pk):
        raise DecisionRefused(
            f"{recommendation} cannot be moved there.", clears="Load the page again."
        )
    arrange(decision, moved(outline, recommendation.pk, way))
    close_paper(act, decision, f"recommendation {old} moved")
    return recommendation


@action
def remove_recommendation(act: Act, *, recommendation: Recommendation, by: User) -> None:
    """Remove a recommendation; refused while another lies under it or draws on it."""
    decision, recommendation = _open_at(recommendation, by)
    if recommendation.children.exists() or recommendation.funds.exists():
        raise DecisionRefused(
            f"Another recommendation lies under {recommendation.number} or draws on it.",
            clears="Change or remove that one first.",
        )
    number = recommendation.number
    for row in (*recommendation.figures.all(), *recommendation.recipients.all()):
        _remove(row)
    recommendation.delete()
    arrange(decision, outline_of(decision))
    close_paper(act, decision, f"recommendation {number} removed")
