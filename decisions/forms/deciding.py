"""Forms for the decision itself: interests, an outcome for each recommendation, conditions."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from accounts.models import User
from audit import clock
from audit.forms import DayField, MoneyField, Radios, WordsField
from audit.words import money
from decisions.forms.base import KeyedForm, long_text
from decisions.forms.shown import ShownForm
from decisions.models import (
    InterestKind,
    Outcome,
    Recipient,
    Recommendation,
    RecommendationKind,
    YearSum,
)
from decisions.rules import (
    Amended,
    divides_what_is_decided,
    gives_no_more_than_decided,
    records_interests,
    together,
)

OUTCOME_HINTS = {
    Outcome.APPROVED: "As it is asked.",
    Outcome.APPROVED_AS_AMENDED: "With a smaller sum, or in the words given below.",
    Outcome.DEFERRED: "It is decided at a further signing, by the day given below.",
}
INTEREST_HINTS = {
    InterestKind.DECLARED: "You say what it is below, and decide.",
    InterestKind.PREJUDICIAL: "You say what it is, stand aside, and another holder decides.",
}
NONE_TO_DECLARE = str(InterestKind.NONE.label)
SAY_WHICH = "Say what the interest is"
NOT_NONE = "Leave this empty, or choose above that you have an interest"
MOST_CONDITIONS = 20
PARTS_OF_CONDITION = ("text", "owner", "due_on_day", "due_on_month", "due_on_year")


class DecideForm(ShownForm):
    """The decision maker's own words; what is wrong with the whole stands above the outcomes."""

    whole_errors_at = "outcomes"
    interests_kind = forms.ChoiceField(
        label="Have you an interest in this matter?",
        choices=InterestKind.choices,
        widget=Radios(hints={str(key): hint for key, hint in INTEREST_HINTS.items()}),
        error_messages={"required": "Say whether you have an interest in this matter"},
    )
    interests = long_text(
        "What the interest is",
        rows=2,
        max_length=2000,
        required=False,
        help_text="Under the code of conduct. It is printed in the signed document, for anyone.",
    )
    words = long_text("Remarks", rows=3, required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        """Ask for the words of an interest; where there is none, say just that."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        kind = typed.get("interests_kind")
        if typed.get("interests"):
            if kind and not records_interests(typed["interests"], kind):
                self.add_error("interests", NOT_NONE)
            return typed
        if kind == InterestKind.NONE:
            typed["interests"] = NONE_TO_DECLARE
        elif kind:
            self.add_error("interests", SAY_WHICH)
        return typed


class StandAsideForm(KeyedForm):
    """Stand aside from a paper."""

    words = long_text(
        "What the interest is",
        rows=4,
        max_length=2000,
        help_text="It is kept for good, and printed in the signed document, for anyone.",
        error_messages={"required": SAY_WHICH},
    )


ASKED_OF_A_CONDITION = (
    ("text", "Say what the condition is"),
    ("owner", "Choose who meets the condition"),
    ("due_on", "Enter the day by which the condition is met"),
)


class ConditionForm(forms.Form):
    """A condition set with an outcome; one `on_paper` is as it was signed, its day perhaps past."""

    text = WordsField(label="Condition", required=False, max_length=1000)
    owner = forms.ModelChoiceField(
        User.objects.active(), label="Who meets it", required=False, empty_label="Choose a person"
    )
    due_on = DayField(label="By", required=False)
    marks_optional = False

    def __init__(self, *args: Any, on_paper: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on_paper = on_paper

    def clean(self) -> dict[str, Any]:
        """Ask for the whole of a condition that was begun; of one on paper, for its words."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.has_changed():
            return typed
        asked = ASKED_OF_A_CONDITION[:1] if self.on_paper else ASKED_OF_A_CONDITION
        for name, missing in asked:
            if name not in self.errors and not typed.get(name):
                self.add_error(name, missing)
        due = None if self.on_paper else typed.get("due_on")
        if due and due < clock.today():
            self.add_error("due_on", "A condition is met by a day that is still to come")
        return typed


ConditionFormSet = formset_factory(ConditionForm, extra=0, max_num=MOST_CONDITIONS)


def shares_come_to(shares: Iterable[tuple[object, Decimal]], whole: Decimal) -> str:
    """Say what shares of a sum come to together, and what the sum is."""
    return f"Together they come to {money(together(shares))}, and the sum is {money(whole)}"


def years_come_to(decided: Amended) -> str:
    """Say what the years come to of the first sum that they do not fit."""
    of = [(decided.years_of(row, amount), amount) for row, amount in decided.sums()]
    wrong = [(years, whole) for years, whole in of if years and together(years) != whole]
    return shares_come_to(*wrong[0]) if wrong else ""


class OutcomeForm(forms.Form):
    """What is decided on one recommendation; the sums stand in fields named sum_<figure id>."""

    template_name = "decisions/_outcome.html"
    outcome = forms.ChoiceField(
        widget=Radios(hints={str(key): hint for key, hint in OUTCOME_HINTS.items()})
    )
    words = long_text(
        "Amendment or remarks",
        rows=2,
        required=False,
        max_length=2000,
        help_text="Needed if you approve as amended and no sum is smaller.",
    )
    until = DayField(label="Bring back by", required=False, help_text="Needed if you defer.")
    marks_optional = False

    def __init__(
        self,
        data: Any = None,
        *,
        recommendation: Recommendation,
        initial: dict[str, Any] | None = None,
        on_paper: bool = False,
    ) -> None:
        initial = initial or {}
        super().__init__(data, prefix=f"r{recommendation.pk}", initial=initial)
        self.recommendation = recommendation
        self._offer(is_note=recommendation.kind == RecommendationKind.NOTE)
        for figure in recommendation.figures.all():
            self.fields[sum_field(figure.pk)] = MoneyField(
                label=f"{figure.get_role_display()}{', up to' if figure.up_to else ''}",
                initial=figure.amount,
                help_text="Change it only to approve less.",
            )
        self.order_fields(["outcome", *(name for name in self.fields if name.startswith("sum_"))])
        self.on_paper = on_paper
        self._ask_shares()
        self.conditions = ConditionFormSet(
            data,
            prefix=f"{self.prefix}-conditions",
            initial=initial.get("conditions"),
            form_kwargs={"on_paper": on_paper},
        )

    def _ask_shares(self) -> None:
        """Ask what recipients and years have of a smaller sum; an only one follows the sum."""
        row = self.recommendation
        given = [each for each in row.recipients.all() if each.amount is not None]
        self.recipients = {part_field(each.pk): each for each in given if len(given) > 1}
        self.years = {
            year_field(year.pk): year
            for figure in row.figures.all()
            for year in figure.years.all()
            if len(figure.years.all()) > 1
        }
        for name, each in self.recipients.items():
            self.fields[name] = _share(f"{each.organisation.name} receives", each.amount)
        for name, year in self.years.items():
            self.fields[name] = _share(f"In {year.name}", year.amount)

    @property
    def own(self) -> list[BoundField]:
        """The fields but those of recipients and years."""
        return [self[name] for name in self.fields if name not in {**self.recipients, **self.years}]

    @property
    def shares(self) -> list[BoundField]:
        """The fields of recipients and years."""
        return [self[name] for name in (*self.recipients, *self.years)]

    @property
    def is_divided(self) -> bool:
        """Whether something was typed of recipients and years, or is wrong with it."""
        return any(field.errors or field.value() for field in self.shares)

    def _offer(self, *, is_note: bool) -> None:
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101
        wanted = [Outcome.NOTED, Outcome.DEFERRED] if is_note else list(Outcome)[:4]
        outcome.choices = [(each.value, each.label) for each in wanted]
        number = self.recommendation.number
        outcome.label = f"Outcome of recommendation {number}"
        outcome.error_messages["required"] = f"Choose an outcome for recommendation {number}"

    def clean(self) -> dict[str, Any]:
        """Ask for the day on which a deferred recommendation comes back."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("outcome") != Outcome.DEFERRED:
            typed["until"] = None
        elif "until" not in self.errors and not typed.get("until"):
            number = self.recommendation.number
            self.add_error("until", f"Enter the day on which recommendation {number} comes back")
        if not self.errors:
            self._refuse_needless_shares()
            self._ask_missing_shares()
        return typed

    def _refuse_needless_shares(self) -> None:
        """Refuse shares of what is not amended: nothing that was typed is dropped unsaid."""
        if self.cleaned_data["outcome"] == Outcome.APPROVED_AS_AMENDED:
            return
        shares = (*self.recipients, *self.years)
        if any(self.cleaned_data.get(name) is not None for name in shares):
            message = (
                f"Choose “{Outcome.APPROVED_AS_AMENDED.label}” for recommendation "
                f"{self.recommendation.number}, or empty what its recipients and years have"
            )
            self.add_error("outcome", message)

    def _ask_missing_shares(self) -> None:
        """Ask for the shares left blank where those that were asked for do not fit the sum."""
        if self.on_paper or self.cleaned_data["outcome"] != Outcome.APPROVED_AS_AMENDED:
            return
        decided = Amended(
            self.recommendation,
            Outcome.APPROVED_AS_AMENDED,
            figures=self.amended(),
            recipients=self.shares_typed(self.recipients),
            years=self.shares_typed(self.years),
        )
        if not gives_no_more_than_decided(decided):
            self._ask_for(self.recipients, shares_come_to(decided.parts(), decided.held))
        if not divides_what_is_decided(decided):
            self._ask_for(self.years, years_come_to(decided))

    def _ask_for(self, fields: Iterable[str], why: str) -> None:
        for name in fields:
            if self.cleaned_data[name] is None:
                self.add_error(name, f"Enter the sum: {self.fields[name].label}. {why}")

    def is_valid(self) -> bool:
        """Return whether the outcome and its conditions are whole; both are looked at."""
        return all([super().is_valid(), self.conditions.is_valid()])

    def amended(self) -> dict[int, Decimal]:
        """Return the sums (pounds) that were changed, by the id of their figure."""
        rows = self.recommendation.figures.all()
        typed = {row.pk: self.cleaned_data[sum_field(row.pk)] for row in rows}
        return {row.pk: typed[row.pk] for row in rows if typed[row.pk] != row.amount}

    def shares_typed(self, among: Mapping[str, Recipient | YearSum]) -> dict[int, Decimal]:
        """Return what was typed of recipients or years (pounds), by their id; of an amendment."""
        if self.cleaned_data["outcome"] != Outcome.APPROVED_AS_AMENDED:
            return {}
        typed = ((row.pk, self.cleaned_data.get(name)) for name, row in among.items())
        return {pk: amount for pk, amount in typed if amount is not None}

    def conditions_set(self) -> list[dict[str, Any]]:
        """Return the conditions that were written."""
        typed = [form.cleaned_data for form in self.conditions.forms]
        return [row for row in typed if row.get("text")]


def sum_field(figure: int) -> str:
    """Return the name of the field in which the sum of a figure stands."""
    return f"sum_{figure}"


def part_field(recipient: int) -> str:
    """Return the name of the field in which stands what a recipient has of a smaller sum."""
    return f"part_{recipient}"


def year_field(year: int) -> str:
    """Return the name of the field in which stands what a year has of a smaller sum."""
    return f"year_{year}"


def _share(label: str, asked: Decimal | None) -> MoneyField:
    hint = f"{money(asked or Decimal())} was asked for."
    return MoneyField(label=label, required=False, help_text=hint)


def with_condition(data: QueryDict, prefix: str) -> QueryDict:
    """Return what was sent with one more empty condition."""
    changed, total = data.copy(), _total(data, prefix)
    changed[f"{prefix}-TOTAL_FORMS"] = str(min(total + 1, MOST_CONDITIONS))
    return changed


def without_condition(data: QueryDict, prefix: str, index: int) -> QueryDict:
    """Return what was sent without one of its conditions; the later ones move up."""
    changed, total = data.copy(), _total(data, prefix)
    for place in range(index, total):
        for part in PARTS_OF_CONDITION:
            later = data.get(f"{prefix}-{place + 1}-{part}", "")
            changed[f"{prefix}-{place}-{part}"] = later if place + 1 < total else ""
    changed[f"{prefix}-TOTAL_FORMS"] = str(max(total - (index < total), 0))
    changed[f"{prefix}-INITIAL_FORMS"] = "0"
    return changed


def _total(data: QueryDict, prefix: str) -> int:
    typed = data.get(f"{prefix}-TOTAL_FORMS", "")
    return min(int(typed), MOST_CONDITIONS) if typed.isascii() and typed.isdigit() else 0


def hush(form: "forms.Form | BaseFormSet[Any]") -> None:
    """Let a form show what was typed without saying what is wrong with it yet."""
    shown: Any = form
    if isinstance(form, BaseFormSet):
        shown._errors, shown._non_form_errors = [], ErrorList()
        for each in form.forms:
            hush(each)
    else:
        shown._errors, shown.cleaned_data = ErrorDict(), {}
