"""Forms for the steps of a decision's way: advice, endorsement, outcomes, reasons."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory

from accounts.models import Role, User
from audit.forms import DayField, MoneyField, Radios, WordsField
from decisions.forms.base import KeyedForm, long_text
from decisions.models import Decision, Outcome, Recommendation, RecommendationKind

OUTCOME_HINTS = {
    Outcome.APPROVED: "As it is asked.",
    Outcome.APPROVED_AS_AMENDED: "With a smaller sum, or in the words given below.",
    Outcome.DEFERRED: "It can be decided at a further signing.",
}


class StepForm(KeyedForm):
    """A step that needs nothing but to be confirmed."""


class ReasonForm(KeyedForm):
    """A step that needs a reason."""

    reason = long_text("Reason", rows=4, max_length=2000, help_text="Kept in the audit trail.")


class DeferForm(ReasonForm):
    """Put the publication off."""

    until = DayField(label="Publish by", help_text="The last day of the deferral.")


class RevokeForm(ReasonForm):
    """Revoke a decision, or supersede it by another."""

    in_favour_of = forms.ModelChoiceField(
        Decision.objects.decided().select_related("series"),
        label="Superseded by",
        required=False,
        empty_label="None: it is revoked outright",
        help_text="A later decision that takes its place.",
    )


class HandOverForm(forms.Form):
    """Give a paper to another originating officer."""

    to = forms.ModelChoiceField(
        User.objects.none(), label="New originating officer", empty_label="Choose an officer"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)  # noqa: S101
        to.queryset = User.objects.holding(Role.ORIGINATING_OFFICER).order_by("name")


class NextNumberForm(forms.Form):
    """Set the next number of a series."""

    number = forms.IntegerField(
        label="Next number",
        min_value=1,
        max_value=999_999,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-5"}),
    )
    reason = long_text(
        "Reason", rows=3, max_length=1000, help_text="Why numbers are passed over, if they are."
    )


class AdviceForm(KeyedForm):
    """Give advice, or advise anew."""

    words = long_text(
        "Advice", rows=8, help_text="It covers the paper as it stands now, and is dated."
    )


class ConfirmForm(KeyedForm):
    """Confirm that advice still stands."""

    words = long_text(
        "Advice as it now reads", rows=8, help_text="Change it only where it has to change."
    )


class EndorseForm(KeyedForm):
    """The chief executive's endorsement."""

    is_satisfied = forms.BooleanField(
        label="I have been consulted about the proposal, the advice has been taken into account, "
        "and I am satisfied that this is an appropriate request to put to the decision maker.",
        error_messages={"required": "Confirm the statement, or return the paper to draft"},
    )
    words = long_text("Remarks", rows=3, required=False, max_length=2000)


class DecideForm(KeyedForm):
    """The decision maker's own words."""

    interests = long_text(
        "Interests",
        rows=2,
        max_length=2000,
        help_text="Interests considered under the code of conduct, or that there are none.",
    )
    words = long_text("Remarks", rows=3, required=False, max_length=2000)


class ConditionForm(forms.Form):
    """A condition set with an outcome."""

    text = WordsField(label="Condition", required=False, max_length=1000)
    owner = forms.ModelChoiceField(
        User.objects.active(), label="Who meets it", required=False, empty_label="Nobody named"
    )
    due_on = DayField(label="By", required=False)
    marks_optional = False


ConditionFormSet = formset_factory(ConditionForm, extra=2, max_num=20)


class OutcomeForm(forms.Form):
    """What is decided on one recommendation; the sums stand in fields named sum_<figure id>."""

    outcome = forms.ChoiceField(
        widget=Radios(hints={str(key): hint for key, hint in OUTCOME_HINTS.items()})
    )
    words = long_text("Amendment or remarks", rows=2, required=False, max_length=2000)
    until = DayField(
        label="Bring back by", required=False, help_text="For a deferred recommendation."
    )

    def __init__(self, data: Any = None, *, recommendation: Recommendation) -> None:
        super().__init__(data, prefix=f"r{recommendation.pk}")
        self.recommendation = recommendation
        self._offer(is_note=recommendation.kind == RecommendationKind.NOTE)
        for figure in recommendation.figures.all():
            self.fields[_sum(figure.pk)] = MoneyField(
                label=f"{figure.get_role_display()}{', up to' if figure.up_to else ''}",
                initial=figure.amount,
                help_text="Change it only to approve less.",
            )
        self.order_fields(["outcome", *(name for name in self.fields if name.startswith("sum_"))])
        self.conditions = ConditionFormSet(data, prefix=f"{self.prefix}-conditions")

    def _offer(self, *, is_note: bool) -> None:
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101
        wanted = [Outcome.NOTED, Outcome.DEFERRED] if is_note else list(Outcome)[:4]
        outcome.choices = [(each.value, each.label) for each in wanted]
        number = self.recommendation.number
        outcome.error_messages["required"] = f"Choose an outcome for recommendation {number}"

    def is_valid(self) -> bool:
        """Return whether the outcome and its conditions are whole."""
        return super().is_valid() and self.conditions.is_valid()

    def amended(self) -> dict[int, Decimal]:
        """Return the sums (pounds) that were changed, by the id of their figure."""
        rows = self.recommendation.figures.all()
        typed = {row.pk: self.cleaned_data[_sum(row.pk)] for row in rows}
        return {row.pk: typed[row.pk] for row in rows if typed[row.pk] != row.amount}

    @property
    def has_conditions(self) -> bool:
        """Whether any condition was begun, so that the page opens them."""
        return self.conditions.is_bound and self.conditions.has_changed()

    def conditions_set(self) -> list[dict[str, Any]]:
        """Return the conditions that were written."""
        typed = [form.cleaned_data for form in self.conditions.forms]
        return [row for row in typed if row.get("text")]


def _sum(figure: int) -> str:
    return f"sum_{figure}"
