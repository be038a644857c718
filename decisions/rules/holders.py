"""Who else holds the power over a paper, and who sees the decision maker's box."""

from accounts.models import Role, User
from accounts.permissions import Answer, Permission, held, may
from decisions.models import Decision
from decisions.permissions import Person, can_decide, can_endorse
from decisions.workflow import Status


def others_who_decide(by: User, decision: Decision) -> list[User]:
    """Return the other people who could decide (or, before that, endorse) the paper today."""
    is_endorsing = decision.status == Status.WITH_CHIEF_EXECUTIVE
    stage = decision.with_stage if is_endorsing else None
    office = Role(stage.role if stage else decision.series.decision_maker_role)
    ask = can_endorse if is_endorsing else can_decide
    people = User.objects.holding(office).exclude(pk=by.pk).order_by("name")
    return [each for each in people if ask(each, decision)]


def can_order_box(by: Person) -> Answer:
    """Answer whether somebody may order the decision maker's box and print its pack."""
    return may(by, Permission.ORDER_BOX)


def can_see_box(by: Person) -> Answer:
    """Answer whether somebody may see the box: the private office and who decides."""
    return held(by, Role.PRIVATE_OFFICE, Role.DECISION_MAKER, Role.CHIEF_EXECUTIVE)
