"""Beginning a paper and editing its own words."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.models import Role, User
from audit import clock
from audit.acts import Act, action
from decisions import events, search
from decisions.actions.edits import change, close_paper, made_before, open_paper, remember
from decisions.actions.registry import refuse_taken
from decisions.actions.versions import look_at_advice
from decisions.models import Decision, Series
from decisions.permissions import can_draft, can_hand_over
from decisions.refusals import DecisionRefused
from decisions.workflow import OFFICER

WORDS = {
    "title": "title",
    "asked": "what is asked",
    "executive_summary": "executive summary",
    "funder": "funder",
    "head_of_unit": "head of unit’s consent",
    "head_of_unit_consented_on": "head of unit’s consent",
    "authority_paragraph": "authority relied on",
    "retrospective_reason": "retrospective spending",
    "advice_asked": "advice asked",
    "publication_deferred_until": "publication",
    "publication_deferred_reason": "publication",
}


def begin(
    act: Act,
    *,
    series: Series,
    officer: User,
    number: int | None = None,
    words: Mapping[str, Any] | None = None,
    role: str = OFFICER,
) -> Decision:
    """Make a draft within an act; a printed number is kept if it is free (NumberTaken if not)."""
    if number is not None:
        refuse_taken(series, number, (words or {}).get("year"))
    decision = Decision.objects.create(
        series=series,
        number=number,
        originating_officer=officer,
        status_since=clock.now(),
        **(words or {}),
    )
    search.reindex(decision)
    act.record(events.DECISION_DRAFTED, subject=decision, role=role)
    return decision


@action
def create_draft(
    act: Act,
    *,
    series: Series,
    title: str = "",
    number: int | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Decision:
    """Begin a paper; `by` is its originating officer."""
    can_draft(by).or_refuse()
    if before := made_before(form_key, Decision):
        return before
    if series.has_ended(clock.today()):
        raise DecisionRefused(
            f"The series {series.code} has ended.", clears="Begin the paper in the one in use."
        )
    decision = begin(act, series=series, officer=by, number=number, words={"title": title.strip()})
    return remember(form_key, decision)


@action
def edit_paper(act: Act, /, *, decision: Decision, by: User, **words: Any) -> Decision:
    """Change the paper's own words; only what is named changes.

    Words: title, asked, executive_summary, funder (Organisation or None), advice_asked (kinds),
    head_of_unit (who consented, in words) with head_of_unit_consented_on, authority_paragraph,
    retrospective_reason,
    publication_deferred_until (date or None) with publication_deferred_reason.
    """
    decision = open_paper(decision, by)
    _known(words)
    what = sorted(
        {WORDS[name] for name, value in words.items() if getattr(decision, name) != value}
    )
    if change(decision, words):
        if decision.is_submitted:
            look_at_advice(decision)
        close_paper(act, decision, ", ".join(what))
    return decision


def _known(words: Mapping[str, Any]) -> None:
    unknown = words.keys() - WORDS.keys()
    if unknown:
        message = f"edit_paper has no {', '.join(sorted(unknown))}"
        raise TypeError(message)


@action
def hand_over(act: Act, *, decision: Decision, to: User, by: User) -> Decision:
    """Give a paper that is still open to another originating officer."""
    decision = Decision.objects.locked(decision)
    answer = can_hand_over(by, decision).or_refuse()
    give_to(act, decision, to, answer.role)
    return decision


def give_to(act: Act, decision: Decision, to: User, role: str) -> None:
    """Make somebody the originating officer of a locked paper that is open, within an act."""
    if not to.has_role(Role.ORIGINATING_OFFICER):
        raise DecisionRefused(
            f"{to.name} is no originating officer.", clears="An administrator can give the role."
        )
    if decision.was_advised_on_by(to):
        raise DecisionRefused(
            f"{to.name} advised on {decision.reference}: whoever advised on a paper does not "
            "take it over.",
            clears="Choose another originating officer.",
        )
    if change(decision, {"originating_officer": to}):
        data = {"to": to.ledger_name}
        act.record(events.DECISION_HANDED_OVER, subject=decision, role=role, data=data)
