"""On whom a decision waits, and since when: shown in every list, and written to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import AdviceKind, Role, RoleHolding, User
from audit import clock
from audit.words import day
from decisions.models.decision import Decision
from decisions.workflow import Status

PUBLISHERS = (Role.GOVERNANCE_OFFICER,)
Holders = dict[tuple[tuple[Role, ...], str, int], list[int]]


@dataclass(frozen=True)
class Waiting:
    """An office (or a named officer) that a decision waits on, for what, and since when.

    `roles` are the offices whose holders can act (`kind` narrows advisers), unless `person` names
    the one who can.
    """

    on: str
    for_what: str
    since: datetime
    roles: tuple[Role, ...] = ()
    kind: str = ""
    person: User | None = None


def waiting_on(decision: Decision) -> list[Waiting]:
    """Return on whom the decision waits; empty when on nobody.

    Asks the database nothing more where the parties are already joined (`with_parties`).
    """
    if decision.is_from_elsewhere or decision.revoked_on:
        return []
    waits = _advice(decision) or _at_status(decision)
    if decision.has_deferred:
        waits = [*waits, _decider(decision, "what was deferred")]
    return waits


def _advice(decision: Decision) -> list[Waiting]:
    if not decision.is_submitted:
        return []
    return [
        Waiting(
            f"{AdviceKind(kind).label} adviser",
            "advice or its confirmation",
            decision.status_since,
            roles=(Role.ADVISER,),
            kind=kind,
        )
        for kind in decision.advice_needed
    ]


def _at_status(decision: Decision) -> list[Waiting]:
    writing = "transcribing" if decision.is_signed_on_paper else "drafting"
    makers = {
        Status.DRAFT: lambda: [_officer(decision, writing)],
        Status.IN_ADVICE: lambda: [_officer(decision, "sending it to the chief executive")],
        Status.WITH_CHIEF_EXECUTIVE: lambda: [_stage(decision)],
        Status.AWAITING_DECISION: lambda: [_decider(decision, "a decision")],
        Status.TRANSCRIBED: lambda: [_confirmer(decision)],
        Status.SIGNED: lambda: [_publisher(decision)],
        Status.PUBLISHED: lambda: [_publisher(decision)] if decision.unpublished_since else [],
    }
    make = makers.get(Status(decision.status))
    return make() if make else []


def _officer(decision: Decision, what: str) -> Waiting:
    officer = decision.originating_officer
    return Waiting(str(officer.name), what, decision.status_since, person=officer)


def _stage(decision: Decision) -> Waiting:
    stage = decision.with_stage
    if stage is None:
        return Waiting("Chief executive", "endorsement", decision.status_since)
    role = Role(stage.role)
    since = decision.status_since
    names = _stood_aside(decision)
    if names:
        return Waiting(_another(role.label, names), "endorsement", since, roles=(role,))
    return Waiting(stage.who, "endorsement", since, roles=(role,), person=stage.officer)


def _decider(decision: Decision, what: str) -> Waiting:
    series = decision.series
    role = Role(series.decision_maker_role)
    on = str(series.decision_maker or role.label)
    roles = (role, Role.PRIVATE_OFFICE)
    if names := _stood_aside(decision):
        return Waiting(_another(role.label, names), what, decision.status_since, roles=roles)
    return Waiting(on, what, decision.status_since, roles=roles, person=series.decision_maker)


def _confirmer(decision: Decision) -> Waiting:
    return Waiting(
        "Governance officer or chief executive",
        "its confirmation",
        decision.status_since,
        roles=(Role.GOVERNANCE_OFFICER, Role.CHIEF_EXECUTIVE),
    )


def _publisher(decision: Decision) -> Waiting:
    until, due = decision.publication_deferred_until, decision.publication_due
    further = decision.unpublished_since
    what = "publication of what was decided further" if further else "publication"
    if until and until >= clock.today():
        what = f"{what}, deferred until {day(until)}"
    elif due and due < clock.today():
        what = f"{what}, overdue since {day(due)}"
    elif due:
        what = f"{what} by {day(due)}"
    since = further or decision.status_since
    return Waiting("Governance officer", what, since, roles=PUBLISHERS)


def people_waited_on(decision: Decision, known: Holders | None = None) -> dict[int, str]:
    """Return for what a decision waits on each person (by their number) who can act today.

    A publication that is put off waits on nobody until its day has passed. Who asks of many
    decisions keeps in `known` who holds the offices, so that each is asked for once.
    """
    known = {} if known is None else known
    until = decision.publication_deferred_until
    is_put_off = bool(until and until >= clock.today())
    found: dict[int, str] = {}
    for wait in waiting_on(decision):
        if is_put_off and wait.roles == PUBLISHERS:
            continue
        for number in _holders(wait, decision, known):
            found.setdefault(number, wait.for_what)
    return found


def _holders(wait: Waiting, decision: Decision, known: Holders) -> list[int]:
    if wait.person is not None:
        return [wait.person.pk]
    offices = (wait.roles, wait.kind, decision.series_id if wait.kind else 0)
    if offices not in known:
        known[offices] = _in_office(wait, decision)
    aside = {each.person_id for each in decision.standings_aside.all()}
    return [number for number in known[offices] if number not in aside]


def _in_office(wait: Waiting, decision: Decision) -> list[int]:
    can = Q(role__in=wait.roles)
    if wait.kind:
        givers = decision.series.advice_givers.filter(kind=wait.kind)
        can = Q(role__in=wait.roles, advice_kind=wait.kind) | Q(role__in=givers.values("role"))
    held = RoleHolding.objects.in_force(clock.today()).filter(can, user__is_active=True)
    return sorted(set(held.values_list("user", flat=True)))


def _stood_aside(decision: Decision) -> list[str]:
    """Return the names of those who stood aside from a paper that still waits to be approved."""
    names = getattr(decision, "stood_aside", None)
    if names is None:
        names = list(decision.standings_aside.values_list("person__name", flat=True))
    return list(names)


def _another(office: str, names: list[str]) -> str:
    """Return another holder of an office, since some stood aside."""
    return f"Another {office.lower()} ({' and '.join(names)} stood aside)"
