"""Deciding with the keyboard alone: the order of the stops, and where the focus goes."""

from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.browser.steps import Desk, go
from tests.factories import papers
from tests.factories.people import a_decision_maker, an_adviser

FOCUSED = """() => {
  const field = document.activeElement;
  return field.name || field.textContent.trim();
}"""


def tab(desk: Desk, times: int = 1) -> str:
    """Press Tab; return the name of the field or the words of the link that has the focus then."""
    for _ in range(times):
        desk.page.keyboard.press("Tab")
    return str(desk.page.evaluate(FOCUSED))


def test_giving_advice_by_keyboard(seat: Seat) -> None:
    decision = papers.submitted()
    desk = seat(an_adviser("financial"))
    go(desk, f"/decisions/{decision.slug}/advice/financial/")
    assert tab(desk) == "Skip to main content"
    desk.page.keyboard.press("Enter")
    assert [tab(desk), tab(desk), tab(desk)] == ["the paper", "words", "Give advice"]
    desk.page.keyboard.press("Enter")
    summary = desk.page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    assert tab(desk) == "Fill in “Advice”"
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("[name=words]")).to_be_focused()
    desk.page.keyboard.type("There is nothing financial against it.")
    tab(desk)
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_text("Financial advice given.")).to_be_visible()


def test_an_outcome_is_chosen_with_the_arrow_keys(seat: Seat) -> None:
    decision = papers.endorsed()
    desk = seat(a_decision_maker())
    go(desk, f"/decisions/{decision.slug}/decide/")
    first = desk.page.locator("input[type=radio]").first
    first.focus()
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("ArrowDown")
    expect(desk.page.get_by_label("Approved as amended")).to_be_checked()
