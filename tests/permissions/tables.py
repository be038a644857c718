"""Reads the tables of expected answers, and says what a response answered.

A cell is one character:

    .  the page (200)                       x  closed, and says why (403)
    >  led to sign in                       -  there is no such page (404)
    o  led on to another page               m  not this way (405)
    +  acted: something is on the ledger    r  refused on the page, and on the ledger
    g  the link is used up (410)            !  what must never be

For a form that is sent, x also means that the refusal is on the ledger and nothing else is, and
every other answer but + and r that the ledger holds nothing new but readings of Part 2.
"""

from collections.abc import Sequence

from django.http import HttpResponseBase
from django.urls import reverse

from audit.models import LedgerEntry

Table = dict[str, dict[str, str]]
STATUSES = {200: ".", 403: "x", 404: "-", 405: "m", 410: "g"}
MANY = 2
REFUSED = "audit.act.refused"
READ = "decisions.part_2.read"


def read_table(text: str, rows: Sequence[str] = ()) -> Table:
    """Return {row: {column: cell}}.

    The first line names the columns; each other is the names of the rows that answer alike, a bar,
    and a cell for each column. Every one of `rows` stands in the table exactly once.
    """
    columns, *lines = text.strip().splitlines()
    table: Table = {}
    for line in lines:
        names, _, cells = line.partition("|")
        for name in names.split():
            assert name not in table, f"{name} stands twice"
            table[name] = dict(zip(columns.split(), cells.split(), strict=True))
    assert not rows or sorted(table) == sorted(rows)
    return table


def read_tables(
    tables: dict[str, str], rows: Sequence[str], *, whole: int = MANY
) -> dict[str, Table]:
    """Return {address: table}; addresses of one table stand behind one guard, and share the work.

    Where there are more than `whole` of them, each is tried with every act that the table allows
    and with one refusal in three, always others, so that together they meet every cell.
    """
    found: dict[str, Table] = {}
    for names, text in tables.items():
        each = dict.fromkeys(names.split(), read_table(text, rows))
        found |= thirds(each, first=len(found)) if len(each) > whole else each
    return found


def thirds(tables: dict[str, Table], first: int) -> dict[str, Table]:
    """Return of each table every cell that acts and a third of the others, by turns."""
    return {
        address: {
            name: {
                column: cell
                for place, (column, cell) in enumerate(cells.items(), start=row + turn)
                if cell in "+r" or place % 3 == 0
            }
            for row, (name, cells) in enumerate(table.items())
        }
        for turn, (address, table) in enumerate(tables.items(), start=first)
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
