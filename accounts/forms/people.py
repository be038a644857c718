"""The forms of the people pages."""

from typing import Any

from django import forms

from accounts.models import AdviceKind, Role, RoleHolding, User
from audit import clock
from audit.forms import DayField, WordsField


class PersonForm(forms.Form):
    """A new person."""

    name = WordsField(max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it.",
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class NameForm(forms.Form):
    """A person's name."""

    name = WordsField(max_length=120, widget=forms.TextInput({"autocomplete": "off"}))


class ReasonForm(forms.Form):
    """Why something grave is done."""

    reason = WordsField(max_length=300, widget=forms.Textarea({"rows": 3}))


class IdentityForm(forms.Form):
    """How it was made sure who somebody is."""

    reason = WordsField(
        label="How you made sure that it is them",
        max_length=300,
        help_text="For example: seen in person with their pass.",
        widget=forms.Textarea({"rows": 3}),
    )


class RoleForm(forms.Form):
    """A role to give: which, for what advice, and when."""

    role = forms.ChoiceField(choices=[("", "Choose a role"), *Role.choices])
    advice_kind = forms.ChoiceField(
        label="Kind of advice",
        required=False,
        help_text="For advisers only.",
        choices=[("", "No advice"), *AdviceKind.choices],
    )
    deputy_for = forms.ModelChoiceField(
        label="As deputy for",
        required=False,
        queryset=User.objects.none(),
        empty_label="Nobody: in their own right",
        help_text="Somebody who holds the role. What a deputy does is shown as done for them.",
    )
    valid_from = DayField(label="First day", required=False, help_text="Today, if left empty.")
    valid_to = DayField(label="Last day", required=False, help_text="Until ended, if left empty.")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = RoleHolding.objects.in_force(clock.today()).filter(deputy_for__isnull=True)
        others = User.objects.active().filter(pk__in=held.values("user")).exclude(pk=person.pk)
        self.fields["deputy_for"].queryset = others  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of a role or delegation."""

    valid_to = DayField(
        label="Last day",
        required=False,
        help_text="The last day it holds. Left empty, it ends now.",
    )
