"""The forms of people, of their authority, of invitations and of step-up."""

from accounts.forms.authority import ApproveSchemeForm, DelegationForm, ParagraphForm, SchemeForm
from accounts.forms.people import (
    EndForm,
    HandOverForm,
    IdentityForm,
    NameForm,
    PersonForm,
    ReasonForm,
    RoleForm,
)
from accounts.forms.sign_in import CodeInput, InvitationForm, StepUpForm

__all__ = [
    "ApproveSchemeForm",
    "CodeInput",
    "DelegationForm",
    "EndForm",
    "HandOverForm",
    "IdentityForm",
    "InvitationForm",
    "NameForm",
    "ParagraphForm",
    "PersonForm",
    "ReasonForm",
    "RoleForm",
    "SchemeForm",
    "StepUpForm",
]
