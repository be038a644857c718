"""An export of SAP, read to be held against the register: postings, and rows that are none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any

from grants.actions.reconciling import Posting
from grants.importers.cells import Row, Sheet, letters_of
from grants.importers.checking import SUBTOTAL, place_of
from grants.importers.layout import FIELDS, Headings, begun
from grants.importers.values import day_in, is_error, said, sum_in, text_in, yes_in
from grants.models import NOUGHT
from grants.rules import BOOK
from grants.rules_of_reconciling import is_a_posting

NEEDED: tuple[tuple[str, ...], ...] = (("sap_document",), ("net", "gross"))
WORDS = {"payee": "payee", "purpose": "text", "invoice_number": "invoice_number"}


@dataclass
class Postings:
    """What a file holds: postings, rows that are none, and cells that are wrong."""

    found: list[Posting] = field(default_factory=list)
    listed: list[dict[str, str]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)


def missing(columns: dict[str, str]) -> list[str]:
    """Return what an export needs and has no column, in words."""
    return [
        " or ".join(FIELDS[key].label for key in keys)
        for keys in NEEDED
        if not any(columns.get(key) for key in keys)
    ]


def postings_of(sheets: Iterable[Sheet], columns: dict[str, str], shape: str) -> Postings:
    """Return the postings of a file, with every fault of it by cell."""
    made = Postings()
    seen: dict[tuple[str, str], str] = {}
    for sheet in sheets:
        first, headings = begun(sheet.rows)
        places = headings.places(columns) if headings and headings.shape == shape else None
        for row in chain(first, sheet.rows):
            if not row.is_empty:
                _read(made, seen, _Cells(sheet.name, row, places or {}), _why_none(row, headings))
    return made


def _why_none(row: Row, headings: Headings | None) -> str:
    if headings is None:
        return "A sheet without headings"
    if row.number < headings.row:
        return "Above the headings"
    words = [said(cell).strip() for cell in row.cells]
    while words and not words[-1]:
        words.pop()
    return "The headings" if tuple(words) == headings.words else ""


@dataclass
class _Cells:
    """A row with its cells by field."""

    sheet: str
    row: Row
    places: dict[str, int]

    def __getitem__(self, name: str) -> Any:
        place = self.places.get(name, 0)
        return self.row.cells[place - 1] if 0 < place <= len(self.row.cells) else None

    @property
    def place(self) -> str:
        return place_of(self.sheet, self.row.number)

    def text(self, name: str) -> str:
        return text_in(self[name])[: FIELDS[name].most]

    def fault(self, name: str, code: str, detail: str = "") -> dict[str, Any]:
        rule = BOOK.rules[code]
        return {
            "sheet": self.sheet,
            "row": self.row.number,
            "column": letters_of(self.places[name]) if name in self.places else "",
            "field": FIELDS[name].label,
            "value": said(self[name])[:100],
            "rule": code,
            "problem": detail or rule.text,
            "remedy": rule.clears,
        }


def _read(made: Postings, seen: dict[tuple[str, str], str], cells: _Cells, none: str) -> None:
    none = none or ("" if cells.places else "A sheet with other headings") or _no_posting(cells)
    wrong = [] if none else list(_faults(cells))
    amount = NOUGHT if none or wrong else _amount(cells)
    if none or (not wrong and amount == 0):
        says = " · ".join(said(cell)[:60] for cell in cells.row.cells if cell not in (None, ""))
        note = none or "A sum of nought"
        return made.listed.append({"place": cells.place, "note": note, "says": says[:300]})
    document, item = cells.text("sap_document"), cells.text("sap_item")
    if document and (year := text_in(cells["sap_year"])):
        document = f"{document}/{year}"[:40]
    if not wrong and (earlier := seen.setdefault((document, item), cells.place)) != cells.place:
        wrong = [cells.fault("sap_document", "GRT-36", f"It stands in {earlier} too.")]
    if wrong or amount is None:
        return made.faults.extend(wrong)
    on = day_in(cells["posted_on"]) or day_in(cells["received_on"])
    words = {name: cells.text(key) for key, name in WORDS.items()}
    centre = cells.text("cost_centre")
    return made.found.append(
        Posting(cells.place, document, item, on, cost_centre=centre, amount=amount, **words)
    )


def _no_posting(cells: _Cells) -> str:
    texts = [one for one in cells.row.cells if isinstance(one, str) and one.strip()]
    if text_in(cells["sap_document"]):
        return ""
    if any(SUBTOTAL.match(text.strip()) for text in texts):
        return "A total, no posting"
    filled = [one for one in cells.row.cells if one not in (None, "")]
    is_remark = len(filled) == 1 and bool(texts) and not is_error(filled[0])
    return "A remark, no posting" if is_remark and sum_in(filled[0]) is None else ""


def _faults(cells: _Cells) -> Iterator[dict[str, Any]]:
    broken = {name for name in cells.places if is_error(cells[name])}
    yield from (cells.fault(name, "GRT-33") for name in broken)
    if not is_a_posting(text_in(cells["sap_document"]), NOUGHT):
        yield cells.fault("sap_document", "GRT-70", "The SAP document number is missing.")
    for name in ("posted_on", "received_on"):
        if name not in broken and cells[name] not in (None, "") and day_in(cells[name]) is None:
            yield cells.fault(name, "GRT-34", "This is no date.")
    sums = [name for name in ("net", "vat", "gross") if name in cells.places]
    for name in sums:
        if name not in broken and cells[name] not in (None, "") and sum_in(cells[name]) is None:
            yield cells.fault(name, "GRT-34", "This is no sum in pounds and whole pence.")
    if not broken.intersection(sums) and all(cells[n] in (None, "") for n in ("net", "gross")):
        main = next(name for name in ("net", "gross") if name in cells.places)
        yield cells.fault(main, "GRT-70", "The sum is missing.")


def _amount(cells: _Cells) -> Decimal | None:
    """Return what counts: net, and the VAT where the row says that it is not recovered."""
    net, vat, gross = (sum_in(cells[name]) for name in ("net", "vat", "gross"))
    recovered = yes_in(cells["is_vat_recovered"]) if cells["is_vat_recovered"] else True
    if recovered is False:
        return gross if gross is not None else (net or NOUGHT) + (vat or NOUGHT)
    return net if net is not None else (gross or NOUGHT) - (vat or NOUGHT)
