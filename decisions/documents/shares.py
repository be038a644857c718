"""What a sum is divided into, as a document prints it: recipients, and financial years."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from decisions.documents import words
from decisions.documents.content import HasPaper, Outcome
from decisions.documents.paper import Figure, Recipient, Recommendation


@dataclass(frozen=True)
class PrintedYear:
    """One row of the table by financial year; the last of a sum is the whole of it.

    `decided` is empty where nothing was granted, or the years of a smaller sum are not said.
    """

    recommendation: str
    whole: str
    year: str
    amount: str
    decided: str = ""
    is_whole: bool = False

    @property
    def is_amended(self) -> bool:
        """Whether another sum was decided than was asked for."""
        return bool(self.decided) and self.decided != self.amount


def recipients(item: Recommendation, outcome: Outcome | None) -> Iterator[tuple[str, str]]:
    """Yield whom the money of a recommendation goes to, each with its label."""
    if item.recipient:
        yield "Recipient", item.recipient
    decided = {each.name: each for each in outcome.recipients} if outcome else {}
    for each in item.recipients:
        yield "Recipient", _named(each, decided.get(each.name))


def _named(each: Recipient, decided: Recipient | None) -> str:
    amount = words.money(each.amount) if each.amount is not None else ""
    if decided and decided.amount is not None and decided.amount != each.amount:
        amount = f"{words.money(decided.amount)} (asked for: {amount})"
    named = ", ".join(said for said in (each.name, amount) if said)
    return named if each.part == 1 else f"{named} (Part 2, exempt under {each.exemption})"


def years(content: HasPaper) -> list[PrintedYear]:
    """Return the sums by financial year, as asked for and decided, each closed by its whole."""
    return [
        row
        for item in content.paper.recommendations
        for row in _years(item, content.outcome_of(item))
    ]


def _years(item: Recommendation, outcome: Outcome | None) -> Iterator[PrintedYear]:
    for figure, granted in zip_longest(item.figures, outcome.figures if outcome else ()):
        whole = words.money(figure.amount)
        decided = _decided(figure, granted)
        for each in figure.years:
            amount = words.money(each.amount)
            yield PrintedYear(item.number, whole, each.year, amount, decided.get(each.year, ""))
        if figure.years:
            total = words.money(granted.amount) if decided else ""
            yield PrintedYear(item.number, whole, "Together", whole, total, is_whole=True)


def _decided(figure: Figure, granted: Figure | None) -> dict[str, str]:
    """Return what was granted by year: as decided, or as asked for where the whole was granted."""
    if granted is None:
        return {}
    as_asked = figure.years if granted.amount == figure.amount else ()
    return {each.year: words.money(each.amount) for each in granted.years or as_asked}
