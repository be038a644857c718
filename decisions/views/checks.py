"""What the rules found in a paper, as tasks for whoever writes it."""

from dataclasses import dataclass

from django.urls import reverse

from decisions.models import Decision, Part, RuleAnswer
from decisions.permissions import Person, can_edit
from decisions.rules import FINDERS, RULES, Finding, Looked, look


@dataclass(frozen=True)
class Task:
    """One line of the task list: what is wrong and where, and the page that puts it right."""

    label: str
    url: str
    hint: str
    status: str
    colour: str
    also: str = ""
    also_label: str = ""


@dataclass(frozen=True)
class Before:
    """What stands between a paper and its next step, for whoever writes it.

    Only what may be shown is in the lists; `in_part_2` counts the rest.
    """

    errors: list[Task]
    unanswered: list[Task]
    answered: list[Task]
    passed: list[str]
    in_part_2: int = 0

    @property
    def is_clear(self) -> bool:
        """Whether nothing is in the way."""
        return not (self.errors or self.unanswered or self.in_part_2)


def before(decision: Decision, looked: Looked, *, with_part_2: bool = False) -> Before:
    """Return the tasks that a paper leaves its writer, Part 2 only where it may be shown."""
    shown = [each for each in looked.found if with_part_2 or each.part == Part.PART_1]
    waiting = [*looked.errors, *looked.unanswered]
    tasks = {each: _task(decision, each, looked.answers.get(each.digest)) for each in shown}
    found = {each.code for each in looked.found}
    return Before(
        errors=[tasks[each] for each in shown if each.is_error],
        unanswered=[tasks[each] for each in shown if each in looked.unanswered],
        answered=[tasks[each] for each in shown if each.digest in looked.answers],
        passed=[RULES[code].text for code in sorted(FINDERS) if code not in found],
        in_part_2=sum(each not in tasks for each in waiting),
    )


def before_of(by: Person, decision: Decision) -> Before | None:
    """Return what a paper's writer has to do before it goes on; None for anybody else.

    Nothing of Part 2 is in it. What was signed on paper goes nowhere: it is only recorded.
    """
    if decision.is_signed_on_paper or not can_edit(by, decision):
        return None
    return before(decision, look(decision))


def _task(decision: Decision, finding: Finding, given: RuleAnswer | None) -> Task:
    place = finding.place
    pk = [] if place.pk is None else [place.pk]
    there = reverse(place.page, args=[decision.slug, *pk])
    rule = f"{finding.rule.text} ({finding.code})"
    if finding.is_error:
        return Task(finding.text, there, rule, "Put right", "red")
    to_answer = reverse("warning_answer", args=[decision.slug, finding.key])
    if given is None:
        return Task(finding.text, there, rule, "To answer", "yellow", to_answer, "Answer it")
    hint = f"Your answer: {given.words}"
    return Task(finding.text, there, hint, "Answered", "green", to_answer, "Answer anew")
