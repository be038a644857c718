"""People: who somebody is, and the questions their page and Django's permission API ask."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models.authority import AdviceKind, Role, RoleHolding
from audit import clock
from audit.history import kept_history

# RoleHolding.is_in_force, of the roles alone: every act asks for them.
ROLES = """
    SELECT role FROM accounts_roleholding
    WHERE user_id = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
"""


class UserQuerySet(models.QuerySet["User"]):
    """Reading people."""

    def active(self) -> "UserQuerySet":
        """Return the people who may sign in."""
        return self.filter(is_active=True)

    def holding(self, role: Role, *, on: date | None = None) -> "UserQuerySet":
        """Return the active people who hold a role on a date (today when not given)."""
        held = RoleHolding.objects.in_force(on or clock.today()).filter(role=role)
        return self.active().filter(pk__in=held.values("user"))


class UserManager(BaseUserManager["User"]):
    """Finds people; they are made by ``accounts.actions.create_user`` alone."""

    def get_queryset(self) -> UserQuerySet:
        """Return everybody."""
        return UserQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with that e-mail address, in any case."""
        return self.get(email=(username or "").strip().lower())

    def active(self) -> UserQuerySet:
        """Return the people who may sign in."""
        return self.get_queryset().active()

    def holding(self, role: Role, *, on: date | None = None) -> UserQuerySet:
        """Return the active people who hold a role on a date (today when not given)."""
        return self.get_queryset().holding(role, on=on)


class User(AbstractBaseUser):
    """A person. Deactivated, never deleted; signs in with an e-mail address, kept in lower case.

    Edits are kept in history without the password: old hashes are nobody's business.
    """

    last_login = None  # sign-ins are on the ledger
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()
    history: Any = kept_history(excluded=["password"])

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
            models.CheckConstraint(condition=~Q(name=""), name="user_name_filled"),
        ]

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether a password is this person's. Unlike Django's own, it writes nothing."""
        return check_password(raw_password, self.password)

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this person: the e-mail address."""
        return self.email

    @property
    def ledger_name(self) -> str:
        """The name that the audit trail keeps with each act."""
        return self.name

    def name_at(self, at: datetime) -> str:
        """Return the name that this person had at a moment."""
        rows = self.history.order_by("history_date", "history_id")
        past = rows.filter(history_date__lte=at).last() or rows.first()
        return past.name if past else self.name

    @property
    def ledger_role(self) -> str:
        """The roles held now, in order of their names: "administrator, auditor"."""
        return ", ".join(sorted(self.roles_on(clock.today())))

    def holdings_on(self, on: date) -> list[RoleHolding]:
        """Return the role holdings in force on a date; none once the person is deactivated."""
        if not self.is_active:
            return []
        return [holding for holding in self.holdings.all() if holding.is_in_force(on)]

    def roles_on(self, on: date) -> frozenset[Role]:
        """Return the roles held on a date."""
        if self.is_active and "holdings" not in getattr(self, "_prefetched_objects_cache", {}):
            with connection.cursor() as cursor:
                cursor.execute(ROLES, [self.pk, on, on])
                return frozenset(Role(role) for (role,) in cursor)
        return frozenset(Role(holding.role) for holding in self.holdings_on(on))

    def has_role(
        self, role: Role | str, *, on: date | None = None, advice_kind: str | None = None
    ) -> bool:
        """Say whether a role is held on a date (today), for a kind of advice where one is given."""
        return any(
            holding.role == role and advice_kind in (None, holding.advice_kind)
            for holding in self.holdings_on(on or clock.today())
        )

    def as_deputy(self, role: Role | str, *, on: date, advice_kind: str = "") -> str:
        """Return "as deputy for …" where a role was held on a date only as a deputy, else "".

        Closed accounts too: what somebody did stays what it was.
        """
        held = [
            one
            for one in self.holdings.all()
            if one.role == role and one.advice_kind == advice_kind and one.is_in_force(on)
        ]
        own = any(one.deputy_for_id is None for one in held)
        return "" if own or not held else held[0].as_deputy

    def advice_kinds_on(self, on: date) -> frozenset[AdviceKind]:
        """Return the kinds of advice this person gives on a date."""
        held = self.holdings_on(on)
        return frozenset(AdviceKind(one.advice_kind) for one in held if one.advice_kind)

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Answer Django's permission API: ``accounts.permissions`` decides, through the backend."""
        return self.is_active and any(
            backend.has_perm(self, perm, obj) for backend in get_backends()
        )

    def has_perms(self, perm_list: Iterable[str], obj: models.Model | None = None) -> bool:
        """Say whether every one of the permissions is held."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Say whether any permission of an app is held."""
        return self.is_active and any(
            perm.startswith(f"{app_label}.")
            for backend in get_backends()
            for perm in backend.get_all_permissions(self)
        )
