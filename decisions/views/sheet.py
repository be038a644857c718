"""What the decision maker fills in for one paper, and what it amounts to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, QueryDict

from accounts.models import User
from audit import clock
from audit.refusals import Refused
from audit.words import money
from decisions.actions.batches import prepared_facts
from decisions.actions.outcomes import (
    ConditionWords,
    OutcomeWords,
    amended,
    checked,
    to_decide,
)
from decisions.forms.deciding import (
    DecideForm,
    OutcomeForm,
    hush,
    part_field,
    shares_come_to,
    sum_field,
    with_condition,
    without_condition,
    year_field,
    years_come_to,
)
from decisions.models import (
    GRANTED,
    Decision,
    InterestKind,
    Outcome,
    Part,
    PreparedDecision,
)
from decisions.rules import (
    Amended,
    Fault,
    authority_for,
    faults_in,
    faults_of_each,
    together,
)
from decisions.views import cards
from decisions.views.kept import asked_for

ADD, REMOVE = "add-", "remove-"


class Sheet:
    """All that the decision maker fills in: own words, and an outcome for each recommendation."""

    def __init__(
        self, request: HttpRequest, decision: Decision, kept: PreparedDecision | None = None
    ) -> None:
        typed = asked_for(request)
        data: QueryDict | None = typed.fields if typed else None
        if request.method == "POST":
            data = request.POST
        step = request.POST.get("step", "")
        if data is not None and step.startswith((ADD, REMOVE)):
            data = with_other_conditions(data, step)
        known = _initial(kept) if kept and data is None else {}
        self.decision = decision
        self.words = DecideForm(data, initial=known.get("words"), decision=decision)
        self.outcomes = [
            OutcomeForm(data, recommendation=row, initial=known.get(row.pk))
            for row in cards.called_as_signed(decision, to_decide(decision))
        ]
        if typed or step.startswith((ADD, REMOVE)):
            for form in self.forms:
                hush(form)

    @property
    def forms(self) -> list[Any]:
        """Every form on the sheet, in order."""
        outcomes = [each for form in self.outcomes for each in (form, form.conditions)]
        return [*outcomes, self.words]

    @property
    def is_prejudiced(self) -> bool:
        """Whether the decision maker says that an interest is prejudicial."""
        return self.words.data.get("interests_kind") == InterestKind.PREJUDICIAL

    def is_whole(self) -> bool:
        """Return whether everything is filled in; every form is looked at, so all errors show."""
        return all([form.is_valid() for form in (self.words, *self.outcomes)])  # noqa: C419

    def facts(self) -> dict[str, Any]:
        """Return what is decided, as the action and the digest want it."""
        typed = self.words.cleaned_data
        return {
            "decision": self.decision,
            "outcomes": [outcome_typed(form) for form in self.outcomes],
            "interests": typed["interests"],
            "interests_kind": typed["interests_kind"],
            "words": typed["words"],
        }

    def holds(self, by: User) -> bool:
        """Return whether the sheet is whole and breaks no rule; all that is wrong is put on it.

        What is filled in already is held to the rules while the rest is still missing.
        """
        is_whole = self.is_whole()
        whole = [form for form in self.outcomes if form.is_valid()]
        typed = [outcome_typed(form) for form in whole]
        decided, earlier = amended(self.decision, typed)
        is_every = len(whole) == len(self.outcomes)
        faults = list(faults_in(decided, earlier) if is_every else faults_of_each(decided))
        of = {row.recommendation.pk: row for row in decided}
        for fault in faults:
            self._show(fault, of[fault.recommendation.pk])
        if faults or not is_every:
            return False
        try:
            authority_for(by, decided, clock.today(), earlier)
        except Refused as refusal:
            self._show_at_first_grant(refusal)
            is_whole = False
        return is_whole and self._is_in_order(by)

    def _is_in_order(self, by: User) -> bool:
        """Return whether nothing but the outcomes keeps the paper from being decided."""
        facts = self.facts()
        try:
            checked(
                self.decision, facts["outcomes"], facts["interests"], by, facts["interests_kind"]
            )
        except Refused as refusal:
            self.words.add_error(None, str(refusal))
            return False
        return True

    def _show_at_first_grant(self, refusal: Refused) -> None:
        """Put a missing authority beside the first outcome that needs it."""
        granted = (form for form in self.outcomes if form.cleaned_data["outcome"] in GRANTED)
        next(granted, self.outcomes[0]).add_error("outcome", str(refusal))

    def _show(self, fault: Fault, decided: Amended) -> None:
        """Put a fault beside the field in which it can be put right, for who can do so."""
        form = next(f for f in self.outcomes if f.recommendation.pk == fault.recommendation.pk)
        name = fault.field
        if name == "sum":
            rows = form.recommendation.figures.all()
            typed = form.cleaned_data
            wrong = (row.pk for row in rows if not 0 < typed[sum_field(row.pk)] <= row.amount)
            name = sum_field(next(wrong))
        elif name in {"recipients", "years"}:
            asked = form.recipients if name == "recipients" else form.years
            name = next(iter(asked), "outcome")
        form.add_error(
            name, f"{fault.refusal.reason} ({fault.code}) {_way_on(fault, decided)}".strip()
        )


def _way_on(fault: Fault, decided: Amended) -> str:
    """Say what whoever decides can do about a fault; with the sums that were typed."""
    if fault.code == "DEC-11" and decided.outcome == Outcome.APPROVED_AS_AMENDED:
        return "Enter a smaller sum, or say in words what is amended."
    if fault.code == "DEC-11":
        return f"Choose “{Outcome.APPROVED_AS_AMENDED.label}”, or leave the sums as asked."
    if fault.field == "recipients":
        return f"{shares_come_to(decided.parts(), decided.held)}."
    if fault.field == "years" and (why := years_come_to(decided)):
        return f"{why}."
    return ""


def with_other_conditions(data: QueryDict, step: str) -> QueryDict:
    """Return what was sent with one condition more, or without one."""
    if step.startswith(ADD):
        return with_condition(data, step.removeprefix(ADD))
    prefix, _, index = step.removeprefix(REMOVE).rpartition("-")
    return without_condition(data, prefix, int(index)) if index.isdigit() else data


def _initial(kept: PreparedDecision) -> dict[Any, dict[str, Any]]:
    """Return what was prepared as the forms' first values; nothing where the paper has changed."""
    try:
        facts = prepared_facts(kept)
    except Refused:
        return {}
    words = {name: facts[name] for name in ("interests", "interests_kind", "words")}
    outcomes = {
        one.recommendation.pk: {
            "outcome": one.outcome,
            "words": one.words,
            "until": one.until,
            "conditions": [
                {"text": row.text, "owner": row.owner, "due_on": row.due_on}
                for row in one.conditions
            ],
            **{sum_field(key): amount for key, amount in one.figures.items()},
            **{part_field(key): amount for key, amount in one.recipients.items()},
            **{year_field(key): amount for key, amount in one.years.items()},
        }
        for one in facts["outcomes"]
    }
    return {"words": words, **outcomes}


def outcome_typed(form: OutcomeForm) -> OutcomeWords:
    """Return what was typed of one outcome."""
    typed = form.cleaned_data
    return OutcomeWords(
        recommendation=form.recommendation,
        outcome=typed["outcome"],
        words=typed["words"],
        figures=form.amended(),
        conditions=[ConditionWords(**_condition(row)) for row in form.conditions_set()],
        until=typed["until"],
        recipients=form.shares_typed(form.recipients),
        years=form.shares_typed(form.years),
    )


def _condition(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("text", "owner", "due_on")}


def shown(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what is decided as a page prints it before it is signed.

    The words that were asked stand with it, those of Part 2 left out.
    """
    kind = InterestKind(facts["interests_kind"])
    content = cards.part_1(facts["decision"])
    asked = {row["id"]: row["text"] for row in content["recommendations"]}
    outcomes = outcomes_shown(facts["decision"], facts["outcomes"], asked)
    return facts | {"outcomes": outcomes, "interests_label": kind.label}


def outcomes_shown(
    decision: Decision,
    outcomes: Sequence[OutcomeWords],
    asked: Mapping[int, str],
    *,
    with_part_2: bool = True,
    signed_on: date | None = None,
) -> list[dict[str, Any]]:
    """Return what is decided on each recommendation as a page prints it.

    Recipients of Part 2 are named only where the page's reader has opened it (`with_part_2`).
    """
    decided, _ = amended(decision, outcomes, signed_on=signed_on)
    return [
        {
            "recommendation": row.recommendation,
            "asked": asked.get(row.recommendation.pk, ""),
            "label": row.outcome.label,
            "colour": cards.OUTCOME_COLOURS[row.outcome],
            "sums": list(_sums_shown(row, with_part_2=with_part_2)) if row.is_granted else [],
            "until": row.until,
            "words": row.words,
            "conditions": one.conditions,
        }
        for one, row in zip(outcomes, decided, strict=True)
    ]


def _sums_shown(decided: Amended, *, with_part_2: bool) -> Iterator[str]:
    for figure, amount in decided.sums():
        up_to = "up to " if figure.up_to else ""
        yield f"{up_to}{_instead(amount, figure.amount)}"
        for year, share in decided.years_of(figure, amount):
            yield f"of it in {year.name} {_instead(share, year.amount)}"
    for recipient, share in decided.parts():
        if with_part_2 or recipient.part == Part.PART_1:
            asked = recipient.amount or Decimal()
            yield f"of it to {recipient.organisation.name} {_instead(share, asked)}"
    everybody = decided.recommendation.recipients.all()
    rest = decided.held - together(decided.parts())
    if with_part_2 and rest and 0 < len(everybody) == len(decided.parts()):
        yield f"of it to nobody named {money(rest)}"


def _instead(amount: Decimal, asked: Decimal) -> str:
    less = f", instead of {money(asked)}" if amount != asked else ""
    return f"{money(amount)}{less}"
