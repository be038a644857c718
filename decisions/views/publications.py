"""What became of a decision in the public register: published further, taken down, put back."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from decisions.models import Decision, StepTaken
from decisions.workflow import PUBLICATIONS, Status, StepName

SAID = (*PUBLICATIONS, StepName.DECIDE_DEFERRED, StepName.TAKE_DOWN)


@dataclass(frozen=True)
class Fact:
    """One line of the key information: what happened, and on what day."""

    label: str
    on: date


def publications_of(decision: Decision) -> list[Fact]:
    """Return what anyone is told of what followed the first publication, oldest first.

    A further signing is told of once it is published.
    """
    facts: list[Fact] = []
    signed: list[Fact] = []
    was_published = False
    for step in decision.steps.filter(name__in=SAID).order_by("id"):
        on = localdate(step.taken_at)
        if step.name == StepName.DECIDE_DEFERRED:
            signed.append(Fact("Decided further", on))
        elif step.name == StepName.TAKE_DOWN:
            facts.append(Fact("Taken down", on))
        else:
            facts += signed
            if was_published:
                is_back = step.name == StepName.PUBLISH
                facts.append(Fact("Published again" if is_back else "Published further", on))
            signed, was_published = [], True
    return facts


def taken_down(decision: Decision) -> StepTaken | None:
    """Return the step by which a decision was taken down, while it is; None otherwise."""
    if decision.status != Status.SIGNED:
        return None
    return decision.steps.filter(name=StepName.TAKE_DOWN).order_by("-id").first()
