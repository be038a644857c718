"""Sums of money in a text, as printed and as Decimal pounds."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from decisions.wording.quantities import is_count, is_number, is_quantity, words_of

LIMIT = Decimal(10) ** 12
"""Sums of a million million pounds and more are not taken (the register's own limit)."""

_UNITS = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "mil": 6, "mill": 6, "million": 6, "millions": 6,
    "bn": 9, "billion": 9, "b": 9,
}  # fmt: skip
_NUMBER = r"[0-9]{1,3}(?:,\s?[0-9]{3})+(?![0-9])|[0-9]+"
_UNIT = r"thousand|millions?|mill?|mn|m|bn|billion|k|b"
_SUM = re.compile(
    rf"£\s?(?:{_NUMBER})(?:\.[0-9]+)?\s?[–-]\s?£?(?P<number3>{_NUMBER})(?P<decimals3>\.[0-9]+)?"
    rf"(?:\s?(?P<unit3>{_UNIT})\b|(?<=,[0-9]{{3}}))"
    rf"|(?:£|\bGBP)\s?(?P<number>{_NUMBER})(?P<decimals>\.[0-9]+)?(?:\s?(?P<unit>{_UNIT})\b)?"
    rf"|(?<![0-9£.,])(?P<number2>{_NUMBER})(?P<decimals2>\.[0-9]+)?(?:\s(?P<unit2>{_UNIT}))?"
    r"\s(?:pounds(?! sterling\w)|GBP\b)",
    re.I,
)
_SIGN = re.compile(r"£|\bGBP\b", re.I)
_OTHER_MONEY = re.compile(
    r"[€$]\s?[0-9]|\b(?:EUR|USD)\s?[0-9]"
    r"|\b(?:of|at|to)\s+(?:up to\s+)?[0-9][0-9,.]*\s?(?:m|k|bn|million|billion)\b(?!\s+[a-z]+s\b)",
    re.I,
)
_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundred|thousand|million|billion|half|quarter|a|an|and|point"
)
_IN_WORDS = re.compile(rf"(?<![0-9])(?<![0-9]\s)\b(?:(?:{_WORDS})[\s-]+){{1,15}}pounds\b", re.I)
_SPOKEN = re.compile(
    r"\b(?:GBP|EUR|USD|euros?|dollars?|pounds?|pence|pennies|sterling|vat|percent|per\scent)\b|%"
    rf"|\b(?:{_UNIT}|billions|thousands)\b|[0-9]\s?(?:{_UNIT})\b"
    r"|[0-9](?:,\s?[0-9]{3})|[0-9]{5}"
    r"|\b(?:costs?|budgets?|pric(?:e|es|ed|ing)|fees?|salar(?:y|ies)|wages?|rates?|amounts?|sums?"
    r"|pay|pays|paid|paying|payments?|spend|spends|spent|spending|expenditure|invoices?|loans?"
    r"|awards?|awarded|fund(?:s|ed|ing)|contribut(?:es?|ed|ing|ions?)|allocat(?:es?|ed|ions?)"
    r"|totals?|totalling|worth|ceilings?|caps?|capped|underspends?|savings?|refund(?:s|ed|able)?"
    r"|grants?\s+(?:of|is|are|was|were))\b|\bgrants?:",
    re.I,
)
_RECKONED = re.compile(
    r"per|each|every|apiece|plus|minus|less|least|most|over|under|minimum|maximum|limit(?:ed)?"
    r"|net|gross|total|(?:in|ex)clu(?:d(?:e|es|ed|ing)|sive)|extra|further|additional",
    re.I,
)
_BESIDE = ".,;:!?'\"’‘“”()[]"
_UNCLEAR_AFTER = re.compile(r"(?:[,.][0-9]|\s[0-9]{3}(?![0-9])|\s?[-–]\s?[0-9])")


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed sum at `start:end` of its text; `step` is the smallest step it is printed in.

    "£1.2m" has a step of 100000.00 pounds. `unclear` marks one that can be read in two ways;
    of a range ("£1.2-1.4m") it is the upper end.
    """

    amount: Decimal
    text: str
    start: int
    end: int
    step: Decimal
    unclear: bool = False
    is_range: bool = False

    def agrees_with(self, other: "Sum") -> bool:
        """Whether both are the same sum, or one is the other rounded."""
        return (
            self.amount == other.amount
            or _rounded(self.amount, other.step) == other.amount
            or _rounded(other.amount, self.step) == self.amount
        )


def sums_in(text: str) -> Iterator[Sum]:
    """Every printed sum below the limit, in order."""
    for match in _SUM.finditer(text):
        found = _read(match, text)
        if found is not None:
            yield found


def has_unread_sum(text: str) -> bool:
    """Whether money is printed that is no readable sum: no pound sign, not in pounds, in words."""
    if _OTHER_MONEY.search(text) or _IN_WORDS.search(text):
        return True
    read = {each.start for each in sums_in(text)}
    return any(
        match.start() not in read and text[match.end() : match.end() + 2].strip()[:1].isdigit()
        for match in _SIGN.finditer(text)
    )


def money_in(text: str) -> tuple[str, ...]:
    """Return every number of a text and every word money is reckoned by, in order.

    A sum is the same however it is printed. To hold against another text, where either speaks of
    money: "£5 a year for two years" says another sum than "£5 a year for three".
    """
    return tuple(_numbers(_with_plain_sums(text), _is_reckoned_by))


def numbers_in(text: str) -> tuple[str, ...]:
    """Return every number of a text, in figures or in words, in order; sums as `money_in` does."""
    return tuple(_numbers(_with_plain_sums(text), is_count))


def speaks_of_money(text: str) -> bool:
    """Whether a text speaks of money, or has a number in it as large as sums are."""
    return _SPOKEN.search(text) is not None or any(
        unicodedata.category(char) == "Sc" for char in text
    )


def _with_plain_sums(text: str) -> str:
    """Return a text with every sum that is read in one way in plain pounds."""
    pieces, at = [], 0
    for each in sums_in(text):
        if not (each.unclear or each.is_range):
            pieces += [text[at : each.start], f" {each.amount} "]
            at = each.end
    return "".join([*pieces, text[at:]])


def _numbers(text: str, is_wanted: Callable[[str], bool]) -> Iterator[str]:
    """Every number as printed, with the sign before it, and the wanted words."""
    sign = ""
    for chunk in text.split():
        bare = chunk.strip(_BESIDE)
        if any(map(is_number, bare)):
            yield f"{sign}{bare}"
        else:
            yield from (word.casefold() for word in words_of(bare) if is_wanted(word))
        sign = bare if bare and not any(map(str.isalnum, bare)) else ""


def _is_reckoned_by(word: str) -> bool:
    return word != "may" and (is_quantity(word) or _RECKONED.fullmatch(word) is not None)


def _read(match: re.Match[str], text: str) -> Sum | None:
    form = next(form for form in ("", "2", "3") if match[f"number{form}"] is not None)
    digits = re.sub(r"[,\s]", "", match[f"number{form}"])
    if len(digits) > 15:
        return None
    decimals = (match[f"decimals{form}"] or "")[:20]
    unit = (match[f"unit{form}"] or "").lower()
    power = _UNITS[unit] if unit else 0
    exact = Decimal(digits + decimals).scaleb(power)
    amount = exact.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    if not 0 < amount < LIMIT:
        return None
    step = Decimal(1).scaleb(power - max(len(decimals) - 1, 0))
    thousands = not unit and len(decimals) > 3
    unclear = thousands or exact != amount or _UNCLEAR_AFTER.match(text, match.end()) is not None
    return Sum(amount, match[0], match.start(), match.end(), step, unclear, form == "3")


def _rounded(amount: Decimal, step: Decimal) -> Decimal:
    return (amount / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step
