"""Every write of the accounts app that a person or a command asks for, one act each."""

from accounts.actions.authority import end_role, grant_role
from accounts.actions.delegations import (
    approve_delegation,
    decline_delegation,
    end_delegation,
    propose_delegation,
    use_delegation,
)
from accounts.actions.handing_over import hand_over_person
from accounts.actions.people import (
    create_user,
    deactivate_user,
    reactivate_user,
    rename_user,
)
from accounts.actions.restorations import (
    ask_restoration,
    confirm_restoration,
    decline_restoration,
    was_restored,
)
from accounts.actions.schemes import (
    Paragraph,
    add_paragraph,
    approve_scheme,
    decline_scheme,
    end_scheme,
    propose_scheme,
    remove_paragraph,
)
from accounts.actions.sign_in import (
    accept_invitation,
    enrol_app,
    invitation_is_good,
    invite_user,
    is_first_invitation,
)

__all__ = [
    "Paragraph",
    "accept_invitation",
    "add_paragraph",
    "approve_delegation",
    "approve_scheme",
    "ask_restoration",
    "confirm_restoration",
    "create_user",
    "deactivate_user",
    "decline_delegation",
    "decline_restoration",
    "decline_scheme",
    "end_delegation",
    "end_role",
    "end_scheme",
    "enrol_app",
    "grant_role",
    "hand_over_person",
    "invitation_is_good",
    "invite_user",
    "is_first_invitation",
    "propose_delegation",
    "propose_scheme",
    "reactivate_user",
    "remove_paragraph",
    "rename_user",
    "use_delegation",
    "was_restored",
]
