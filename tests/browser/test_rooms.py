"""Every kind of person's own pages, looked at with something on them."""

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from tests.browser.conftest import Seat
from tests.browser.steps import Desk, does_not_read, fill, go, open_all, press, reads
from tests.factories import papers
from tests.factories.people import a_decision_maker, a_governance_officer, a_person, an_officer


@pytest.mark.parametrize("role", [Role.PRIVATE_OFFICE, Role.FINANCE_OFFICER, Role.ADVISER])
def test_who_has_nothing_to_do_here_is_told_why(seat: Seat, role: Role) -> None:
    kind = "equality" if role == Role.ADVISER else ""
    decision = papers.endorsed()
    desk = seat(a_person(role.value, role, kind=kind))
    go(desk, "/")
    go(desk, f"/decisions/{decision.slug}/")
    open_all(desk)
    desk.look()
    go(desk, f"/decisions/{decision.slug}/decide/")
    reads(desk, "Only a decision maker may do this")


def test_an_administrator_looks_after_people(seat: Seat) -> None:
    a_decision_maker()
    desk = seat(a_person("administrator", Role.ADMINISTRATOR))
    go(desk, "/people/")
    go(desk, "/people/new/")
    press(desk, "Add the person")
    reads(desk, "There is a problem")
    fill(desk, email="new.officer@people.example", name="New officer")
    press(desk, "Add the person")
    reads(desk, "New officer")
    go(desk, f"{desk.page.url.split('/link')[0].rstrip('/')}/")
    for page in ("name", "link", "roles/new", "close"):
        person = an_officer()
        go(desk, f"/people/{person.pk}/{page}/")


def test_a_governance_officer_records_a_delegation(seat: Seat) -> None:
    maker = a_decision_maker()
    desk = seat(a_governance_officer())
    go(desk, f"/people/{maker.pk}/")
    go(desk, f"/people/{maker.pk}/delegations/new/")


def test_an_officers_own_account(seat: Seat) -> None:
    desk = seat(an_officer())
    for page in ("", "password/", "sessions/", "passkeys/add/", "app/remove/"):
        go(desk, f"/account/{page}")


def test_every_form_of_drafting(seat: Seat) -> None:
    earlier = papers.submitted()
    draft = papers.with_part_2(papers.with_drawn_sum(papers.a_draft()))
    paper = papers.with_replaced_paper(papers.with_shares(draft))
    section = draft.sections.get(number="2")
    desk = seat(an_officer())
    for page in (
        "words",
        "sections/new",
        f"sections/{section.pk}",
        f"paragraphs/{section.paragraphs.latest('pk').pk}",
        f"recommendations/{draft.recommendations.get(number='1').pk}",
        "exemptions/new",
        "links/new",
        "consultations/new",
        "papers/new",
        f"papers/{paper.pk}",
        f"papers/{paper.pk}/replace",
        f"paragraphs/{section.paragraphs.latest('pk').pk}/remove",
    ):
        go(desk, f"/decisions/{draft.slug}/edit/{page}/")
    go(desk, f"/decisions/{draft.slug}/edit/")
    open_all(desk)
    desk.look()
    go(desk, f"/decisions/{draft.slug}/edit/links/new/?q=county+lines")
    reads(desk, earlier.title)
    go(desk, f"/decisions/{draft.slug}/copy/")
    go(desk, f"/decisions/{draft.slug}/part-2/")
    reads(desk, papers.SECRET)


def test_lists_searched_and_filtered(seat: Seat, stranger: Desk) -> None:
    decision = papers.published(papers.with_part_2(papers.a_draft()))
    desk = seat(an_officer())
    go(desk, "/decisions/?q=county+lines&status=published")
    reads(desk, decision.title)
    go(desk, f"/decisions/{decision.slug}/history/")
    go(stranger, "/register/?q=county")
    reads(stranger, decision.title)
    go(stranger, f"/register/?q={papers.SECRET.split()[0]}")
    does_not_read(stranger, decision.title)
    go(stranger, "/nowhere/")
    reads(stranger, "Page not found")


def test_an_audit_trail_filtered_by_person(seat: Seat) -> None:
    papers.submitted()
    desk = seat(a_person("auditor", Role.AUDITOR))
    go(desk, "/audit/?by=officer")
    open_all(desk)
    desk.look()
    reads(desk, "Officer")
    go(desk, "/audit/?since_day=99&since_month=1&since_year=2026")
    reads(desk, "There is a problem")


def test_a_decision_prints_without_menus_and_buttons(seat: Seat) -> None:
    decision = papers.signed()
    desk = seat(a_governance_officer())
    go(desk, f"/decisions/{decision.slug}/")
    desk.page.emulate_media(media="print")
    expect(desk.page.locator("h1")).to_be_visible()
    furniture = desk.page.locator("nav, button, form, .govuk-button, .govuk-skip-link")
    assert [each.inner_text() for each in furniture.all() if each.is_visible()] == []
