"""The components, and the small conveniences of the scripts, in a browser."""

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.conftest import Seat
from tests.browser.steps import Desk, fill, go
from tests.factories import papers
from tests.factories.people import an_officer

pytestmark = pytest.mark.usefixtures("site")


def test_every_component_is_accessible_and_fits_a_phone(stranger: Desk) -> None:
    go(stranger, "/components/")
    expect(stranger.page.get_by_role("heading", name="recommendation", exact=True)).to_be_visible()


def test_every_component_does_without_scripts(seat: Seat) -> None:
    papers.a_series()
    desk = seat(an_officer(), java_script_enabled=False)
    desk.page.goto("/decisions/new/")
    fill(desk, title="A pilot")
    desk.page.get_by_role("button", name="Begin the paper").click()
    expect(desk.page.get_by_role("heading", name="A pilot")).to_be_visible()


def test_words_that_are_not_saved_are_not_lost_without_asking(seat: Seat) -> None:
    draft = papers.a_draft()
    desk = seat(an_officer())
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    desk.page.on("dialog", agree)
    go(desk, f"/decisions/{draft.slug}/edit/words/")
    fill(desk, title="Not saved yet")
    desk.page.goto("/")
    assert asked == ["beforeunload"]


def test_a_button_pressed_twice_sends_its_form_once(seat: Seat) -> None:
    draft = papers.a_draft()
    desk = seat(an_officer())
    sent: list[str] = []
    desk.page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    go(desk, f"/decisions/{draft.slug}/submit/")
    desk.page.get_by_role("button", name="Submit for advice").dblclick()
    desk.page.wait_for_url("**/decisions/pcd-726/")
    assert len(sent) == 1
