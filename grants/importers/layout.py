"""Where the headings of a sheet stand, and which column is which field."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from grants.importers.cells import Row, Value
from grants.importers.values import said

LOOKED_THROUGH = 60  # rows
ENOUGH = 3  # headings that are known


@dataclass(frozen=True)
class Field:
    """A field of a line: its label, what columns of it are often called, its longest text."""

    label: str
    names: tuple[str, ...]
    most: int = 0


FIELDS: dict[str, Field] = {
    "allocation": Field("Allocation", ("allocation reference",)),
    "received_on": Field(
        "Date of receipt",
        ("received on", "received", "date received", "receipt date", "goods receipt date",
         "delivery date", "document date", "date"),
    ),
    "stage": Field("Stage", ("line stage", "posting stage")),
    "paid_on": Field("Date of payment", ("paid on", "date paid", "payment date", "clearing date")),
    "posted_on": Field("Posting date", ("posted on", "pstng date", "date posted")),
    "payee": Field("Payee", ("supplier", "vendor", "vendor name", "supplier name"), 200),
    "purpose": Field("Purpose", ("description", "text", "line text", "item text", "details"), 300),
    "category": Field("Category", ("spend category",)),
    "net": Field(
        "Net", ("net amount", "amount", "amount in local currency", "amount in lc", "amount £")
    ),
    "vat": Field("VAT", ("vat amount", "tax", "tax amount")),
    "gross": Field("Gross", ("gross amount", "total", "total amount")),
    "is_vat_recovered": Field("VAT recovered", ("vat is recovered", "recoverable")),
    "cost_centre": Field(
        "Cost centre or WBS", ("cost centre", "cost center", "wbs", "wbs element"), 40
    ),
    "subjective_code": Field(
        "Cost element", ("subjective code", "g/l account", "gl account", "account"), 40
    ),
    "invoice_number": Field("Invoice number", ("invoice", "invoice no", "reference"), 60),
    "po_number": Field("PO number", ("po", "purchase order", "purchasing document"), 60),
    "sap_document": Field(
        "SAP document number", ("document number", "document no", "documentno", "sap document"), 30
    ),
    "sap_item": Field("SAP item", ("item", "line item", "posting item"), 20),
    "withheld": Field("Withhold", ("withheld", "part 2")),
    "ground": Field("Ground", ("ground for withholding", "exemption")),
    "sap_year": Field("SAP fiscal year", ("fiscal year",), 4),
}  # fmt: skip

NEEDED: tuple[tuple[str, ...], ...] = (
    ("received_on",),
    ("payee",),
    ("purpose",),
    ("net", "gross"),
    ("allocation", "cost_centre"),
    ("category", "subjective_code"),
)
TEMPLATE = (
    "allocation", "received_on", "paid_on", "payee", "purpose", "category", "net", "vat", "gross",
    "is_vat_recovered", "cost_centre", "subjective_code", "invoice_number", "po_number",
    "withheld", "ground",
)  # fmt: skip


def plain(heading: Value) -> str:
    """Return a heading as headings are compared: letters and figures in lower case."""
    return " ".join(re.sub(r"[^a-z0-9£/]+", " ", said(heading).lower()).split()).strip(" /")


_KNOWN = {plain(name): key for key, one in FIELDS.items() for name in (key, one.label, *one.names)}


@dataclass(frozen=True)
class Headings:
    """The headings of a sheet: the row they stand in, and their words from column A on."""

    row: int
    words: tuple[str, ...]

    @property
    def shape(self) -> str:
        """The SHA-256 over the words: files of one source have the same."""
        return sha256("\n".join(map(plain, self.words)).encode()).hexdigest()

    def guessed(self) -> dict[str, str]:
        """Return for each field that a heading names outright that heading."""
        found: dict[str, str] = {}
        for word in self.words:
            key = _KNOWN.get(plain(word))
            if key and key not in found:
                found[key] = word
        return found

    def places(self, columns: dict[str, str]) -> dict[str, int]:
        """Return the number of the column of each field, by its heading."""
        by_word = {
            plain(word): n for n, word in reversed([*enumerate(self.words, start=1)]) if word
        }
        return {
            key: by_word[plain(word)] for key, word in columns.items() if plain(word) in by_word
        }


def headings_of(rows: Sequence[Row]) -> Headings | None:
    """Return the headings among the first rows: the row that names the most known columns."""
    best: tuple[int, Headings] | None = None
    for row in rows:
        words = tuple(said(cell).strip() for cell in row.cells)
        while words and not words[-1]:
            words = words[:-1]
        known = len({_KNOWN[plain(word)] for word in words if plain(word) in _KNOWN})
        if known >= ENOUGH and (best is None or known > best[0]):
            best = known, Headings(row.number, words)
    if best is None:
        wide = max(rows, key=_texts, default=None)
        if wide is None or _texts(wide) < ENOUGH:
            return None
        return Headings(wide.number, tuple(said(cell).strip() for cell in wide.cells))
    return best[1]


def _texts(row: Row) -> int:
    return sum(isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in row.cells)


def begun(rows: Iterator[Row]) -> tuple[list[Row], Headings | None]:
    """Take the first rows, and return them with the headings that are among them."""
    first = list(islice(rows, LOOKED_THROUGH))
    return first, headings_of(first)


def missing(columns: dict[str, str]) -> list[str]:
    """Return what is needed and has no column, in words."""
    return [
        " or ".join(FIELDS[key].label for key in keys)
        for keys in NEEDED
        if not any(columns.get(key) for key in keys)
    ]
