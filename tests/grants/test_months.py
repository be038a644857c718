"""Months: closed with their exceptions named, kept closed whoever writes, reopened by two."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.refusals import NotPermitted
from audit import clock
from grants import actions
from grants.models import Account, Allocation, MonthClosing, MonthException
from grants.months import next_month, received_in, slug_of, year_of, year_rows
from grants.refusals import GrantRefused, GrantRuleBroken
from grants.verify import money_failures
from tests.audit.conftest import commit_checks, write_sql
from tests.audit.test_tampering import DROP_CHECKS
from tests.factories import grants, months
from tests.factories.lasting import undone
from tests.factories.sign_in import client_of
from tests.grants import insider

pytestmark = pytest.mark.django_db


def row_of(month: Any) -> Any:
    return next(row for row in year_rows(year_of(month)) if row.month == month)


def test_months_together_show_what_the_balances_are(allocation: Allocation) -> None:
    grants.a_line("400.00", allocation=allocation, stage="commitment")
    grants.a_line("70.00", allocation=allocation)
    row = row_of(months.this_month())
    assert (row.lines, row.committed, row.paid) == (2, Decimal("400.00"), Decimal("70.00"))


def test_grt_40_a_month_is_not_closed_before_it_is_over(db: None) -> None:
    with pytest.raises(GrantRuleBroken, match=r"is not over.*GRT-40"):
        months.close(months.this_month())


def test_grt_40_a_month_is_closed_once(db: None) -> None:
    months.close()
    with pytest.raises(GrantRuleBroken, match=r"is closed.*GRT-40"):
        months.close()


def test_a_closing_names_what_the_month_is_not_done_with(allocation: Allocation) -> None:
    grants.a_line("400.00", allocation=allocation, stage="commitment")
    grants.a_line("70.00", allocation=allocation)
    grants.a_waiting_line("30.00")
    with months.next_months_second_day():
        closing = months.close()
    found = dict(closing.exceptions.values_list("kind", "amount"))
    assert found == {
        "overdue": Decimal("400.00"),
        "at_risk": Decimal("70.00"),
        "awaiting": Decimal("30.00"),
        "sap": Decimal("70.00"),
    }


def test_a_line_under_a_letter_accepted_before_it_is_no_exception(allocation: Allocation) -> None:
    grants.an_award(decision=allocation.decision)
    grants.a_line("70.00", allocation=allocation)
    with months.next_months_second_day():
        found = months.close().exceptions.values_list("kind", flat=True)
    assert set(found) == {"sap"}


def test_a_month_in_which_nothing_was_paid_closes_without_exceptions(db: None) -> None:
    assert not months.close(words="").exceptions.exists()


def test_grt_41_a_month_with_exceptions_says_why_they_may_stand(db: None) -> None:
    grants.a_waiting_line("30.00")
    with (
        months.next_months_second_day(),
        pytest.raises(GrantRuleBroken, match=r"has 1, of £30 together.*GRT-41"),
    ):
        months.close(words=" ")


def test_grt_42_nothing_is_posted_into_a_closed_month(allocation: Allocation) -> None:
    with months.next_months_second_day():
        months.close()
    with pytest.raises(GrantRuleBroken, match="GRT-42"):
        grants.a_line("1.00", allocation=allocation)


def test_a_correction_is_posted_in_the_open_month_and_counts_in_its_year(
    allocation: Allocation,
) -> None:
    line, year = grants.a_line("70.00", allocation=allocation), year_of(clock.today())
    month = months.this_month()
    with months.next_months_second_day():
        months.close()
        actions.reverse_line(
            line=line, reason="Typed twice.", form_key=uuid4(), by=grants.a_finance_officer()
        )
        assert row_of(month).paid == Decimal("70.00")
        assert row_of(next_month(month)).paid == Decimal("-70.00")
        assert received_in(year)[0] == 0


def test_a_year_is_closed_with_all_its_months(db: None) -> None:
    year = year_of(clock.today()) - 1
    client = client_of(grants.a_finance_approver())
    client.post(reverse("year_close", args=[year]), {"form_key": str(uuid4()), "shown": NOTHING})
    assert all(row.closing for row in year_rows(year))


NOTHING = "e3b0c44298fc1c14"  # the digest of no exceptions


def test_only_finance_approvers_close_months(db: None) -> None:
    with pytest.raises(NotPermitted):
        actions.close_months(
            months=[months.a_month_ago()], form_key=uuid4(), by=grants.a_finance_officer()
        )


# --- reopening ---


def test_a_month_is_open_again_once_another_person_approves(allocation: Allocation) -> None:
    with months.next_months_second_day():
        closing = months.close()
        months.answered(months.propose_reopening(closing))
    assert grants.a_line("1.00", allocation=allocation).pk


def test_grt_43_nobody_approves_what_they_proposed(db: None) -> None:
    proposal = months.propose_reopening(months.close())
    with pytest.raises(GrantRuleBroken, match="GRT-43"):
        months.answered(proposal, by=grants.a_finance_approver())


def test_a_month_stays_closed_while_the_proposal_waits(allocation: Allocation) -> None:
    with months.next_months_second_day():
        months.propose_reopening(months.close())
    with pytest.raises(GrantRuleBroken, match="GRT-42"):
        grants.a_line("1.00", allocation=allocation)


def test_a_proposal_that_was_turned_down_opens_nothing(db: None) -> None:
    closing = months.close()
    months.answered(months.propose_reopening(closing), "turned_down", "It counts this year.")
    assert MonthClosing.objects.in_force().get() == closing


def test_who_proposed_it_takes_it_back(db: None) -> None:
    proposal = months.propose_reopening(months.close())
    months.answered(proposal, "taken_back", by=grants.a_finance_approver())
    proposal.refresh_from_db()
    assert proposal.answer.outcome == "taken_back"


def test_a_proposal_is_answered_once(db: None) -> None:
    proposal = months.propose_reopening(months.close())
    months.answered(proposal)
    with pytest.raises(NotPermitted, match="answered already"):
        months.answered(proposal)


def test_the_same_reopening_is_not_proposed_twice(db: None) -> None:
    closing = months.close()
    months.propose_reopening(closing)
    with pytest.raises(GrantRefused, match="proposed already"):
        months.propose_reopening(closing)


def test_a_month_that_was_reopened_is_closed_again(db: None) -> None:
    months.answered(months.propose_reopening(months.close()))
    assert months.close().n == 2


# --- whoever writes ---


def test_a_move_dated_into_a_closed_month_is_refused_past_the_acts(allocation: Allocation) -> None:
    months.close()
    left, used = (
        Account.objects.get(allocation=allocation, role=role).pk for role in ("available", "used")
    )
    long_ago = clock.now() - timedelta(days=clock.today().day)
    with clock.at(long_ago):
        wrote = insider.attempt(lambda: insider.move("spend", left, used))
    assert wrote == "posting_into_an_open_month"


def test_nobody_answers_their_own_proposal_past_the_acts(db: None) -> None:
    proposal = months.propose_reopening(months.close())
    wrote = insider.attempt(
        lambda: insider.run(
            "INSERT INTO grants_proposalanswer (proposal_id, proposed_by_id, outcome, words,"
            " answered_at, answered_by_id) SELECT id, proposed_by_id, 'approved', '', now(),"
            " proposed_by_id FROM grants_proposal WHERE id = %s",
            proposal.pk,
        )
    )
    assert wrote == "proposalanswer_by_a_second_person"


def test_no_exception_is_made_up(allocation: Allocation) -> None:
    closing, line = months.close(), grants.a_line("1.00", allocation=allocation)
    wrote = insider.attempt(
        lambda: insider.run(
            "INSERT INTO grants_monthexception (closing_id, line_id, kind, amount)"
            " VALUES (%s, %s, 'at_risk', 1)",
            closing.pk,
            line.pk,
        )
    )
    assert wrote == "monthexception_named_by_the_closing"


def test_a_closed_month_is_no_failure_of_the_money(allocation: Allocation) -> None:
    grants.a_waiting_line("30.00")
    with months.next_months_second_day():
        months.answered(months.propose_reopening(months.close()))
        months.close()
    commit_checks()
    assert list(money_failures()) == []


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("UPDATE grants_move SET moved_at = moved_at - interval '31 days'", "month-broken"),
        ("UPDATE grants_proposalanswer SET answered_by_id = proposed_by_id", "answer-broken"),
    ],
    ids=["posted", "answered"],
)
def test_what_was_done_with_guards_off_is_named(
    allocation: Allocation, planted: str, kind: str
) -> None:
    grants.a_line("1.00", allocation=allocation)
    with months.next_months_second_day():
        months.answered(months.propose_reopening(months.close()))
        months.close()
    commit_checks()
    with undone():
        write_sql("SET LOCAL session_replication_role = replica")
        write_sql(DROP_CHECKS)
        write_sql(planted)
        assert kind in {failure.kind for failure in money_failures()}


# --- the pages ---


@pytest.fixture
def approver() -> Client:
    return client_of(grants.a_finance_approver())


def test_the_months_show_who_closed_each(approver: Client) -> None:
    month = months.close().month
    page = approver.get(f"{reverse('month_list')}?year={year_of(month)}").content.decode()
    assert "Closed" in page
    assert f"by {grants.a_finance_approver().name}" in page


def test_a_closing_with_other_exceptions_than_were_shown_is_refused(approver: Client) -> None:
    grants.a_waiting_line("30.00")
    with months.next_months_second_day():
        address = reverse("month_close", args=[slug_of(months.a_month_ago())])
        typed = {"form_key": str(uuid4()), "shown": NOTHING, "words": "Known."}
        page = approver.post(address, typed).content.decode()
    assert "The exceptions have changed since this page was opened" in page
    assert not MonthException.objects.exists()


def test_a_reopening_is_proposed_answered_and_shown(approver: Client) -> None:
    closing = months.close()
    slug = [slug_of(closing.month)]
    typed = {"form_key": str(uuid4()), "reason": "An invoice was left out."}
    approver.post(reverse("month_reopen", args=slug), typed)
    proposal = closing.proposals.get()
    answer = {"form_key": str(uuid4()), "outcome": "approved"}
    cfo = client_of(months.a_chief_finance_officer())
    cfo.post(reverse("proposal_answer", args=[proposal.pk]), answer)
    page = approver.get(reverse("month_detail", args=slug)).content.decode()
    assert "Reopened" in page
    assert f"Approved by {months.a_chief_finance_officer().name}" in page


def test_a_waiting_proposal_stands_where_money_is_looked_at(approver: Client) -> None:
    months.propose_reopening(months.close())
    assert "waits for another person" in approver.get(reverse("grants_home")).content.decode()
