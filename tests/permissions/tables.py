"""Reads the tables of expected answers, and says what a response answered.

A cell is one character:

    .  the page (200)                       x  closed, and says why (403)
    >  led to sign in                       -  there is no such page (404)
    o  led on to another page               m  not this way (405)
    +  acted: something is on the ledger    r  refused on the page, and on the ledger
    g  the link is used up (410)            !  what must never be
    s  a script is told that nobody is signed in (401)

For a form that is sent, x also means that the refusal is on the ledger and nothing else is, and
every other answer but + and r that the ledger holds nothing new but readings of Part 2.
"""

from collections.abc import Sequence

from django.http import HttpResponseBase
from django.urls import reverse

from audit.models import LedgerEntry

Table = dict[str, dict[str, str]]
STATUSES = {200: ".", 403: "x", 404: "-", 405: "m", 410: "g", 401: "s"}
MANY, MOST = 2, 8
ACTS = "+r"
REFUSED = "audit.act.refused"
READ = "decisions.part_2.read"
PRINTED = {"decision_restricted_draft"}


def read_table(text: str, rows: Sequence[str] = ()) -> Table:
    """Return {row: {column: cell}}.

    The first line names the columns; each other is the names of the rows that answer alike, a bar,
    and a cell for each column. Every one of `rows` stands in the table exactly once.
    """
    table: Table = {}
    for names, cells in lines(text):
        assert not table.keys() & set(names), f"one of {names} stands twice"
        table |= {name: dict(cells) for name in names}
    assert not rows or sorted(table) == sorted(rows)
    return table


def lines(text: str) -> list[tuple[list[str], dict[str, str]]]:
    """Return the names that stand on each line, and its cells by column."""
    columns, *rest = text.strip().splitlines()
    split = [line.partition("|") for line in rest]
    return [
        (names.split(), dict(zip(columns.split(), cells.split(), strict=True)))
        for names, _, cells in split
    ]


def read_tables(tables: dict[str, str], rows: Sequence[str], *, by_form: bool) -> dict[str, Table]:
    """Return {address: the cells of its table to meet}, by sending a form or else by a look.

    Whatever acts is met both ways, by everybody. Every other cell, as it is written, is looked at
    by one of the people on its line, always another; a form meets one in three of those. Many
    addresses of one table stand behind one guard and share the work too.
    """
    found: dict[str, Table] = {}
    for names, text in tables.items():
        each = names.split()
        read_table(text, rows)
        of = min(len(each), MOST) if len(each) > MANY else 3 if by_form else 1
        for address in each:
            found[address] = by_turns(text, len(found), of)
    return found


def readable_tables(tables: dict[str, str], rows: Sequence[str]) -> dict[str, Table]:
    """Return {address: the cells of its table to meet}, where a page is a reading.

    The first address of a table is asked for by everybody in every state. The others stand behind
    the same guard and share the work: one of them is asked for in each cell. What is printed anew
    for each reading is asked for by one of the people on each line.
    """
    found: dict[str, Table] = {}
    for names, text in tables.items():
        first, *others = names.split()
        whole = read_table(text, rows)
        found[first] = by_turns(text, len(found), 1) if first in PRINTED else whole
        for turn, address in enumerate(others):
            found[address] = share(whole, turn, len(others))
    return found


def by_turns(text: str, turn: int, of: int) -> Table:
    """Return every cell that acts, and one in `of` of the others, for one person of its line.

    As `turn` goes up, the cells and the people change.
    """
    return {
        name: {
            column: cell
            for place, (column, cell) in enumerate(cells.items(), start=turn)
            if cell in ACTS or (place % len(names) == at and (place + line) % of == 0)
        }
        for line, (names, cells) in enumerate(lines(text))
        for at, name in enumerate(names)
    }


def share(table: Table, turn: int, of: int) -> Table:
    """Return every cell of a table that acts, and of the others one in `of`, by turns."""
    return {
        name: {
            column: cell
            for place, (column, cell) in enumerate(cells.items(), start=row + turn)
            if cell in ACTS or place % of == 0
        }
        for row, (name, cells) in enumerate(table.items())
    }


def with_looks(table: Table) -> Table:
    """Return what a look at a page that acts gives: the page, wherever its form would act."""
    look = str.maketrans("+r", "..")
    return {
        name: {column: cell.translate(look) for column, cell in cells.items()}
        for name, cells in table.items()
    }


def shown(table: Table) -> list[str]:
    """Return a table as lines, for a difference that can be read."""
    width = max(map(len, table))
    return [f"{name:{width}} | {' '.join(cells.values())}" for name, cells in table.items()]


def looked(response: HttpResponseBase) -> str:
    """Return the cell of a page that was asked for."""
    if response.status_code == 302:
        return ">" if response["Location"].startswith(reverse("account_login")) else "o"
    return STATUSES.get(response.status_code, "!")


def head() -> int:
    """Return the number of the last entry on the ledger."""
    return LedgerEntry.objects.values_list("seq", flat=True).first() or 0


def acted(response: HttpResponseBase, before: int, actor: str) -> str:
    """Return the cell of a form that was sent, by what the ledger (after `before`) says of it."""
    entries = LedgerEntry.objects.filter(seq__gt=before).exclude(event=READ).order_by("seq")
    found = [(entry.event, entry.actor_id) for entry in entries]
    cell = looked(response)
    if cell == "x":
        return "x" if found == [(REFUSED, actor)] else "!"
    if not found:
        return cell
    if (REFUSED, actor) in found:
        return "r" if cell == "." else "!"
    return "+" if cell in ".o" and all(who == actor for _, who in found) else "!"
