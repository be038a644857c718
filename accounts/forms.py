"""The forms of the people pages, of invitations, and of step-up."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts import step_up
from accounts.models import AdviceKind, DelegatedAct, Role, StepUp, User
from accounts.refusals import StepUpRefused
from audit.forms import Checkboxes, DayField, MoneyField, WordsField


class CodeInput(forms.TextInput):
    """A box for six digits, which phones fill in from the app."""

    def __init__(self) -> None:
        super().__init__(
            {
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "govuk-input--width-10",
            }
        )


class StepUpForm(forms.Form):
    """Asks for a fresh second factor for one act on one content; ``proof`` is what it makes.

    Bind it to the POST of the page's own form and validate it last: being valid uses the code up.
    """

    code = forms.CharField(
        label="Code from your authenticator app",
        required=False,
        max_length=12,
        widget=CodeInput(),
        help_text="Six digits. A code that you have used already does not count.",
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)
    marks_optional = False
    proof: StepUp

    def __init__(
        self, *args: Any, request: HttpRequest, act_name: str, digest: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.act_name, self.digest = request, act_name, digest

    @property
    def offer(self) -> step_up.Offer:
        """What the page shows. Asking for it makes a new question for a passkey."""
        return step_up.offer(self.request, act_name=self.act_name, digest=self.digest)

    def clean(self) -> dict[str, Any]:
        """Verify the factor that was given; a page error where it is missing or wrong."""
        data = self.cleaned_data
        if self.errors or not (data.get("code") or data.get("credential")):
            raise ValidationError("Enter the code from your app, or use your passkey.")
        about = {"act_name": self.act_name, "digest": self.digest}
        try:
            if data.get("credential"):
                given = data["credential"]
                self.proof = step_up.verify_passkey(self.request, credential=given, **about)
            else:
                self.proof = step_up.verify_totp(self.request, code=data["code"], **about)
        except StepUpRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return data


class InvitationForm(forms.Form):
    """A password, twice; and the name, of somebody who comes for the first time."""

    name = WordsField(
        label="Your name",
        max_length=120,
        help_text="As it is to stand beside what you do here.",
        widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false"}),
    )
    password = forms.CharField(
        strip=False,
        help_text="At least 12 characters.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Password again",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["name"].initial = user.name
        if not is_first:
            del self.fields["name"]

    def clean_password(self) -> str:
        """Hold the password against the rules in the settings."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """See that both are the same."""
        data = self.cleaned_data
        if "password" in data and data["password"] != data.get("again"):
            self.add_error("again", "The two passwords differ")
        return data


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


class RoleForm(forms.Form):
    """A role to give: which, for what advice, and when."""

    role = forms.ChoiceField(choices=[("", "Choose a role"), *Role.choices])
    advice_kind = forms.ChoiceField(
        label="Kind of advice",
        required=False,
        help_text="For advisers only.",
        choices=[("", "No advice"), *AdviceKind.choices],
    )
    valid_from = DayField(label="First day", required=False, help_text="Today, if left empty.")
    valid_to = DayField(label="Last day", required=False, help_text="Until ended, if left empty.")


class EndForm(forms.Form):
    """The last day of a role or delegation."""

    valid_to = DayField(
        label="Last day",
        required=False,
        help_text="The last day it holds. Left empty, it ends now.",
    )


class DelegationForm(forms.Form):
    """A delegation: under which paragraph of which scheme, for what, up to how much, and when."""

    scheme_title = WordsField(
        label="Scheme",
        max_length=200,
        help_text="Its title, for example “Scheme of Delegation and Consent”.",
    )
    scheme_dated = DayField(label="Date of the scheme", help_text="The version that says so.")
    scheme_paragraph = WordsField(
        label="Paragraph",
        max_length=20,
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
    )
    acts = forms.MultipleChoiceField(
        label="What may be decided under it", choices=DelegatedAct.choices, widget=Checkboxes()
    )
    limit = MoneyField(
        label="Limit", required=False, help_text="In pounds, for one decision. Empty: no limit."
    )
    valid_from = DayField(label="First day", required=False, help_text="Today, if left empty.")
    valid_to = DayField(label="Last day", required=False, help_text="Until ended, if left empty.")
    deputy_for = forms.ModelChoiceField(
        label="As deputy for",
        required=False,
        queryset=User.objects.none(),
        empty_label="Nobody: in their own right",
    )

    def __init__(self, *args: Any, holder: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        makers = User.objects.holding(Role.DECISION_MAKER).exclude(pk=holder.pk)
        self.fields["deputy_for"].queryset = makers  # type: ignore[attr-defined]
