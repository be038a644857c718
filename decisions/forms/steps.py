"""Forms for the steps of a decision's way: advice, endorsement, outcomes, reasons."""

from typing import Any

from django import forms

from accounts.models import Role, User
from audit.forms import DayField, Radios
from decisions.forms.base import KeyedForm, long_text
from decisions.forms.shown import ShownForm
from decisions.models import Decision, Part

READ_INSIDE = "All who hold an office here can read it: repeat nothing of Part 2."


class StepForm(KeyedForm):
    """A step that needs nothing but to be confirmed."""


class ReasonForm(KeyedForm):
    """A step that needs a reason."""

    reason = long_text(
        "Reason",
        rows=4,
        max_length=2000,
        help_text=f"Kept in the audit trail. {READ_INSIDE}",
    )


class DeferForm(ReasonForm):
    """Put the publication off."""

    until = DayField(label="Publish by", help_text="The last day of the deferral.")


class RevokeForm(ReasonForm):
    """Revoke a decision, or supersede it by another."""

    in_favour_of = forms.ModelChoiceField(
        Decision.objects.none(),
        label="Superseded by",
        required=False,
        empty_label="None: it is revoked outright",
        help_text="A later decision that takes its place, signed on the same day or since.",
    )

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, **options)
        later = Decision.objects.decided().exclude(pk=decision.pk).select_related("series")
        if decision.date_signed:
            later = later.filter(date_signed__gte=decision.date_signed)
        self.fields["in_favour_of"].queryset = later  # type: ignore[attr-defined]


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


class PartedAdviceForm(ShownForm):
    """Advice on a paper; of one with a Part 2 it is said whether its words lie there.

    Neither is chosen beforehand, so that nobody opens restricted words by not looking.
    """

    part = forms.TypedChoiceField(
        label="Who can read these words",
        choices=[
            (Part.PART_1, "All who hold an office here"),
            (Part.PART_2, "Only those who may read Part 2"),
        ],
        coerce=int,
        help_text="Words that name anything of Part 2 are for those who may read it.",
        widget=Radios(),
        error_messages={"required": "Say who can read these words"},
    )

    def __init__(self, *args: Any, decision: Decision, has_part_2: bool, **options: Any) -> None:
        super().__init__(*args, decision=decision, **options)
        if not has_part_2:
            del self.fields["part"]
        self.order_fields(["words", "part"])


class AdviceForm(PartedAdviceForm):
    """Give advice, or advise anew."""

    words = long_text(
        "Advice",
        rows=8,
        help_text="It covers the paper as it stands now, and is dated.",
    )


class ConfirmForm(PartedAdviceForm):
    """Confirm that advice still stands."""

    words = long_text(
        "Advice as it now reads",
        rows=8,
        help_text="Change it only where it has to change.",
    )


class EndorseForm(ShownForm):
    """The chief executive's endorsement."""

    is_satisfied = forms.BooleanField(
        label="I have been consulted about the proposal, the advice has been taken into account, "
        "and I am satisfied that this is an appropriate request to put to the decision maker.",
        error_messages={"required": "Confirm the statement, or return the paper to draft"},
    )
    words = long_text("Remarks", rows=3, required=False, max_length=2000)
