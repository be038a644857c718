"""Sums that disagree: one elsewhere in the paper that is close to a decided sum, not equal.

The rule. Take each printed sum outside the recommendations. It is *explained* when it equals any
sum printed in a recommendation, or is one of them rounded as printed (£1.2m for £1,198,000), or
is one of the parts in its paragraph that add up to one of them, or is reckoned from them
(`reckoned`). Limits of other things ("tenders over £500,000") and sentences about something else
(`contexts`) are passed over. An unexplained sum disagrees with a decided one when they differ by
at most 15 per cent of the larger, or when they are the same digits in another order. Where no
recommendation decides a sum, the sums of the summary stand in for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice

from decisions.wording.contexts import About, is_old_value
from decisions.wording.money import Sum, sums_in
from decisions.wording.rates import rates_in
from decisions.wording.reckoned import Reckoned
from decisions.wording.sentences import is_threshold, sentences_of

CLOSE = Decimal("0.15")
"""Two sums are close when they differ by at most this share of the larger."""

READ = 3000
"""At most so many sums outside the recommendations are read."""

COMPARED = 300
"""At most so many different sums are compared on each side."""

MOST_TIMES, MOST_ADDED = 12, 8
"""A sum is looked for among so many times a decided one, and among the totals of so many."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a paper and where they stand: in words, by a key, and in which part.

    `decides` are the sums (pounds) that a recommendation decides.
    """

    where: str
    text: str
    decides: frozenset[Decimal] = frozenset()
    key: str = ""
    part: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A sum, the passage in which it is printed, and the sentence."""

    sum: Sum
    passage: Passage
    sentence: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.sum.text} ({self.passage.where})"


def disagreements(
    recommendations: Sequence[Passage], summary: Passage, paragraphs: Sequence[Passage]
) -> Iterator[tuple[Place, Place]]:
    """Yield each sum that is close to a decided one but not equal, with that one."""
    printed = [place for each in recommendations for place in _printed(each)]
    decided = [place for place in printed if place.sum.amount in place.passage.decides]
    elsewhere = list(islice(_elsewhere(recommendations, summary, paragraphs, printed), READ))
    if not decided:
        decided = [place for place in elsewhere if place.passage is summary]
        printed = decided
    yield from _compared(
        _first_of_each(decided), _first_of_each(elsewhere), _first_of_each(printed)
    )


def _printed(asked: Passage) -> Iterator[Place]:
    """Yield the sums of a recommendation, and what those by the year come to."""
    found = islice(sums_in(asked.text), COMPARED)
    yield from (Place(each, asked) for each in found)
    for rate in islice(rates_in(asked.text), COMPARED):
        if rate.whole:
            yield Place(replace(rate.sum, amount=rate.whole, text=rate.text), asked)


def _elsewhere(
    recommendations: Sequence[Passage],
    summary: Passage,
    paragraphs: Sequence[Passage],
    printed: Sequence[Place],
) -> Iterator[Place]:
    amounts = {each.sum.amount for each in printed}
    about = About.of([each.text for each in recommendations], summary.text)
    for passage in [summary, *paragraphs]:
        found = list(islice(_sums_about_it(passage, about), READ))
        yield from _without_parts(found, amounts)


def _sums_about_it(passage: Passage, about: About) -> Iterator[Place]:
    for start, end in sentences_of(passage.text):
        sentence = passage.text[start:end]
        if not about.leaves_out(sentence):
            for each in sums_in(sentence):
                if not is_threshold(sentence, each) and not is_old_value(sentence, each):
                    yield Place(each, passage, sentence)


def _without_parts(found: Sequence[Place], printed: set[Decimal]) -> Sequence[Place]:
    """The sums of a paragraph without the parts of a printed sum, or of its own first sum."""
    amounts = [each.sum.amount for each in found]
    if len(amounts) > 1 and sum(amounts) in printed:
        return []
    if len(amounts) > 2 and sum(amounts[1:]) == amounts[0]:
        return found[:1]
    return found


def _first_of_each(places: Iterable[Place]) -> list[Place]:
    first: dict[Decimal, Place] = {}
    for place in places:
        first.setdefault(place.sum.amount, place)
        if len(first) == COMPARED:
            break
    return list(first.values())


def _compared(
    decided: Sequence[Place], elsewhere: Sequence[Place], printed: Sequence[Place]
) -> Iterator[tuple[Place, Place]]:
    reckoned = Reckoned([each.sum for each in decided], [each.sum for each in printed])
    for other in elsewhere:
        if any(other.sum.agrees_with(each.sum) for each in printed):
            continue
        close = next((one for one in decided if _is_close(other.sum.amount, one.sum.amount)), None)
        if close is not None and not reckoned.explains(other.sum, other.sentence):
            yield other, close


def _is_close(one: Decimal, other: Decimal) -> bool:
    larger = max(one, other)
    if larger > 0 and abs(one - other) <= larger * CLOSE:
        return True
    digits, others = str(int(one)), str(int(other))
    significant = len(digits.rstrip("0")) >= 4
    return significant and len(digits) == len(others) and sorted(digits) == sorted(others)
