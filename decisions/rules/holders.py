"""Who else holds the power over a paper, and who sees the decision maker's box."""

from accounts.models import Role, User
from accounts.permissions import Answer, Permission, held, may
from decisions.models import Decision
from decisions.permissions import Person, can_decide, can_endorse
from decisions.workflow import Status


def others_who_decide(by: User, decision: Decision) -> list[User]:
    """Return the other people who could decide (or, before that, endorse) the paper today."""
    return [each for each in who_can_approve(decision) if each.pk != by.pk]


def others_once_aside(by: User, decision: Decision) -> list[User]:
    """Return who could decide (or endorse) the paper today, once somebody stood aside from it.

    Whoever deputises for them alone then cannot, and where they are the one who is named, every
    other holder of the office can.
    """
    supposed = Decision.objects.with_parties().get(pk=decision.pk)
    supposed.supposed_aside = frozenset({by.pk})
    return who_can_approve(supposed)


def who_can_approve(decision: Decision) -> list[User]:
    """Return the people who could decide (or, before that, endorse) the paper today."""
    is_endorsing = decision.status == Status.WITH_CHIEF_EXECUTIVE
    stage = decision.with_stage if is_endorsing else None
    office = Role(stage.role if stage else decision.series.decision_maker_role)
    ask = can_endorse if is_endorsing else can_decide
    people = User.objects.holding(office).order_by("name")
    return [each for each in people if ask(each, decision)]


def stuck_papers() -> list[Decision]:
    """Return the papers that somebody stood aside from, and that nobody else can take on today."""
    rows = Decision.objects.stood_aside_from().with_parties().urgent_first()
    return [each for each in rows if not who_can_approve(each)]


def can_order_box(by: Person) -> Answer:
    """Answer whether somebody may order the decision maker's box and print its pack."""
    return may(by, Permission.ORDER_BOX)


def can_see_box(by: Person) -> Answer:
    """Answer whether somebody may see the box: the private office and who decides."""
    return held(by, Role.PRIVATE_OFFICE, Role.DECISION_MAKER, Role.CHIEF_EXECUTIVE)
