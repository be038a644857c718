"""Moving money, carrying it forward, handing it back: proposed by one, approved by another."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.refusals import NotPermitted
from audit import clock
from decisions.models import Decision
from grants.models import Account, Allocation, Move, Proposal
from grants.refusals import GrantRuleBroken
from grants.verify import money_failures
from tests.audit.conftest import commit_checks, write_sql
from tests.audit.test_tampering import DROP_CHECKS
from tests.factories import grants, months, papers
from tests.factories.lasting import undone
from tests.factories.people import a_person
from tests.factories.sign_in import client_of
from tests.grants import insider

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(allocation: Allocation) -> Allocation:
    """Return another allocation under the same sum."""
    return grants.an_allocation("1000.00", decision=allocation.decision)


def left(*places: Allocation) -> list[str]:
    return [grants.balances_of(one).get("left", "0.00") for one in places]


def test_nothing_moves_before_another_person_approves(
    allocation: Allocation, other: Allocation
) -> None:
    grants.proposed(allocation, other, "400.00")
    assert left(allocation, other) == ["1000.00", "1000.00"]


def test_grt_43_nobody_approves_the_move_that_they_proposed(allocation: Allocation) -> None:
    client = client_of(grants.a_finance_approver())
    typed = {"amount": "5", "reason": "Not needed.", "form_key": str(uuid4())}
    client.post(reverse("hand_back_new", args=[allocation.slug]), typed)
    with pytest.raises(GrantRuleBroken, match="GRT-43"):
        grants.approved(Proposal.objects.get())


def test_a_finance_officer_approves_nothing(allocation: Allocation) -> None:
    proposal = grants.proposed(allocation)
    other = a_person("second_officer", Role.FINANCE_OFFICER)
    with pytest.raises(NotPermitted):
        months.answered(proposal, by=other)


def test_what_was_spent_meanwhile_is_not_moved(allocation: Allocation, other: Allocation) -> None:
    proposal = grants.proposed(allocation, other, "400.00")
    grants.a_line("700.00", allocation=allocation)
    with pytest.raises(GrantRuleBroken, match=r"more than the £300 that is left.*GRT-17"):
        grants.approved(proposal)


def test_handing_back_lowers_what_the_allocation_has(allocation: Allocation) -> None:
    grants.moved(allocation, amount="300.00")
    found: Any = Allocation.objects.with_balances().get(pk=allocation.pk)
    assert (str(found.left), str(found.handed_back), str(found.now)) == (
        "700.00",
        "300.00",
        "700.00",
    )


def test_what_is_left_is_handed_back_after_a_revocation(allocation: Allocation) -> None:
    papers.revoke(allocation.decision)
    grants.moved(allocation, amount="1000.00")
    assert left(allocation) == ["0.00"]


def test_what_goes_to_a_later_allocation_is_carried_forward(decided: Decision) -> None:
    today = clock.today()
    ends = today + timedelta(days=10)
    first = grants.an_allocation("100.00", decision=decided, period_end=ends)
    days = (ends + timedelta(days=1), ends + timedelta(days=90))
    later: dict[str, Any] = dict(zip(("period_start", "period_end"), days, strict=True))
    second = grants.an_allocation("100.00", decision=decided, **later)
    grants.moved(first, second, "40.00")
    found: Any = Allocation.objects.with_balances().get(pk=second.pk)
    assert (str(found.carried), str(found.now)) == ("40.00", "140.00")


# --- the funder's consent ---


def test_grt_44_the_letter_asks_for_the_funders_consent(
    allocation: Allocation, other: Allocation
) -> None:
    grants.an_award(decision=allocation.decision, needs_consent=True)
    with pytest.raises(GrantRuleBroken, match="GRT-44"):
        grants.proposed(allocation, other)


def test_with_the_funders_consent_it_is_moved(allocation: Allocation, other: Allocation) -> None:
    grants.an_award(decision=allocation.decision, needs_consent=True)
    consent = {"consent_reference": "HO/2019/114-C", "consent_on": clock.today()}
    grants.moved(allocation, other, "400.00", **consent)
    assert left(allocation, other) == ["600.00", "1400.00"]


def test_a_category_is_set_apart_first_without_consent_and_raised_with_it(
    allocation: Allocation,
) -> None:
    grants.an_award(decision=allocation.decision, needs_consent=True)
    grants.moved(allocation, allocation, "100.00", taker_category="training")
    with pytest.raises(GrantRuleBroken, match="GRT-44"):
        grants.proposed(allocation, allocation, "50.00", taker_category="training")


def test_handing_back_needs_no_consent(allocation: Allocation) -> None:
    grants.an_award(decision=allocation.decision, needs_consent=True)
    grants.moved(allocation, amount="1000.00")
    assert left(allocation) == ["0.00"]


# --- whoever writes ---


def ends(*places: Allocation) -> list[int]:
    return [Account.objects.get(allocation=one, role="available").pk for one in places]


def test_a_virement_that_nobody_approved_is_refused_past_the_acts(
    allocation: Allocation, other: Allocation
) -> None:
    giver, taker = ends(allocation, other)
    moved = insider.attempt(lambda: insider.move("virement", giver, taker))
    assert moved == "move_as_it_was_approved"


def test_a_move_without_consent_is_refused_past_the_acts(
    allocation: Allocation, other: Allocation
) -> None:
    grants.an_award(decision=allocation.decision, needs_consent=True)
    giver, taker = ends(allocation, other)
    moved = insider.attempt(lambda: insider.approved(insider.move("virement", giver, taker)))
    assert moved == "proposalanswer_with_the_funders_consent"


def test_another_sum_than_was_proposed_is_refused_past_the_acts(
    allocation: Allocation, other: Allocation
) -> None:
    giver, taker = ends(allocation, other)
    proposal = grants.proposed(allocation, other, "5.00")
    answer = (
        "INSERT INTO grants_proposalanswer (proposal_id, proposed_by_id, outcome, words, move_id,"
        " answered_at, answered_by_id) VALUES (%s, %s, 'approved', '', %s, now(), %s)"
    )

    def write() -> None:
        made = insider.move("virement", giver, taker, "6.00")
        insider.run(
            answer, proposal.pk, proposal.proposed_by_id, made, grants.a_finance_approver().pk
        )

    assert insider.attempt(write) == "proposalanswer_moves_what_was_proposed"


def test_what_was_approved_is_no_failure_of_the_money(
    allocation: Allocation, other: Allocation
) -> None:
    grants.moved(allocation, other, "4.00")
    grants.moved(allocation, amount="5.00")
    commit_checks()
    assert list(money_failures()) == []


def test_an_approval_of_something_else_is_named(allocation: Allocation, other: Allocation) -> None:
    grants.moved(allocation, other, "4.00")
    commit_checks()
    with undone():
        write_sql("SET LOCAL session_replication_role = replica")
        write_sql(DROP_CHECKS)
        write_sql("UPDATE grants_proposal SET amount = 3")
        key = str(Move.objects.get(cause="virement").pk)
        assert ("move-broken", key) in {(one.kind, one.key) for one in money_failures()}


# --- the pages ---


def test_a_virement_is_proposed_and_shown_where_it_waits(
    allocation: Allocation, other: Allocation
) -> None:
    client = client_of(grants.a_finance_officer())
    typed = {"taker": other.pk, "amount": "400", "reason": "Needed.", "form_key": str(uuid4())}
    client.post(reverse("virement_new", args=[allocation.slug]), typed)
    page = client.get(reverse("allocation_detail", args=[other.slug])).content.decode()
    assert f"Move £400 from {allocation.reference} to {other.reference}" in page


def test_the_form_asks_for_both_parts_of_a_consent(
    allocation: Allocation, other: Allocation
) -> None:
    grants.an_award(decision=allocation.decision, needs_consent=True)
    client = client_of(grants.a_finance_officer())
    typed = {"taker": other.pk, "amount": "4", "reason": "Needed.", "form_key": str(uuid4())}
    typed["consent_reference"] = "HO 3"
    page = client.post(reverse("virement_new", args=[allocation.slug]), typed).content.decode()
    assert "Enter the date of the consent" in page


def test_the_statement_says_what_was_handed_back(allocation: Allocation) -> None:
    grants.moved(allocation, amount="300.00")
    client = client_of(grants.a_finance_officer())
    page = client.get(reverse("allocation_detail", args=[allocation.slug])).content.decode()
    assert "less £300.00 handed back" in page


# --- what was handed back by mistake ---


def test_a_hand_back_is_put_right_by_two_people(allocation: Allocation) -> None:
    grants.moved(allocation, amount="300.00")
    grants.moved(allocation, amount="270.00", corrects=True)
    found: Any = Allocation.objects.with_balances().get(pk=allocation.pk)
    assert (str(found.left), str(found.handed_back), str(found.now)) == (
        "970.00",
        "30.00",
        "970.00",
    )
    assert list(money_failures()) == []


def test_no_more_is_put_right_than_was_handed_back(allocation: Allocation) -> None:
    grants.moved(allocation, amount="300.00")
    with pytest.raises(GrantRuleBroken, match=r"£300 that was handed back.*GRT-17"):
        grants.proposed(allocation, amount="300.01", corrects=True)


def handed_back(allocation: Allocation) -> tuple[int, int]:
    """Hand £300 back; return where it went, and where it came from."""
    grants.moved(allocation, amount="300.00")
    return Account.objects.get(allocation=allocation, role="handed_back").pk, ends(allocation)[0]


def test_a_correction_that_nobody_approved_is_refused_past_the_acts(
    allocation: Allocation,
) -> None:
    back, place = handed_back(allocation)
    moved = insider.attempt(lambda: insider.move("hand_back_undone", back, place))
    assert moved == "move_as_it_was_approved"


def test_a_correction_stays_in_its_allocation_past_the_acts(
    allocation: Allocation, other: Allocation
) -> None:
    back, _ = handed_back(allocation)
    moved = insider.attempt(lambda: insider.move("hand_back_undone", back, ends(other)[0]))
    assert moved == "move_within_one_allocation"


def test_a_correction_without_approval_is_named_with_guards_off(allocation: Allocation) -> None:
    grants.moved(allocation, amount="300.00")
    grants.moved(allocation, amount="10.00", corrects=True)
    commit_checks()
    with undone():
        write_sql("SET LOCAL session_replication_role = replica")
        write_sql("UPDATE grants_proposal SET amount = 9 WHERE kind = 'hand_back_undone'")
        assert list(money_failures()) != []


def test_the_page_of_the_allocation_offers_it(allocation: Allocation) -> None:
    grants.moved(allocation, amount="300.00")
    client = client_of(grants.a_finance_officer())
    url = reverse("hand_back_undo", args=[allocation.slug])
    page = client.get(reverse("allocation_detail", args=[allocation.slug])).content.decode()
    assert url in page
    typed = {"amount": "5", "reason": "Typed twice.", "form_key": str(uuid4())}
    page = client.post(url, typed, follow=True).content.decode()
    assert "Correct what was handed back of PCD 726 allocation 1 by £5" in page
