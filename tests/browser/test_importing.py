"""A published page becomes a draft: pasted, compared, corrected, saved."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.browser.steps import does_not_read, fill, follow, go, open_all, press, reads
from tests.decisions.importers import word_files
from tests.decisions.importers.pages import page
from tests.factories import papers
from tests.factories.people import an_officer


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_published_page_becomes_a_draft(seat: Seat, scripts: bool) -> None:
    papers.a_series()
    desk = seat(an_officer(), java_script_enabled=scripts)
    go(desk, "/decisions/")
    follow(desk, "Import a decision")
    press(desk, "Read the paper")
    reads(desk, "Choose a Word document, or paste the words of a paper")
    fill(desk, text=page("bulleted"))
    press(desk, "Read the paper")
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
    press(desk, "Read the paper")
    open_all(desk)
    fill(desk, **{"recommendations-3-text": "note the report", "sections-7-heading": "Risk"})
    press(desk, "Save")
    reads(desk, "Recommendation 4")
    reads(desk, "note the report")


def test_a_word_document_becomes_a_draft(seat: Seat, tmp_path: Path) -> None:
    papers.a_series()
    desk = seat(an_officer())
    go(desk, "/decisions/new/")
    follow(desk, "Upload the document")
    file = tmp_path / "paper.docx"
    file.write_bytes(word_files.saved(word_files.a_paper()))
    desk.page.locator("[name='file']").set_input_files(file)
    press(desk, "Read the paper")
    open_all(desk)
    reads(desk, "Deleted in Word: four quays.")
    desk.look()
    press(desk, "Save")
    reads(desk, "PCD 9801 was imported as a draft.")
    reads(desk, "The harbour has three quays.")
    follow(desk, "a table")
    press(desk, "Add a row")
    cells = ("Year", "Boats", "2019/20", "2", "", "", "2020/21", "3")
    fill(desk, **{f"text-{n // 2}-{n % 2}": cell for n, cell in enumerate(cells)})
    press(desk, "Save")
    reads(desk, "Table added.")
    does_not_read(desk, "Split paragraph 1.1")
    press(desk, "Join paragraph 1.1 with the next")
    reads(desk, "Joined; the section is numbered anew.")
    follow(desk, "Remove paragraph 1.1")
    press(desk, "Remove")
    follow(desk, "Bring it back")
    press(desk, "Bring it back")
    reads(desk, "The harbour has three quays. Each has:")


PASTE = """([markup, words]) => {
  const box = document.querySelector("[name='text']");
  const held = new DataTransfer();
  held.setData("text/html", markup);
  box.focus();
  box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: held, bubbles: true}));
  document.execCommand("insertText", false, words);
}"""


def test_a_paste_keeps_its_numbers_until_it_is_changed(seat: Seat) -> None:
    desk = seat(an_officer())
    go(desk, "/decisions/import/")
    markup = desk.page.locator("[name='markup']")
    desk.page.evaluate(PASTE, ["<ol><li>accept it</li></ol>", "accept it"])
    expect(markup).to_have_value("<ol><li>accept it</li></ol>")
    desk.page.locator("[name='text']").press("End")
    desk.page.keyboard.type("!")
    expect(markup).to_have_value("")
