"""Who may do what by virtue of a role; the expected answers are written by hand."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User
from accounts.permissions import Permission, held, may
from accounts.refusals import NotPermitted
from audit.acts import NOBODY, SYSTEM
from tests.factories.people import a_person

P = Permission
OFFICE = {P.VIEW_DECISIONS, P.VIEW_GRANTS}
TRUSTED = {*OFFICE, P.VIEW_PART_2}
EXPECTED = {
    Role.ORIGINATING_OFFICER: {P.DRAFT_DECISION, P.IMPORT_DECISION, *OFFICE},
    Role.ADVISER: {P.GIVE_ADVICE, *TRUSTED},
    Role.CHIEF_EXECUTIVE: {
        P.ENDORSE_DECISION,
        P.VIEW_DELEGATIONS,
        P.APPROVE_DELEGATIONS,
        *TRUSTED,
    },
    Role.DECISION_MAKER: {
        P.APPROVE_DECISION,
        P.VIEW_DELEGATIONS,
        P.APPROVE_DELEGATIONS,
        *TRUSTED,
    },
    Role.PRIVATE_OFFICE: {P.ORDER_BOX, *TRUSTED},
    Role.FINANCE_OFFICER: {
        P.MAKE_ALLOCATION,
        P.RECORD_SPENDING,
        P.APPROVE_SPENDING,
        P.PROPOSE_MOVES,
        P.MAKE_CLAIMS,
        *OFFICE,
    },
    Role.FINANCE_APPROVER: {
        P.APPROVE_SPENDING,
        P.GIVE_WAIVERS,
        P.MAKE_VIREMENT,
        P.PROPOSE_MOVES,
        P.CLOSE_MONTHS,
        P.MAKE_CLAIMS,
        P.SUBMIT_CLAIMS,
        *OFFICE,
    },
    Role.CHIEF_FINANCE_OFFICER: {
        P.APPROVE_SPENDING,
        P.GIVE_WAIVERS,
        P.SET_APPROVAL_LIMIT,
        P.MAKE_ALLOCATION,
        P.MAKE_VIREMENT,
        P.PROPOSE_MOVES,
        P.CLOSE_MONTHS,
        P.CERTIFY_STATEMENTS,
        P.MAKE_CLAIMS,
        P.SUBMIT_CLAIMS,
        *OFFICE,
    },
    Role.GOVERNANCE_OFFICER: {
        P.VIEW_PEOPLE,
        P.CONFIRM_RESTORATIONS,
        P.VIEW_DELEGATIONS,
        P.MANAGE_DELEGATIONS,
        P.IMPORT_DECISION,
        P.PUBLISH_DECISION,
        P.SET_NEXT_NUMBER,
        P.VIEW_AUDIT_TRAIL,
        P.VERIFY_AUDIT_TRAIL,
        *TRUSTED,
    },
    Role.AUDITOR: {
        P.VIEW_PEOPLE,
        P.VIEW_DELEGATIONS,
        P.VIEW_AUDIT_TRAIL,
        P.VERIFY_AUDIT_TRAIL,
        *TRUSTED,
    },
    Role.ADMINISTRATOR: {
        P.VIEW_PEOPLE,
        P.VIEW_DELEGATIONS,
        P.MANAGE_PEOPLE,
        P.CONFIRM_RESTORATIONS,
    },
}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_allows_what_it_should_and_no_more(db: None, role: Role) -> None:
    person = a_person(role.value, role, kind="legal")
    assert {permission for permission in P if may(person, permission)} == EXPECTED[role]


def test_django_is_answered_the_same(governance: User) -> None:
    assert governance.has_perm("audit.view_ledgerentry")
    assert governance.has_module_perms("audit")


def test_an_administrator_sees_no_part_2(administrator: User) -> None:
    assert not administrator.has_perm("decisions.view_part_2")


def test_an_unknown_permission_is_denied(administrator: User) -> None:
    assert may(administrator, "grants.print_money").reason == "Nobody may do this."


def test_somebody_not_signed_in_may_nothing() -> None:
    assert may(AnonymousUser(), P.VIEW_DECISIONS).clears == "Sign in first."


def test_the_register_itself_decides_nothing() -> None:
    assert not may(SYSTEM, P.APPROVE_DECISION)


def test_nobody_in_particular_may_nothing() -> None:
    assert not may(NOBODY, P.MANAGE_PEOPLE)


def test_an_answer_names_the_role_acted_in(governance: User) -> None:
    assert held(governance, Role.AUDITOR, Role.GOVERNANCE_OFFICER).role == "governance_officer"


def test_a_no_can_be_raised(officer: User) -> None:
    with pytest.raises(NotPermitted, match="Only an auditor may do this"):
        held(officer, Role.AUDITOR).or_refuse()
