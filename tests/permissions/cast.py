"""Everybody who may stand before a page: one of each role, and those who only look like one."""

from datetime import date, timedelta

from django.test import Client

from accounts.actions import create_user, deactivate_user, grant_role
from accounts.models import Role, User
from audit.acts import SYSTEM
from tests.factories import people
from tests.factories.memory import remembered
from tests.factories.sign_in import client_of

# In the order of the tables' columns and rows.
NAMES = (
    "author",  # the originating officer of the paper
    "second",  # an originating officer, of other papers
    "adviser",  # gives financial advice, which every paper needs
    "equality",  # gives equality advice, which this paper was not asked for
    "chief",
    "maker",  # the decision maker, with a delegation
    "deputy",  # a decision maker for the first, with a delegation as deputy
    "lapsed",  # a decision maker whose delegation has ended
    "private",  # private office
    "finance",
    "approver",  # finance approver
    "cfo",
    "governance",
    "auditor",
    "admin",
    "former",  # signed in, but an adviser only until the day before yesterday
    "closed",  # a governance officer, signed in when the account was closed
    "anyone",  # not signed in
)
ROLES = {
    "second": Role.ORIGINATING_OFFICER,
    "private": Role.PRIVATE_OFFICE,
    "finance": Role.FINANCE_OFFICER,
    "approver": Role.FINANCE_APPROVER,
    "cfo": Role.CHIEF_FINANCE_OFFICER,
    "auditor": Role.AUDITOR,
    "admin": Role.ADMINISTRATOR,
    "closed": Role.GOVERNANCE_OFFICER,
}


@remembered
def everybody() -> dict[str, User]:
    """Make everybody but `anyone`, by name; those the factories also use are the very same."""
    maker = people.a_decision_maker()
    return {name: people.a_person(name, role) for name, role in ROLES.items()} | {
        "author": people.an_officer(),
        "adviser": people.an_adviser(),
        "equality": people.an_adviser("equality"),
        "chief": people.a_chief_executive(),
        "maker": maker,
        "deputy": _deputy(maker),
        "lapsed": _lapsed(),
        "governance": people.a_governance_officer(),
        "former": _former(),
    }


def _deputy(maker: User) -> User:
    deputy = people.a_person("deputy", Role.DECISION_MAKER)
    people.a_delegation(deputy, deputy_for=maker)
    return deputy


def _lapsed() -> User:
    lapsed = people.a_person("lapsed", Role.DECISION_MAKER)
    people.a_delegation(lapsed, valid_to=date(2018, 3, 31))
    return lapsed


def _former() -> User:
    former = create_user(email="former@people.example", name="Former", by=SYSTEM)
    until = date.today() - timedelta(days=2)  # noqa: DTZ011 - two days ago anywhere
    grant_role(
        user=former,
        role=Role.ADVISER,
        advice_kind="financial",
        valid_from=people.SINCE,
        valid_to=until,
        by=SYSTEM,
    )
    return former


def clients(users: dict[str, User]) -> dict[str, Client]:
    """Sign everybody in, then close the account of one of them."""
    signed_in = {name: client_of(user) for name, user in users.items()}
    deactivate_user(user=users["closed"], reason="Left.", by=users["admin"])
    return signed_in | {"anyone": Client()}
