"""What a sum is divided into, as a document prints it: recipients, and financial years."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from decisions.documents import words
from decisions.documents.content import HasPaper, Outcome
from decisions.documents.paper import Recipient, Recommendation


@dataclass(frozen=True)
class PrintedYear:
    """One row of the table by financial year; the last of a sum is the whole of it.

    `decided` is empty where nothing else was decided than what was asked for.
    """

    recommendation: str
    whole: str
    year: str
    amount: str
    decided: str = ""
    is_whole: bool = False


def recipients(item: Recommendation, outcome: Outcome | None) -> Iterator[tuple[str, str]]:
    """Yield whom the money of a recommendation goes to, each with its label."""
    if item.recipient:
        yield "Recipient", item.recipient
    decided = {each.name: each for each in outcome.recipients} if outcome else {}
    for each in item.recipients:
        yield "Recipient", _named(each, decided.get(each.name))


def _named(each: Recipient, decided: Recipient | None) -> str:
    amount = words.money(each.amount) if each.amount is not None else ""
    if decided and decided.amount is not None:
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
        decided = {each.year: words.money(each.amount) for each in granted.years} if granted else {}
        for each in figure.years:
            amount = words.money(each.amount)
            yield PrintedYear(item.number, whole, each.year, amount, decided.get(each.year, ""))
        if figure.years:
            total = words.money(granted.amount) if decided else ""
            yield PrintedYear(item.number, whole, "Together", whole, total, is_whole=True)
