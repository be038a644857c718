"""What changed from one text to another, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

TOKEN = re.compile(r"\s+|[£$€]?\w+(?:[’'.,/-]\w+)*%?|[^\w\s]")
MOST_PAIRS = 40_000_000  # words before times words after; more are shown as wholly replaced


class Way(StrEnum):
    """Whether a stretch of text stayed, went or came."""

    SAME = "same"
    GONE = "gone"
    CAME = "came"


@dataclass(frozen=True)
class Stretch:
    """A stretch of text that stayed, went or came."""

    way: Way
    text: str


def word_changes(old: str, new: str) -> list[Stretch]:
    """Return the stretches that lead from `old` to `new`, what went before what came.

    Those that stayed or went are the old text, those that stayed or came the new one.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    first = _alike(before, after)
    last = _alike(before[first:][::-1], after[first:][::-1])
    ends = (len(before) - last, len(after) - last)
    found = [
        Stretch(Way.SAME, "".join(before[:first])),
        *_between(before[first : ends[0]], after[first : ends[1]]),
        Stretch(Way.SAME, "".join(before[ends[0] :])),
    ]
    return [stretch for stretch in found if stretch.text]


def _alike(before: list[str], after: list[str]) -> int:
    """Return how many words at the beginning are the same."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))


def _between(before: list[str], after: list[str]) -> list[Stretch]:
    if len(before) * len(after) > MOST_PAIRS:
        return [Stretch(Way.GONE, "".join(before)), Stretch(Way.CAME, "".join(after))]
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(Stretch(Way.SAME, "".join(before[a:b])))
        else:
            found.append(Stretch(Way.GONE, "".join(before[a:b])))
            found.append(Stretch(Way.CAME, "".join(after[c:d])))
    return found
