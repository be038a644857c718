"""The forms of invitations and of step-up."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts import step_up
from accounts.models import StepUp, User
from accounts.refusals import StepUpRefused
from audit.forms import WordsField


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
