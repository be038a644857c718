"""What a row of a file withholds: its words are kept apart before anything shows them."""

import re
from collections.abc import Mapping
from typing import Protocol

from decisions.forms.paper import GROUNDS
from grants.actions.imports import StagedRow
from grants.importers.cells import Value
from grants.importers.layout import FIELDS
from grants.importers.values import text_in
from grants.models import is_shown_for, shown_for
from grants.paper_part_2 import plain_name

CLOSING = ("payee", "purpose")
NOT_KNOWN = "ground not known yet"
MEANT = {
    "payee": ("payee",),
    "purpose": ("purpose",),
    "both": ("payee", "purpose"),
    "payee and purpose": ("payee", "purpose"),
    "purpose and payee": ("payee", "purpose"),
    "yes": ("payee", "purpose"),
    "no": (),
    "": (),
}


class Reading(Protocol):
    """A row while it is read: `closed` are the grounds of what it withholds, by field."""

    staged: StagedRow
    bad: set[str]
    closed: dict[str, str]

    def cell(self, name: str) -> Value:
        """Return the cell of a field."""

    def fault(self, name: str, code: str, detail: str) -> None:
        """Note what is wrong in the cell of a field."""


def read_withheld(reading: Reading) -> None:
    """Keep apart what a row withholds; both its words where what it says of that is wrong."""
    row = reading.staged
    for name in CLOSING:
        if is_shown_for(getattr(row, name)):
            reading.fault(name, "GRT-32", "")
    told, text = text_in(reading.cell("withheld")), text_in(reading.cell("ground"))
    if told or text:
        _read_grounds(reading, told, text)
    if by_paper := by_the_paper(row):
        reading.closed.setdefault("payee", by_paper)
    if reading.bad.intersection(("withheld", "ground")):
        reading.closed = dict.fromkeys(CLOSING, NOT_KNOWN)
    if reading.closed:
        put_apart(row, reading.closed)


def _read_grounds(reading: Reading, told: str, text: str) -> None:
    named, ground = fields_named(told), ground_named(text, reading.staged)
    if named is None:
        reading.fault("withheld", "GRT-34", "This is none of payee, purpose, both and no.")
    elif text and not named:
        reading.fault("withheld", "GRT-34", "Say what is withheld: payee, purpose or both.")
    elif named and not ground:
        reading.fault("ground", "GRT-29", "No ground of this name is known." if text else "")
    else:
        reading.closed = dict.fromkeys(named, ground)


def fields_named(text: str) -> tuple[str, ...] | None:
    """Return the fields that a cell says are withheld; None where it says something else."""
    return MEANT.get(" ".join(text.lower().split()))


def ground_named(text: str, row: StagedRow) -> str:
    """Return the ground that a cell names, of the law or of the decision; "" where it is none."""
    known = [ground for ground, _ in GROUNDS]
    if row.ground:
        known += row.ground.grounds_of_paper
    return next((one for one in known if _plain(one) == _plain(text)), "")


def _plain(ground: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", ground.lower())


def by_the_paper(row: StagedRow) -> str:
    """Return the ground on which Part 2 of the decision withholds the payee of a row; or ""."""
    names = row.ground.withheld_names if row.ground else {}
    return names.get(plain_name(row.payee), "") if names else ""


def put_apart(row: StagedRow, grounds: Mapping[str, str]) -> None:
    """Keep the words of fields apart, and leave their grounds where they stood, in faults too."""
    labels = {FIELDS[name].label: shown_for(ground) for name, ground in grounds.items()}
    for fault in row.faults:
        fault["value"] = labels.get(fault["field"], fault["value"])
    for name, ground in grounds.items():
        if words := getattr(row, name):
            row.withheld[name] = {"words": words, "ground": ground}
            setattr(row, name, shown_for(ground))
