"""Which lines of a source became no part of the paper that was read from it."""

import re
from collections.abc import Iterator

from decisions.imported_paper import ImportedPaper
from decisions.importers import headings
from decisions.importers.doubts import Doubts
from decisions.importers.lines import marker_of
from decisions.importers.lists import without_sign
from decisions.importers.source import clean

_WORD = re.compile(r"\w+")


def omitted(text: str, paper: ImportedPaper) -> tuple[str, ...]:
    """Return the lines of the text of which a word is not in the paper, each once."""
    kept = f" {_words(' '.join(_texts(paper)))} "
    lines = (" ".join(line.split()) for line in clean(text, Doubts()).split("\n"))
    return tuple(dict.fromkeys(line for line in lines if _is_omitted(line, kept)))


def _is_omitted(line: str, kept: str) -> bool:
    """Whether a line says something that the paper does not; its number may have changed."""
    line = without_sign(line)
    marker = marker_of(line)
    bare = marker.rest if marker is not None and marker.rest else line
    label, zone = headings.label_of(line), headings.zone_of(line)
    if label is not None:
        bare = label[1]
        if label[0].startswith("date"):
            return False
    if zone is not None:
        bare = zone[1]
    words = _words(bare)
    return bool(words) and f" {words} " not in kept


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _texts(paper: ImportedPaper) -> Iterator[str]:
    yield from (paper.reference or "", paper.title or "", paper.decided_by or "")
    yield from (paper.executive_summary or "", paper.asked or "")
    yield from (each.text for each in paper.recommendations)
    for section in paper.sections:
        yield section.heading or ""
        yield from (each.text for each in section.paragraphs)
    yield from paper.exemptions
