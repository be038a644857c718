"""allauth's forms in our words, with codes that count once."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

from accounts import events
from accounts.forms import CodeInput
from accounts.recording import note
from accounts.second_factor import spend_code, spend_recovery_code


def _reword(field: forms.Field, label: str, hint: str = "") -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["login"], "E-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        _reword(self.fields["password"], "Password")


class ChangePassword(ChangePasswordForm):
    """The present password and, twice, a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["oldpassword"], "Present password")
        _reword(self.fields["password1"], "New password", "At least 12 characters.")
        _reword(self.fields["password2"], "New password again")


class ConfirmPassword(ReauthenticateForm):
    """The password once more, from somebody who has no second factor yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["password"], "Password")


class _CodeOnce:
    """A code from an app, or a recovery code, accepted once in all; failures are recorded."""

    user: Any
    cleaned_data: dict[str, Any]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        _reword(field, "Code", "Six digits from your authenticator app, or a recovery code.")
        field.widget = CodeInput()

    def clean_code(self) -> str:
        """Use the code up, or say that it is wrong."""
        clear = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        used = spend_code(self.user, code) or spend_recovery_code(self.user, code)
        if used is None:
            note(
                events.SIGN_IN_FAILED,
                subject=self.user,
                by=self.user,
                data={"reason": "wrong or used code"},
            )
            raise get_adapter().validation_error("incorrect_code")
        used.user = self.user
        self.authenticator = used
        clear()
        return code


class SignInCode(_CodeOnce, AuthenticateForm):
    """The second step of signing in."""


class ConfirmCode(_CodeOnce, ReauthenticateByCodeForm):
    """The second factor once more, before factors change."""


class _PasskeyRecorded:
    """A passkey's answer; one that is wrong, or no answer at all, is an error and is recorded."""

    user: Any

    def clean_credential(self) -> Any:
        """Return the passkey whose answer this is."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError, ValidationError) as wrong:
            data = {"reason": "wrong passkey"}
            note(events.SIGN_IN_FAILED, subject=self.user, by=self.user, data=data)
            if isinstance(wrong, ValidationError):
                raise
            raise get_adapter().validation_error("incorrect_code") from wrong


class SignInPasskey(_PasskeyRecorded, AuthenticateWebAuthnForm):
    """The second step of signing in, by passkey."""


class ConfirmPasskey(_PasskeyRecorded, ReauthenticateWebAuthnForm):
    """A passkey once more, before factors change."""


class AddApp(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["code"], "Code", "The six digits that the app now shows.")
        self.fields["code"].widget = CodeInput()


class AddPasskey(AddWebAuthnForm):
    """A new passkey and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "So that you know it from others, for example “Work laptop”."
        _reword(self.fields["name"], "Name of the passkey", hint)
        self.fields["name"].required = True


class RenamePasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["name"], "Name of the passkey")
