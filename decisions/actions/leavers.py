"""What a leaver has of decisions: papers that are still open, and conditions to meet."""

from accounts.handover import taken_over_by
from accounts.models import Role, User
from accounts.work import Work
from audit.acts import Act
from decisions.actions.drafting import give_to
from decisions.models import Advice, Condition, Decision
from decisions.models.conditions import CONDITIONS
from decisions.workflow import OPEN, Source

PAPERS = "papers"


def open_papers(person: User) -> list[Decision]:
    """Return the papers of an originating officer whose officer can still change."""
    found = Decision.objects.filter(originating_officer=person, status__in=OPEN)
    return list(found.filter(source=Source.HERE).select_related("series").order_by("pk"))


def _papers(person: User) -> list[str]:
    return [paper.reference for paper in open_papers(person)]


def _move_papers(act: Act, person: User, to: User) -> None:
    """Give every open paper to another originating officer, within the act that is open."""
    for paper in open_papers(person):
        give_to(act, Decision.objects.locked(paper), to, Role.ADMINISTRATOR)


def _advised(person: User) -> set[int]:
    """Return the keys of those who advised on one of the papers, and so do not take it over."""
    papers = open_papers(person)
    rows = Advice.objects.filter(decision__in=papers)
    return set(rows.values_list("given_by", flat=True))


def _conditions(person: User) -> list[str]:
    """Return the decisions that set a condition for this person to meet."""
    owned = Condition.objects.filter(
        owner__in=taken_over_by(person, CONDITIONS), discharge__isnull=True
    ).select_related("outcome__approval__decision__series")
    return sorted({one.outcome.approval.decision.reference for one in owned})


PAPERS_OPEN = Work(
    PAPERS,
    "Papers still open",
    _papers,
    _move_papers,
    role=Role.ORIGINATING_OFFICER.value,
    unfit=_advised,
)
CONDITIONS_OWNED = Work(CONDITIONS, "Conditions to meet, set in", _conditions)
