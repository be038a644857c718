"""Tables as files: what they state, what they come to, and that no cell is a formula."""

import csv
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from audit import clock
from grants import actions
from grants.exporters import tables
from grants.exporters.csv_file import written
from grants.models import Allocation
from grants.months import year_of
from grants.search import totals
from grants.views.exports import TABLES
from tests.factories import claims, grants, imports, months, reconciling
from tests.factories.reconciling import a_posting

pytestmark = pytest.mark.django_db

TEMPLATES = sorted((settings.BASE_DIR / "templates" / "grants").glob("*.html"))
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1")


def sent(client: Client, table: str, ending: str, **query: str) -> bytes:
    response: Any = client.get(reverse("money_export", args=[table, ending]), query)
    assert response.status_code == 200
    return b"".join(response)


def rows_of(client: Client, table: str, **query: str) -> list[list[str]]:
    """Return the rows of a CSV file, what it is of first."""
    return list(csv.reader(StringIO(sent(client, table, "csv", **query).decode("utf-8-sig"))))


def listed(client: Client, table: str, **query: str) -> list[dict[str, str]]:
    """Return the rows under the headings, by heading, the totals last."""
    rows = rows_of(client, table, **query)
    begin = rows.index([])
    return [dict(zip(rows[begin + 1], row, strict=True)) for row in rows[begin + 2 :]]


# ---------------------------------------------------------------- what a file states


def test_it_states_its_filters_its_moment_and_its_count(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    about = dict(
        row for row in rows_of(officer, "allocations", decision="PCD 726") if len(row) == 2
    )
    assert about["Decision"] == "PCD 726"
    assert about["Rows"] == "1"
    assert about["Read"].endswith(", London time")
    assert listed(officer, "allocations")[0]["Allocation"] == allocation.reference


def test_it_holds_what_its_filters_leave(officer: Client) -> None:
    grants.an_allocation("1000.00")
    assert len(listed(officer, "allocations", decision="PCD 1")) == 1  # the totals


def test_what_is_drawn_out_of_others_is_in_the_totals_once(officer: Client) -> None:
    decision = grants.a_funded_decision(drawn="500.00")
    giver = grants.an_allocation("1000.00", decision=decision)
    grants.an_allocation("500.00", decision=decision, number="2", funded_from=giver)
    *rows, together = listed(officer, "allocations")
    assert [row["Limit"] for row in rows] == ["500.00", "1000.00"]
    assert together["Limit"] == f"{totals(Allocation.objects.all()).limit}" == "1000.00"


def test_an_order_and_its_payment_are_counted_once(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    order = grants.a_line("100.00", allocation=allocation, stage="commitment")
    actions.convert_line(
        line=order,
        spend=grants.a_spend("60.00"),
        is_last=False,
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )
    together = listed(officer, "lines")[-1]
    assert (together["Committed"], together["Paid"], together["Amount"]) == ("40.00", "60.00", "")


def test_a_statement_is_whole_and_ends_at_what_is_left(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    grants.a_line("100.00", allocation=allocation)
    *rows, together = listed(officer, "statement", allocation=allocation.slug)
    assert [row["Left"] for row in rows] == ["900.00", "1000.00"]
    assert (together["Out"], together["In"], together["Left"]) == ("100.00", "1000.00", "900.00")


def test_the_report_is_the_one_of_the_page(officer: Client) -> None:
    grants.an_allocation("1000.00")
    grants.a_waiting_line("77.00")
    together = listed(officer, "report", by="funder")[-1]
    assert (together["Allocated"], together["Awaiting authority"]) == ("1000.00", "77.00")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_table_is_written(officer: Client, ending: str) -> None:
    allocation = grants.an_allocation("1000.00")
    grants.a_line("9.00", allocation=allocation, stage="commitment")
    grants.a_waiting_line("77.00")
    grants.a_plan(allocation, "100.00")
    staged = imports.staged(imports.HEADINGS + imports.a_row(allocation, payee=""))
    query = {"allocation": allocation.slug, "decision": allocation.decision.slug}
    grants.a_line("20.00", allocation=allocation)
    reconciling.load(a_posting("19", "9.00"))
    with months.next_months_second_day():
        claim = claims.drawn_up(allocation.decision)
        statement = reconciling.prepare()
    query["statement"] = f"{statement.pk}"
    query |= {"claim": f"{claim.pk}", "grant": f"{claim.figure_id}", "import": f"{staged.pk}"}
    query["month"] = f"{clock.today():%Y-%m}"
    assert all(sent(officer, table, ending, **query) for table in TABLES)


def test_every_table_of_a_money_page_can_be_taken_away() -> None:
    """Each page offers its tables, but Part 2, rules, and what is within such a page or signed."""
    within = {"_standing.html", "month_close.html", "_money_under.html", "_faults.html"}
    within |= {"withheld_list.html", "money_rules.html", "_expenditure.html"}
    told = {path.name: path.read_text() for path in TEMPLATES}
    with_table = {name for name, text in told.items() if "<table" in text}
    bare = with_table - {name for name, text in told.items() if "export_links" in text} - within
    pages = {name: text for name, text in told.items() if "export_links" in text}
    shown_with = {name for name in bare if any(f"grants/{name}" in text for text in pages.values())}
    assert bare - shown_with == set()


def test_a_claim_is_taken_away_whole(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    lines = [grants.a_line(net, allocation=allocation) for net in ("300.00", "40.00")]
    with months.next_months_second_day():
        claim = claims.submitted(claims.drawn_up(allocation.decision))
        claims.answered(claim, carried=[lines[1].pk])
        *rows, together = listed(officer, "claim", claim=f"{claim.pk}")
        listed_claims = listed(officer, "claims", grant=f"{claim.figure_id}")
    assert [row["What became of it"] for row in rows] == ["Paid", "Carried forward"]
    assert together["Amount"] == "340.00"
    assert [row["Claimed"] for row in listed_claims] == ["340.00", "300.00"]


def test_months_say_how_they_were_closed(officer: Client) -> None:
    grants.a_waiting_line("77.00")
    with months.next_months_second_day():
        months.close()
        *rows, _ = listed(officer, "posted", year=f"{year_of(months.a_month_ago())}")
        *named, together = listed(officer, "exceptions", month=f"{months.a_month_ago():%Y-%m}")
    closed = next(row for row in rows if row["State"] == "Closed")
    assert (closed["Exceptions"], closed["Why its exceptions may stand"]) == (
        "1",
        "They are known.",
    )
    assert (len(named), together["Amount"]) == (1, "77.00")


def test_a_table_that_is_not_there_is_not_found(officer: Client) -> None:
    url = reverse("money_export", args=["everything", "csv"])
    assert officer.get(url).status_code == 404


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize("words", EVIL)
def test_no_cell_of_a_csv_file_begins_a_formula(words: str) -> None:
    assert written(words) == f"'{words}"


def test_money_stays_plain_digits_below_nought_too(officer: Client) -> None:
    line = grants.a_line("100.00", allocation=grants.an_allocation("1000.00"))
    actions.reverse_line(
        line=line, reason="Wrong.", form_key=uuid4(), by=grants.a_finance_officer()
    )
    assert listed(officer, "lines")[0]["Amount"] == "-100.00"


def test_words_stay_words_and_money_a_number_in_a_workbook(officer: Client) -> None:
    grants.an_allocation("1000.00", purpose="=HYPERLINK(1)")
    book = load_workbook(BytesIO(sent(officer, "allocations", "xlsx")))
    heading = [cell.value for cell in book["Table"][1]]
    cells = dict(zip(heading, book["Table"][2], strict=True))
    assert (cells["Purpose"].value, cells["Purpose"].data_type) == ("=HYPERLINK(1)", "s")
    assert (cells["Limit"].value, cells["Limit"].number_format) == (1000, "#,##0.00")


# ---------------------------------------------------------------- length


def a_table(rows: int) -> tables.Table:
    return tables.Table("T", "t", [], [], lambda: rows, lambda: iter([]), list)


def test_a_table_too_long_for_a_workbook_is_refused_with_the_way_on() -> None:
    with pytest.raises(tables.TooLong) as refusal:
        tables.hold_length(a_table(20_001), "xlsx")
    assert "Take the CSV file" in refusal.value.clears
    tables.hold_length(a_table(20_001), "csv")


def test_the_page_offers_its_table_narrowed_as_it_is(officer: Client) -> None:
    made = grants.an_allocation("1000.00")
    page = officer.get(f"/grants/allocations/?q=centre&before={made.pk + 1}").content.decode()
    assert 'href="/grants/exports/allocations.csv?q=centre"' in page
    assert "Up to 200,000 rows as CSV" in page
