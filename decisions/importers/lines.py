"""From clean text to lines: each with its marker ("1.", "2a", "•"), broken lines joined."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from decisions.importers import headings
from decisions.importers.doubts import Code, Doubts

WRAP_LIMIT = 120
"""A text with a longer line than this is not broken into short lines."""
CELL_EDGE = "|"
PARAGRAPH_LIMIT = 5000
"""Broken lines are joined up to this many characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without surrounding space; `width` is its printed length with indentation."""

    text: str
    width: int
    after_gap: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """How a line is marked.

    Styles: bullet, number, bare (a number alone), decimal, numbered_letter, letter, roman.
    """

    style: str
    value: str
    rest: str


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern, re.S))
    for style, pattern in (
        (
            "bullet",
            r"^(?:[•●▪◦‣∙·■□◆➢➤►\uf0b7]|\*(?=\s|$)|o(?=\s+[A-Z£])|[-–—](?=\s|$|[A-Za-z]))()\s*(.*)$",
        ),
        (
            "number",
            r"^[Rr]ecommendation\s+(\d{1,2}[a-z]?)\b\s*[:.)–—-]*\s*(?!above|below)(.*)$",
        ),
        ("number", r"^R(\d{1,2})[:.)]\s*(.*)$"),
        (
            "decimal",
            r"^\(?(\d{1,2}(?:\.\d{1,3}){1,3})(?:[.):]\s*|\s+|(?=[A-Z“‘]))"
            r"(?!(?:m|bn|million|billion|per cent|percent|%)\b)(.*)$",
        ),
        ("decimal", r"^([A-Z]\.\d{1,2}(?:\.\d{1,2})?)(?:[.):]\s*|\s+)(?=[A-Z“‘])(.*)$"),
        (
            "numbered_letter",
            r"^\(?(\d{1,2}\s?[.(]?\s?(?:[a-z]|[ivx]{2,4}))[.):]+\s*(.*)$",
        ),
        ("numbered_letter", r"^(\d{1,2}[a-z])\s+(?=[A-Za-z£])(.*)$"),
        ("number", r"^\((\d{1,2})\)\s*(.*)$"),
        ("number", r"^(\d{1,2})[.):](?!\d)\s*(.*)$"),
        ("roman", r"^\(([ivxIVX]{2,5})\)\s*(.*)$"),
        ("roman", r"^([ivx]{2,5}|[IVX]{2,5})[.)](?:\s+|$)(.*)$"),
        ("letter", r"^\(([A-Za-z])\)\s*(.*)$"),
        ("letter", r"^([A-Za-z])[.)](?:\s+|$)(.*)$"),
        ("bare", rf"^(\d{{1,2}})\s+(?!(?:{MONTHS})\b)(?=[A-Z])(.*)$"),
    )
)
_SPACES = re.compile(r" {2,}")
_ENDED = (".", ":", ";", "!", "?", ".”", ".’", '."')
_NEVER_LAST = frozenset({
    "a", "an", "and", "are", "at", "be", "between", "by", "for", "from", "has", "have", "in",
    "into", "is", "its", "of", "on", "or", "that", "the", "their", "to", "under", "which", "with",
})  # fmt: skip
_LABELS_IN_LINE = re.compile(
    r"\s+(?=(?:reference(?: code)?|date (?:signed|published)|deci(?:ded|sion) by)\s*:)", re.I
)
_HEADING_GOES_ON = re.compile(
    r"^(?:(?:deputy )?(?:mayor )?(?:for )?(?:policing )?(?:and )?crime\s*)?"
    r"(?:\([A-Z]{2,8}\))?\s*:?$",
    re.I,
)
_GLUED = re.compile(r"^(.{1,200}?[^\s(])(Key information)$")


def marker_of(text: str) -> Marker | None:
    """The marker that opens a line, or None."""
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is not None:
            value = re.sub(r"[\s.(]", "", match[1]) if style == "numbered_letter" else match[1]
            return Marker(style, value, match[2].strip())
    return None


def lines_of(text: str, doubts: Doubts) -> list[Line]:
    """The lines that carry text, with broken lines and lone markers joined to what they open."""
    found = list(_split(text))
    joined = list(_joined(found, _wrap_width(found)))
    if len(joined) < len(found):
        doubts.add(Code.LINES_JOINED)
    return list(_with_lone_markers(joined))


def _split(text: str) -> Iterator[Line]:
    gap = False
    for raw in text.split("\n"):
        stripped = _SPACES.sub(" ", raw.strip())
        if not stripped:
            gap = True
            continue
        glued = _GLUED.match(stripped)
        for part in glued.groups() if glued else _labels_apart(stripped):
            yield Line(part, len(raw.rstrip()), gap)
        gap = False


def _labels_apart(text: str) -> list[str]:
    """A line of key information that runs several labels together, cut before each."""
    label = headings.label_of(text)
    return _LABELS_IN_LINE.split(text) if label is not None and label[1] else [text]


def _wrap_width(lines: list[Line]) -> int | None:
    """Printed width of a text broken into short lines, None for one line per paragraph."""
    width = max((line.width for line in lines), default=0)
    if width > WRAP_LIMIT or width < 50:
        return None
    full = sum(1 for line in lines if line.width >= width - 15)
    return width if full >= 5 and full * 4 >= len(lines) else None


def _joined(lines: Iterable[Line], width: int | None) -> Iterator[Line]:
    held: Line | None = None
    for line in lines:
        if held is not None and _continues(held, line, width):
            held = replace(held, text=f"{held.text} {line.text}", width=line.width)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def is_row(text: str) -> bool:
    """Whether a line is a row of a table, "| cell | cell |"."""
    return text.startswith(CELL_EDGE)


def _continues(before: Line, line: Line, width: int | None) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    if is_row(before.text) or is_row(line.text):
        return False
    too_long = len(before.text) > PARAGRAPH_LIMIT
    if not line.after_gap and _goes_on_heading(before.text, line.text):
        return True
    if line.after_gap or too_long or _opens(line.text) or _closed(before.text):
        return False
    if width is not None and before.width + 1 + len(line.text.split(" ", 1)[0]) > width:
        return True
    if before.text.endswith(_ENDED) or len(before.text) < 40 or _starts_act(line.text):
        return False
    return line.text[0].islower() or before.text.rsplit(" ", 1)[-1] in _NEVER_LAST


def _opens(text: str) -> bool:
    return (
        marker_of(text) is not None
        or headings.zone_of(text) is not None
        or headings.label_of(text) is not None
        or headings.lead_in_of(text) is not None
        or headings.is_bare_section_heading(text)
    )


def _goes_on_heading(before: str, text: str) -> bool:
    """Whether a line ends the broken heading of Part 1: "… Policing and Crime", "(DMPC)"."""
    zone = headings.zone_of(before)
    part_1 = zone is not None and zone[0] is headings.Zone.PART_1
    return part_1 and _HEADING_GOES_ON.match(text) is not None


def _closed(text: str) -> bool:
    lead = headings.lead_in_of(text)
    return headings.zone_of(text) is not None or (lead is not None and not lead[1].strip(":; "))


def _starts_act(text: str) -> bool:
    return text.split(" ", 1)[0].rstrip(":;,") in {
        "accept", "agree", "approve", "authorise", "award", "delegate", "determine", "endorse",
        "note", "ratify", "receive", "support", "vary",
    }  # fmt: skip


def _with_lone_markers(lines: Iterable[Line]) -> Iterator[Line]:
    """Join a marker that stands alone on its line to the line that follows."""
    held: Line | None = None
    for line in lines:
        marker = marker_of(line.text)
        lone = marker is not None and not marker.rest
        if held is not None and marker is None:
            yield replace(held, text=f"{held.text} {line.text}")
            held = None
            continue
        if held is not None:
            yield held
        held = line if lone else None
        if not lone:
            yield line
    if held is not None:
        yield held
