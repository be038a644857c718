"""Deciding with the keyboard alone: the order of the stops, and where the focus goes."""

from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.browser.steps import Desk, code_of, go
from tests.factories import papers
from tests.factories.people import a_decision_maker, an_adviser

FOCUSED = """() => {
  const field = document.activeElement;
  return field.name || field.textContent.trim();
}"""


HOLDS = """(wanted) => {
  const field = document.activeElement;
  const shows = field.offsetParent !== null && field.tabIndex >= 0;
  return shows && [field.name, field.value, field.textContent.trim()].includes(wanted);
}"""
MOST_STOPS = 80


def tab_to(desk: Desk, wanted: str) -> None:
    """Press Tab until the focus is on the field of that name, or the button of those words."""
    for _ in range(MOST_STOPS):
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate(HOLDS, wanted):
            return
    raise AssertionError(f"no stop is {wanted!r}")


def enter(desk: Desk) -> None:
    """Press Enter, and look at the page that comes."""
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    desk.look()


def type_into(desk: Desk, **fields: str) -> None:
    """Tab from field to field in the order given, and type into each."""
    for name, words in fields.items():
        tab_to(desk, name)
        desk.page.keyboard.type(words)


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


def test_the_decision_makers_way_by_keyboard(seat: Seat) -> None:
    decision = papers.endorsed(papers.with_drawn_sum(papers.a_draft()))
    first, second = (f"r{row.pk}" for row in decision.recommendations.all())
    maker, owner = a_decision_maker(), decision.originating_officer
    desk = seat(maker)
    go(desk, "/box/")
    tab_to(desk, f"Decide {decision.reference}")
    enter(desk)
    tab_to(desk, f"{first}-outcome")
    desk.page.keyboard.press("Space")
    tab_to(desk, f"add-{first}-conditions")
    enter(desk)
    type_into(desk, **{f"{first}-conditions-0-text": "Report each quarter."})
    type_into(desk, **{f"{first}-conditions-0-owner": owner.name})
    for part, words in {"day": "1", "month": "4", "year": "2090"}.items():
        type_into(desk, **{f"{first}-conditions-0-due_on_{part}": words})
    tab_to(desk, f"{second}-outcome")
    desk.page.keyboard.press("Space")
    for _ in range(3):
        desk.page.keyboard.press("ArrowDown")
    expect(desk.page.get_by_label("Deferred").last).to_be_checked()
    for part, words in {"day": "1", "month": "12", "year": "2090"}.items():
        type_into(desk, **{f"{second}-until_{part}": words})
    tab_to(desk, "interests_kind")
    desk.page.keyboard.press("Space")
    tab_to(desk, "review")
    enter(desk)
    type_into(desk, code=code_of(maker))
    enter(desk)
    expect(desk.page.get_by_text("Decision signed")).to_be_visible()
    expect(
        desk.page.get_by_text("Recommendation 2: Deferred until 1 December 2090")
    ).to_be_visible()
