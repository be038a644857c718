"""What a text says beside its sums: whose they are, what for, and on what terms.

To hold against another wording of it. A slip of the pen put right says the same; anything else may
turn “Alpha pays £5 and Beta £9” into what nobody advised on.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from decisions.shapes import item_of
from decisions.wording.money import speaks_of_money
from decisions.wording.quantities import is_count, words_of
from decisions.wording.sentences import sentences_of

_LITTLE = frozenset({"a", "an", "the", "gbp", "pound", "pounds"})
_SWAPPED, _LONG, _ALIKE = 5, 6, 0.9

Said = list[tuple[int, list[str]]]


def says_the_same(old: str, new: str) -> bool:
    """Answer whether two wordings say the same beside their sums, but for slips of the pen."""
    return _are_alike(_beside_sums(old), _beside_sums(new))


def says_the_same_throughout(old: str, new: str) -> bool:
    """Answer whether two wordings say the same in all that they say, but for slips of the pen."""
    return _are_alike([(0, _words(old))], [(0, _words(new))])


def _beside_sums(text: str) -> Said:
    """Return the words of each sentence with a sum in it, and how deep in a list it stands."""
    found = [text[start:end] for start, end in sentences_of(text)]
    return [(item_of(each)[0], _words(each)) for each in found if _has_sum(each)]


def _has_sum(sentence: str) -> bool:
    return speaks_of_money(sentence) and any(map(is_count, words_of(sentence)))


def _words(text: str) -> list[str]:
    """Return the words of a text without its numbers, which are compared by themselves."""
    return [
        word for word in words_of(text) if not is_count(word) and word.casefold() not in _LITTLE
    ]


def _are_alike(before: Said, after: Said) -> bool:
    return len(before) == len(after) and all(
        deep == now_deep and len(words) == len(now) and all(map(_is_slip, words, now))
        for (deep, words), (now_deep, now) in zip(before, after, strict=True)
    )


def _is_slip(old: str, new: str) -> bool:
    """Answer whether two words are one, perhaps misspelt: letters swapped, or one amiss."""
    one, other = old.casefold(), new.casefold()
    are_swapped = sorted(one) == sorted(other)
    if one == other or (are_swapped and (one[0] == other[0] or len(one) >= _SWAPPED)):
        return True
    is_name = old[0].isupper() or new[0].isupper()
    return not is_name and min(len(one), len(other)) >= _LONG and _close(one, other)


def _close(one: Sequence[str], other: Sequence[str]) -> bool:
    return one[:2] == other[:2] and SequenceMatcher(None, one, other).ratio() >= _ALIKE
