"""What the components show of a decision: plain values made of its paper and its outcomes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import AdviceKind, User
from accounts.permissions import Answer
from audit.words import day
from decisions.models import (
    GRANTED,
    SUMS_DECIDED,
    Content,
    Decision,
    Outcome,
    Recommendation,
    RecommendationKind,
    RecommendationOutcome,
    in_part_1,
    latest_version,
    paper_content,
    part_1_of,
    read_content,
    recipients_decided,
)
from decisions.models.recommendations import Direction, FigureRole
from decisions.permissions import Person, can_advise
from decisions.turns import answers
from decisions.views.year_tables import year_table
from decisions.workflow import ADVISER, BY_NAME, Step

OUTCOME_COLOURS: dict[str, str] = {
    Outcome.APPROVED: "green",
    Outcome.APPROVED_AS_AMENDED: "teal",
    Outcome.REJECTED: "red",
    Outcome.DEFERRED: "yellow",
    Outcome.NOTED: "grey",
}
PLACES = {
    "edit": "decision_edit",
    "submit_for_advice": "decision_submit",
    "send_to_chief_executive": "decision_send",
    "endorse": "decision_endorse",
    "stand_aside": "decision_stand_aside",
    "return_to_draft": "decision_return",
    "withdraw": "decision_withdraw",
    "decide": "decision_decide",
    "publish": "decision_publish",
    "defer_publication": "decision_defer",
    "take_down": "decision_take_down",
    "revoke": "decision_revoke",
    "correct": "decision_correct",
    "release_part_2": "decision_release",
    "vary": "decision_vary",
    "supersede": "decision_supersede",
    "transcribe": "decision_transcribe",
    "confirm_transcription": "decision_transcription",
    "return_transcription": "decision_return_transcription",
}
MAIN = {"submit_for_advice", "send_to_chief_executive", "endorse", "decide", "publish"}
MAIN |= {"transcribe", "confirm_transcription"}
GRAVE = {"withdraw", "take_down", "revoke"}


@dataclass(frozen=True)
class ActButton:
    """An act on the page: a button when it is open to the reader, otherwise why not."""

    label: str
    url: str
    answer: Answer
    is_main: bool = False
    is_grave: bool = False
    hint: str = ""


def content_of(decision: Decision) -> Content:
    """Return the whole paper: as kept in its last version once frozen, else from its rows."""
    version = latest_version(decision) if decision.is_frozen else None
    return read_content(version) if version else paper_content(decision)


def called_as_signed(decision: Decision, rows: Iterable[Recommendation]) -> list[Recommendation]:
    """Return recommendations whose recipients are called what the paper that is signed calls them.

    In memory alone: the name of an organisation may have been changed since.
    """
    found = list(rows)
    names = {
        row["id"]: row.get("recipients", []) for row in content_of(decision)["recommendations"]
    }
    for row in found:
        for each, said in zip(row.recipients.all(), names.get(row.pk, []), strict=False):
            each.organisation.name = said["name"]
    return found


def part_1(decision: Decision) -> Content:
    """Return Part 1 of the paper."""
    return part_1_of(content_of(decision))


def answers_of(decision: Decision) -> list[Content]:
    """Return the answers to what was doubted of the paper, those in Part 1."""
    answers: list[Content] = part_1(decision).get("answers", [])
    return answers


def outcomes_of(
    decision: Decision, *, published_only: bool = False
) -> dict[int, RecommendationOutcome]:
    """Return the last outcome of each recommendation, by the recommendation's id."""
    rows = RecommendationOutcome.objects.filter(approval__decision=decision)
    if published_only:
        rows = rows.exclude(approval__act__in=decision.steps.unpublished().values("act"))
    rows = rows.prefetch_related(*SUMS_DECIDED, "conditions__owner").order_by("id")
    return {row.recommendation_id: row for row in rows}


def cards(
    decision: Decision, content: Content, *, published_only: bool = False
) -> list[dict[str, Any]]:
    """Return each recommendation of a content as the card component wants it."""
    given = outcomes_of(decision, published_only=published_only) if decision.is_decided else {}
    shares = _shares_decided(decision, given)
    return [
        _card(row, given.get(row["id"]), shares.get(row["id"], {}))
        for row in content["recommendations"]
    ]


def _shares_decided(
    decision: Decision, outcomes: Mapping[int, RecommendationOutcome]
) -> dict[int, Mapping[str, Decimal]]:
    """Return by a recommendation's id what its recipients (by name, as signed) were granted."""
    divided = {pk: list(row.recipients.all()) for pk, row in outcomes.items()}
    if not any(divided.values()):
        return {}
    named = {row["id"]: row for row in content_of(decision)["recommendations"]}
    return {pk: recipients_decided(named[pk], rows) for pk, rows in divided.items() if rows}


def _card(
    row: Content, outcome: RecommendationOutcome | None, shares: Mapping[str, Decimal]
) -> dict[str, Any]:
    card = {
        **row,
        "kind": RecommendationKind(row["kind"]).label,
        "figures": [_figure(figure) for figure in row["figures"]],
        "by_year": year_table(row["figures"]),
    }
    if outcome is None:
        return card
    years = [
        [(each.year_sum.name, each.amount) for each in one.years.all()]
        for one in outcome.figures.all()
    ]
    if any(years):
        card["by_year"] = year_table(row["figures"], years)
    recipients = [_received(each, shares.get(each["name"])) for each in row.get("recipients", [])]
    return card | _decided(card, outcome) | {"recipients": recipients}


def _received(recipient: Content, share: Decimal | None) -> Content:
    """Return a recipient with what was decided for it, where that is not what was asked."""
    asked = recipient.get("amount")
    is_as_asked = share is not None and asked is not None and share == Decimal(asked)
    return {**recipient, "decided": None if is_as_asked else share}


def _figure(figure: Content) -> dict[str, Any]:
    role, direction = figure["role"], figure["direction"]
    shown = "" if role == FigureRole.SUM_DECIDED else FigureRole(role).label.lower()
    return {
        "amount": figure["amount"],
        "up_to": figure["up_to"],
        "role": shown,
        "direction": Direction(direction).label.lower() if direction else "",
    }


def _decided(card: dict[str, Any], outcome: RecommendationOutcome) -> dict[str, Any]:
    decided = list(outcome.figures.all())
    figures = [
        {
            **shown,
            "amount": one.amount,
            "up_to": one.up_to,
            "asked": one.amendment.partition(" → ")[0] if one.is_amended else "",
        }
        for shown, one in zip(card["figures"], decided, strict=False)
    ]
    return {
        "outcome": outcome.get_outcome_display(),
        "outcome_colour": OUTCOME_COLOURS[outcome.outcome],
        "outcome_words": outcome.words,
        "is_reworded": outcome.outcome == Outcome.APPROVED_AS_AMENDED
        and not any(one.is_amended for one in decided),
        "is_for_less": any(one.is_amended for one in decided),
        "until": outcome.until,
        "figures": figures or card["figures"],
        "conditions": [_condition(one) for one in outcome.conditions.all()],
    }


def _condition(condition: Any) -> str:
    owner = condition.owner.name if condition.owner else ""
    due = f"due {day(condition.due_on)}" if condition.due_on else ""
    known = ", ".join(word for word in (owner, due) if word)
    return f"{condition.text} ({known})" if known else str(condition.text)


def figures_of(drawn: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of the figures table for recommendation cards."""
    return [
        {
            **figure,
            "recommendation": card["number"],
            "drawn_from": card["funded_from"],
            "own_money": card.get("own_money", False),
            "standing": _standing(card.get("outcome", "")),
        }
        for card in drawn
        for figure in card["figures"]
    ]


def _standing(outcome: str) -> str:
    """Return what an outcome makes of a sum that the recommendation asked to decide."""
    if not outcome:
        return "Sum"
    granted = {each.label for each in GRANTED}
    return "Sum decided" if outcome in granted else f"Sum asked, {outcome.lower()}"


def buttons(by: Person, decision: Decision) -> tuple[list[ActButton], list[ActButton]]:
    """Return the acts whose turn it is, and the others, each open to the reader or saying why."""
    now: list[ActButton] = _advice_buttons(by, decision)
    other: list[ActButton] = []
    for name, answer in answers(by, decision).items():
        button = _button(name, answer, decision)
        (now if _is_in_turn(name, decision) else other).append(button)
    return _together(sorted(now, key=_weight)), _together(other)


def _together(buttons: Iterable[ActButton]) -> list[ActButton]:
    """Return the acts with those that one reason keeps from all named together, once."""
    found: dict[object, ActButton] = {}
    for each in buttons:
        key = each.url if each.answer else (each.answer.reason, each.answer.clears)
        first = found.get(key)
        label = f"{first.label}, {each.label[:1].lower()}{each.label[1:]}" if first else each.label
        found[key] = replace(first or each, label=label)
    return list(found.values())


def step_for(name: str, decision: Decision) -> Step:
    """Return the step that an act on a decision would take, as it now stands."""
    if name == "decide" and decision.has_deferred:
        return BY_NAME["decide_deferred"]
    if name == "publish" and decision.unpublished_since:
        return BY_NAME["publish_further"]
    return BY_NAME[name]


def _is_in_turn(name: str, decision: Decision) -> bool:
    if name == "defer_publication" and decision.is_published and not decision.unpublished_since:
        return False
    step = step_for(name, decision)
    return decision.status in step.sources and decision.source in step.applies_to


def _weight(button: ActButton) -> tuple[bool, bool, bool]:
    return (not button.answer.allowed, not button.is_main, button.is_grave)


def _button(name: str, answer: Answer, decision: Decision) -> ActButton:
    url = reverse(PLACES[name], args=[decision.slug])
    return ActButton(step_for(name, decision).label, url, answer, name in MAIN, name in GRAVE)


def _advice_buttons(by: Person, decision: Decision) -> list[ActButton]:
    kinds = decision.required_advice if decision.is_submitted else []
    asked = ((kind, can_advise(by, decision, kind)) for kind in kinds)
    return [
        ActButton(
            f"{_verb(decision, kind)} {AdviceKind(kind).label.lower()} advice",
            reverse("decision_advise", args=[decision.slug, kind]),
            answer,
            is_main=kind in decision.advice_needed,
        )
        for kind, answer in asked
        if answer
    ]


def _verb(decision: Decision, kind: str) -> str:
    """Return what an adviser does: give what was never given, confirm what lapsed, or renew."""
    if kind not in decision.advice_needed:
        return "Renew"
    return "Confirm" if decision.advice.filter(kind=kind).exists() else "Give"


def _outcomes_given(decision: Decision) -> dict[Any, list[str]]:
    """Return in words what was decided on the recommendations of Part 1, by the act that did."""
    rows = RecommendationOutcome.objects.filter(
        in_part_1("recommendation__"), approval__decision=decision
    )
    rows = rows.select_related("recommendation").prefetch_related(*SUMS_DECIDED)
    given: dict[Any, list[str]] = {}
    for row in rows:
        given.setdefault(row.act, []).append(row.in_words)
    return given


@dataclass(frozen=True)
class Happening:
    """One line of a timeline."""

    title: str
    by: str
    at: datetime
    text: str = ""
    words: str = ""
    url: str = ""
    url_label: str = ""


def named(person: User, role: str, at: datetime, advice_kind: str = "") -> str:
    """Return who acted, and as whose deputy: "Jo Field, as deputy for Sam Rivers"."""
    deputy = person.as_deputy(role, on=localdate(at), advice_kind=advice_kind)
    return f"{person.name}, {deputy}" if deputy else str(person.name)


def _deputised(decision: Decision) -> dict[UUID, str]:
    """Return who decided as a deputy by delegation, and for whom, by the act."""
    rows = decision.approvals.filter(delegation__deputy_for__isnull=False)
    return {
        row.act: f"{row.by_name}, as deputy for {row.delegation.deputy_for.name}"
        for row in rows.select_related("approved_by", "transcription", "delegation__deputy_for")
        if row.delegation and row.delegation.deputy_for
    }


def timeline(decision: Decision) -> list[Happening]:
    """Return the steps, advice and approvals of a decision, newest first."""
    given, deputised = _outcomes_given(decision), _deputised(decision)
    happened = [
        Happening(
            row.get_name_display(),
            deputised.get(row.act) or named(row.taken_by, row.role, row.taken_at),
            row.taken_at,
            words="\n\n".join([row.reason] * bool(row.reason) + given.get(row.act, [])),
        )
        for row in decision.steps.prefetch_related("taken_by__holdings__deputy_for")
    ]
    happened += [
        Happening("Stood aside", row.person.name, row.made_at, words=row.words)
        for row in decision.standings_aside.select_related("person")
    ]
    happened += [
        Happening(
            f"{row.get_kind_display()} advice {'confirmed' if row.confirms_id else 'given'}",
            named(row.given_by, ADVISER, row.given_at, row.kind),
            row.given_at,
            words=row.open_words,
        )
        for row in decision.advice.prefetch_related("given_by__holdings__deputy_for")
    ]
    return sorted(happened, key=lambda each: each.at, reverse=True)
