"""How a statement of expenditure reads: the same tables on the page and in the signed document."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from audit.words import day, period
from decisions.models import year_name

DECLARATION = (
    "I certify that this statement of expenditure is a true record of what was spent of the grant "
    "and charged to it in the register, that claims are stated as they stand, and that what is "
    "listed as accrued is not claimed."
)
SUMS = (
    ("limit", "Allocated of the grant"),
    ("spent", "Spent"),
    ("spent_in_other_years", "Spent in other years"),
    ("reserved", "Reserved until approved"),
    ("committed", "Committed, not received"),
    ("accrued", "Accrued, not paid"),
    ("handed_back", "Handed back"),
    ("left", "Left to spend"),
    ("claimed", "Claimed of what was spent"),
    ("disallowed", "Disallowed of what was spent"),
)


@dataclass(frozen=True)
class Cell:
    """A cell with the heading of its column."""

    label: str
    words: str
    is_sum: bool


@dataclass(frozen=True)
class Row:
    """A row of cells; the foot of its table where it `is_total`."""

    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """A table of words: `numbers` is how many of the last columns are sums; `totals` its foot."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int
    totals: tuple[str, ...] = ()
    note: str = ""

    @property
    def labelled(self) -> list[Row]:
        """Its rows and foot, each cell with its column's heading."""
        found = [Row(self._cells(row)) for row in self.rows]
        return [*found, Row(self._cells(self.totals), is_total=True)] if self.totals else found

    def _cells(self, row: tuple[str, ...]) -> tuple[Cell, ...]:
        first_sum = len(self.columns) - self.numbers
        named = zip(self.columns, row, strict=True)
        return tuple(Cell(label, words, n >= first_sum) for n, (label, words) in enumerate(named))


@dataclass(frozen=True)
class Shown:
    """A statement as it reads."""

    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    lines: tuple[str, ...]
    digest: str
    declaration: str = DECLARATION


def shown(said: dict[str, Any]) -> Shown:
    """Return how what a statement says reads."""
    year = said["period"]["year"]
    of = "the whole grant" if year is None else f"the financial year {year_name(year)}"
    tables = [_sums(said), _categories(said), _accruals(said), _claims(said)]
    if "replaces" in said:
        tables.insert(0, _difference(said))
    return Shown(
        title=f"Statement of expenditure, {of}",
        facts=tuple(_facts(said)),
        tables=tuple(tables),
        lines=tuple(_lines(said["lines"])),
        digest=said["lines"]["digest"],
    )


def _pounds(value: str | Decimal | None) -> str:
    """Write a sum always with pence, so that the points of a column line up."""
    if value is None:
        return "–"
    amount = Decimal(value)
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


def _day(value: str | None) -> str:
    return day(date.fromisoformat(value)) if value else "–"


def _between(start: str | None, end: str | None) -> str:
    return period(
        date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None
    )


def _facts(said: dict[str, Any]) -> list[tuple[str, str]]:
    grant, year = said["grant"], said["period"]["year"]
    of = (grant["from"], grant["to"])
    if year is not None:
        of = (f"{year}-04-01", f"{year + 1}-03-31")
    letter = f"{grant['letter']}, {_day(grant['dated'])}" if grant["letter"] else "None recorded"
    facts = [
        ("Grant", f"{grant['reference']}: {grant['title']}"),
        ("Decisions", ", ".join(grant["decisions"])),
        ("Funder", grant["funder"] or "–"),
        ("Sum decided", _pounds(grant["decided"])),
        ("Letter of award", letter),
        ("Sum awarded", _pounds(grant["awarded"])),
        ("Period of this statement", _between(*of)),
        ("As it stood on", _day(said["stood_on"])),
    ]
    if "replaces" in said:
        facts.append(("Replaces", f"Statement {said['replaces']['n']}"))
    return facts


def _sums(said: dict[str, Any]) -> Table:
    is_whole = said["period"]["year"] is None
    rows = [
        (label, _pounds(said["sums"][name]))
        for name, label in SUMS
        if not (is_whole and name == "spent_in_other_years")
    ]
    others = "" if is_whole else "spent in other years + "
    note = f"Allocated = spent + {others}reserved + committed + accrued + handed back + left."
    return Table("The grant", ("What", "Sum"), tuple(rows), 1, note=note)


def _categories(said: dict[str, Any]) -> Table:
    names = ("limit", "spent", "claimed", "disallowed", "left")
    rows = [
        (row["category"], *(_pounds(row[name]) for name in names)) for row in said["categories"]
    ]
    sums = said["sums"]
    totals = ("", sums["spent"], sums["claimed"], sums["disallowed"], "")
    return Table(
        "By category",
        ("Category", "Limit", "Spent", "Claimed", "Disallowed", "Left"),
        tuple(rows),
        5,
        ("All", *(_pounds(each) if each else "" for each in totals)),
        note="A category without a limit of its own draws on what is set apart for none.",
    )


def _accruals(said: dict[str, Any]) -> Table:
    rows = [
        (row["line"], row["category"], _day(row["received_on"]), _pounds(row["amount"]))
        for row in said["accruals"]
    ]
    total = sum((Decimal(row["amount"]) for row in said["accruals"]), Decimal("0.00"))
    return Table(
        "Accrued and not paid, listed apart",
        ("Line", "Category", "Received", "Sum"),
        tuple(rows),
        1,
        ("All", "", "", _pounds(total)) if rows else (),
        note="None of this is in what was spent or claimed above."
        if rows
        else "Nothing is accrued and not paid.",
    )


def _claims(said: dict[str, Any]) -> Table:
    rows = [
        (
            str(row["n"]),
            _between(row["from"], row["to"]),
            row["state"],
            _pounds(row["total"]),
            _pounds(row["paid"]),
        )
        for row in said["claims"]
    ]
    columns = ("Claim", "Period", "State", "Claimed", "Paid")
    return Table("Claims", columns, tuple(rows), 2, note="" if rows else "None was drawn up.")


def _lines(lines: dict[str, Any]) -> list[str]:
    return [
        f"{_counted(lines['number'], 'line')}, together {_pounds(lines['total'])}.",
        f"Of these, {lines['credits']:,} take money back: {_pounds(lines['credited'])}.",
    ]


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _difference(said: dict[str, Any]) -> Table:
    earlier, now = said["replaces"]["sums"], said["sums"]
    rows = [
        (label, _pounds(earlier[name]), _pounds(now[name]), _change(earlier[name], now[name]))
        for name, label in SUMS
        if earlier[name] != now[name]
    ]
    return Table(
        f"What changed since statement {said['replaces']['n']}",
        ("What", "Then", "Now", "Difference"),
        tuple(rows),
        3,
        note="" if rows else "No sum above changed; the claims or the list of lines did.",
    )


def _change(then: str, now: str) -> str:
    difference = Decimal(now) - Decimal(then)
    return f"+{_pounds(difference)}" if difference > 0 else _pounds(difference)
