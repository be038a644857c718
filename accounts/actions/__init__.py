"""Every write of the accounts app that a person or a command asks for, one act each."""

from accounts.actions.authority import end_delegation, end_role, grant_delegation, grant_role
from accounts.actions.people import (
    create_user,
    deactivate_user,
    reactivate_user,
    rename_user,
)
from accounts.actions.sign_in import (
    accept_invitation,
    enrol_app,
    invitation_is_good,
    invite_user,
    is_first_invitation,
    reset_factors,
)

__all__ = [
    "accept_invitation",
    "create_user",
    "deactivate_user",
    "end_delegation",
    "end_role",
    "enrol_app",
    "grant_delegation",
    "grant_role",
    "invitation_is_good",
    "invite_user",
    "is_first_invitation",
    "reactivate_user",
    "rename_user",
    "reset_factors",
]
