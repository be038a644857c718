"""Reading one cell: a sum, a day, a choice, as people and SAP write them."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from decisions.importers.dates import full_date
from grants.importers.cells import NO_RESULT, Value
from grants.models import Category

ERRORS = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME|NULL|NUM|SPILL|CALC|GETTING_DATA|BLOCKED)[!?]?$")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{2}$|\d+,\d{2}$")
PLAIN = re.compile(r"\d*\.?\d+$|\d+\.$")
REMEMBERED = 10_000  # texts
LONGEST = 24  # characters of a date
FIRST_DAY = date(1899, 12, 30)
SHAPES = ("%Y%m%d", "%d-%m-%Y", "%d-%b-%Y", "%d-%b-%y", "%Y/%m/%d")
YES, NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0", ""}
_BARE = str.maketrans("", "", " \u00a0\u202f'’")
_CATEGORIES = {
    said.strip().lower(): value for value, label in Category.choices for said in (value, label)
}


def is_error(value: Value) -> bool:
    """Whether a cell holds an error of the spreadsheet, or a formula that was never worked out."""
    return (
        isinstance(value, str)
        and value[:1] in ("#", NO_RESULT[0])
        and bool(value == NO_RESULT or ERRORS.match(value))
    )


def said(value: Value) -> str:
    """Return what a cell says, as text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat()


def text_in(value: Value) -> str:
    """Return the text of a cell, without the mark that keeps a spreadsheet from running it."""
    if isinstance(value, str):
        return _typed_text(value)
    if value is None:
        return ""
    text = " ".join(said(value).split())
    if isinstance(value, Decimal) and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


# What is typed is read once for as long as it is remembered: files say the same again and again.
@lru_cache(maxsize=REMEMBERED)
def _typed_text(typed: str) -> str:
    text = " ".join(typed.split())
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def sum_in(value: Value) -> Decimal | None:
    """Return the pounds of a cell, exact; None when it is no sum in whole pence."""
    return _pounds(value) if isinstance(value, Decimal) else _typed_pounds(said(value))


@lru_cache(maxsize=REMEMBERED)
def _typed_pounds(text: str) -> Decimal | None:
    return _pounds(_typed_sum(text))


def _pounds(found: Decimal | None) -> Decimal | None:
    if found is None or not found.is_finite() or abs(found) >= 10**12:
        return None
    pence = found.quantize(Decimal("0.01"))
    return pence if pence == found else None


def _typed_sum(text: str) -> Decimal | None:
    bare = text.translate(_BARE).upper().replace("£", "").removesuffix("GBP").removeprefix("GBP")
    is_below = False
    if bare.startswith("(") and bare.endswith(")"):
        bare, is_below = bare[1:-1], True
    for mark in ("-", "−", "CR"):
        if bare.endswith(mark) or (mark != "CR" and bare.startswith(mark)):
            bare, is_below = bare.removesuffix(mark).removeprefix(mark), not is_below
            break
    bare = bare.removesuffix("DR").removeprefix("+")
    if GROUPED.match(bare):
        bare = bare.replace(",", "")
    elif CONTINENTAL.match(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif not PLAIN.match(bare):
        return None
    try:
        return -Decimal(bare) if is_below else Decimal(bare)
    except InvalidOperation:
        return None


def day_in(value: Value) -> date | None:
    """Return the day of a cell; None when it is none."""
    if isinstance(value, date):
        return value if 1990 <= value.year <= 2200 else None
    if isinstance(value, Decimal):
        if value == int(value) and 30_000 <= value <= 80_000:
            return FIRST_DAY + timedelta(days=int(value))
        value = f"{value:f}"
    found = _typed_day(value if isinstance(value, str) else said(value))
    return found if found and 1990 <= found.year <= 2200 else None


@lru_cache(maxsize=REMEMBERED)
def _typed_day(text: str) -> date | None:
    """Return the day that a text says."""
    text = text.partition("T")[0].removesuffix(" 00:00:00").strip()
    found = full_date(text) if len(text) <= LONGEST else None
    for shape in SHAPES if found is None else ():
        try:
            found = datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
        break
    return found


def category_in(value: Value) -> str | None:
    """Return the category that a cell names, by its label."""
    return _CATEGORIES.get(text_in(value).lower())


def yes_in(value: Value) -> bool | None:
    """Return the yes or no of a cell; None when it is neither."""
    text = text_in(value).lower()
    return True if text in YES else False if text in NO else None
