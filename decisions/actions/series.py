"""How the papers of a series go: who endorses, who decides, who advises, and in how many days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Role, User
from audit import clock
from audit.acts import Act, action
from audit.words import day
from decisions import events
from decisions.actions.edits import change
from decisions.actions.versions import look_at_advice_of
from decisions.models import AdviceGiver, Decision, EndorsingStage, Series
from decisions.permissions import can_set_series
from decisions.refusals import DecisionRefused
from decisions.rules import endorses_apart, has_stage, hold
from decisions.workflow import GOVERNANCE, Status


@dataclass(frozen=True)
class StageWords:
    """One stage of endorsement: how the office is addressed, its role, or one named officer."""

    title: str
    role: str = Role.CHIEF_EXECUTIVE
    officer: User | None = None


FIRST_STAGE = StageWords("Chief executive")


def add_first_stage(series: Series) -> EndorsingStage:
    """Give a new series the one stage that papers pass unless the governance officer says more."""
    return EndorsingStage.objects.create(series=series, position=1, title=FIRST_STAGE.title)


@action
def set_series(
    act: Act,
    *,
    series: Series,
    decision_maker_role: str,
    decision_maker_title: str,
    decision_maker: User | None,
    stages: Sequence[StageWords],
    required_advice: Sequence[str],
    advice_givers: Sequence[tuple[str, str]] = (),
    publish_within: int,
    remind_after: int,
    by: User,
) -> Series:
    """Set how the papers of a series go. What is under way goes on by the new stages.

    `advice_givers` are (kind, role) pairs; `publish_within` and `remind_after` working days.
    Raises RuleBroken when nobody would endorse (DEC-40), or the office that decides would endorse
    with nobody else named (DEC-41).
    """
    can_set_series(by).or_refuse()
    series = Series.objects.select_for_update().get(pk=series.pk)
    hold("DEC-40", holds=has_stage(stages))
    for stage in stages:
        named = stage.officer.pk if stage.officer else None
        maker = decision_maker.pk if decision_maker else None
        apart = endorses_apart(stage.role, named, decision_maker_role, maker)
        hold("DEC-41", holds=apart, detail=f"({stage.title}.)")
    change(
        series,
        {
            "decision_maker_role": decision_maker_role,
            "decision_maker_title": decision_maker_title.strip(),
            "decision_maker": decision_maker,
            "required_advice": list(required_advice),
            "publish_within": publish_within,
            "remind_after": remind_after,
        },
    )
    _set_stages(series, stages)
    _set_givers(series, advice_givers)
    look_at_advice_of(series)
    facts = {
        "stages": ", ".join(stage.title for stage in stages),
        "decides": decision_maker_title.strip(),
    }
    act.record(events.SERIES_SET, subject=series, role=GOVERNANCE, data=facts)
    return series


def _set_stages(series: Series, stages: Sequence[StageWords]) -> None:
    """Change the rows in place, so that a paper at a stage stays there unless that one goes."""
    rows = list(series.stages.order_by("position"))
    for place, words in enumerate(stages, start=1):
        values = {"title": words.title.strip(), "role": words.role, "officer": words.officer}
        if place <= len(rows):
            change(rows[place - 1], values)
        else:
            rows.append(EndorsingStage.objects.create(series=series, position=place, **values))
    for gone in rows[len(stages) :]:
        at_it = Decision.objects.filter(with_stage=gone, status=Status.WITH_CHIEF_EXECUTIVE)
        for decision in at_it.select_for_update():
            change(decision, {"with_stage": rows[len(stages) - 1]})
        gone.delete()


def _set_givers(series: Series, wanted: Sequence[tuple[str, str]]) -> None:
    kept = set()
    for row in series.advice_givers.all():
        if (row.kind, row.role) in wanted:
            kept.add((row.kind, row.role))
        else:
            row.delete()
    for kind, role in wanted:
        if (kind, role) not in kept:
            AdviceGiver.objects.create(series=series, kind=kind, role=role)
            kept.add((kind, role))


@action
def end_series(
    act: Act, *, series: Series, ends_on: date | None, successor: Series | None, by: User
) -> Series:
    """End a series after a day (inclusive), and say which follows it; None: it does not end.

    What has its number stays. A paper without one goes on in the successor, when it is submitted.
    """
    can_set_series(by).or_refuse()
    series = Series.objects.select_for_update().get(pk=series.pk)
    followed_by = successor if ends_on else None
    if ends_on and followed_by:
        _refuse_unfit(series, ends_on, followed_by)
    if change(series, {"ends_on": ends_on, "successor": followed_by}):
        facts = {"ends_on": ends_on, "successor": followed_by.code if followed_by else None}
        event = events.SERIES_ENDED if ends_on else events.SERIES_GOES_ON
        act.record(event, subject=series, role=GOVERNANCE, data=facts)
    return series


def _refuse_unfit(series: Series, ends_on: date, successor: Series) -> None:
    if successor.pk == series.pk or successor.has_ended(ends_on + timedelta(days=1)):
        raise DecisionRefused(
            f"{successor.code} does not go on after {day(ends_on)}.",
            clears="Choose a series that does.",
        )


def follow_series(decision: Decision) -> None:
    """Let a paper without a number go on in the series that follows its own, where that ended."""
    today = clock.today()
    while decision.number is None and decision.series.has_ended(today):
        ended = decision.series
        if ended.successor is None:
            raise DecisionRefused(
                f"The series {ended.code} ended, and none follows it.",
                clears="The governance officer can say which one follows.",
            )
        change(decision, {"series": ended.successor})
