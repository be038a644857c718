"""Deciding in a browser: a wrong code, a form sent twice, no JavaScript, and a passkey."""

from playwright.sync_api import Locator, expect

from accounts.models import Role, User
from decisions.models import Approval, Decision
from tests.browser.conftest import Seat
from tests.browser.steps import (
    Desk,
    code_of,
    fill,
    follow,
    go,
    open_all,
    pick,
    press,
    reads,
    review,
)
from tests.decisions.test_deputies import a_deputy
from tests.factories import papers
from tests.factories.people import a_decision_maker, a_delegation, a_person

TYPED = "() => Object.fromEntries(new FormData(document.querySelector('form:has([name=code])')))"


def error_summary(desk: Desk) -> Locator:
    """Return the list of problems at the top of the page."""
    return desk.page.locator(".govuk-error-summary")


def test_a_wrong_code_signs_nothing_and_says_what_to_do(seat: Seat) -> None:
    decision = papers.endorsed()
    desk = seat(a_decision_maker())
    review(desk, decision)
    fill(desk, code="000000")
    press(desk, "Sign the decision")
    expect(error_summary(desk)).to_contain_text("Wait for the next one")
    reads(desk, "None to record.")
    assert papers.again(decision).status == "awaiting_decision"


def test_a_missing_outcome_is_asked_for_by_its_number(seat: Seat) -> None:
    decision = papers.endorsed(papers.with_drawn_sum(papers.a_draft()))
    desk = seat(a_decision_maker())
    go(desk, f"/decisions/{decision.slug}/decide/")
    open_all(desk)
    press(desk, "Continue")
    expect(error_summary(desk)).to_contain_text("Choose an outcome for recommendation 2")


def test_the_same_form_sent_again_signs_once(seat: Seat) -> None:
    decision, maker = papers.endorsed(), a_decision_maker()
    desk = seat(maker)
    review(desk, decision)
    fill(desk, code=code_of(maker))
    typed = desk.page.evaluate(TYPED)
    press(desk, "Sign the decision")
    again = desk.page.request.post(f"/decisions/{decision.slug}/decide/", form=typed)
    assert "Decision signed" in again.text()
    assert Approval.objects.filter(decision=decision, stage="decision").count() == 1
    assert decision.documents.count() == 1


def test_the_whole_of_deciding_without_javascript(seat: Seat) -> None:
    decision, maker = papers.endorsed(papers.with_drawn_sum(papers.a_draft())), a_decision_maker()
    desk = seat(maker, java_script_enabled=False)
    go(desk, "/")
    follow(desk, decision.title)
    follow(desk, "Decide")
    review(desk, decision)
    press(desk, "Change something")
    fill(desk, words="With thanks to those who wrote it.")
    press(desk, "Continue")
    fill(desk, code=code_of(maker))
    press(desk, "Sign the decision")
    reads(desk, "Decision signed")
    assert papers.again(decision).status == "signed"


def test_the_box_is_ordered_printed_and_signed_as_a_batch(seat: Seat) -> None:
    decisions = [papers.endorsed(papers.a_draft(title)) for title in ("One", "Two")]
    office = seat(a_person("private", Role.PRIVATE_OFFICE))
    go(office, "/box/")
    press(office, f"Move down {decisions[0].reference}")
    follow(office, "Add a note")
    fill(office, note="Read this one first.")
    press(office, "Save the note")
    follow(office, "Print the pack")
    reads(office, "Printed by Private,")
    maker = a_decision_maker()
    desk = seat(maker)
    for decision in decisions:
        review(desk, decision)
        press(desk, "Keep it, to sign with others in a batch")
    follow(desk, "Sign them as a batch")
    for box in desk.page.get_by_role("checkbox").all():
        box.check()
    fill(desk, name="Box of Thursday")
    press(desk, "Continue")
    fill(desk, code=code_of(maker))
    press(desk, "Sign the batch")
    assert [papers.again(each).status for each in decisions] == ["signed", "signed"]


def test_a_prejudicial_interest_passes_the_paper_to_another_holder_of_the_power(seat: Seat) -> None:
    decision, maker = papers.endorsed(), a_decision_maker()
    another = a_person("another", Role.DECISION_MAKER)
    a_delegation(another)
    desk, other = seat(maker), seat(another)
    go(desk, f"/decisions/{decision.slug}/decide/")
    pick(desk, interests_kind="prejudicial")
    fill(desk, interests="My brother is a director of the supplier.")
    press(desk, "Continue")
    press(desk, "Stand aside")
    reads(desk, "Another decision maker (Decision maker stood aside)")
    go(desk, f"/decisions/{decision.slug}/decide/")
    reads(desk, f"{another.name} can decide it.")
    sign_the_waiting_paper(other, another, decision)


def test_a_deputy_signs_as_such(seat: Seat) -> None:
    decision, maker = papers.endorsed(), a_decision_maker()
    deputy = a_deputy(maker, Role.DECISION_MAKER)
    a_delegation(deputy, deputy_for=maker)
    desk = seat(deputy)
    sign_the_waiting_paper(desk, deputy, decision, shown="As deputy for")
    go(desk, f"/decisions/{decision.slug}/")
    reads(desk, "Deputy, as deputy for Decision maker")


def sign_the_waiting_paper(desk: Desk, maker: User, decision: Decision, shown: str = "") -> None:
    """Find the paper on the home page, and sign it with every recommendation approved."""
    go(desk, "/")
    follow(desk, decision.title)
    follow(desk, "Decide")
    reads(desk, shown or "Authority found")
    review(desk, decision)
    fill(desk, code=code_of(maker))
    press(desk, "Sign the decision")
    reads(desk, "signed")
