"""Claims: of paid lines, each in one live claim at most; submitted by two; every line ends."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from audit import clock
from grants import actions
from grants.claims import claimed_of_allocation
from grants.models import Allocation, Claim, ClaimLine, SpendingLine
from grants.months import year_bounds
from grants.refusals import GrantRefused, GrantRuleBroken
from grants.verify import money_failures
from tests.audit.conftest import commit_checks, write_sql
from tests.audit.test_tampering import DROP_CHECKS
from tests.factories import claims, grants, months
from tests.factories.lasting import undone
from tests.factories.sign_in import client_of
from tests.grants import insider

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(allocation: Allocation) -> Iterator[list[SpendingLine]]:
    """Return two lines that were paid, of £300 and £40, once their month is over."""
    made = [grants.a_line(net, allocation=allocation) for net in ("300.00", "40.00")]
    grants.a_line("5.00", allocation=allocation, stage="accrual")
    with months.next_months_second_day():
        yield made


@pytest.fixture
def claim(allocation: Allocation, lines: list[SpendingLine]) -> Claim:
    """Return a claim of both that was submitted."""
    return claims.submitted(claims.drawn_up(allocation.decision))


def state(allocation: Allocation) -> tuple[str, str, str, str]:
    found = claimed_of_allocation(allocation)
    return str(found.claimed), str(found.paid), str(found.disallowed), str(found.left)


def reverse_line(line: SpendingLine) -> SpendingLine:
    by = grants.a_finance_officer()
    return actions.reverse_line(line=line, reason="Wrong.", form_key=uuid4(), by=by)


def test_a_claim_is_of_every_line_that_was_paid(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    claim = claims.drawn_up(allocation.decision)
    assert (claim.lines, claim.total, claim.state) == (2, Decimal("340.00"), "Draft")


def test_what_is_in_a_claim_is_not_claimed_again(allocation: Allocation, claim: Claim) -> None:
    with pytest.raises(GrantRuleBroken, match=r"There are 0 lines to claim.*GRT-45"):
        claims.drawn_up(allocation.decision)


def test_grt_45_a_claim_is_of_past_days(allocation: Allocation) -> None:
    grants.a_line("300.00", allocation=allocation)
    month = months.this_month()
    with pytest.raises(GrantRuleBroken, match="GRT-45"):
        actions.make_claim(
            figure=allocation.figure,
            start=month,
            end=clock.today(),
            form_key=uuid4(),
            by=grants.a_finance_officer(),
        )


def test_grt_46_nobody_submits_the_claim_that_they_drew_up(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    approver = grants.a_finance_approver()
    claim = claims.drawn_up(allocation.decision, by=approver)
    with pytest.raises(GrantRuleBroken, match="GRT-46"):
        claims.submitted(claim, by=approver)


def test_a_claim_that_was_paid_is_claimed_and_paid(allocation: Allocation, claim: Claim) -> None:
    paid = claims.answered(claim)
    assert Claim.objects.get(pk=paid.pk).state == "Paid"
    assert state(allocation) == ("340.00", "340.00", "0.00", "0.00")


def test_what_was_carried_forward_enters_the_next_claim(
    allocation: Allocation, lines: list[SpendingLine], claim: Claim
) -> None:
    claims.answered(claim, carried=[lines[1].pk])
    later = claims.drawn_up(allocation.decision)
    assert [one.line_id for one in later.claimed.all()] == [lines[1].pk]
    assert Claim.objects.get(pk=claim.pk).state == "Part-paid"


def test_what_was_disallowed_is_charged_elsewhere(
    allocation: Allocation, lines: list[SpendingLine], claim: Claim
) -> None:
    claims.answered(claim, disallowed=[lines[1].pk])
    assert state(allocation) == ("300.00", "300.00", "40.00", "0.00")
    day = lines[1].received_on
    elsewhere = grants.an_allocation("50.00", decision=allocation.decision, period_start=day)
    actions.recharge_line(
        line=lines[1], allocation=elsewhere, form_key=uuid4(), by=grants.a_finance_officer()
    )
    assert state(allocation) == ("300.00", "300.00", "0.00", "0.00")
    assert grants.balances_of(elsewhere) == {"left": "10.00", "paid": "40.00"}


def test_what_was_paid_stays_where_it_is_charged(
    lines: list[SpendingLine], claim: Claim, allocation: Allocation
) -> None:
    claims.answered(claim)
    day = lines[1].received_on
    elsewhere = grants.an_allocation("50.00", decision=allocation.decision, period_start=day)
    with pytest.raises(GrantRefused, match="was not disallowed"):
        actions.recharge_line(
            line=lines[1], allocation=elsewhere, form_key=uuid4(), by=grants.a_finance_officer()
        )


def test_a_line_that_is_not_paid_has_a_reason(lines: list[SpendingLine], claim: Claim) -> None:
    with pytest.raises(GrantRuleBroken, match="GRT-15"):
        claims.answered(claim, carried=[lines[1].pk], words=" ")


def test_a_line_of_another_claim_is_named(claim: Claim) -> None:
    with pytest.raises(GrantRefused, match="Line 999 is not in this claim"):
        claims.answered(claim, carried=[999])


def test_a_draft_that_was_withdrawn_frees_its_lines(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    claims.withdrawn(claims.drawn_up(allocation.decision))
    again = claims.drawn_up(allocation.decision)
    assert (again.n, again.total) == (2, Decimal("340.00"))


def test_a_draft_of_a_line_that_was_reversed_is_not_submitted(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    claim = claims.drawn_up(allocation.decision)
    reverse_line(lines[1])
    with pytest.raises(GrantRefused, match="was reversed since"):
        claims.submitted(claim)


def test_what_the_funder_paid_and_is_taken_back_is_credited_in_the_next_claim(
    allocation: Allocation, lines: list[SpendingLine], claim: Claim
) -> None:
    claims.answered(claim)
    reverse_line(lines[1])
    grants.a_line("100.00", allocation=allocation, received_on=lines[0].received_on)
    assert claims.drawn_up(allocation.decision).total == Decimal("60.00")


def test_the_last_claim_of_a_year_lists_accruals_apart(allocation: Allocation) -> None:
    grants.a_line("300.00", allocation=allocation)
    accrued = grants.a_line("5.00", allocation=allocation, stage="accrual")
    end = year_bounds(clock.today())[1]
    with clock.at(clock.now() + (end - clock.today()) + timedelta(days=1)):
        claim = actions.make_claim(
            figure=allocation.figure,
            start=end.replace(day=1),
            end=end,
            form_key=uuid4(),
            by=grants.a_finance_officer(),
        )
        address = reverse("claim_detail", args=[claim.pk])
        page = client_of(grants.a_finance_officer()).get(address).content.decode()
    assert claim.total == Decimal("300.00")
    assert "Accrued at the end of the year, not claimed" in page
    assert f"{accrued.reference}: Harbour Training Ltd" in page


def test_claims_are_no_failure_of_the_money(
    allocation: Allocation, lines: list[SpendingLine], claim: Claim
) -> None:
    claims.answered(claim, carried=[lines[1].pk])
    claims.withdrawn(claims.drawn_up(allocation.decision))
    claims.drawn_up(allocation.decision)
    commit_checks()
    assert list(money_failures()) == []


# --- whoever writes ---

CLAIM = (
    "INSERT INTO grants_claim (figure_id, n, period_start, period_end, lines, total, made_at,"
    " made_by_id) SELECT figure_id, n + 1, period_start, period_end, 1, %s, now(), made_by_id"
    " FROM grants_claim RETURNING id"
)
LINE = (
    "INSERT INTO grants_claimline (claim_id, line_id, turn, amount)"
    " SELECT max(id), %s, %s, %s FROM grants_claim"
)


def forged(line: SpendingLine, turn: int, amount: str, total: str) -> str:
    """Return what refuses a claim that an insider writes of one line."""

    def write() -> None:
        insider.run(CLAIM, total)
        insider.run(LINE, line.pk, turn, amount)

    return insider.attempt(write)


def test_a_line_is_in_one_live_claim_at_most(claim: Claim, lines: list[SpendingLine]) -> None:
    assert forged(lines[0], 1, "300.00", "300.00") == "claimline_in_one_claim"
    assert forged(lines[0], 2, "300.00", "300.00") == "claimline_follows_what_freed_it"


def test_a_claim_comes_to_what_its_lines_come_to(claim: Claim, allocation: Allocation) -> None:
    line = grants.a_line("10.00", allocation=allocation, received_on=claim.period_end)
    assert forged(line, 1, "10.00", "11.00") == "claim_adds_up"
    assert forged(line, 1, "11.00", "11.00") == "claimline_sum_of_its_line"


def test_what_was_not_paid_out_is_not_claimed(claim: Claim, allocation: Allocation) -> None:
    accrued = allocation.lines.get(stage="accrual")
    assert forged(accrued, 1, "5.00", "5.00") == "claimline_of_what_may_be_claimed"


def test_nothing_is_added_to_a_claim_later(claim: Claim, allocation: Allocation) -> None:
    line = grants.a_line("10.00", allocation=allocation, received_on=claim.period_end)
    added = insider.attempt(lambda: insider.run(LINE, line.pk, 1, "10.00"))
    assert added == "claimline_made_with_its_claim"


STEP = (
    "INSERT INTO grants_claimstep (claim_id, kind, made_by_id, taken_on, reference, words, paid,"
    " taken_at, taken_by_id) SELECT id, %s, made_by_id, current_date, '', '', %s, now(), %s"
    " FROM grants_claim"
)


def test_a_claim_is_submitted_by_another_past_the_acts(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    claim = claims.drawn_up(allocation.decision)
    step = insider.attempt(lambda: insider.run(STEP, "submitted", "0", claim.made_by_id))
    assert step == "claimstep_submitted_by_a_second_person"


def test_an_answer_ends_every_line_past_the_acts(claim: Claim) -> None:
    step = insider.attempt(lambda: insider.run(STEP, "answered", "340", claim.made_by_id))
    assert step == "claimstep_ends_every_line"


@pytest.mark.parametrize(
    "planted",
    [
        "UPDATE grants_claim SET total = total + 1",
        "UPDATE grants_claimline SET amount = amount + 1 WHERE turn = 1",
        "UPDATE grants_claimstep SET paid = paid + 1 WHERE kind = 'answered'",
        "UPDATE grants_claimoutcome SET outcome = 'disallowed' WHERE outcome = 'carried'",
        "DELETE FROM grants_claimstep WHERE kind = 'answered'",
    ],
    ids=["total", "sum", "paid", "outcome", "answer"],
)
def test_what_was_changed_with_guards_off_is_named(
    allocation: Allocation, lines: list[SpendingLine], claim: Claim, planted: str
) -> None:
    claims.answered(claim, carried=[lines[1].pk])
    claims.drawn_up(allocation.decision)
    commit_checks()
    with undone():
        write_sql("SET LOCAL session_replication_role = replica")
        write_sql(DROP_CHECKS)
        write_sql(planted)
        assert "claim-broken" in {failure.kind for failure in money_failures()}


# --- the pages ---


@pytest.fixture
def officer() -> Client:
    return client_of(grants.a_finance_officer())


def test_the_grant_shows_what_is_left_to_claim(
    officer: Client, lines: list[SpendingLine], allocation: Allocation
) -> None:
    address = reverse("award_detail", args=[allocation.figure_id])
    assert "£0 of £340 paid out" in officer.get(address).content.decode()


def test_a_claim_is_drawn_up_and_lists_its_lines(
    officer: Client, lines: list[SpendingLine], allocation: Allocation
) -> None:
    start, end = months.a_month_ago(), months.this_month()
    end = end.fromordinal(end.toordinal() - 1)
    typed: dict[str, object] = {"form_key": str(uuid4())}
    for name, day in (("start", start), ("end", end)):
        typed |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    address = reverse("claim_new", args=[allocation.figure_id])
    page = officer.post(address, typed, follow=True).content.decode()
    assert "£340 claimed" in page
    assert f"{lines[1].reference}: Harbour Training Ltd" in page


def test_an_answer_that_names_no_line_says_so(officer: Client, claim: Claim) -> None:
    typed = {"form_key": str(uuid4()), "carried": "twelve"}
    page = officer.post(reverse("claim_answer", args=[claim.pk]), typed).content.decode()
    assert "“twelve” is not the number of a line" in page


def test_a_disallowed_line_leads_to_where_it_is_charged_elsewhere(
    officer: Client, lines: list[SpendingLine], claim: Claim
) -> None:
    claims.answered(claim, disallowed=[lines[1].pk])
    page = officer.get(reverse("line_detail", args=[lines[1].pk])).content.decode()
    assert "Charge it elsewhere" in page
    assert ClaimLine.objects.filter(line=lines[1]).count() == 1
