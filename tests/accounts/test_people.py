"""People are added, closed and opened by administrators, and never by themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.actions import (
    create_user,
    deactivate_user,
    end_role,
    grant_role,
    reactivate_user,
    rename_user,
)
from accounts.models import Role, User
from accounts.refusals import AccountRefused, NotPermitted
from audit import clock
from audit.acts import SYSTEM
from audit.models import LedgerEntry

LastEvent = Callable[[], tuple[str, str]]


def test_a_person_is_added_in_lower_case_and_cannot_sign_in_yet(administrator: User) -> None:
    user = create_user(email=" New.Person@Example.ORG ", name="New  Person", by=administrator)
    assert (user.email, user.name, user.has_usable_password()) == (
        "new.person@example.org",
        "New Person",
        False,
    )


def test_adding_a_person_is_on_the_ledger(administrator: User, last_event: LastEvent) -> None:
    create_user(email="new@example.org", name="New", by=administrator)
    assert last_event() == ("accounts.user.created", "new@example.org")


def test_an_address_belongs_to_one_person(administrator: User) -> None:
    with pytest.raises(AccountRefused, match="belongs to somebody already"):
        create_user(email=administrator.email.upper(), name="Twin", by=administrator)


def test_only_an_administrator_adds_people(officer: User) -> None:
    with pytest.raises(NotPermitted, match="Only an administrator may add people"):
        create_user(email="new@example.org", name="New", by=officer)


def test_a_refusal_says_who_can_clear_it(officer: User) -> None:
    with pytest.raises(NotPermitted) as refused:
        create_user(email="new@example.org", name="New", by=officer)
    assert refused.value.clears == "An administrator can give you the role."


def test_a_refusal_is_on_the_ledger(officer: User, last_event: LastEvent) -> None:
    with pytest.raises(NotPermitted):
        rename_user(user=officer, name="Somebody else", by=officer)
    assert last_event() == ("audit.act.refused", "")


def test_a_new_name_leaves_the_old_one_in_history(administrator: User, officer: User) -> None:
    rename_user(user=officer, name="Another name", by=administrator)
    assert [row.name for row in officer.history.all()] == ["Another name", "Officer"]


def test_history_keeps_no_password(officer: User) -> None:
    assert not hasattr(officer.history.first(), "password")


def test_nobody_gives_a_role_to_themselves(administrator: User) -> None:
    with pytest.raises(NotPermitted, match="Nobody gives a role to themselves"):
        grant_role(user=administrator, role=Role.DECISION_MAKER, by=administrator)


def test_a_role_given_is_held_from_today(administrator: User, officer: User) -> None:
    grant_role(user=officer, role=Role.AUDITOR, by=administrator)
    yesterday = clock.today() - timedelta(days=1)
    officer = User.objects.get(pk=officer.pk)
    assert (officer.has_role(Role.AUDITOR), officer.has_role(Role.AUDITOR, on=yesterday)) == (
        True,
        False,
    )


def test_a_role_is_held_once(administrator: User, officer: User) -> None:
    with pytest.raises(AccountRefused, match="held already"):
        grant_role(user=officer, role=Role.ORIGINATING_OFFICER, by=administrator)


def test_a_role_can_follow_an_earlier_holding(administrator: User, officer: User) -> None:
    end_role(holding=officer.holdings.get(), by=administrator)
    grant_role(user=officer, role=Role.ORIGINATING_OFFICER, by=administrator)
    assert officer.holdings.count() == 2


@pytest.mark.parametrize(("role", "kind"), [(Role.ADVISER, ""), (Role.AUDITOR, "legal")])
def test_advisers_and_only_they_have_a_kind_of_advice(
    administrator: User, officer: User, role: Role, kind: str
) -> None:
    with pytest.raises(AccountRefused, match="kind of advice"):
        grant_role(user=officer, role=role, advice_kind=kind, by=administrator)


def test_a_role_ended_now_is_held_no_longer(administrator: User, officer: User) -> None:
    end_role(holding=officer.holdings.get(), by=administrator)
    assert not User.objects.get(pk=officer.pk).has_role(Role.ORIGINATING_OFFICER)


def test_a_role_ends_on_its_last_day(administrator: User, officer: User) -> None:
    end_role(holding=officer.holdings.get(), valid_to=clock.today(), by=administrator)
    assert User.objects.get(pk=officer.pk).has_role(Role.ORIGINATING_OFFICER)


def test_a_closed_account_holds_no_role(administrator: User, officer: User) -> None:
    closed = deactivate_user(user=officer, reason="Left", by=administrator)
    assert closed.roles_on(clock.today()) == frozenset()


def test_closing_an_account_needs_a_reason(administrator: User, officer: User) -> None:
    with pytest.raises(AccountRefused, match="needs a reason"):
        deactivate_user(user=officer, reason=" ", by=administrator)


def test_an_account_opened_again_holds_its_roles(administrator: User, officer: User) -> None:
    deactivate_user(user=officer, reason="Leave", by=administrator)
    assert reactivate_user(user=officer, by=administrator).has_role(Role.ORIGINATING_OFFICER)


def test_nobody_closes_their_own_account(administrator: User) -> None:
    with pytest.raises(NotPermitted, match="your own account"):
        deactivate_user(user=administrator, reason="Tired", by=administrator)


def test_the_last_administrator_stays(administrator: User) -> None:
    with pytest.raises(AccountRefused, match="needs an administrator"):
        end_role(holding=administrator.holdings.get(), by=SYSTEM)


def test_roles_stand_with_the_act_as_they_were(administrator: User, officer: User) -> None:
    rename_user(user=officer, name="Renamed", by=administrator)
    assert LedgerEntry.objects.order_by("-seq")[0].actor_role == "administrator"
