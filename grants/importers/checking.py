"""Rows held against the rules, cell by cell: what can be recorded, and what is wrong where."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice

from audit.words import day, money, period
from grants.actions.imports import StagedRow
from grants.importers.cells import Row, Sheet, Value, letters_of
from grants.importers.grounds import Ground, Grounds
from grants.importers.layout import FIELDS, Headings, begun
from grants.importers.recognising import Keyed
from grants.importers.values import (
    category_in,
    day_in,
    is_error,
    said,
    sum_in,
    text_in,
    yes_in,
)
from grants.importers.withholding import read_withheld
from grants.models import (
    NOUGHT,
    Category,
    LineStage,
    RowKind,
    SpendingLine,
    shown_for,
)
from grants.rules import BOOK, has_happened, is_after_signature, recovers_only_vat
from grants.rules_of_imports import is_no_credit, is_of_an_actual

SUBTOTAL = re.compile(
    r"(?:grand |sub|sub-|sub )?totals?\b|sum of\b|sum:|(?:carried|brought) forward\b|balance\b",
    re.I,
)
BATCH = 1_000
DAYS, SUMS = ("received_on", "paid_on"), ("net", "vat", "gross")
WORDS = ("payee", "purpose", "cost_centre", "subjective_code", "invoice_number", "po_number")
NEEDED_WORDS = ("payee", "purpose")


@dataclass(slots=True)
class _Reading:
    """One row while it is read: its cells by field, and what was found wrong."""

    row: Row
    sheet: str
    places: dict[str, int]
    staged: StagedRow
    bad: set[str] = field(default_factory=set)
    closed: dict[str, str] = field(default_factory=dict)
    by_field: dict[str, Value] = field(default_factory=dict)

    def lay_out(self, places: dict[str, int]) -> None:
        """Find the cell of each field that has a column."""
        cells = self.row.cells
        self.places, most = places, len(cells)
        self.by_field = {
            name: cells[place - 1] for name, place in places.items() if 0 < place <= most
        }

    def cell(self, name: str) -> Value:
        """Return the cell of a field; None where it has no column."""
        return self.by_field.get(name)

    def fault(self, name: str, code: str, detail: str) -> None:
        """Note what is wrong in the cell of a field, by the rule that it breaks."""
        self.bad.add(name)
        rule = BOOK.rules[code]
        column = letters_of(self.places[name]) if name in self.places else ""
        self.staged.faults.append(
            {
                "sheet": self.sheet,
                "row": self.row.number,
                "column": column,
                "field": FIELDS[name].label,
                "value": said(self.cell(name))[:100],
                "rule": code,
                "problem": detail or rule.text,
                "remedy": rule.clears,
            }
        )

    def first(self, *names: str) -> str:
        """Return the first of several fields that has a column."""
        for name in names:
            if name in self.places:
                return name
        return names[0]


def rows_of(
    sheets: Iterable[Sheet], columns: dict[str, str], shape: str, ground: Grounds
) -> Iterator[StagedRow]:
    """Yield every row of a file that holds something, as it is to be staged."""
    seen: dict[tuple[str, str], str] = {}
    keyed = Keyed()
    for sheet in sheets:
        for batch in _batches(_of_sheet(sheet, columns, shape, ground)):
            _mark_held(batch, seen)
            keyed.recognise(one.staged for one in batch if one.staged.kind == RowKind.LINE)
            for reading in batch:
                yield _finished(reading, ground)


def _batches(readings: Iterator[_Reading]) -> Iterator[list[_Reading]]:
    while batch := list(islice(readings, BATCH)):
        yield batch


def _of_sheet(
    sheet: Sheet, columns: dict[str, str], shape: str, ground: Grounds
) -> Iterator[_Reading]:
    first, headings = begun(sheet.rows)
    rows = (row for row in chain(first, sheet.rows) if not row.is_empty)
    is_same = headings is not None and headings.shape == shape
    places = headings.places(columns) if headings else {}
    for row in rows:
        reading = _Reading(row, sheet.name, {}, StagedRow(place_of(sheet.name, row.number)))
        if headings is None or not is_same:
            _list(reading, "A sheet with other headings")
        elif row.number <= headings.row:
            _list(reading, "The headings" if row.number == headings.row else "Above the headings")
        elif _repeats(row, headings):
            _list(reading, "The headings again")
        else:
            reading.lay_out(places)
            _read(reading, ground)
        yield reading


def place_of(sheet: str, row: int) -> str:
    """Return where people find a row: "Sheet1!12", or "12" where a file has no sheets."""
    return f"{sheet}!{row}" if sheet else str(row)


def _list(reading: _Reading, note: str) -> None:
    reading.staged.kind, reading.staged.note = RowKind.LISTED, note


def _repeats(row: Row, headings: Headings) -> bool:
    if not headings.words or said(row.cells[0]).strip() != headings.words[0]:
        return False
    words = [said(cell).strip() for cell in row.cells]
    while words and not words[-1]:
        words.pop()
    return tuple(words) == headings.words


def _is_subtotal(reading: _Reading) -> bool:
    if reading.cell("received_on") not in (None, ""):
        return False
    texts = [cell for cell in reading.row.cells if isinstance(cell, str) and cell.strip()]
    return any(SUBTOTAL.match(text.strip()) for text in texts)


def _is_remark(reading: _Reading) -> bool:
    """Whether one cell alone says something in words, as notes under a table do."""
    filled = (cell for cell in reading.row.cells if cell not in (None, ""))
    first, second = next(filled, None), next(filled, None)
    return second is None and isinstance(first, str) and sum_in(first) is None


def _read(reading: _Reading, ground: Grounds) -> None:
    if _is_subtotal(reading):
        return _list(reading, "A total, no line")
    if _is_remark(reading) and not is_error(next(c for c in reading.row.cells if c)):
        return _list(reading, "A remark, no line")
    for name, cell in reading.by_field.items():
        if is_error(cell):
            reading.fault(name, "GRT-33", "")
    _read_stage(reading)
    _read_days(reading)
    _read_words(reading)
    _read_sums(reading)
    _read_sap(reading)
    _read_charge(reading, ground)
    read_withheld(reading)
    return None


def _read_stage(reading: _Reading) -> None:
    text = text_in(reading.cell("stage"))
    if "stage" not in reading.bad and not is_of_an_actual(text):
        reading.fault("stage", "GRT-76", f"“{text[:40]}” is not what was paid.")


def _read_days(reading: _Reading) -> None:
    for name in DAYS:
        cell = reading.cell(name)
        if cell in (None, ""):
            if name == DAYS[0] and name not in reading.bad:
                reading.fault(name, "GRT-34", "The date is missing.")
            continue
        found = day_in(cell)
        if found is None and name not in reading.bad:
            reading.fault(name, "GRT-34", "This is no date.")
        setattr(reading.staged, name, found)


def _read_words(reading: _Reading) -> None:
    for name in WORDS:
        cell, most = reading.cell(name), FIELDS[name].most
        if name in reading.bad or (cell in (None, "") and name not in NEEDED_WORDS):
            continue
        text = text_in(cell)
        if not text and name in NEEDED_WORDS:
            reading.fault(name, "GRT-34", f"{FIELDS[name].label} is missing.")
        elif len(text) > most:
            reading.fault(name, "GRT-34", f"This is longer than {most} characters.")
        else:
            setattr(reading.staged, name, text)


def _read_sums(reading: _Reading) -> None:
    for name in SUMS:
        cell = reading.cell(name)
        if name in reading.bad or cell in (None, ""):
            continue
        found = sum_in(cell)
        if found is None:
            reading.fault(name, "GRT-34", "This is no sum in pounds and whole pence.")
        else:
            setattr(reading.staged, name, found)
    if text_in(reading.cell("is_vat_recovered")):
        recovered = yes_in(reading.cell("is_vat_recovered"))
        if recovered is None and "is_vat_recovered" not in reading.bad:
            reading.fault("is_vat_recovered", "GRT-34", "This is neither yes nor no.")
        reading.staged.is_vat_recovered = bool(recovered)
    if not reading.bad.intersection(SUMS):
        _add_up(reading)


def _add_up(reading: _Reading) -> None:
    row, main = reading.staged, reading.first("net", "gross")
    if row.net is None and row.gross is None:
        return reading.fault(main, "GRT-34", "The sum is missing.")
    for name in SUMS:
        if not is_no_credit(getattr(row, name) or NOUGHT):
            return reading.fault(name, "GRT-39", "")
    row.vat = row.vat or NOUGHT
    row.net = row.net if row.net is not None else (row.gross or NOUGHT) - row.vat
    row.gross = row.gross if row.gross is not None else row.net + row.vat
    row.amount = row.net if row.is_vat_recovered else row.gross
    if row.net + row.vat != row.gross or row.net < 0:
        detail = f"{money(row.net)} and {money(row.vat)} make {money(row.net + row.vat)}."
        return reading.fault(reading.first("gross", "net"), "GRT-08", detail)
    if row.amount == 0:
        return reading.fault(main, "GRT-14", "")
    if row.is_vat_recovered and not recovers_only_vat(row.net, row.vat):
        detail = f"{money(row.vat)} is more than the VAT on {money(row.net)}."
        reading.fault(reading.first("vat", "gross"), "GRT-18", detail)
    return None


def _read_sap(reading: _Reading) -> None:
    row = reading.staged
    row.sap_document = text_in(reading.cell("sap_document"))[: FIELDS["sap_document"].most]
    row.sap_item = text_in(reading.cell("sap_item"))[: FIELDS["sap_item"].most]
    year = text_in(reading.cell("sap_year"))
    if row.sap_document and year:
        row.sap_document = f"{row.sap_document}/{year}"[:40]
    if row.sap_item and not row.sap_document and "sap_document" not in reading.bad:
        reading.fault("sap_document", "GRT-34", "The SAP document number is missing.")


def _read_charge(reading: _Reading, ground: Grounds) -> None:
    on = reading.staged.received_on or ground.today
    reading.staged.ground = _charge(reading, ground, on)
    reading.staged.category = _category(reading, ground, on)


def _charge(reading: _Reading, ground: Grounds, on: date) -> Ground | None:
    name = "allocation" if text_in(reading.cell("allocation")) else "cost_centre"
    name = name if name in reading.places else reading.first("allocation", "cost_centre")
    if name in reading.bad:
        return None
    text = text_in(reading.cell(name))
    find: Callable[[], Ground | None] = (
        (lambda: ground.allocation(text))
        if name == "allocation"
        else (lambda: ground.charged_by(text, on))
    )
    found = find() if text else None
    if found is None:
        what = "allocation" if name == "allocation" else "cost centre or WBS element"
        detail = f"No {what} of this name is known." if text else f"The {what} is missing."
        reading.fault(name, "GRT-35", detail)
    return found


def _category(reading: _Reading, ground: Grounds, on: date) -> str:
    has_own = bool(text_in(reading.cell("category"))) or "subjective_code" not in reading.places
    name = "category" if has_own else "subjective_code"
    if name in reading.bad:
        return ""
    text = text_in(reading.cell(name))
    found = category_in(text) if name == "category" else ground.category_of(text, on)
    if not found:
        what = "category" if name == "category" else "cost element"
        detail = f"No {what} of this name is known." if text else f"The {what} is missing."
        reading.fault(name, "GRT-35", detail)
    return found or ""


# ---------------------------------------------------------------- against what is held


def _mark_held(batch: list[_Reading], seen: dict[tuple[str, str], str]) -> None:
    """Mark what SAP sent before and is held; note an item that the file has twice."""
    items = {one.staged.sap_document for one in batch if one.staged.sap_document}
    held = SpendingLine.objects.filter(
        sap_document__in=items, reverses__isnull=True, reversal__isnull=True
    )
    columns = ("sap_document", "sap_item", "pk", "payee", "purpose")
    known = {(doc, item): rest for doc, item, *rest in held.values_list(*columns)}
    for reading in batch:
        row = reading.staged
        key = (row.sap_document, row.sap_item)
        if not row.sap_document:
            continue
        if key in known:
            pk, row.payee, row.purpose = known[key]  # as the line says, by now withheld perhaps
            row.kind, row.note, row.faults = RowKind.HELD, f"Held as Line {pk}", []
            row.withheld = {}
        elif key in seen:
            reading.fault("sap_document", "GRT-36", f"It stands in {seen[key]} too.")
        else:
            seen[key] = row.place


def _finished(reading: _Reading, ground: Grounds) -> StagedRow:
    row = reading.staged
    if row.kind == RowKind.LINE and row.ground:
        _hold(reading, row.ground, ground.today)
        if not row.faults and row.amount is not None and row.looks_like_id is None:
            row.ground.lefts[row.ground.apart(row.category)] -= row.amount
    if row.kind == RowKind.LISTED or row.faults:
        closed = {reading.places[name]: shown_for(it) for name, it in reading.closed.items()}
        row.cells = {
            letters_of(n): closed.get(n) or said(cell)[:200]
            for n, cell in enumerate(reading.row.cells, start=1)
            if cell not in (None, "")
        }
    if reading.row.is_hidden and not row.note:
        row.note = "A hidden row"
    return row


def _hold(reading: _Reading, found: Ground, today: date) -> None:
    """Hold a row against its allocation: in force, dates, and what is left after those before."""
    charge = reading.first("allocation", "cost_centre")
    place = found.allocation
    if not found.is_in_force:
        reading.fault(charge, "GRT-04", f"{place.decision.reference} is not in force.")
    elif found.is_beyond_letter:
        reading.fault(charge, "GRT-20", "More is allocated than the funder's letter awards.")
    on = reading.staged.received_on if "received_on" not in reading.bad else None
    if on and (wrong := _first_wrong(found, on, today)):
        reading.fault("received_on", *wrong)
    amount, apart = reading.staged.amount, found.apart(reading.staged.category)
    left = found.lefts[apart]
    is_new = reading.staged.looks_like_id is None  # what is held was charged already
    if amount is not None and is_new and not reading.bad and amount > left:
        of = f"{place.reference}, {Category(apart).label.lower()}" if apart else place.reference
        detail = f"{money(amount)} is more than the {money(left)} left of {of}."
        reading.fault(reading.first("net", "gross"), "GRT-26" if apart else "GRT-07", detail)


def _first_wrong(found: Ground, received_on: date, today: date) -> tuple[str, str] | None:
    """Return what is wrong with a day, asked once for each day of a file."""
    if received_on not in found.days:
        found.days[received_on] = next(_wrong_day(found, received_on, today), None)
    return found.days[received_on]


def _wrong_day(found: Ground, received_on: date, today: date) -> Iterator[tuple[str, str]]:
    place = found.allocation
    if not has_happened(LineStage.ACTUAL, received_on, today):
        yield "GRT-13", f"{day(received_on)} has not come yet."
    if not place.covers(received_on):
        runs = period(place.period_start, place.period_end)
        yield "GRT-05", f"{place.reference} runs {runs}."
    if not is_after_signature(found.decided_on, received_on):
        yield "GRT-06", f"{place.decision.reference} was signed later than {day(received_on)}."
    if (
        found.letter_start
        and found.letter_end
        and not (found.letter_start <= received_on <= found.letter_end)
    ):
        yield "GRT-21", f"The letter runs {period(found.letter_start, found.letter_end)}."
