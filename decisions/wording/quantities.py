"""What in a text stands for a number, a sum or a date, in figures or in words."""

import re
import unicodedata

_NUMBERS = (
    "zero|nought|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    "|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
    "|eighty|ninety|hundred|thousand|million|billion|trillion|dozen|half|halves|quarter|double"
    "|treble|triple|twice|thrice|once|thou|grand|score|up|couple|pair|single|both"
)
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    "|[a-z]+teenth|[a-z]+tieth|hundredth|thousandth|millionth|last|next|previous|final"
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_PERIODS = (
    "pounds?|pence|pennies|penny|euros?|dollars?|vat|cent|percent|days?|daily|weeks?|weekly"
    "|fortnight(?:ly)?|months?|monthly|quarterly|years?|yearly|annum|annual(?:ly)?|mn?|bn|tn|k"
)
_ROMAN = "(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_COUNT = re.compile(rf"(?:{_NUMBERS})s?|(?:{_ORDINALS})s?|{_MONTHS}|{_ROMAN}", re.IGNORECASE)
_PERIOD = re.compile(_PERIODS, re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""A word, with the apostrophes in it."""


def is_number(char: str) -> bool:
    """Answer whether a character stands for a number, a currency or a reckoning, in any script."""
    return char.isnumeric() or unicodedata.category(char) in {"Sc", "Sm"} or char in "%‰°"


def figures(text: str) -> list[str]:
    """Return what of a text has figures in it, exactly as it stands, with loose signs beside it."""
    chunks = text.split()
    has = [any(map(is_number, chunk)) for chunk in chunks]
    loose = [not any(map(str.isalnum, chunk)) for chunk in chunks]
    return [
        chunk
        for i, chunk in enumerate(chunks)
        if has[i] or (loose[i] and any(has[max(i - 1, 0) : i + 2]))
    ]


def is_count(word: str) -> bool:
    """Answer whether a word stands for a number or a date."""
    return any(map(is_number, word)) or _COUNT.fullmatch(word) is not None


def is_quantity(word: str) -> bool:
    """Answer whether a word stands for a number, a day or a period."""
    return is_count(word) or _PERIOD.fullmatch(word) is not None


def words_of(text: str) -> list[str]:
    """Return the words of a text, without what stands between them."""
    return WORD.findall(text)


def quantities(text: str) -> list[str]:
    """Return everything in a text that stands for a number, a sum or a date, in order."""
    return [*figures(text), *filter(is_quantity, words_of(text))]
