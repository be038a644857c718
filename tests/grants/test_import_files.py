"""Files of many lines: read by cell, whatever program wrote them, and every fault named."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from audit import clock
from grants.importers.cells import Unreadable
from grants.importers.values import sum_in
from grants.models import Allocation, ImportRow
from tests.factories.imports import (
    HEADINGS,
    a_row,
    faults,
    staged,
)

pytestmark = pytest.mark.django_db


def a_workbook(allocation: Allocation) -> bytes:
    """Return a workbook with headings in row 3, merged and hidden cells, an error and a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "April"
    sheet["A1"] = "Spending of April"
    today = clock.today()
    head = ["Allocation", "Received", "Payee", "Purpose", "Category", "Net"]
    for n, word in enumerate(head, start=1):
        sheet.cell(3, n, word)
    for row, net in enumerate((10.1, "£1,000.00-", "#REF!", 20), start=4):
        cells = [allocation.reference, today, "Harbour Ltd", "Training", "Training", net]
        for n, value in enumerate(cells, start=1):
            sheet.cell(row, n, value)
    sheet["F6"].data_type = "e"
    for row in (5, 6, 7):
        sheet.cell(row, 3).value = None
    sheet.merge_cells("C4:C7")
    sheet.row_dimensions[7].hidden = True
    sheet["A8"], sheet["F8"] = "Total", 30.1
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_grt_33_a_workbook_is_read_by_cell(allocation: Allocation) -> None:
    one = staged(a_workbook(allocation), "april.xlsx")
    assert faults(one) == [("F5", "GRT-39"), ("F6", "GRT-33")]
    read = ImportRow.objects.filter(spending_import=one).values_list("place", "kind", "note")
    assert list(read) == [
        ("April!1", "listed", "Above the headings"),
        ("April!3", "listed", "The headings"),
        ("April!4", "line", ""),
        ("April!5", "line", ""),
        ("April!6", "line", ""),
        ("April!7", "line", "A hidden row"),
        ("April!8", "listed", "A total, no line"),
    ]


def test_a_merged_cell_is_meant_in_each_of_its_rows(allocation: Allocation) -> None:
    one = staged(a_workbook(allocation), "april.xlsx")
    assert set(one.rows.filter(kind="line").values_list("payee", flat=True)) == {"Harbour Ltd"}


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Mai">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def ods_cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def an_ods(*rows: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        file.writestr("content.xml", ODS.format("".join(rows)))
    return packed.getvalue()


def test_an_open_document_is_read_by_cell(allocation: Allocation) -> None:
    head = ("Allocation", "Received", "Payee", "Purpose", "Category", "Net", "VAT")
    day = f'office:value-type="date" office:date-value="{clock.today()}T00:00:00"'
    first = [ods_cell(allocation.reference), ods_cell("", day)]
    rest = ods_cell("Training", 'table:number-columns-repeated="2"')
    payee = ods_cell("Harbour Ltd", 'table:number-rows-spanned="3"')
    covered = "<table:covered-table-cell/>"
    number = 'office:value-type="float" office:value="{}"'
    broken = 'table:formula="of:=1/0" office:value-type="string" office:string-value=""'
    unknown = '<table:table-cell table:formula="of:=[.B2]"/>'
    one = staged(
        an_ods(
            ods_row(ods_cell("")),
            ods_row('<table:table-cell table:number-columns-repeated="1024"/>',
                    attributes='table:number-rows-repeated="2"'),
            ods_row(*map(ods_cell, head)),
            ods_row(*first, payee, rest, ods_cell("£10.10", number.format("10.1"))),
            ods_row(*first, covered, rest, ods_cell("5", number.format("5")),
                    ods_cell("#DIV/0!", broken)),
            ods_row(*first, covered, rest, unknown, attributes='table:visibility="collapse"'),
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>',
        ),
        "mai.ods",
    )  # fmt: skip
    assert faults(one) == [("G6", "GRT-33"), ("F7", "GRT-33")]
    right = one.rows.filter(kind="line").values_list("place", "payee", "net", "note")
    assert list(right) == [
        ("Mai!5", "Harbour Ltd", Decimal("10.10"), ""),
        ("Mai!6", "Harbour Ltd", Decimal("5.00"), ""),
        ("Mai!7", "Harbour Ltd", None, "A hidden row"),
    ]


def test_an_open_document_repeats_no_row_without_end(allocation: Allocation) -> None:
    row = ods_row(ods_cell("x"), attributes='table:number-rows-repeated="1048576"')
    head = ods_row(*map(ods_cell, HEADINGS.strip().split(",")))
    with pytest.raises(Unreadable, match="more than 150,000 rows"):
        staged(an_ods(head, row), "long.ods")


def test_a_file_that_unpacks_to_very_much_is_refused() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * 300_000_000)
    with pytest.raises(Unreadable, match="more than is read"):
        staged(packed.getvalue(), "bomb.xlsx")


def test_grt_39_a_credit_is_shown_with_the_way_on(allocation: Allocation) -> None:
    one = staged(HEADINGS + a_row(allocation, "5.00-"))
    assert faults(one) == [("F2", "GRT-39")]


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("1,234.56-", "-1234.56"),
        ("(1,234.56)", "-1234.56"),
        ("£1,234", "1234.00"),
        ("1.234,56", "1234.56"),
        ("12.345", None),
        ("1,23,4", None),
        ("12 CR", "-12.00"),
    ],
)
def test_sums_are_read_as_people_and_sap_write_them(typed: str, pounds: str | None) -> None:
    found = sum_in(typed)
    assert (str(found) if found is not None else None) == pounds


# ---------------------------------------------------------------- forty faults

WRONG: list[tuple[str, str, dict[str, str]]] = [
    ("A", "GRT-35", {"allocation": ""}),
    ("A", "GRT-35", {"allocation": "PCD 1 allocation 99"}),
    ("A", "GRT-33", {"allocation": "#REF!"}),
    ("A", "GRT-33", {"allocation": "#N/A"}),
    *(
        ("B", "GRT-34", {"received": text})
        for text in ("", "soon", "31.02.2020", "2020", "13/13/2020")
    ),
    ("B", "GRT-33", {"received": "#VALUE!"}),
    ("B", "GRT-13", {"received": "{tomorrow}"}),
    ("B", "GRT-05", {"received": "{before}"}),
    ("B", "GRT-05", {"received": "01.04.2001"}),
    ("C", "GRT-34", {"payee": ""}),
    ("C", "GRT-34", {"payee": "x" * 201}),
    ("C", "GRT-33", {"payee": "#NAME?"}),
    ("D", "GRT-34", {"purpose": ""}),
    ("D", "GRT-34", {"purpose": "x" * 301}),
    ("D", "GRT-33", {"purpose": "#DIV/0!"}),
    ("E", "GRT-35", {"category": ""}),
    ("E", "GRT-35", {"category": "Sundries"}),
    ("E", "GRT-33", {"category": "#NULL!"}),
    *(("F", "GRT-34", {"net": text}) for text in ('""', "ten", "1.005", "1e5", '"1,00,0"', "£")),
    ("F", "GRT-33", {"net": "#NUM!"}),
    ("F", "GRT-14", {"net": "0.00"}),
    ("F", "GRT-39", {"net": "5.00-"}),
    ("F", "GRT-39", {"net": "(5.00)"}),
    ("F", "GRT-07", {"net": "5000.00"}),
    ("G", "GRT-34", {"vat": "some"}),
    ("G", "GRT-33", {"vat": "#REF!"}),
    ("G", "GRT-18", {"net": "1.00", "vat": "5.00"}),
    ("H", "GRT-34", {"gross": "all"}),
    ("H", "GRT-08", {"net": "1.00", "gross": "1.10"}),
    ("I", "GRT-34", {"item": "7"}),
    ("I", "GRT-36", {"document": "19", "item": "1"}),
]


def test_forty_planted_faults_are_named_by_cell_and_nothing_else(allocation: Allocation) -> None:
    days = {
        "{tomorrow}": f"{clock.today() + timedelta(days=1):%d.%m.%Y}",
        "{before}": f"{clock.today() - timedelta(days=1):%d.%m.%Y}",
    }
    text = HEADINGS + a_row(allocation, "1.00", document="19", item="1")
    expected = []
    for n, (column, rule, cells) in enumerate(WRONG):
        net = cells.get("net", "1.00").strip('"')
        rest = {key: days.get(value, value) for key, value in cells.items() if key != "net"}
        text += a_row(allocation, net, **rest) + a_row(allocation, "0.50")
        expected.append((f"{column}{3 + 2 * n}", rule))
    assert len(expected) == 40
    assert faults(staged(text)) == expected


def test_grt_76_a_row_that_was_not_paid_is_named_with_the_way_on(allocation: Allocation) -> None:
    rows = [
        a_row(allocation, "1.00", item=stage) for stage in ("Paid", "Commitment", "Accrual", "")
    ]
    one = staged(HEADINGS.replace("Item", "Stage") + "".join(rows))
    assert faults(one) == [("J3", "GRT-76"), ("J4", "GRT-76")]
