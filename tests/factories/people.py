"""People with their roles, made by the accounts actions; the register they belong to."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.actions import (
    Paragraph,
    approve_delegation,
    approve_scheme,
    create_user,
    grant_role,
    propose_delegation,
    propose_scheme,
)
from accounts.models import (
    DelegatedAct,
    Delegation,
    Role,
    SchemeParagraph,
    SchemeVersion,
    User,
)
from audit.acts import SYSTEM
from audit.models import Register
from audit.register import start
from tests.factories.memory import remembered

SINCE = date(2016, 10, 1)
SCHEME = "Scheme of Delegation and Consent"


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
def a_paragraph() -> SchemeParagraph:
    """Make paragraph 4.8 of an approved scheme, which lets any office do anything."""
    version = SchemeVersion.objects.filter(title=SCHEME).first()
    if version is None:
        version = propose_scheme(
            title=SCHEME,
            dated=SINCE,
            paragraphs=[Paragraph("4.8", list(DelegatedAct))],
            by=a_governance_officer(),
        )
        approve_scheme(version=version, shown=version.digest, by=a_chief_executive())
    return version.paragraphs.get()


def a_proposal(
    holder: User,
    *,
    limit: Decimal | None = None,
    acts: list[str] | None = None,
    valid_from: date = SINCE,
    valid_to: date | None = None,
    cap: Decimal | None = None,
    cap_per: str = "",
    deputy_for: User | None = None,
) -> Delegation:
    """Propose a delegation to a person under paragraph 4.8."""
    return propose_delegation(
        holder=holder,
        paragraph=a_paragraph(),
        acts=acts or [],
        limit=limit,
        cap=cap,
        cap_per=cap_per,
        valid_from=valid_from,
        valid_to=valid_to,
        deputy_for=deputy_for,
        by=a_governance_officer(),
    )


@remembered
def a_delegation(holder: User, **facts: Any) -> Delegation:
    """Delegate to a person under paragraph 4.8, as `a_proposal`, and have it approved."""
    is_chief = holder.has_role(Role.CHIEF_EXECUTIVE)
    by = a_person("approving", Role.DECISION_MAKER) if is_chief else a_chief_executive()
    return approve_delegation(delegation=a_proposal(holder, **facts), by=by)
