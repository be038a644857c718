"""What is decided, as the decision maker gives it: outcomes, conditions, and their digest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from accounts.models import User
from audit.canonical import canonical
from decisions.actions.edits import of_paper, present
from decisions.models import (
    Decision,
    InterestKind,
    Outcome,
    Recommendation,
    RecommendationKind,
    RecommendationOutcome,
    latest_version,
)
from decisions.permissions import sitting_of
from decisions.refusals import DecisionRefused
from decisions.rules import (
    Amended,
    check_outcomes,
    has_current_advice,
    has_no_prejudicial_interest,
    has_not_stood_aside,
    hold,
    is_apart,
    records_interests,
)

ACT_NAME = "decisions.decide"
NO_SUM = "One of the sums is not a number of pounds."


@dataclass(frozen=True)
class ConditionWords:
    """A condition as set: what, whose it is to meet, by when."""

    text: str
    owner: User | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class OutcomeWords:
    """What is decided on one recommendation.

    `figures` are the sums (pounds) by the id of the paper's figure, where they are amended;
    `recipients` and `years` what those of the paper have of them, where it is said, by their id;
    `until` is when a deferred one is to come back.
    """

    recommendation: Recommendation
    outcome: str
    words: str = ""
    figures: Mapping[int, Decimal] = field(default_factory=dict)
    conditions: Sequence[ConditionWords] = ()
    until: date | None = None
    recipients: Mapping[int, Decimal] = field(default_factory=dict)
    years: Mapping[int, Decimal] = field(default_factory=dict)

    def facts(self) -> dict[str, object]:
        """Return what is decided as JSON values."""
        return {
            "recommendation": self.recommendation.number,
            "outcome": self.outcome,
            "words": self.words.strip(),
            "figures": sums_kept(self.figures),
            **self.shares(),
            "conditions": [
                [one.text, one.owner.pk if one.owner else None, one.due_on]
                for one in self.conditions
            ],
            "until": self.until,
        }

    def shares(self) -> dict[str, dict[str, str]]:
        """Return what was said of recipients and years as JSON values; no key without any."""
        said = {"recipients": sums_kept(self.recipients), "years": sums_kept(self.years)}
        return {name: sums for name, sums in said.items() if sums}


def sums_kept(sums: Mapping[int, Decimal]) -> dict[str, str]:
    """Return sums (pounds) by id as JSON values."""
    return {str(key): f"{amount:.2f}" for key, amount in sums.items()}


def sums_of(kept: Mapping[str, Any], name: str) -> dict[int, Decimal]:
    """Return the sums (pounds) by id that were kept under a name; none where there is no key."""
    return {int(key): Decimal(amount) for key, amount in kept.get(name, {}).items()}


def decision_digest(
    *,
    decision: Decision,
    outcomes: Sequence[OutcomeWords],
    interests: str,
    interests_kind: str = InterestKind.NONE,
    words: str = "",
) -> str:
    """Return the SHA-256 (hex) of what is being decided: what a fresh second factor is bound to.

    It covers the version's digests, so that a proof is worth nothing for another text.
    """
    version = present(latest_version(decision))
    facts = {
        "act": ACT_NAME,
        "reference": decision.reference,
        "version": version.n,
        "part_1_digest": version.part_1_digest,
        "part_2_digest": version.part_2_digest,
        "sitting": sitting_of(decision),
        "outcomes": sorted((one.facts() for one in outcomes), key=str),
        "interests": interests.strip(),
        "interests_kind": str(interests_kind),
        "words": words.strip(),
    }
    return sha256(canonical(facts).encode()).hexdigest()


def undecided(decision: Decision) -> list[Recommendation]:
    """Return the recommendations that have no outcome but a deferral, in the paper's order."""
    rows = decision.recommendations.prefetch_related("figures")
    return list(rows.exclude(pk__in=_final(decision).values("recommendation")))


def to_decide(decision: Decision) -> list[Recommendation]:
    """Return what is undecided, with the recipients and years among which its sums are divided."""
    rows = undecided(decision)
    prefetch_related_objects(rows, "figures__years", "recipients__organisation")
    return rows


def _final(decision: Decision) -> QuerySet[RecommendationOutcome]:
    made = RecommendationOutcome.objects.filter(approval__decision=decision)
    return made.exclude(outcome=Outcome.DEFERRED)


def overall(outcomes: Sequence[str]) -> Outcome:
    """Return the outcome of the whole: what all share, else approved as amended."""
    shared = set(outcomes)
    if len(shared) == 1:
        return Outcome(shared.pop())
    if shared == {Outcome.APPROVED, Outcome.NOTED}:
        return Outcome.APPROVED
    return Outcome.APPROVED_AS_AMENDED


def checked(
    decision: Decision,
    outcomes: Sequence[OutcomeWords],
    interests: str,
    by: User,
    interests_kind: str = InterestKind.NONE,
) -> tuple[list[Amended], list[Amended]]:
    """Return what is decided now and was before, on the paper's own rows; refuse a broken rule."""
    of_paper(decision, *(one.recommendation for one in outcomes))
    hold("DEC-04", holds=has_current_advice(decision))
    hold("DEC-05", holds=is_apart(decision, by))
    hold("DEC-45", holds=has_no_prejudicial_interest(interests_kind))
    hold("DEC-46", holds=has_not_stood_aside(decision, by))
    hold("DEC-07", holds=records_interests(interests, interests_kind))
    decided, earlier = amended(decision, outcomes)
    check_outcomes(undecided(decision), decided, earlier)
    return decided, earlier


def amended(
    decision: Decision, outcomes: Sequence[OutcomeWords], *, signed_on: date | None = None
) -> tuple[list[Amended], list[Amended]]:
    """Return what is decided now, and what was decided before, on the paper's own rows.

    `signed_on` is the day on the paper of a decision that was signed elsewhere.
    """
    found = decision.recommendations.prefetch_related("figures__years", "recipients__organisation")
    rows = {row.pk: row for row in found}
    return [_amended(one, rows, signed_on) for one in outcomes], list(_earlier(decision, rows))


def as_asked(decision: Decision) -> list[OutcomeWords]:
    """Return what would be decided if all that is left were approved, or noted, as it is asked."""
    return [
        OutcomeWords(
            row, Outcome.NOTED if row.kind == RecommendationKind.NOTE else Outcome.APPROVED
        )
        for row in undecided(decision)
    ]


def _amended(
    one: OutcomeWords, rows: Mapping[int, Recommendation], signed_on: date | None
) -> Amended:
    row = rows[one.recommendation.pk]
    figures = row.figures.all()
    known = {figure.pk for figure in figures}
    years = {year.pk for figure in figures for year in figure.years.all()}
    recipients = {each.pk for each in row.recipients.all() if each.amount is not None}
    if one.figures.keys() - known or one.years.keys() - years or one.recipients.keys() - recipients:
        present(None)
    given = (*one.figures.values(), *one.recipients.values(), *one.years.values())
    if not all(amount.is_finite() for amount in given):
        raise DecisionRefused(NO_SUM, clears="Enter it in pounds, like 570,000.")
    return Amended(
        row,
        Outcome(one.outcome),
        one.words,
        dict(one.figures),
        one.until,
        dict(one.recipients),
        dict(one.years),
        signed_on,
    )


def _earlier(decision: Decision, rows: Mapping[int, Recommendation]) -> Iterable[Amended]:
    for made in _final(decision).prefetch_related("figures"):
        sums = {figure.figure_id: figure.amount for figure in made.figures.all()}
        row = rows[made.recommendation_id]
        yield Amended(row, Outcome(made.outcome), made.words, sums)
