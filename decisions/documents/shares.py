"""What a sum is divided into, as a document prints it: recipients, and financial years."""

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.documents import words
from decisions.documents.content import DocumentContent
from decisions.documents.paper import Recipient, Recommendation


@dataclass(frozen=True)
class PrintedYear:
    """One row of the table by financial year; the last of a sum is the whole of it."""

    recommendation: str
    whole: str
    year: str
    amount: str
    is_whole: bool = False


def recipients(item: Recommendation) -> Iterator[tuple[str, str]]:
    """Yield whom the money of a recommendation goes to, each with its label."""
    if item.recipient:
        yield "Recipient", item.recipient
    for each in item.recipients:
        yield "Recipient", _named(each)


def _named(each: Recipient) -> str:
    amount = words.money(each.amount) if each.amount is not None else ""
    named = ", ".join(said for said in (each.name, amount) if said)
    return named if each.part == 1 else f"{named} (Part 2, exempt under {each.exemption})"


def years(content: DocumentContent) -> list[PrintedYear]:
    """Return the sums by financial year, as asked for, each sum closed by the whole of it."""
    return [row for item in content.paper.recommendations for row in _years(item)]


def _years(item: Recommendation) -> Iterator[PrintedYear]:
    for figure in item.figures:
        whole = words.money(figure.amount)
        for each in figure.years:
            yield PrintedYear(item.number, whole, each.year, words.money(each.amount))
        if figure.years:
            yield PrintedYear(item.number, whole, "Together", whole, is_whole=True)
