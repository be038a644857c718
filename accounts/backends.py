"""Signs people in by e-mail address and password, and answers Django's permission API by roles."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.permissions import ALLOWED, may
from accounts.second_factor import PASSKEY, TOTP

# In SQL, because every page asks it: Django takes longer to write this query than to ask it.
PERSON = """
    SELECT person.*, EXISTS (
        SELECT FROM mfa_authenticator factor
        WHERE factor.user_id = person.id AND factor.type = ANY (%s)) AS second_factor_known
    FROM accounts_user person WHERE person.id = %s AND person.is_active
"""


class RegisterBackend(AuthenticationBackend):
    """allauth's own, with permissions from ``accounts.permissions`` instead of groups."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the active person of a session, with the roles and the second factor known."""
        people = User.objects.raw(PERSON, [[TOTP, PASSKEY], user_id])
        return next(iter(people.prefetch_related("holdings")), None)

    def get_user_permissions(self, _user_obj: Any, _obj: Any = None) -> set[str]:
        """Return nothing: permissions come from roles alone."""
        return set()

    def get_group_permissions(self, _user_obj: Any, _obj: Any = None) -> set[str]:
        """Return nothing: there are no groups."""
        return set()

    def get_all_permissions(self, user_obj: Any, _obj: Any = None) -> set[str]:
        """Return the permissions that a person holds today."""
        return {permission.value for permission in ALLOWED if may(user_obj, permission)}

    def has_perm(self, user_obj: Any, perm: str, _obj: Any = None) -> bool:
        """Say whether a person holds a permission today."""
        return bool(may(user_obj, perm))
