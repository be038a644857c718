"""What a slip of the pen is: how two wordings may differ for one to be the other put right.

Compared line by line and cell by cell, then word by word. What is doubtful is no slip.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from decisions.shapes import item_of
from decisions.wording.quantities import WORD, is_quantity, quantities, words_of

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
    r"|(?:un)?condition\w*|repa(?:y|id)\w*|\w*refund\w*|gift\w*|loan\w*|lend\w*|lent|borrow\w*"
    r"|(?:in)?eligib\w*|liab\w*|guarant\w*|indemn\w*|waive\w*|secured?|recover\w*"
    r"|employee\w*|employer\w*|payees?|payers?|lessees?|lessors?|grantees?|grantors?",
    re.IGNORECASE,
)
_PUNCTUATION = frozenset(".,;:!?'\"’‘“”()-\u2013\u2014…/")
_LOOSE = re.compile(r"[\s,'’]")
_NAME_PUNCTUATION = re.compile(r"[\s.'’-]")
_NAME_LENGTH, _DOUBLING, _LONG, _NAMED, _JOINED = 6, 7, 9, 4, 4
# What a word joined with it can turn into something else: “non”, “able”.
_BOUND = re.compile(
    "anti|counter|inter|mini|multi|over|post|semi|some|sub|super|trans|ultra|under|with|able|down"
    "|free|full|hold|less|like|most|proof|self|term|times?|wise|work"
)
# Words that are one slip of the pen apart, and both are words.
_TWINS = re.compile(
    "from/form|trials?/trails?|casual(?:ly)?/causal(?:ly)?|united?/untied?|diary/dairy"
    "|diaries/dairies|tried/tired|signed/singed|sacred/scared|martial/marital|silver/sliver"
    "|perfect/prefect|clam/calm|bolt/blot|carve/crave|salt/slat|corps/crops|complaint/compliant"
    "|lair/liar|gird/grid|barn/bran|coral/carol|for/fro|crate/carte|planing/planning"
    "|contractors?/contactors?|expand(?:ed|ing)?/expend(?:ed|ing)?"
    "|staring/starring|strip(?:ing|ed)/stripp(?:ing|ed)|sloping/slopping|griping/gripping"
    "|scrap(?:ing|ed)/scrapp(?:ing|ed)|sniping/snipping|compl[ei]ment(?:ary)?/compl[ei]ment(?:ary)?"
    "|depreciat(?:ed?|ion)/deprecat(?:ed?|ion)|lightening/lightning|conformation/confirmation"
    "|expansive/expensive|collision/collusion|allocation/allocution|insolation/insulation"
)
# “we’re” without its apostrophe is another word, and so are others; “it’s” is a slip for “its”.
_CONTRACTED = re.compile(r"\w+['’](?:re|ll|d|ve|m)", re.IGNORECASE)
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
        old, new = (_MARKED.sub(" REMOVED ", each) for each in (old, new))
    if _signs(old) != _signs(new) or item_of(old)[0] != item_of(new)[0]:
        return False
    if len(old) - len(old.lstrip()) != len(new) - len(new.lstrip()):
        return False
    before, after = _Words(old), _Words(new)
    left: list[str] = []
    came: list[str] = []
    for change, i, j, m, n in _changes(before.words, after.words):
        one, other = before.words[i:j], after.words[m:n]
        if change == "equal":
            pairs = zip(one, other, range(i, j), strict=True)
            if not all(_is_same_word(was, now, before, at, manner) for was, now, at in pairs):
                return False
        else:
            if not _words_may_change(change, one, other, before, i, manner):
                return False
            left += map(_key, one)
            came += map(_key, other)
        if not _stops_stay(before, after, (i, j), (m, n)):
            return False
    return not set(left) & set(came) and _end(before) == _end(after)


def _is_same_word(old: str, new: str, before: "_Words", at: int, manner: Manner) -> bool:
    """Answer whether a word that is spelt alike may have other capitals or another apostrophe.

    Letters for names (“IT”, “WHO”) stay as they are, and so do the names of a recommendation.
    """
    if old == new:
        return True
    if (_CONTRACTED.fullmatch(old) is None) != (_CONTRACTED.fullmatch(new) is None):
        return False
    if len(old) > 1 and old.isupper() != new.isupper():
        return False
    is_kept = manner.is_recommendation and not before.begins(at)
    return not is_kept or old.islower() == new.islower()


class _Words:
    """The words of a text, and what stands before each of them and after the last."""

    def __init__(self, text: str) -> None:
        found = list(WORD.finditer(text))
        ends = [0, *(match.end() for match in found)]
        starts = [*(match.start() for match in found), len(text)]
        self.words = [match[0] for match in found]
        self.stops = [text[end:start] for end, start in zip(ends, starts, strict=True)]

    def is_weighty(self, at: int) -> bool:
        """Answer whether a word beside the stop at a place is a name, or one that sense turns on.

        The first word of all has a capital for another reason.
        """
        return any(
            turns_sense(self.words[i]) or is_quantity(self.words[i]) or self._is_name(i)
            for i in (at - 1, at)
            if 0 <= i < len(self.words)
        )

    def begins(self, at: int) -> bool:
        """Answer whether a sentence begins with the word at a place."""
        return at == 0 or self.stops[at].strip()[-1:] in set(".!?:")

    def _is_name(self, at: int) -> bool:
        return at > 0 and not self.words[at].islower()


def _end(words: _Words) -> str:
    """Return what stands after the last word; a full stop there ends nothing else."""
    return re.sub(r"\s", "", words.stops[-1]).rstrip(".")


def _stops_stay(before: _Words, after: _Words, old: tuple[int, int], new: tuple[int, int]) -> bool:
    """Answer whether what stands before words stays, but for a comma that divides no names."""
    (i, j), (m, n) = old, new
    if i == j or m == n:
        return True
    if j - i != n - m and any(map(str.strip, after.stops[m + 1 : n])):
        return False
    pairs = zip(range(i, j), range(m, n), strict=False)
    return all(_stop_stays(before, after, one, other) for one, other in pairs)


def _stop_stays(before: _Words, after: _Words, one: int, other: int) -> bool:
    was, now = (re.sub(r"\s", "", words.stops[at]) for words, at in ((before, one), (after, other)))
    if was == now:
        return True
    is_loose = _LOOSE.sub("", was) == _LOOSE.sub("", now)
    return is_loose and not before.is_weighty(one) and not after.is_weighty(other)


def _words_may_change(
    change: str, old: list[str], new: list[str], before: _Words, at: int, manner: Manner
) -> bool:
    """Answer whether words may change that stand before these others."""
    beside = before.words[max(at - 1, 0) : at + len(old) + 1]
    if any(is_quantity(word) for word in [*beside, *new]):
        return False
    if any(turns_sense(word) for word in [*old, *new]):
        return False
    return _may_change(change, old, new, before, at, manner)


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
    change: str, old: list[str], new: list[str], before: _Words, at: int, manner: Manner
) -> bool:
    inner = before.stops[at + 1 : at + len(old)]
    if new == ["REMOVED"] and manner.withholds:
        return _is_named(old) and not any(_NAME_PUNCTUATION.sub("", stop) for stop in inner)
    if change == "delete":
        return len(old) == 1 and _is_doubled(before, at)
    if change == "insert":
        return False
    if len(old) == len(new):
        pairs = zip(old, new, strict=True)
        return all(_is_misspelling(one, other, manner) for one, other in pairs)
    return not any(map(str.strip, inner)) and _is_joined(old, new)


def _is_named(words: list[str]) -> bool:
    """Answer whether words are a name: a few, each with a capital."""
    return len(words) <= _NAMED and all(word[0].isupper() for word in words)


def _is_joined(old: list[str], new: list[str]) -> bool:
    """Answer whether two words and one are the same, and neither of the two turns the other."""
    parts = max(old, new, key=len)
    return (
        min(len(old), len(new)) == 1
        and "".join(old) == "".join(new)
        and all(part.islower() and len(part) >= _JOINED for part in parts)
        and not any(map(_BOUND.fullmatch, parts))
    )


def _is_doubled(before: _Words, at: int) -> bool:
    """Answer whether a word stands beside itself, and nothing between."""
    for beside, stop in ((at - 1, at), (at + 1, at + 1)):
        if (
            0 <= beside < len(before.words)
            and _key(before.words[beside]) == _key(before.words[at])
            and not before.stops[stop].strip()
        ):
            before.stops[at + 1] = before.stops[at] + before.stops[at + 1]
            return True
    return False


def _is_misspelling(old: str, new: str, manner: Manner) -> bool:
    """Answer whether two words are one, misspelt: a slip that leaves no other word.

    Two letters swapped; in a longer word one doubled; in a long word, between its first three and
    last three letters, one left out or put in, or a vowel changed.
    """
    if not (_is_plain(old) and _is_plain(new)) or old[0] != new[0] or _distance(old, new) != 1:
        return False
    if old.islower() != new.islower() or old.isupper() or _are_both_words(old, new):
        return False
    is_swap = sorted(old) == sorted(new)
    shorter = min(len(old), len(new))
    if not old.islower():
        return is_swap and shorter >= _NAME_LENGTH and not manner.is_recommendation
    if shorter <= 3 or old[-2:] != new[-2:]:
        return is_swap and shorter <= 3
    return is_swap or _is_long_slip(old, new, shorter)


def _are_both_words(old: str, new: str) -> bool:
    return any(map(_TWINS.fullmatch, (f"{old}/{new}", f"{new}/{old}")))


def _is_long_slip(old: str, new: str, shorter: int) -> bool:
    if len(old) != len(new) and _undoubled(old) == _undoubled(new):
        return shorter >= _DOUBLING
    if shorter < _LONG or old[:3] != new[:3] or old[-3:] != new[-3:]:
        return False
    if len(old) != len(new):
        return True
    pairs = zip(old, new, strict=True)
    return {letter for pair in pairs if pair[0] != pair[1] for letter in pair} <= set("aeiou")


def _undoubled(word: str) -> str:
    """Return a word with each doubled letter once."""
    return re.sub(r"(.)\1", r"\1", word)


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
