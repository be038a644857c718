"""Deciding: an outcome for each recommendation, then a fresh second factor for exactly that.

Two steps on one address. The first takes the outcomes and holds them against the rules; the
second shows what will be signed, carries it in hidden fields, and asks for the second factor,
which is bound to its digest.
"""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.forms import StepUpForm
from accounts.models import User
from audit import clock
from audit.refusals import Refused
from audit.words import money
from decisions.actions.deciding import decide
from decisions.actions.outcomes import (
    ACT_NAME,
    ConditionWords,
    OutcomeWords,
    checked,
    decision_digest,
    undecided,
)
from decisions.actions.reading import open_part_2
from decisions.forms.steps import DecideForm, OutcomeForm
from decisions.models import GRANTED, Decision, Figure, Outcome, Part
from decisions.permissions import can_decide, can_read_part_2
from decisions.rules import authority_for
from decisions.views import cards
from decisions.views.access import decision_for, reader
from decisions.views.answering import carried, in_turn, made_already


class Sheet:
    """All that the decision maker fills in: own words, and an outcome for each recommendation."""

    def __init__(self, request: HttpRequest, decision: Decision) -> None:
        data = request.POST if request.method == "POST" else None
        self.decision = decision
        self.words = DecideForm(data)
        self.outcomes = [OutcomeForm(data, recommendation=row) for row in undecided(decision)]

    @property
    def forms(self) -> list[Any]:
        """Every form on the sheet, in order."""
        conditions = [form.conditions for form in self.outcomes]
        return [self.words, *self.outcomes, *conditions]

    def is_whole(self) -> bool:
        """Return whether everything is filled in; every form is looked at, so all errors show."""
        return all([form.is_valid() for form in (self.words, *self.outcomes)])  # noqa: C419

    def facts(self) -> dict[str, Any]:
        """Return what is decided, as the action and the digest want it."""
        typed = self.words.cleaned_data
        return {
            "decision": self.decision,
            "outcomes": [_outcome(form) for form in self.outcomes],
            "interests": typed["interests"],
            "words": typed["words"],
        }

    def check(self, by: User) -> None:
        """Raise Refused where what is decided breaks a rule, or no delegation covers it."""
        facts = self.facts()
        decided = checked(self.decision, facts["outcomes"], facts["interests"], by)
        authority_for(by, decided, clock.today())


def _outcome(form: OutcomeForm) -> OutcomeWords:
    typed = form.cleaned_data
    return OutcomeWords(
        recommendation=form.recommendation,
        outcome=typed["outcome"],
        words=typed["words"],
        figures=form.amended(),
        conditions=[ConditionWords(**_condition(row)) for row in form.conditions_set()],
        until=typed["until"],
    )


def _condition(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("text", "owner", "due_on")}


@login_required
def decision_decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the outcomes, show what will be signed, and sign it with a fresh second factor."""
    with in_turn(request):
        return _decide(request, slug)


def _decide(request: HttpRequest, slug: str) -> HttpResponse:
    decision, user = decision_for(request, slug), reader(request)
    allowed = can_decide(user, decision)
    if done := made_already(request):
        return redirect("decision_signed", done.slug)
    allowed.or_refuse_page(decision)
    if any(row.part == Part.PART_2 for row in undecided(decision)):
        open_part_2(decision=decision, by=user)  # its sums stand in the form
    sheet = Sheet(request, decision)
    step = request.POST.get("step", "")
    if step not in {"review", "sign"} or not _holds(sheet, user):
        return _ask(request, sheet)
    form = _second_factor(request, sheet, is_answered=step == "sign")
    if form.is_bound and form.is_valid():
        try:
            key = sheet.words.cleaned_data["form_key"]
            decide(**sheet.facts(), proof=form.proof, form_key=key, by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("decision_signed", decision.slug)
    return _review(request, sheet, form)


def _holds(sheet: Sheet, by: User) -> bool:
    """Return whether the sheet is whole and breaks no rule; what is wrong is put on it."""
    if not sheet.is_whole():
        return False
    try:
        sheet.check(by)
    except Refused as refusal:
        sheet.words.add_error(None, str(refusal))
        return False
    return True


def _second_factor(request: HttpRequest, sheet: Sheet, *, is_answered: bool) -> StepUpForm:
    data = request.POST if is_answered else None
    digest = decision_digest(**sheet.facts())
    return StepUpForm(data, request=request, act_name=ACT_NAME, digest=digest)


def _ask(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    decision = sheet.decision
    content = cards.part_1(decision)
    drawn = {card["id"]: card for card in cards.cards(decision, content)}
    has_part_2 = content["publication"]["has_part_2"]
    context = {
        "decision": decision,
        "form": sheet.words,
        "form_list": sheet.forms,
        "rows": [(form, drawn.get(form.recommendation.pk)) for form in sheet.outcomes],
        "answers": content.get("answers", []),
        "can_read_part_2": has_part_2 and can_read_part_2(reader(request), decision),
    }
    return render(request, "decisions/decision_decide.html", context)


def _review(request: HttpRequest, sheet: Sheet, form: StepUpForm) -> HttpResponse:
    context = {
        "decision": sheet.decision,
        "form": form,
        "offer": form.offer,
        "facts": _shown(sheet),
        "carried": carried(request),
    }
    return render(request, "decisions/decision_review.html", context)


def _shown(sheet: Sheet) -> dict[str, Any]:
    """Return what is decided as the review page prints it; of Part 2 the numbers only."""
    facts, content = sheet.facts(), cards.part_1(sheet.decision)
    asked = {card["id"]: card["text"] for card in cards.cards(sheet.decision, content)}
    shown = [_outcome_shown(row, asked.get(row.recommendation.pk, "")) for row in facts["outcomes"]]
    return facts | {"outcomes": shown}


def _outcome_shown(row: OutcomeWords, asked: str) -> dict[str, Any]:
    figures = row.recommendation.figures.all()
    granted = row.outcome in GRANTED
    sums = [_sum_shown(one, row.figures.get(one.pk, one.amount)) for one in figures]
    return {
        "recommendation": row.recommendation,
        "asked": asked,
        "label": Outcome(row.outcome).label,
        "colour": cards.OUTCOME_COLOURS[row.outcome],
        "sums": sums if granted else [],
        "until": row.until,
        "words": row.words,
        "conditions": row.conditions,
    }


def _sum_shown(figure: Figure, amount: Decimal) -> str:
    less = f", instead of {money(figure.amount)}" if amount != figure.amount else ""
    return f"{'up to ' if figure.up_to else ''}{money(amount)}{less}"


@login_required
def decision_signed(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the decision is signed, with its document."""
    decision = decision_for(request, slug)
    if not decision.is_decided or decision.is_from_elsewhere:
        return redirect("decision_detail", decision.slug)
    context = {"decision": decision, "document": decision.documents.public().latest_first().first()}
    return render(request, "decisions/decision_signed.html", context)
