"""What papers of a series have to have: kept by the governance officer, each change an act."""

from accounts.models import User
from audit.acts import Act, action
from decisions import events
from decisions.actions.edits import present
from decisions.actions.versions import look_at_advice_of
from decisions.models import Requirement, Series
from decisions.permissions import can_change_requirements
from decisions.refusals import DecisionRefused
from decisions.workflow import GOVERNANCE


@action
def add_requirement(
    act: Act, *, series: Series, recommendation_kind: str, form: str, subject: str, by: User
) -> Requirement:
    """Ask for a section, or advice, in papers of a series; in all of them without a kind."""
    can_change_requirements(by).or_refuse()
    series = Series.objects.select_for_update().get(pk=series.pk)
    made, is_new = Requirement.objects.get_or_create(
        series=series, recommendation_kind=recommendation_kind, form=form, subject=subject
    )
    if not is_new:
        raise DecisionRefused(
            "That is asked for already.", clears="Choose another subject or kind."
        )
    look_at_advice_of(series)
    data = {"what": _in_words(made)}
    act.record(events.REQUIREMENT_ADDED, subject=series, role=GOVERNANCE, data=data)
    return made


@action
def remove_requirement(act: Act, *, requirement: Requirement, by: User) -> None:
    """Ask no longer for something. Papers that are frozen keep what they were asked for."""
    can_change_requirements(by).or_refuse()
    series = Series.objects.select_for_update().get(pk=requirement.series_id)
    requirement = present(series.requirements.filter(pk=requirement.pk).first())
    data = {"what": _in_words(requirement)}
    requirement.delete()
    look_at_advice_of(series)
    act.record(events.REQUIREMENT_REMOVED, subject=series, role=GOVERNANCE, data=data)


def _in_words(requirement: Requirement) -> str:
    words = str(requirement)
    return f"{words[:1].lower()}{words[1:]}"
