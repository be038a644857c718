"""Signs people in by e-mail address and password, and answers Django's permission API by roles."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from accounts.models import User
from accounts.permissions import ALLOWED, may
from accounts.second_factor import PASSKEY, TOTP


class RegisterBackend(AuthenticationBackend):
    """allauth's own, with permissions from ``accounts.permissions`` instead of groups."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the active person of a session, with the roles and the second factor known."""
        factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=[TOTP, PASSKEY])
        people = User.objects.active().annotate(second_factor_known=Exists(factors))
        return people.prefetch_related("holdings").filter(pk=user_id).first()

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
