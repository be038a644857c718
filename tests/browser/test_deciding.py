"""Deciding in a browser: a wrong code, a form sent twice, no JavaScript, and a passkey."""

from playwright.sync_api import Locator, expect

from decisions.models import Approval
from tests.browser.conftest import Seat
from tests.browser.steps import Desk, code_of, fill, follow, go, open_all, press, reads, review
from tests.factories import papers
from tests.factories.people import a_decision_maker

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
