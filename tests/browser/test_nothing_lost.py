"""Nothing typed is lost: two people at once, a page that was left, a session that ended."""

from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.browser.steps import code_of, fill, follow, go, press, reads
from tests.factories import grants, papers
from tests.factories.people import an_officer
from tests.factories.sign_in import PASSWORD, give_password

MINE = "What must be said of the costs."


def test_two_people_who_amend_one_line_see_both_texts(seat: Seat) -> None:
    line = grants.a_line("100.00", purpose="Licences")
    first, second = seat(grants.a_finance_officer()), seat(grants.a_finance_officer("second"))
    for desk in (first, second):
        go(desk, f"/grants/lines/{line.pk}/amend/")
    fill(second, purpose="Licences for two years")
    press(second, "Save")
    fill(first, purpose="Licences and training", po_number="PO 7")
    press(first, "Save")
    reads(first, "As it stands now")
    fill(first, purpose="Licences for two years, and training")
    press(first, "Save")
    reads(first, "Licences for two years, and training")
    reads(first, "PO 7")


def test_what_was_typed_outlives_the_page_and_the_session(seat: Seat) -> None:
    draft, officer = papers.a_draft(), give_password(an_officer())
    desk = seat(officer)
    paragraph = draft.sections.get(number="2").paragraphs.get()
    place = f"/decisions/{draft.slug}/edit/paragraphs/{paragraph.pk}/"
    go(desk, place)
    fill(desk, text=MINE)
    expect(desk.page.get_by_role("status")).to_contain_text("Kept at")
    desk.look()
    go(desk, "/working-text/")
    follow(desk, "Read and copy it")
    reads(desk, MINE)
    go(desk, place)
    reads(desk, "that was not saved")
    desk.page.get_by_role("button", name="Use it").click()
    expect(desk.page.locator("[name='text']")).to_have_value(MINE)
    desk.page.context.clear_cookies(name="session")
    press(desk, "Save")
    reads(desk, "You were signed out")
    fill(desk, login=officer.email, password=PASSWORD)
    press(desk, "Continue")
    fill(desk, code=code_of(officer))
    press(desk, "Sign in")
    expect(desk.page.locator("[name='text']")).to_have_value(MINE)
    press(desk, "Save")
    reads(desk, MINE)
