"""People with their roles, made by the accounts actions; the register they belong to."""

from datetime import date
from decimal import Decimal

from accounts.actions import create_user, grant_delegation, grant_role
from accounts.models import DelegatedAct, Delegation, Role, User
from audit.acts import SYSTEM
from audit.models import Register
from audit.register import start
from tests.factories.memory import remembered

SINCE = date(2016, 10, 1)


@remembered
def a_register() -> None:
    """Start a register, once."""
    if not Register.objects.exists():
        start(body="Mayor’s Office for Policing and Crime", by=SYSTEM)


@remembered
def a_person(key: str, *roles: Role, kind: str = "") -> User:
    """Make a person who holds the roles since 2016; the same key gives the same person."""
    a_register()
    email = f"{key}@people.example"
    found = User.objects.filter(email=email).first()
    if found:
        return found
    user = create_user(email=email, name=key.replace("_", " ").capitalize(), by=SYSTEM)
    for role in roles:
        advice_kind = kind if role == Role.ADVISER else ""
        grant_role(user=user, role=role, advice_kind=advice_kind, valid_from=SINCE, by=SYSTEM)
    return User.objects.get(pk=user.pk)


def an_officer(key: str = "officer") -> User:
    """Make an originating officer."""
    return a_person(key, Role.ORIGINATING_OFFICER)


def an_adviser(kind: str = "financial") -> User:
    """Make an adviser of a kind."""
    return a_person(f"{kind}_adviser", Role.ADVISER, kind=kind)


def a_chief_executive() -> User:
    """Make the chief executive."""
    return a_person("chief_executive", Role.CHIEF_EXECUTIVE)


def a_governance_officer() -> User:
    """Make a governance officer."""
    return a_person("governance", Role.GOVERNANCE_OFFICER)


@remembered
def a_decision_maker(
    key: str = "decision_maker", *, limit: Decimal | None = None, acts: list[str] | None = None
) -> User:
    """Make a decision maker with one delegation, under paragraph 4.8."""
    user = a_person(key, Role.DECISION_MAKER)
    if not Delegation.objects.held_by(user).exists():
        a_delegation(user, limit=limit, acts=acts)
    return user


@remembered
def a_delegation(
    holder: User,
    *,
    limit: Decimal | None = None,
    acts: list[str] | None = None,
    valid_from: date = SINCE,
    valid_to: date | None = None,
) -> Delegation:
    """Delegate to a person under paragraph 4.8."""
    return grant_delegation(
        holder=holder,
        scheme_title="Scheme of Delegation and Consent",
        scheme_dated=SINCE,
        scheme_paragraph="4.8",
        acts=list(DelegatedAct.values) if acts is None else acts,
        limit=limit,
        valid_from=valid_from,
        valid_to=valid_to,
        by=a_governance_officer(),
    )
