"""A published page becomes a draft: pasted, compared, corrected, saved."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.browser.steps import fill, follow, go, open_all, press, reads
from tests.decisions.importers.pages import page
from tests.factories import papers
from tests.factories.people import an_officer


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_published_page_becomes_a_draft(seat: Seat, scripts: bool) -> None:
    papers.a_series()
    desk = seat(an_officer(), java_script_enabled=scripts)
    go(desk, "/decisions/")
    follow(desk, "Import a decision")
    press(desk, "Read the page")
    reads(desk, "Paste the text of a page, or choose a text file")
    fill(desk, text=page("bulleted"))
    press(desk, "Read the page")
    reads(desk, "The page prints no title.")
    reads(desk, "£2.3m (paragraph 2.1) and £2.4m (recommendation 2) disagree.")
    expect(desk.page.locator("[name='figures-1-0-amount']")).to_have_value("2,400,000")
    fill(desk, title="Harbour crime desk", **{"figures-1-0-amount": "much"})
    press(desk, "Save")
    reads(desk, "Enter a sum in pounds")
    expect(desk.page.locator("[name='title']")).to_have_value("Harbour crime desk")
    fill(desk, **{"figures-1-0-amount": "2.3 million"})
    press(desk, "Save")
    reads(desk, "PCD 9386 was imported as a draft.")
    reads(desk, "£2,300,000")


def test_what_was_not_found_is_added_by_hand(seat: Seat) -> None:
    papers.a_series()
    desk = seat(an_officer())
    go(desk, "/decisions/import/")
    fill(desk, text=page("numbered"))
    press(desk, "Read the page")
    open_all(desk)
    fill(desk, **{"recommendations-3-text": "note the report", "sections-7-heading": "Risk"})
    press(desk, "Save")
    reads(desk, "Recommendation 4")
    reads(desk, "note the report")
