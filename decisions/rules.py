"""The rules that a paper and a decision hold to, each with a code that is never used again.

A rule's docstring is the rule, the message when it is broken, and its line in docs/rules.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accounts.models import Delegation, User
from accounts.permissions import can_exercise
from audit.rulebook import NamedRule, Rulebook
from decisions.models import (
    GRANTED,
    Decision,
    Figure,
    FigureRole,
    Outcome,
    Recommendation,
    RecommendationKind,
    advice_needed,
)
from decisions.refusals import NoAuthority, RuleBroken


class When(StrEnum):
    """When a rule is held to."""

    SUBMISSION = "at submission"
    SIGNING = "at signing"
    WARNING = "shown as a warning"


@dataclass
class Amended:
    """What is decided on one recommendation.

    `figures` are sums (pounds) by the id of the paper's figure, where they differ from it.
    """

    recommendation: Recommendation
    outcome: Outcome
    words: str = ""
    figures: dict[int, Decimal] = field(default_factory=dict)

    @property
    def is_granted(self) -> bool:
        """Whether it is approved, as asked or as amended."""
        return self.outcome in GRANTED

    def sums(self) -> list[tuple[Figure, Decimal]]:
        """Return the paper's figures with the sums (pounds) as decided."""
        return [(row, self.figures.get(row.pk, row.amount)) for row in self.rows]

    @property
    def rows(self) -> list[Figure]:
        """The paper's figures of the recommendation."""
        return list(self.recommendation.figures.all())

    @property
    def total(self) -> Decimal:
        """The sum decided (pounds), components and totals left out."""
        return sum_decided(self.sums())


BOOK = Rulebook(RuleBroken)
RULES, rule, hold = BOOK.rules, BOOK.rule, BOOK.hold
OFFICER = "The originating officer can put this right."
DECIDER = "The decision maker can put this right."


@rule("DEC-01", When.SUBMISSION, OFFICER)
def has_title(decision: Decision) -> bool:
    """A paper has a title before it is submitted."""
    return bool(decision.title.strip())


@rule("DEC-02", When.SUBMISSION, OFFICER)
def has_summary(decision: Decision) -> bool:
    """A paper has an executive summary before it is submitted."""
    return bool(decision.executive_summary.strip())


@rule("DEC-03", When.SUBMISSION, OFFICER)
def has_recommendation(decision: Decision) -> bool:
    """A paper makes at least one recommendation before it is submitted."""
    return decision.recommendations.exists()


@rule("DEC-04", When.SIGNING, "The advisers concerned can give or confirm it.")
def has_current_advice(decision: Decision) -> bool:
    """Nothing is signed while advice is missing or needs confirming."""
    return not advice_needed(decision)


@rule("DEC-05", When.SIGNING, "Somebody else must decide.")
def is_apart(decision: Decision, by: User) -> bool:
    """Whoever prepared a paper or advised on it does not approve it."""
    return not decision.was_prepared_by(by) and not decision.was_advised_on_by(by)


@rule("DEC-06", When.SIGNING, DECIDER)
def decides_all(wanted: Iterable[Recommendation], decided: Iterable[Amended]) -> bool:
    """Every recommendation that is not yet decided gets one outcome, and no other does."""
    given = [row.recommendation.pk for row in decided]
    return sorted(given) == sorted(row.pk for row in wanted)


@rule("DEC-07", When.SIGNING, DECIDER)
def records_interests(interests: str) -> bool:
    """The decision maker records interests, or that there are none, with every decision."""
    return bool(interests.strip())


@rule("DEC-08", When.WARNING, OFFICER)
def draws_within(source: Recommendation, drawn: Iterable[Recommendation]) -> bool:
    """What is drawn from a recommendation is no more than it asks for."""
    most = asked(source)
    return not most or sum((asked(row) for row in drawn), Decimal()) <= most


@rule("DEC-09", When.SIGNING, DECIDER)
def draws_on_approved(source: Amended, drawn: Iterable[Amended]) -> bool:
    """A sum is approved out of another only where that one is approved and covers it."""
    granted = [row for row in drawn if row.is_granted and row.total]
    if not granted:
        return True
    return source.is_granted and sum((row.total for row in granted), Decimal()) <= source.total


@rule("DEC-10", When.SIGNING, DECIDER)
def amends_downwards(decided: Amended) -> bool:
    """A sum may be approved as asked or for less, never for more than was advised on."""
    return all(Decimal() < amount <= row.amount for row, amount in decided.sums())


@rule("DEC-11", When.SIGNING, DECIDER)
def amends_in_words_or_sums(decided: Amended) -> bool:
    """“Approved as amended” says what was amended, and “approved” amends nothing."""
    amends = any(amount != row.amount for row, amount in decided.sums())
    if decided.outcome == Outcome.APPROVED_AS_AMENDED:
        return amends or bool(decided.words.strip())
    return not amends


@rule("DEC-12", When.SIGNING, DECIDER)
def notes_only_notes(decided: Amended) -> bool:
    """Only a recommendation to note is noted: anything else is approved, rejected or deferred."""
    is_note = decided.recommendation.kind == RecommendationKind.NOTE
    return decided.outcome != Outcome.NOTED or is_note


@rule("DEC-13", When.SIGNING, "The governance officer keeps the delegations.")
def is_delegated(found: Delegation | None) -> bool:
    """A decision is made under a paragraph of the scheme in force, for its kinds and its sum."""
    return found is not None


@rule("DEC-14", When.SIGNING, "The governance officer can choose a later day.")
def defers_ahead(until: date, today: date) -> bool:
    """A publication is deferred for a reason and until a day that is still to come."""
    return until > today


@rule("DEC-15", When.SIGNING, DECIDER)
def gives_reason(reason: str) -> bool:
    """A paper is returned, withdrawn, deferred, taken down or revoked only with a reason."""
    return bool(reason.strip())


@rule("DEC-16", When.WARNING, OFFICER)
def has_consent(decision: Decision) -> bool:
    """The head of unit consents to a paper before it is submitted; no consent is recorded yet."""
    return bool(decision.head_of_unit)


AT_SUBMISSION: dict[str, Callable[[Decision], bool]] = {
    "DEC-01": has_title,
    "DEC-02": has_summary,
    "DEC-03": has_recommendation,
}
OF_EACH_OUTCOME: dict[str, Callable[[Amended], bool]] = {
    "DEC-10": amends_downwards,
    "DEC-11": amends_in_words_or_sums,
    "DEC-12": notes_only_notes,
}


def unmet(decision: Decision) -> list[NamedRule]:
    """Return the rules that stand between a paper and its submission."""
    return [RULES[code] for code, holds in AT_SUBMISSION.items() if not holds(decision)]


def warnings(decision: Decision) -> list[NamedRule]:
    """Return the rules that the paper does not keep to and that block nothing."""
    rows = list(decision.recommendations.prefetch_related("figures"))
    drawn = {row.pk: [one for one in rows if one.funded_from_id == row.pk] for row in rows}
    within = all(draws_within(row, drawn[row.pk]) for row in rows)
    held = {"DEC-08": within, "DEC-16": has_consent(decision)}
    return [RULES[code] for code, holds in held.items() if not holds]


def sum_decided(sums: Iterable[tuple[Figure, Decimal]]) -> Decimal:
    """Return the total (pounds) of the sums decided, components and totals left out."""
    return sum((s for row, s in sums if row.role == FigureRole.SUM_DECIDED), Decimal())


def asked(recommendation: Recommendation) -> Decimal:
    """Return the sum (pounds) that a recommendation asks for."""
    return sum_decided((row, row.amount) for row in recommendation.figures.all())


def check_outcomes(
    wanted: Iterable[Recommendation], decided: list[Amended], earlier: Iterable[Amended] = ()
) -> None:
    """Raise RuleBroken unless the outcomes are whole and do not contradict each other.

    `earlier` are outcomes of earlier sittings that sums may draw on.
    """
    hold("DEC-06", holds=decides_all(wanted, decided))
    for row in decided:
        for code, holds in OF_EACH_OUTCOME.items():
            hold(code, holds=holds(row), detail=f"({row.recommendation}.)")
    everything = [*earlier, *decided]
    for source in everything:
        drawn = [
            r for r in everything if r.recommendation.funded_from_id == source.recommendation.pk
        ]
        detail = f"(Drawn from {str(source.recommendation).lower()}.)"
        hold("DEC-09", holds=draws_on_approved(source, drawn), detail=detail)


def authority_for(by: User, decided: Iterable[Amended], on: date) -> Delegation:
    """Return the first delegation that covers every outcome; NoAuthority when none does.

    The limit is held against the whole decision: what is approved and not drawn from another.
    """
    wanted = list(decided)
    total = sum(
        (r.total for r in wanted if r.is_granted and not r.recommendation.funded_from_id),
        Decimal(),
    )
    kinds = {row.recommendation.kind for row in wanted}
    reasons: list[str] = []
    for delegation in Delegation.objects.held_by(by).in_force(on).select_related("deputy_for"):
        refused = [
            answer
            for kind in sorted(kinds)
            if not (answer := can_exercise(by, delegation, kind=kind, amount=total, on=on))
        ]
        if not refused:
            return delegation
        reasons.append(f"Paragraph {delegation.scheme_paragraph}: {refused[0].reason}")
    text = RULES["DEC-13"].text
    detail = " ".join(reasons) or "You hold no delegation that is in force today."
    raise NoAuthority(f"{text} {detail}", code="DEC-13", clears=RULES["DEC-13"].clears)
