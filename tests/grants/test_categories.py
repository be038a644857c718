"""Money set apart for categories: what a funder caps is exceeded by nobody, whoever writes."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from grants import actions
from grants.models import Account, Allocation, Proposal
from grants.refusals import GrantRuleBroken
from grants.search import categories_of
from grants.verify import money_failures
from tests.factories import grants
from tests.factories.sign_in import client_of
from tests.grants import insider
from tests.grants.typed import send

pytestmark = pytest.mark.django_db


def set_apart(
    allocation: Allocation, amount: str, taker: str = "training", giver: str = ""
) -> Allocation:
    grants.moved(allocation, allocation, amount, giver_category=giver, taker_category=taker)
    return allocation


def stand(allocation: Allocation) -> dict[str, tuple[str, str]]:
    """Return what was charged and what is left by category, in pounds."""
    return {one.category: (str(one.used), str(one.left)) for one in categories_of(allocation)}


def fill_in(allocation: Allocation, **typed: str) -> str:
    client = client_of(grants.a_finance_officer())
    facts = {"reason": "Capped.", "form_key": str(uuid4()), **typed}
    page = send(client, reverse("set_apart", args=[allocation.slug]), facts)
    for proposal in Proposal.objects.waiting():
        grants.approved(proposal)
    return page


def account(allocation: Allocation, role: str, category: str = "") -> int:
    return Account.objects.get(allocation=allocation, role=role, category=category).pk


def test_grt_26_a_category_is_not_exceeded_while_others_have_money(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    with pytest.raises(GrantRuleBroken, match=r"£100 left there for training.*GRT-26"):
        grants.a_line("100.01", allocation=allocation)


def test_a_category_draws_on_what_is_set_apart_for_it(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    grants.a_line("70.00", allocation=allocation)
    assert stand(allocation) == {"training": ("70.00", "30.00"), "": ("0.00", "900.00")}


def test_other_categories_draw_on_what_is_not_set_apart(allocation: Allocation) -> None:
    set_apart(allocation, "950.00")
    with pytest.raises(GrantRuleBroken, match=r"£50 that is left.*GRT-07"):
        grants.a_line("50.01", allocation=allocation, category="travel")


def test_money_goes_from_one_category_to_another(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    set_apart(allocation, "40.00", "travel", "training")
    found = {one.category: str(one.set_apart) for one in categories_of(allocation)}
    assert found == {"training": "60.00", "travel": "40.00", "": "900.00"}


def test_no_more_goes_out_of_a_category_than_is_left_of_it(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    grants.a_line("70.00", allocation=allocation)
    with pytest.raises(GrantRuleBroken, match=r"£30 that is left.*GRT-17"):
        set_apart(allocation, "30.01", "", "training")


def test_grt_28_money_moves_between_two_categories(allocation: Allocation) -> None:
    with pytest.raises(GrantRuleBroken, match="GRT-28"):
        set_apart(allocation, "1.00", "training", "training")


def test_grt_27_an_order_is_not_turned_into_another_category(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    order = grants.a_line("70.00", allocation=allocation, stage="commitment")
    with pytest.raises(GrantRuleBroken, match="GRT-27"):
        actions.convert_line(
            line=order,
            spend=grants.a_spend("70.00", category="travel"),
            form_key=uuid4(),
            by=grants.a_finance_officer(),
        )


def test_what_is_released_goes_back_to_its_category(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    order = grants.a_line("70.00", allocation=allocation, stage="commitment")
    by = grants.a_finance_officer()
    actions.release_line(line=order, reason="Not needed.", form_key=uuid4(), by=by)
    assert stand(allocation)["training"] == ("0.00", "100.00")


def test_an_order_from_before_stays_with_what_it_came_from(allocation: Allocation) -> None:
    order = grants.a_line("70.00", allocation=allocation, stage="commitment")
    set_apart(allocation, "100.00")
    by = grants.a_finance_officer()
    actions.convert_line(line=order, spend=grants.a_spend("75.00"), form_key=uuid4(), by=by)
    assert stand(allocation) == {"training": ("0.00", "100.00"), "": ("75.00", "825.00")}


def test_what_waited_is_charged_to_its_category(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    line, by = grants.a_waiting_line("60.00"), grants.a_finance_officer()
    actions.cover_line(line=line, allocation=allocation, form_key=uuid4(), by=by)
    assert stand(allocation)["training"] == ("60.00", "40.00")


def test_categories_leave_the_money_whole(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    order = grants.a_line("70.00", allocation=allocation, stage="commitment")
    by = grants.a_finance_officer()
    actions.convert_line(line=order, spend=grants.a_spend("90.00"), form_key=uuid4(), by=by)
    assert list(money_failures()) == []


def test_a_limit_is_what_is_set_apart_and_the_rest(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    grants.a_line("70.00", allocation=allocation)
    found: Any = Allocation.objects.with_balances().get(pk=allocation.pk)
    assert (found.now, found.left) == (Decimal("1000.00"), Decimal("930.00"))


# --- whoever writes ---


def test_a_line_past_the_acts_draws_on_its_category(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")

    def spend() -> None:
        used = account(allocation, "used")
        made = insider.move("spend", account(allocation, "available"), used, "5.00")
        insider.line(allocation, used, made, "5.00", category="training")

    assert insider.attempt(spend) == "spendingline_of_its_category"


def test_a_release_past_the_acts_goes_back_where_it_came_from(allocation: Allocation) -> None:
    set_apart(allocation, "100.00")
    order = grants.a_line("70.00", allocation=allocation, stage="commitment")
    other = account(allocation, "available")
    released = insider.attempt(lambda: insider.move("release", order.account_id, other, "5.00"))
    assert released == "move_keeps_its_category"


# --- the page ---


def test_the_form_sets_money_apart(allocation: Allocation) -> None:
    fill_in(allocation, giver="-", taker="training", amount="250")
    assert stand(allocation)["training"] == ("0.00", "250.00")


def test_the_form_gives_back_what_was_set_apart(allocation: Allocation) -> None:
    set_apart(allocation, "250.00")
    fill_in(allocation, giver="training", taker="-", amount="50")
    assert stand(allocation)["training"] == ("0.00", "200.00")


def test_the_form_asks_which_category(allocation: Allocation) -> None:
    page = fill_in(allocation, giver="-", amount="250")
    assert "For which category?" in page
    assert 'href="#id_taker"' in page


def test_balances_of_categories_are_in_view_while_spending_is_typed(
    allocation: Allocation,
) -> None:
    set_apart(allocation, "100.00")
    client = client_of(grants.a_finance_officer())
    page = client.get(reverse("line_new", args=[allocation.slug])).content.decode()
    assert "Training <strong>£100</strong>" in page
