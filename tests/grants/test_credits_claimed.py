"""Credits in claims: with their line, or after it; nothing of what the funder did not pay."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import uuid4

import pytest

from grants import actions
from grants.claims import claimed_of_allocation
from grants.models import Allocation, Claim, SpendingLine
from grants.refusals import GrantRefused
from grants.verify import money_failures
from tests.factories import claims, grants, months

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(allocation: Allocation) -> Iterator[list[SpendingLine]]:
    """Return two lines that were paid, of £300 and £40, once their month is over."""
    made = [grants.a_line(net, allocation=allocation) for net in ("300.00", "40.00")]
    with months.next_months_second_day():
        yield made


def credit(line: SpendingLine, net: str = "100.00") -> SpendingLine:
    return actions.credit_line(
        line=line,
        credit=actions.Credit(Decimal(net)),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def drawn_up(allocation: Allocation) -> Claim:
    return claims.drawn_up(allocation.decision)


def test_a_credit_lowers_the_claim_of_its_line(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    credit(lines[0])
    claim = drawn_up(allocation)
    assert (claim.lines, claim.total) == (3, Decimal("240.00"))
    assert list(money_failures()) == []


def test_a_credit_of_what_was_paid_lowers_the_next_claim(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    claims.answered(claims.submitted(drawn_up(allocation)))
    credit(lines[0])
    grants.a_line("150.00", allocation=allocation, received_on=lines[0].received_on)
    claim = drawn_up(allocation)
    assert (claim.lines, claim.total) == (2, Decimal("50.00"))


def test_a_draft_of_a_line_that_was_credited_since_is_not_submitted(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    claim = drawn_up(allocation)
    credit(lines[0])
    with pytest.raises(GrantRefused, match="Withdraw it and draw it up anew"):
        claims.submitted(claim)


def test_a_credit_while_the_funder_looks_waits_for_the_answer(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    claim = claims.submitted(drawn_up(allocation))
    credit(lines[0])
    grants.a_line("150.00", allocation=allocation, received_on=lines[0].received_on)
    assert drawn_up(allocation).total == Decimal("150.00")
    claims.answered(claim)
    assert claimed_of_allocation(allocation).left == Decimal("-100.00")


def test_a_credit_of_what_was_disallowed_is_not_claimed(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    claims.answered(claims.submitted(drawn_up(allocation)), disallowed=[lines[0].pk], words="No.")
    credit(lines[0])
    found = claimed_of_allocation(allocation)
    assert (found.disallowed, found.left) == (Decimal("200.00"), Decimal("0.00"))


def test_what_was_disallowed_is_charged_elsewhere_without_what_was_credited(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    day = lines[0].received_on
    other = grants.an_allocation("1000.00", decision=allocation.decision, period_start=day)
    claims.answered(claims.submitted(drawn_up(allocation)), disallowed=[lines[0].pk], words="No.")
    credit(lines[0])
    made = actions.recharge_line(
        line=lines[0], allocation=other, form_key=uuid4(), by=grants.a_finance_officer()
    )
    assert made.amount == Decimal("200.00")
    assert grants.balances_of(allocation) == {"left": "960.00", "paid": "40.00"}
