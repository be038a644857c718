"""In which office, and under which delegations, somebody decides a paper; deputies above all.

A deputy has what their principal has, no more: it ends with the principal's office and account,
and nobody acts on a paper for somebody who stood aside from it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q

from accounts.models import Delegation, Role, RoleHolding, User
from accounts.permissions import Answer, Somebody, held, no, yes
from accounts.powers import can_exercise
from audit import clock
from decisions.models import GRANTED, Decision, Outcome, Recommendation, RecommendationOutcome
from decisions.models.sums import sum_held

ASK_GOVERNANCE = "The governance officer records delegations."
ANOTHER = "Another holder of the power must act."


def maker_of(decision: Decision) -> User | None:
    """Return who is named to decide papers of the series; None too where they stood aside."""
    maker = decision.series.decision_maker
    return None if maker and maker.pk in aside_from(decision) else maker


def aside_from(decision: Decision) -> set[int]:
    """Return the ids of who stood aside from a paper, or is supposed to have."""
    stood = decision.standings_aside.values_list("person", flat=True)
    return {*stood, *decision.supposed_aside}


def holds_in_own_right(user: User, role: Role, on: date) -> bool:
    """Say whether a person with an open account holds an office on a date, and as no deputy."""
    found = user.holdings_on(on)
    return any(one.role == role and one.deputy_for_id is None for one in found)


def holds_office(by: Somebody, role: Role, decision: Decision) -> Answer:
    """Answer whether somebody holds an office towards a paper, in their own right or as deputy.

    As deputy only while the principal holds it, and did not stand aside from the paper.
    """
    answer = held(by, role)
    if not answer.deputy or not isinstance(by, User):
        return answer
    today, aside = clock.today(), aside_from(decision)
    principals = [
        one.deputy_for for one in by.holdings_on(today) if one.role == role and one.deputy_for
    ]
    if any(one.pk not in aside and holds_in_own_right(one, role, today) for one in principals):
        return answer
    if any(one.pk in aside for one in principals):
        return no("Whom you deputise for stood aside from this paper.", clears=ANOTHER)
    return no(
        "Whom you deputise for does not hold the office any more.",
        clears="An administrator can give you the role.",
    )


def delegations_of(by: User, decision: Decision, on: date) -> list[Delegation]:
    """Return the delegations in force under which somebody could decide papers such as this.

    Where the series names who decides, others have only those that deputise for that person.
    """
    found = Delegation.objects.held_by(by).in_force(on).select_related("deputy_for")
    maker, aside = maker_of(decision), aside_from(decision)
    if maker and maker.pk != by.pk:
        found = found.filter(deputy_for=maker)
    role = Role(decision.series.decision_maker_role)
    return [
        one
        for one in found
        if one.deputy_for is None
        or (one.deputy_for.pk not in aside and holds_in_own_right(one.deputy_for, role, on))
    ]


def has_delegation(by: Somebody, decision: Decision) -> Answer:
    """Answer whether somebody has a delegation today under which such papers are decided."""
    if isinstance(by, User) and delegations_of(by, decision, clock.today()):
        return yes()
    return holds_none(by, decision)


def holds_none(by: Somebody, decision: Decision) -> Answer:
    """Say why somebody has no delegation for a paper: none at all, or as deputy of who is out."""
    if isinstance(by, User):
        given = Delegation.objects.held_by(by).in_force(clock.today())
        if given.filter(deputy_for__in=aside_from(decision)).exists():
            return no(
                "Whom you deputise for stood aside from this paper, so your delegation as deputy "
                "does not count.",
                clears=ANOTHER,
            )
    return no("You hold no delegation that is in force today.", clears=ASK_GOVERNANCE)


def could_decide(by: Somebody, decision: Decision) -> Answer:
    """Answer whether somebody has a delegation that covers what was decided, today.

    What is left of a cap does not count: nothing is taken from it.
    """
    answer = has_delegation(by, decision)
    if not answer or not isinstance(by, User):
        return answer
    today = clock.today()
    refused = no("You hold no delegation that is in force today.", clears=ASK_GOVERNANCE)
    kinds, total = sorted(_kinds(decision)), _sum_decided(decision)
    for delegation in delegations_of(by, decision, today):
        refusals = covers_all(by, delegation, kinds, total, today, within_cap=False)
        if not refusals:
            return yes()
        refused = no(
            f"It takes a delegation that would cover deciding it. {refusals[0].reason}",
            clears=refusals[0].clears,
        )
    return refused


def covers_all(
    by: User,
    delegation: Delegation,
    kinds: Iterable[str],
    total: Decimal,
    on: date,
    *,
    within_cap: bool = True,
    decided_before: Decimal = Decimal(),
) -> list[Answer]:
    """Return why a delegation does not cover acts of these kinds for a sum; empty where it does.

    Sums are pounds; `decided_before` is what earlier sittings on the paper came to.
    """
    asked = (
        can_exercise(
            by,
            delegation,
            kind=kind,
            amount=total,
            on=on,
            within_cap=within_cap,
            decided_before=decided_before,
        )
        for kind in kinds
    )
    return [answer for answer in asked if not answer]


def deputise(one: User, other: User, on: date) -> bool:
    """Say whether either of two people deputises for the other, by an office or a delegation."""
    pair = Q(deputy_for=other) | Q(deputy_for=one)
    offices = RoleHolding.objects.in_force(on).filter(pair, user__in=[one, other])
    given = Delegation.objects.in_force(on).filter(pair, holder__in=[one, other])
    return offices.exists() or given.exists()


def _kinds(decision: Decision) -> set[str]:
    return {str(kind) for kind in decision.recommendations.values_list("kind", flat=True)}


def _sum_decided(decision: Decision) -> Decimal:
    """Return what limits are held against: what was granted and not drawn from another.

    What is undecided counts as it was asked.
    """
    settled = {
        row.recommendation_id: row
        for row in RecommendationOutcome.objects.filter(approval__decision=decision)
        .exclude(outcome=Outcome.DEFERRED)
        .prefetch_related("figures__figure")
    }
    own = decision.recommendations.filter(funded_from__isnull=True).prefetch_related("figures")
    return sum((_held(row, settled.get(row.pk)) for row in own), Decimal())


def _held(row: Recommendation, outcome: RecommendationOutcome | None) -> Decimal:
    if outcome is None:
        return sum_held((one, one.amount) for one in row.figures.all())
    if outcome.outcome not in GRANTED:
        return Decimal()
    return sum_held((one.figure, one.amount) for one in outcome.figures.all())
