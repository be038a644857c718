"""What a slip of the pen is: how two wordings may differ for one to be the other put right.

Compared line by line and cell by cell, then word by word. What is doubtful is no slip.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from decisions.shapes import item_of
from decisions.wording.quantities import is_quantity, quantities, words_of

REMOVED = "[removed]"
"""What stands in the place of words that are not to be published again."""

# Whatever turns the sense of a sentence: “not”, a limit, a duty, or what was decided.
_SENSE = re.compile(
    r"not|no|nor|none|never|neither|nothing|nobody|nowhere|without|except|excluding|including|unless|only"
    r"|(?:ca|do|does|did|is|are|was|were|have|has|had|wo|would|could|should|must|need)n['’]?t|cannot"
    r"|least|most|more|less|fewer|over|under|above|below|beyond|within|maximum|minimum|limit\w*"
    r"|exceed\w*|until|before|after|between|and|or|if|all|any|each|every|either|than"
    r"|shall|must|may|will|should|can|could|would|might"
    r"|(?:dis|un|re)?(?:approv|accept|agree|award|allow|authori[sz]|endors|permit|prohibit)\w*"
    r"|refus\w*|reject\w*|declin\w*|defer\w*|delegat\w*|note[ds]?|noting|revok\w*|withdr\w*|prevent\w*"
    r"|present\w*|increas\w*|decreas\w*|includ\w*|exclud\w*|(?:un|il)?(?:lawful|legal)\w*"
    r"|employee\w*|employer\w*|payees?|payers?|lessees?|lessors?|grantees?|grantors?",
    re.IGNORECASE,
)
_PUNCTUATION = frozenset(".,;:!?'\"’‘“”()-\u2013\u2014…/")
_NAME_LENGTH, _LONG = 6, 8
_MARKED = re.compile(re.escape(REMOVED))


def turns_sense(word: str) -> bool:
    """Answer whether a word says “not”, sets a limit or says what was decided."""
    return _SENSE.fullmatch(word) is not None


def senses(text: str) -> list[str]:
    """Return the words of a text on which its sense turns, in order."""
    return [_key(word) for word in words_of(text) if turns_sense(word)]


@dataclass(frozen=True)
class Manner:
    """In what a correction is made: a recommendation keeps all names; a withheld name may go."""

    is_recommendation: bool = False
    withholds: bool = False


PLAIN = Manner()


def same_cells(old: str, new: str) -> bool:
    """Answer whether lines and cells stay where they are, with whatever has a number in it."""
    before, after = _cells(old), _cells(new)
    if [len(row) for row in before] != [len(row) for row in after]:
        return False
    pairs = [
        pair
        for one, other in zip(before, after, strict=True)
        for pair in zip(one, other, strict=True)
    ]
    is_table = any(len(row) > 1 for row in before)
    return not is_table or all(one == other or not quantities(one + other) for one, other in pairs)


def is_slip(old: str, new: str, manner: Manner = PLAIN) -> bool:
    """Answer whether `new` is `old` with nothing but slips of the pen put right."""
    before, after = _cells(old), _cells(new)
    if [len(row) for row in before] != [len(row) for row in after]:
        return False
    return all(
        _cell_is_slip(one, other, manner)
        for row, other_row in zip(before, after, strict=True)
        for one, other in zip(row, other_row, strict=True)
    )


def _cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.strip("\r\n ").splitlines()]


def _cell_is_slip(old: str, new: str, manner: Manner) -> bool:
    if manner.withholds and not manner.is_recommendation:
        new = _MARKED.sub(" REMOVED ", new)
    if _signs(old) != _signs(new) or item_of(old)[0] != item_of(new)[0]:
        return False
    before, after = words_of(old), words_of(new)
    left: list[str] = []
    came: list[str] = []
    for change, i, j, m, n in _changes(before, after):
        one, other = before[i:j], after[m:n]
        if change == "equal":
            continue
        if any(is_quantity(word) for word in [*before[max(i - 1, 0) : j + 1], *other]):
            return False
        if any(turns_sense(word) for word in [*one, *other]):
            return False
        if not _may_change(change, one, other, before, i, manner):
            return False
        left += map(_key, one)
        came += map(_key, other)
    return not set(left) & set(came)


def _signs(text: str) -> list[str]:
    """Return every character that is no letter, digit, space or plain punctuation."""
    return [
        char for char in text if not (char.isalnum() or char in " \u00a0" or char in _PUNCTUATION)
    ]


def _changes(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[str, int, int, int, int]]:
    keys = [_key(word) for word in before], [_key(word) for word in after]
    yield from SequenceMatcher(None, *keys, autojunk=False).get_opcodes()


def _key(word: str) -> str:
    return re.sub("['’]", "", word).casefold()


def _may_change(
    change: str, old: list[str], new: list[str], before: list[str], at: int, manner: Manner
) -> bool:
    if new == ["REMOVED"] and manner.withholds:
        return True
    if change == "delete":
        return len(old) == 1 and _is_doubled(before, at)
    if change == "insert":
        return False
    if len(old) == len(new):
        pairs = zip(old, new, strict=True)
        return all(_is_misspelling(one, other, manner) for one, other in pairs)
    return _key("".join(old)) == _key("".join(new))


def _is_doubled(words: list[str], at: int) -> bool:
    """Answer whether a word stands beside itself."""
    beside = [words[i] for i in (at - 1, at + 1) if 0 <= i < len(words)]
    return any(_key(word) == _key(words[at]) for word in beside)


def _is_misspelling(old: str, new: str, manner: Manner) -> bool:
    """Answer whether two words are one, misspelt: few letters apart, and written alike."""
    if not (_is_plain(old) and _is_plain(new)) or old[0] != new[0]:
        return False
    if old.islower() != new.islower() or old.isupper():
        return False
    apart = _distance(old, new)
    if not old.islower():
        long = min(len(old), len(new)) >= _NAME_LENGTH
        return long and apart == 1 and not manner.is_recommendation
    if min(len(old), len(new)) <= 3:
        return sorted(old) == sorted(new) and apart == 1
    return apart <= (2 if min(len(old), len(new)) >= _LONG else 1)


def _is_plain(word: str) -> bool:
    """Answer whether a word is written in Latin letters alone."""
    return all(unicodedata.name(char, "").startswith("LATIN ") for char in word)


def _distance(one: str, other: str) -> int:
    """Return how many letters are put in, left out, changed or swapped with the next."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and (a, b) == (other[j - 2], one[i - 2]):
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]
