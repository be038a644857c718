"""Forms about one line of spend, and the page that says why it was allowed."""

import pytest
from django.test import Client
from django.urls import reverse

from grants.models import SpendingLine
from tests.factories import grants, papers
from tests.grants.typed import a_file, item, send

pytestmark = pytest.mark.django_db


def line_page(name: str, line: SpendingLine) -> str:
    return reverse(name, args=[line.pk])


def reason() -> dict[str, str]:
    return {"form_key": str(papers.a_key()), "reason": "Entered twice."}


def test_a_part_of_a_commitment_is_converted(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    line = grants.a_line("100.00", allocation=allocation, stage="commitment")
    send(officer, line_page("line_convert", line), item("60", is_last="no"))
    assert grants.balances_of(allocation) == {
        "left": "900.00",
        "committed": "40.00",
        "paid": "60.00",
    }


def test_a_conversion_begins_with_the_line(officer: Client) -> None:
    line = grants.a_line("100.00", stage="commitment", po_number="PO 7")
    page = officer.get(line_page("line_convert", line)).content.decode()
    assert 'value="PO 7"' in page
    assert "Commitment</label>" not in page


def test_the_rest_of_a_commitment_is_released(officer: Client) -> None:
    line = grants.a_line("100.00", stage="commitment")
    page = send(officer, line_page("line_release", line), reason())
    assert "Released." in page
    assert "Nothing is left of" in page


def test_a_line_is_reversed_and_says_by_what(officer: Client) -> None:
    line = grants.a_line("100.00")
    page = send(officer, line_page("line_reverse", line), reason())
    assert f'Reverses <a class="govuk-link" href="{line_page("line_detail", line)}"' in page
    assert "Entered twice." in page


def test_reversing_twice_by_one_form_reverses_once(officer: Client) -> None:
    line, typed = grants.a_line("100.00"), reason()
    send(officer, line_page("line_reverse", line), typed)
    assert "Reversal" in send(officer, line_page("line_reverse", line), typed)


def test_a_reversal_without_a_reason_is_refused(officer: Client) -> None:
    line = grants.a_line("100.00")
    page = send(officer, line_page("line_reverse", line), {**reason(), "reason": " "})
    assert "There is a problem" in page
    assert SpendingLine.objects.count() == 1


def test_an_amendment_shows_old_and_new(officer: Client) -> None:
    line = grants.a_line("100.00", po_number="PO 1")
    place = line_page("line_amend", line)
    seen = officer.get(place).context["form"].shown
    typed = {"purpose": line.purpose, "po_number": "PO 2", "seen": seen, "file": a_file()}
    page = send(officer, place, typed)
    assert "<del>PO 1</del> → <ins>PO 2</ins>" in page
    assert "invoice.pdf" in page


def test_what_awaited_authority_is_charged_once_covered(officer: Client) -> None:
    line = grants.a_waiting_line("100.00")
    allocation = grants.an_allocation("1000.00", period_start=grants.days_ago(9))
    typed = {"form_key": str(papers.a_key()), "allocation": allocation.pk}
    page = send(officer, line_page("line_cover", line), typed)
    assert "Charged to the allocation." in page
    assert grants.balances_of(allocation) == {"left": "900.00", "paid": "100.00"}


def test_where_nothing_covers_the_day_the_page_says_so(officer: Client) -> None:
    line = grants.a_waiting_line(received_on=grants.days_ago(900))
    grants.an_allocation()
    page = officer.get(line_page("line_cover", line)).content.decode()
    assert "No allocation covers that day" in page


@pytest.mark.parametrize("name", ["line_detail", "line_why", "line_evidence", "line_reverse"])
def test_a_line_that_is_not_there_is_not_found(officer: Client, name: str) -> None:
    assert officer.get(reverse(name, args=[999])).status_code == 404


# ---------------------------------------------------------------- why was this allowed?


def test_a_line_walks_back_to_the_signature(officer: Client) -> None:
    line = grants.a_line("100.00")
    page = officer.get(line_page("line_why", line)).content.decode()
    document = line.allocation.decision.documents.public().get() if line.allocation else None
    assert document is not None
    for words in (
        "PCD 726 allocation 1",
        "accept up to £1.2 million",
        "Approved",
        document.sha256,
        "signed PCD 726",
        "allocated £1,000 as PCD 726 allocation 1",
        f"recorded {line.reference}",
    ):
        assert words in page, words


def test_a_drawn_sum_shows_what_it_was_drawn_from(officer: Client) -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    allocation = grants.an_allocation("100.00", decision=decision, number="2")
    line = grants.a_line("1.00", allocation=allocation)
    page = officer.get(line_page("line_why", line)).content.decode()
    assert "Its sum is drawn out of" in page
    assert "accept up to £1.2 million" in page


def test_a_waiting_line_says_that_nothing_allows_it_yet(officer: Client) -> None:
    line = grants.a_waiting_line()
    page = officer.get(line_page("line_why", line)).content.decode()
    assert "It has not been allowed yet" in page


def test_why_says_nothing_of_part_2(officer: Client) -> None:
    decision = papers.signed(papers.with_part_2(grants.a_funded_paper()))
    line = grants.a_line("1.00", allocation=grants.an_allocation(decision=decision))
    page = officer.get(line_page("line_why", line)).content.decode()
    assert papers.SECRET not in page
