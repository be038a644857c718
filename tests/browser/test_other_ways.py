"""Papers that do not go straight on: returned, withdrawn, and kept from those who may not."""

from playwright.sync_api import expect

from accounts.models import Role
from tests.browser.conftest import Seat
from tests.browser.steps import (
    Desk,
    does_not_read,
    fill,
    follow,
    go,
    press,
    reads,
)
from tests.factories import papers
from tests.factories.people import (
    a_chief_executive,
    a_governance_officer,
    a_person,
    an_officer,
)


def test_a_paper_is_returned_with_a_reason_and_submitted_again(seat: Seat) -> None:
    decision = papers.sent()
    chief, officer = seat(a_chief_executive()), seat(an_officer())
    go(chief, f"/decisions/{decision.slug}/")
    follow(chief, "Return to draft")
    press(chief, "Return to draft")
    expect(chief.page.locator(".govuk-error-summary")).to_be_visible()
    fill(chief, reason="Say more of the risk.")
    press(chief, "Return to draft")
    reads(chief, "Returned to draft.")
    go(officer, "/")
    follow(officer, decision.title)
    reads(officer, "Say more of the risk.")
    follow(officer, "Submit for advice")
    press(officer, "Submit for advice")
    reads(officer, "Submitted for advice.")


def test_a_withdrawn_paper_keeps_its_number_and_leaves_the_queues(seat: Seat) -> None:
    decision = papers.submitted()
    desk = seat(an_officer())
    go(desk, f"/decisions/{decision.slug}/")
    follow(desk, "Withdraw")
    fill(desk, reason="The grant was not awarded.")
    press(desk, "Withdraw")
    reads(desk, "Withdrawn")
    go(desk, "/")
    reads(desk, "No paper waits on you")


def test_a_form_sent_twice_submits_once(seat: Seat) -> None:
    draft = papers.a_draft()
    desk = seat(an_officer(), java_script_enabled=False)
    go(desk, f"/decisions/{draft.slug}/submit/")
    desk.page.get_by_role("button", name="Submit for advice").dblclick()
    desk.page.wait_for_url("**/decisions/pcd-726/")
    assert draft.steps.count() == 1


def test_going_back_to_a_step_that_was_taken_says_so(seat: Seat) -> None:
    draft = papers.a_draft()
    desk = seat(an_officer())
    go(desk, f"/decisions/{draft.slug}/submit/")
    press(desk, "Submit for advice")
    desk.page.go_back()
    reads(desk, "PCD 726 is marked “In advice”: “Submit for advice” is for those marked “Draft”.")


def test_a_publication_is_deferred_and_then_made(seat: Seat) -> None:
    decision = papers.signed()
    desk = seat(a_governance_officer())
    go(desk, f"/decisions/{decision.slug}/")
    follow(desk, "Defer publication")
    fill(desk, reason="The partner has still to be told.")
    fill(desk, until_day="1", until_month="2", until_year="2099")
    press(desk, "Defer publication")
    reads(desk, "1 February 2099")
    go(desk, f"/decisions/{decision.slug}/")
    follow(desk, "Publish")
    press(desk, "Publish")
    reads(desk, "Published.")


def test_an_administrator_reads_no_paper(seat: Seat) -> None:
    decision = papers.submitted(papers.with_part_2(papers.a_draft()))
    desk = seat(a_person("administrator", Role.ADMINISTRATOR))
    go(desk, f"/decisions/{decision.slug}/")
    does_not_read(desk, papers.SECRET)
    go(desk, f"/decisions/{decision.slug}/part-2/")
    does_not_read(desk, papers.SECRET)
    reads(desk, "Page not found")


def test_a_stranger_is_asked_to_sign_in(stranger: Desk, seat: Seat) -> None:
    decision = papers.submitted(papers.with_part_2(papers.a_draft()))
    go(stranger, f"/decisions/{decision.slug}/")
    reads(stranger, "Sign in")
    go(stranger, f"/register/{decision.slug}/")
    does_not_read(stranger, decision.title)
