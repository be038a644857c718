"""Sentences of a text, and the words before a sum that make it a ceiling or a mere threshold."""

import re
from collections.abc import Iterator

from decisions.wording.money import Sum

WINDOW = 160
"""Characters before a sum that are looked at."""

_SENTENCE_END = re.compile(r"[.!?;:]?\n|[.!?]\s+(?=[A-Z“‘\"(])")
UP_TO = re.compile(
    r"(?:\bup\s*to(?: and including)?|\bmax\.?(?: of)?"
    r"|\bmaximum(?: (?:value|cost|sum|amount|budget|total|spend|grant))?(?: of)?"
    r"|\bnot (?:to )?exceed(?:ing)?|\bnot? (?:more|greater) than|\bat most"
    r"|\b(?:capped|limited) (?:at|to)|\b(?:cap|ceiling|limit) of)"
    r"\s+(?:(?:a|an|the)\s+)?"
    r"(?:(?:further|additional|combined|maximum|grand|total|value|sum|cost|amount)\s+)*(?:of\s+)?$",
    re.I,
)
UP_TO_AFTER = re.compile(r"^\s*(?:\(?max(?:imum|\.)?\)?(?:\s|[,.;]|$)|or less\b|at most\b)", re.I)
THRESHOLD = re.compile(
    r"\b(?:over|above|exceed(?:s|ing)?|in excess of|below|under|less than|more than|greater than"
    r"|at least)\s+(?:the\s+)?$",
    re.I,
)


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a text."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def is_ceiling(text: str, found: Sum) -> bool:
    """Whether the words make a sum a ceiling ("up to £1.2 million", "£5,000 maximum")."""
    before = text[max(0, found.start - WINDOW) : found.start]
    after = UP_TO_AFTER.match(text[found.end : found.end + WINDOW])
    return bool(found.is_range or UP_TO.search(before) or after)


def is_threshold(text: str, found: Sum) -> bool:
    """Whether a sum is a limit of something else ("tenders over £500,000")."""
    before = text[max(0, found.start - WINDOW) : found.start]
    return UP_TO.search(before) is None and THRESHOLD.search(before) is not None
