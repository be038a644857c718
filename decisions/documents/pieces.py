"""The words of a paragraph as they are set: text, and lists with the numbers of their items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decisions.documents import words
from decisions.documents.paper import Paragraph
from decisions.shapes import ParagraphForm, Run, every_item, items_of, pieces_of, runs_of


@dataclass(frozen=True)
class PrintedPiece:
    """A stretch of words in a paragraph, or a list."""

    paragraphs: list[str]
    runs: list[Run]


def pieces(item: Paragraph) -> list[PrintedPiece]:
    """Return the words of a paragraph and the lists in it, in their order."""
    return [
        PrintedPiece([], runs_of(items_of(text)))
        if form == ParagraphForm.LIST
        else PrintedPiece(words.paragraphs(text), [])
        for form, text in pieces_of(item.form, item.text)
        if form != ParagraphForm.TABLE
    ]


def numbers_in(anchor: str, printed: Sequence[PrintedPiece]) -> Iterator[tuple[str, str]]:
    """Yield the anchors of the items of lists that are numbered, with their numbers."""
    for n, piece in enumerate(printed, start=1):
        for each in (each for run in piece.runs for each in every_item(run.items)):
            if each.number:
                yield f"{anchor}-{n}-{each.line}", each.number.text


def words_in(item: Paragraph) -> Iterator[str]:
    """Yield the words of a paragraph, of a list in it those of each item without its number."""
    for form, text in pieces_of(item.form, item.text):
        if form == ParagraphForm.LIST:
            yield from (each.words for each in every_item(items_of(text)))
        else:
            yield text
