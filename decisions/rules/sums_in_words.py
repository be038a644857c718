"""Rules on sums: words against fields, one place against another, parts against the whole."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice

from audit.words import listed, money
from decisions.models import FigureRole, RecommendationKind
from decisions.rules.book import When
from decisions.rules.facts import SUMMARY, Asked, Facts, Place
from decisions.rules.findings import Found, finds
from decisions.wording.disagreements import Passage, disagreements
from decisions.wording.disagreements import Place as Printed
from decisions.wording.money import Sum, sums_in
from decisions.wording.rates import Rate, rates_in
from decisions.wording.sentences import is_ceiling, is_threshold, sentences_of
from decisions.wording.years import years_in

GRANTING = tuple(
    kind
    for kind in RecommendationKind
    if kind not in {RecommendationKind.NOTE, RecommendationKind.BID}
)
"""The kinds that money may be had under: each such recommendation that names a sum decides one."""

PENNY = Decimal("0.01")
COMPARED = re.compile(
    r"\b(instead of|rather than|not|asked|requested|sought|proposed|reduced|lowered|down from)\b",
    re.IGNORECASE,
)
"""Words by which a sentence tells what was asked for beside what is decided."""

MOST_PARTS = 40
"""At most so many sums of one recommendation are added up."""


def _exact(amount: Decimal) -> Sum:
    """Return a figure as a sum that is printed to the penny."""
    return Sum(amount, money(amount), 0, 0, PENNY)


def _printed(text: str) -> Iterator[Sum]:
    """Yield the sums of a text, without the limits of something else."""
    for start, end in sentences_of(text):
        sentence = text[start:end]
        yield from (each for each in sums_in(sentence) if not is_threshold(sentence, each))


def _agrees(found: Sum, amounts: Iterable[Decimal]) -> bool:
    return any(found.agrees_with(_exact(amount)) for amount in amounts)


def _stands(amount: Decimal, printed: Iterable[Sum]) -> bool:
    return any(found.agrees_with(_exact(amount)) for found in printed)


def grants_beyond(text: str, whole: Decimal, asked: Iterable[Decimal]) -> Iterator[Sum]:
    """Yield the sums that a text grants above a whole (pounds).

    A sum that was asked for may be told beside what is decided: "£1 million instead of £1.2
    million".
    """
    known = list(asked)
    for start, end in sentences_of(text):
        sentence = text[start:end]
        for each in _printed(sentence):
            is_told = _agrees(each, known) and COMPARED.search(sentence)
            if each.amount > whole and not _agrees(each, [whole]) and not is_told:
                yield each


@finds("DEC-08")
def draws_beyond(facts: Facts) -> Found:
    """What is drawn from a recommendation is no more than it asks for."""
    for source in facts.recommendations:
        drawn = [each for each in facts.recommendations if each.source == source.number]
        together = sum((each.held for each in drawn), Decimal())
        if source.held and together > source.held:
            numbers = ", ".join(each.number for each in drawn)
            words = f"it asks for {money(source.held)}, and {money(together)} is drawn from it"
            yield source.place, f"{words} ({numbers}).", max(each.part for each in drawn)


@finds("DEC-20")
def says_sums_without_figures(facts: Facts) -> Found:
    """A sum in a recommendation’s words is one of the paper’s figures, or a share of one."""
    amounts = [sum_.amount for row in facts.recommendations for sum_ in row.sums]
    amounts += [share for row in facts.recommendations for share in row.shares()]
    for row in facts.recommendations:
        if row.kind == RecommendationKind.NOTE:
            continue
        rates = {each.sum.start: each for each in rates_in(row.text)}
        own = [sum_.amount for sum_ in row.sums]
        for each in rates.values():
            if each.whole and not _agrees(_exact(each.whole), amounts):
                comes_to = f"{each.text} comes to {money(each.whole)}"
                yield row.place, f"{comes_to}, which is no figure of it."
        parts = _parts(row.text, own)
        unsaid = [
            found.text
            for found in sums_in(row.text)
            if not is_threshold(row.text, found)
            and found.start not in parts
            and not _agrees(found, amounts)
            and not (found.start in rates and (rates[found.start].times or own))
        ]
        if unsaid := list(dict.fromkeys(unsaid)):
            verb = "stands" if len(unsaid) == 1 else "stand"
            yield row.place, f"{listed(unsaid)} {verb} in its words and in no figure."


def _parts(text: str, amounts: Iterable[Decimal]) -> set[int]:
    """Return where sums stand one after the other that come together to one of the amounts."""
    printed = list(islice(sums_in(text), MOST_PARTS))
    wholes = set(amounts)
    return {
        each.start
        for start, end in combinations(range(len(printed) + 1), 2)
        if end - start > 1 and sum(one.amount for one in printed[start:end]) in wholes
        for each in printed[start:end]
    }


def _is_reckoned(row: Asked, amount: Decimal) -> bool:
    """Whether words say an amount without printing it: so much a year, or so much and so much."""
    endless = list(_without_end(row))
    by_rate = any(
        each.whole == amount or (each.times is None and amount % each.sum.amount == 0)
        for each in rates_in(row.text)
        if each not in endless
    )
    return by_rate or bool(_parts(row.text, [amount]))


def _without_end(row: Asked) -> Iterator[Rate]:
    """Yield the sums by the year of which neither words, years nor period say how many years."""
    has_years = years_in(row.text) or any(each.years for each in row.sums)
    if not has_years and not (row.period_start and row.period_end):
        yield from (each for each in rates_in(row.text) if each.is_annual and each.times is None)


@finds("DEC-109")
def pays_without_end(facts: Facts) -> Found:
    """A sum by the year says for how many years, in its words, its years or its period."""
    for row in facts.recommendations:
        said = dict.fromkeys(each.text for each in _without_end(row))
        if said and row.kind != RecommendationKind.NOTE:
            yield row.place, f"its words say {listed(list(said))}, and not for how many years."


@finds("DEC-90", When.SUBMISSION)
def grants_money_without_a_sum(facts: Facts) -> Found:
    """What grants money has a sum decided, wherever its words or its figures hold a sum."""
    granting = [row for row in facts.recommendations if row.kind in GRANTING]
    decided = {
        each.amount for row in granting for each in row.sums if each.role == FigureRole.SUM_DECIDED
    }
    for row in granting:
        under = sum((each.total() for each in granting if each.parent == row.number), Decimal())
        printed = (one for one in _printed(row.text) if not _agrees(one, {*decided, under}))
        named = [*(money(each.amount) for each in row.sums), *(one.text for one in printed)]
        if named and not row.total():
            words = f"it names {named[0]}, and no figure of it is the sum decided."
            yield row.place, words


@finds("DEC-21")
def has_figures_without_words(facts: Facts) -> Found:
    """A figure of a recommendation stands in its words, whole or year by year."""
    for row in facts.recommendations:
        printed = list(sums_in(row.text))
        for each in row.sums:
            by_year = [amount for _, amount in each.years]
            if (
                not _stands(each.amount, printed)
                and not _is_reckoned(row, each.amount)
                and not (by_year and all(_stands(amount, printed) for amount in by_year))
            ):
                yield row.place, f"{money(each.amount)} is one of its figures and not in its words."


@finds("DEC-77")
def says_up_to_otherwise(facts: Facts) -> Found:
    """“Up to” stands in a recommendation’s words just where its figure says so."""
    for row in facts.recommendations:
        printed = list(sums_in(row.text))
        for each in row.sums:
            found = [one for one in printed if one.agrees_with(_exact(each.amount))]
            is_said = any(is_ceiling(row.text, one) for one in found)
            if found and each.up_to is not None and is_said != each.up_to:
                where = (
                    "its words and not in its figure"
                    if is_said
                    else "its figure and not in its words"
                )
                yield row.place, f"{money(each.amount)} is “up to” in {where}."


@finds("DEC-22")
def contradicts_itself(facts: Facts) -> Found:
    """Sums that seem to mean the same money are the same throughout the paper."""
    passages: dict[str, Place] = {}

    def passage(place: Place, text: str, decides: frozenset[Decimal] = frozenset()) -> Passage:
        passages[f"{len(passages)}"] = place
        return Passage(place.words, text, decides, f"{len(passages) - 1}", place.part)

    asked = [
        passage(row.place, _with_figures(row), frozenset(each.amount for each in row.sums))
        for row in facts.recommendations
    ]
    paragraphs = [passage(each.place, each.text) for each in facts.paragraphs]
    summary = passage(SUMMARY, facts.summary)
    matters: dict[tuple[int, Printed], list[Printed]] = {}
    for here, there in disagreements(asked, summary, paragraphs):
        part = max(here.passage.part, there.passage.part)
        matters.setdefault((part, there), []).append(here)
    for (part, there), found in matters.items():
        yield passages[found[0].passage.key], _contradiction(there, found), part


def _contradiction(there: Printed, found: Sequence[Printed]) -> str:
    """Say which sums, in other places, are close to one that is decided: one matter."""
    first = found[0].passage.key
    here = [each.sum.text for each in found if each.passage.key == first]
    others = [f"{each.sum.text} in {_within(each.passage.where)}" for each in found[len(here) :]]
    decided = f"{there.sum.text} in {_within(there.passage.where)}"
    if len(found) == 1:
        return f"{here[0]} here and {decided} are close and not equal."
    return f"{listed([f'{listed(here)} here', *others])} are close to {decided} and not equal."


def _within(where: str) -> str:
    return f"{where[:1].lower()}{where[1:]}"


def _with_figures(row: Asked) -> str:
    """Return a recommendation's words, with the figures that they do not print."""
    printed = list(sums_in(row.text))
    unsaid = [
        money(each.amount)
        for each in row.sums
        if not any(found.agrees_with(_exact(each.amount)) for found in printed)
    ]
    return "\n".join([row.text, *unsaid])


@finds("DEC-23")
def has_parts_beyond_the_whole(facts: Facts) -> Found:
    """The parts of a sum are together no more than the sum."""
    for row in facts.recommendations:
        parts, whole = row.total(FigureRole.COMPONENT), row.total()
        if whole and parts > whole:
            words = f"its parts (“of which”) come to {money(parts)}, its sum to {money(whole)}."
            yield row.place, words


@finds("DEC-24")
def has_wrong_totals(facts: Facts) -> Found:
    """A total is the sum of what it adds up."""
    for row in facts.recommendations:
        for each in row.sums:
            if each.role == FigureRole.TOTAL and each.amount not in _totals(row, facts):
                yield (
                    row.place,
                    f"the total of {money(each.amount)} is the sum of no other figures.",
                )


def _totals(row: Asked, facts: Facts) -> set[Decimal]:
    """Return what a total in a recommendation may lawfully be."""
    rows = facts.recommendations
    under = [each for each in rows if each.parent == row.number]
    sources = [each for each in rows if each.source is None]
    groups = [[row], under, [row, *under], rows, sources]
    groups += [[each for each in sources if each.kind == row.kind]]
    earlier = row.total(FigureRole.EARLIER)
    sums = {sum((each.total() for each in group), Decimal()) for group in groups}
    return sums | {one + earlier for one in sums} | {row.total(FigureRole.COMPONENT)}
