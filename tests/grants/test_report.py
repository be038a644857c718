"""The report: what counts where, and where each line leads."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import clock
from decisions import actions as deciding
from decisions.rules.paper import year_of
from grants import actions
from grants.report import Sums, atoms, grouped
from tests.factories import grants, papers
from tests.factories.people import an_officer

pytestmark = pytest.mark.django_db


def read(client: Client, **query: str | int) -> str:
    """Return what the report shows, its blanks made one."""
    response = client.get(reverse("money_report"), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def sums_by(by: str) -> dict[str, Sums]:
    return {group.label: group.sums for group in grouped(atoms(), by)}


# ---------------------------------------------------------------- years and funders


def test_spend_counts_in_the_year_of_its_receipt_and_what_is_left_in_none() -> None:
    today = clock.today()
    next_year = date(year_of(today) + 1, 4, 1)
    pot = grants.an_allocation("1000.00", period_end=next_year + timedelta(days=9))
    grants.a_line("100.00", allocation=pot)
    grants.a_line("30.00", allocation=pot, stage="commitment", received_on=next_year)
    sums = sums_by("year")
    year, after = (f"{one}/{(one + 1) % 100:02d}" for one in (year_of(today), next_year.year))
    assert sums[year].money.spent == Decimal("100.00")
    assert sums[after].money.committed == Decimal("30.00")
    assert sums["No single year"].money.left == Decimal("870.00")


def test_what_a_decision_divides_among_years_counts_in_each() -> None:
    draft = papers.a_draft()
    row = draft.recommendations.get(number="1")
    years = [(2019, Decimal("400000")), (2020, Decimal("800000"))]
    figures = [deciding.Sum(Decimal("1200000.00"), years=years)]
    words = deciding.RecommendationWords(text=row.text, kind=row.kind, figures=figures)
    deciding.edit_recommendation(recommendation=row, words=words, by=an_officer())
    papers.signed(papers.again(draft))
    found = {label: sums.authorised for label, sums in sums_by("year").items()}
    assert found == {"2020/21": Decimal("800000.00"), "2019/20": Decimal("400000.00")}


def test_what_awaits_authority_is_of_its_funder_and_under_no_decision() -> None:
    grants.a_waiting_line("77.00")
    assert sums_by("funder")["Home Office"].awaiting == Decimal("77.00")
    assert sums_by("decision")["Under no decision yet"].awaiting == Decimal("77.00")


# ---------------------------------------------------------------- the page


def test_each_line_leads_down(officer: Client) -> None:
    decision = grants.an_allocation("1000.00").decision
    page = read(officer, by="decision")
    assert f'href="/decisions/{decision.slug}/#money"' in page
    assert f'href="/grants/programmes/{decision.slug}/"' in read(officer)
    assert f"by=decision&amp;funder={decision.funder_id}" in read(officer, by="funder")


def test_it_is_narrowed_to_a_funder(officer: Client) -> None:
    grants.an_allocation("1000.00")
    actions.record_awaiting(
        funder=grants.an_organisation("The Fund"),
        spend=grants.a_spend("77.00"),
        why="It ran.",
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )
    page = read(officer, funder=grants.an_organisation("The Fund").pk)
    assert "£77" in page
    assert "£1,000" not in page


def test_more_money_takes_no_more_queries(officer: Client) -> None:
    pot = grants.an_allocation("1000.00")
    grants.a_line("1.00", allocation=pot)
    with CaptureQueriesContext(connection) as few:
        read(officer, by="year")
    papers.signed()
    grants.a_line("2.00", allocation=grants.an_allocation("9.00", decision=pot.decision))
    with CaptureQueriesContext(connection) as more:
        read(officer, by="year")
    assert len(more) == len(few)
