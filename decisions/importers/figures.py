"""Which sums a recommendation decides, and which only name a source or give context.

The rules are in `docs/importing.md`. Each looks at the words just before and after the sum.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from itertools import islice, pairwise

from decisions.imported_paper import ImportedFigure, ImportedKind
from decisions.importers.doubts import Code, Doubts
from decisions.wording.money import LIMIT, Sum, has_unread_sum, sums_in
from decisions.wording.rates import rates_in
from decisions.wording.sentences import THRESHOLD, UP_TO, UP_TO_AFTER, WINDOW, sentences_of

SUMS_READ = 200
"""At most so many sums of one recommendation are read; a warning says when there are more."""

_FUND = (
    r"(?:allocations?|budgets?|funds?|funding|grants?|awards?|reserves?|pots?|envelope|settlement"
    r"|provision|underspends?|contributions?|balances?|precept|totals?|programme)"
)
_WORD = r"[\w’'()/&-]+\s+"
_FUNDED = re.compile(
    r"\b(?:funded|met|financed|resourced|covered|supported|paid|drawn|taken|funding(?: is)?)"
    r"\s+(?:\w+\s+){0,3}?"
    rf"(?:by|from|via|through|out of|within|against)\s+(?P<words>(?:{_WORD}){{0,9}})$",
    re.I,
)
_FROM = re.compile(
    r"\b(?P<from>from|out of|against|within|using)\s+"
    rf"(?P<words>(?:(?!from\s|against\s|within\s|using\s){_WORD}){{0,9}})$",
    re.I,
)
_FUND_AFTER = re.compile(rf"^\s+(?:[\w’'-]+\s+){{0,5}}?{_FUND}\b", re.I)
_FUND_OF = re.compile(rf"\b{_FUND}\s+of\s+(?:up to\s+)?$", re.I)
_EARLIER = re.compile(
    r"\b(?:previously|already|originally|existing|original|current|earlier|in addition to"
    r"|further to|on top of)\s+(?:(?!by\s|at\s|for\s|to\s|with\s)[\w’'-]+\s+){0,5}$",
    re.I,
)
_NEW_TOTAL = re.compile(
    r"\b(?:revised|new|overall|cumulative|aggregate)\s+total(?:\s+\w+){0,3}\s+$"
    r"|\(\s*(?:\w+\s+){0,3}?total(?:\s+\w+){0,3}\s+$"
    r"|\b(?:bringing|taking|making|giving)\s+(?:\w+\s+){0,6}$|\btotall?ing\s+$|\ba total of\s+$",
    re.I,
)
_TOTAL = re.compile(r"\btotall?ing\s+$|\b(?:a|in) total(?: of)?\s+$", re.I)
_TOTAL_LINE = re.compile(r"^\W*(?:(?:grand|overall|sub)[ -]?)?totals?\b", re.I)
_OLD_VALUE = re.compile(r"\bfrom\s+(?:up to\s+|a maximum of\s+)?$", re.I)
_BY = re.compile(r"\bby\s+(?:up to\s+|a maximum of\s+)?$", re.I)
_ACT_AFTER_SOURCE = re.compile(
    r"\band (?:(?:the|a|an|to|onward|subsequent)\s+)*"
    r"(?:re-?)?(?:award|expenditure|spend|pay|distribut)",
    re.I,
)
_PARTS = re.compile(
    r"\bof which\b|\bcomprising\b|\bmade up of\b|\bconsist(?:s|ing) of\b|\bbroken down\b|\bsplit\b"
    r"|\bincluding\b(?! VAT)|\bincludes\b(?! VAT)|\binclusive of\b",
    re.I,
)
_RATE = re.compile(
    r"^,?\s*(?:(?:in|for) each of\b"
    r"|(?:per|a|every|each|in each|for each|for the each)\s+(?:of\s+the\s+)?"
    r"(?:financial\s+)?"
    r"(?:years?|annum|month|quarter|week|day|case|person|officer|borough|grant|project|place)\b"
    r"|each\b|annually\b|p\.?a\b|/\s?year)",
    re.I,
)
_AT_A_RATE = re.compile(r"(?:\b(?:at|being|namely|or|i\.?e\.?)|[(:]),?\s*(?:up to\s+)?$", re.I)
_REPEATED = re.compile(
    r"\(\s*$|\bi\.?e\.?,?\s+$|\bnamely,?\s+$|\b(?:the|this|that|these|said|full|such|same)\s+(?:\w+\s+){0,2}$",
    re.I,
)
_OF_THE = re.compile(
    r"(?:£|\bGBP)\s?[0-9][0-9,. ]*(?:million|thousand|billion|m|k|bn)?\s+(?:[\w-]+\s+){0,2}of\s+"
    rf"(?:the|its|their|this|that)\s+(?:{_WORD}){{0,5}}$",
    re.I,
)
_WITHIN = re.compile(rf"\bwithin\s+(?:{_WORD}){{0,9}}$", re.I)
_INCREASE = re.compile(r"\b(?:increas|uplift|rais|extend|var(?:y|i)|reduc|decreas)", re.I)
_ACT = re.compile(
    r"^(?:and\s+)?(?:to\s+)?(?:approv|accept|award|authoris|agree|allocat|commit)", re.I
)
_NOT_NOUNS = frozenset(
    {"a", "an", "and", "are", "at", "be", "by", "cost", "for", "in", "is", "of", "on", "plus"}
    | {"to", "totalling", "up", "value", "was", "which", "with", "worth"}
)


class Role(Enum):
    """What a sum is for in its recommendation."""

    DECIDED = auto()
    SOURCE = auto()
    MAYBE_SOURCE = auto()
    CONTEXT = auto()
    COMPONENT = auto()
    REPEATED = auto()


@dataclass(frozen=True, slots=True)
class Mention:
    """A sum where it stands: its sentence, the words around it, and its role."""

    sum: Sum
    sentence: int
    sentence_text: str
    before: str
    after: str
    role: Role = Role.DECIDED
    on_own_line: bool = False
    up_to: bool = False
    is_range: bool = False
    is_reckoned: bool = False

    def with_role(self, role: Role) -> "Mention":
        """The same mention in another role."""
        return replace(self, role=role)


def figures_of(
    text: str, kind: ImportedKind, about: str, doubts: Doubts
) -> tuple[tuple[ImportedFigure, ...], tuple[Sum, ...]]:
    """The sums decided, in order, and the sums that name a source."""
    mentions = list(_with_ranges(list(islice(_mentions(text), SUMS_READ))))
    mentions = [each.with_role(_role_by_words(each)) for each in mentions]
    mentions = _with_further_sources(mentions)
    mentions = _with_old_values(_with_restatements(_with_later_sentences(mentions)))
    mentions = _with_wholes_of_rates(text, mentions)
    mentions = _with_doubtful_sources(mentions, kind)
    if kind is ImportedKind.NOTE:
        mentions = [_not_decided(each) for each in mentions]
    _note_doubts(mentions, about, doubts)
    if has_unread_sum(text) or len(mentions) == SUMS_READ:
        doubts.add(Code.AMOUNT_UNCLEAR, about)
    figures = tuple(
        ImportedFigure(each.sum.amount, each.up_to, each.sum.text)
        for each in mentions
        if each.role is Role.DECIDED
    )
    return figures, tuple(each.sum for each in mentions if each.role is Role.SOURCE)


def _mentions(text: str) -> Iterator[Mention]:
    spans = sentences_of(text)
    start, end = next(spans)
    number = 0
    for found in sums_in(text):
        while found.start >= end:
            start, end = next(spans)
            number += 1
        before = text[max(start, found.start - WINDOW) : found.start]
        after = text[found.end : min(end, found.end + 80)]
        ceiling = UP_TO.search(before) or UP_TO_AFTER.match(after) or found.is_range
        sentence = text[start : min(end, start + 2000)]
        yield Mention(
            found,
            number,
            sentence,
            before,
            after,
            on_own_line=start > 0 and text[start - 1] == "\n",
            up_to=bool(ceiling),
            is_range=found.is_range,
        )


def _with_ranges(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Join the two ends of a range ("£1m to £1.5m") into one ceiling."""
    skip = False
    for each, following in zip(mentions, [*mentions, None][1:], strict=True):
        if skip:
            skip = False
            continue
        if following is not None and _is_range(each, following):
            skip = True
            whole = each.sum.text + each.after[: following.sum.start - each.sum.end]
            joined = replace(following.sum, text=whole + following.sum.text, start=each.sum.start)
            yield replace(each, sum=joined, after=following.after, up_to=True, is_range=True)
            continue
        yield each


def _is_range(first: Mention, second: Mention) -> bool:
    if first.sentence != second.sentence or first.sum.amount >= second.sum.amount:
        return False
    between = first.after[: max(second.sum.start - first.sum.end, 0)].strip().lower()
    if _INCREASE.search(first.before):
        return False
    opened = first.before.rstrip().lower().endswith("between")
    return between in {"-", "–", "—", "to"} or (between == "and" and opened)


def _role_by_words(each: Mention) -> Role:
    if UP_TO.search(each.before) is None and THRESHOLD.search(each.before):
        return Role.CONTEXT
    funded = _FUNDED.search(each.before)
    if funded is not None and "cost" not in funded["words"].lower():
        return Role.SOURCE
    if _OF_THE.search(each.before):
        return Role.SOURCE
    if _EARLIER.search(each.before):
        return Role.CONTEXT
    return _role_by_from(each)


def _role_by_from(each: Mention) -> Role:
    match = _FROM.search(each.before)
    if match is None:
        return Role.DECIDED
    words = match["words"].lower().replace("'", "’").split()
    named = _FUND_AFTER.match(each.after) is not None
    if _ACT_AFTER_SOURCE.search(match["words"]):
        return Role.DECIDED
    if not words:
        return Role.SOURCE if named or match["from"].lower() != "from" else Role.DECIDED
    if _FUND_OF.search(each.before) or words[-1].endswith("’s"):
        within = match["from"].lower() == "within" and "recommendation" not in each.after
        return Role.MAYBE_SOURCE if within else Role.SOURCE
    if _NOT_NOUNS & set(words[1:]) or words[-1] in _NOT_NOUNS:
        return Role.SOURCE if match["from"].lower() == "out of" and not named else Role.DECIDED
    determiner_only = len(words) == 1 and words[0] in {"the", "its", "this", "that", "their"}
    return Role.SOURCE if determiner_only else Role.MAYBE_SOURCE


def _with_further_sources(mentions: list[Mention]) -> list[Mention]:
    """Of "funded by £2m from the grant and £1m from reserves" both sums name a source."""
    for n, each in enumerate(mentions[1:], start=1):
        before = mentions[n - 1]
        if (
            before.role is Role.SOURCE
            and each.role is Role.DECIDED
            and each.sentence == before.sentence
            and re.search(r"(?:\band|,)\s+$", each.before)
            and re.match(r"\s+(?:from|out of)\b", each.after)
        ):
            mentions[n] = each.with_role(Role.SOURCE)
    return mentions


def _with_later_sentences(mentions: Sequence[Mention]) -> list[Mention]:
    """Sums in explaining sentences are context once an earlier sentence has decided one."""
    decided_in = next((each.sentence for each in mentions if each.role is Role.DECIDED), 0)
    return [
        each.with_role(Role.CONTEXT)
        if each.role is Role.DECIDED
        and each.sentence > decided_in
        and not each.up_to
        and not _ACT.match(each.sentence_text)
        and not each.on_own_line
        else each
        for each in mentions
    ]


def _with_restatements(mentions: Sequence[Mention]) -> list[Mention]:
    """Parts of a sum, a total of sums, and a sum said again are not decided twice."""
    result: list[Mention] = []
    parts_from: int | None = None
    for each in mentions:
        earlier = [one for one in result if one.role is Role.DECIDED]
        role = each.role
        if role is Role.DECIDED and earlier:
            if _PARTS.search(each.before):
                parts_from = each.sentence
            role = _restated(each, earlier, in_parts=parts_from == each.sentence)
        result.append(each.with_role(role))
    return _with_components_by_arithmetic(_with_totals_of_rates(result))


def _restated(each: Mention, earlier: Sequence[Mention], *, in_parts: bool) -> Role:
    in_brackets = each.before.endswith("(") and _RATE.match(each.after) is not None
    if in_parts or in_brackets:
        return Role.COMPONENT
    same = any(one.sum.amount == each.sum.amount for one in earlier)
    later = each.sentence > earlier[-1].sentence and not each.on_own_line
    if same and (_REPEATED.search(each.before) or later):
        return Role.REPEATED
    total_line = each.on_own_line and _TOTAL_LINE.match(each.sentence_text)
    if total_line or _NEW_TOTAL.search(each.before):
        return Role.CONTEXT
    return Role.DECIDED


def _with_totals_of_rates(mentions: list[Mention]) -> list[Mention]:
    """Of "£200 a year for three years, a total of £600" the total is decided, not the rate."""
    for n, (rate, total) in enumerate(pairwise(list(mentions))):
        if (
            rate.role is Role.DECIDED
            and total.role is Role.CONTEXT
            and rate.sentence == total.sentence
            and _RATE.match(rate.after)
            and _TOTAL.search(total.before)
            and total.sum.amount > rate.sum.amount
            and total.sum.amount % rate.sum.amount == 0
        ):
            mentions[n] = rate.with_role(Role.COMPONENT)
            mentions[n + 1] = total.with_role(Role.DECIDED)
    return mentions


def _with_wholes_of_rates(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Of "£90,000 a year for two years" £180,000 is decided, unless its whole is said too."""
    rates = {each.sum.start: each for each in rates_in(text)}
    decided = [each for each in mentions if each.role is Role.DECIDED]
    result = []
    for each in mentions:
        rate = rates.get(each.sum.start) if each.role is Role.DECIDED else None
        if rate and any(_is_share(each, one, rate.whole) for one in decided):
            each = each.with_role(Role.COMPONENT)
        elif rate and rate.whole and rate.whole < LIMIT:
            reckoned = replace(each.sum, amount=rate.whole, text=rate.text)
            each = replace(each, sum=reckoned, is_reckoned=True)
        result.append(each)
    return result


def _is_share(rate: Mention, whole: Mention, comes_to: Decimal | None) -> bool:
    """Whether a rate only explains another sum: "£1.8m, at £150,000 each"."""
    if whole.sentence != rate.sentence or whole.sum.amount <= rate.sum.amount:
        return False
    explains = whole.sum.start < rate.sum.start and _AT_A_RATE.search(rate.before)
    return whole.sum.amount == comes_to or bool(
        explains and whole.sum.amount % rate.sum.amount == 0
    )


def _with_components_by_arithmetic(mentions: list[Mention]) -> list[Mention]:
    """When the first decided sum is exactly the total of the others, those are its parts."""
    decided = [n for n, each in enumerate(mentions) if each.role is Role.DECIDED]
    amounts = [mentions[n].sum.amount for n in decided]
    if len(amounts) >= 3 and amounts[0] == sum(amounts[1:]):
        for n in decided[1:]:
            mentions[n] = mentions[n].with_role(Role.COMPONENT)
    elif len(amounts) >= 3 and amounts[-1] == sum(amounts[:-1]):
        mentions[decided[-1]] = mentions[decided[-1]].with_role(Role.COMPONENT)
    return mentions


def _with_old_values(mentions: list[Mention]) -> list[Mention]:
    """Of "from £100 to £150" only the second sum is decided, of "by £50 to £150" the first."""
    for n, (each, following) in enumerate(pairwise(list(mentions))):
        between = each.after[: max(following.sum.start - each.sum.end, 0)].strip().lower()
        opened = _OLD_VALUE.search(each.before)
        becomes = between in {"to", "to up to", "to a maximum of"}
        if becomes and _BY.search(each.before) and each.sum.amount < following.sum.amount:
            mentions[n + 1] = following.with_role(Role.CONTEXT)
        if opened and becomes and each.role is Role.DECIDED and not each.is_range:
            mentions[n] = each.with_role(Role.CONTEXT)
    return mentions


def _with_doubtful_sources(mentions: list[Mention], kind: ImportedKind) -> list[Mention]:
    """A sum "from the Home Office" is decided when money comes in and nothing else is decided."""
    comes_in = kind in {ImportedKind.ACCEPT, ImportedKind.BID}
    decided = any(each.role is Role.DECIDED for each in mentions)
    return [
        each.with_role(
            Role.DECIDED
            if not decided and (comes_in or _WITHIN.search(each.before))
            else Role.SOURCE
        )
        if each.role is Role.MAYBE_SOURCE
        else each
        for each in mentions
    ]


def _not_decided(each: Mention) -> Mention:
    """A recommendation that only notes decides no sum."""
    return each.with_role(Role.CONTEXT) if each.role is Role.DECIDED else each


def _note_doubts(mentions: Sequence[Mention], about: str, doubts: Doubts) -> None:
    for each in mentions:
        detail = f"{about}: {each.sum.text}"
        if each.role is Role.CONTEXT:
            doubts.add(Code.SUM_LEFT_OUT, detail)
        elif each.role is Role.COMPONENT:
            doubts.add(Code.COMPONENT_SUM, detail)
        elif each.role is Role.DECIDED:
            _note_decided(each, detail, doubts)


def _note_decided(each: Mention, detail: str, doubts: Doubts) -> None:
    if each.sum.unclear:
        doubts.add(Code.AMOUNT_UNCLEAR, detail)
    if each.is_range:
        doubts.add(Code.AMOUNT_RANGE, detail)
    if each.is_reckoned:
        doubts.add(Code.AMOUNT_RECKONED, detail)
    elif _RATE.match(each.after):
        doubts.add(Code.AMOUNT_RATE, detail)
    if each.sentence > 0 and not _ACT.match(each.sentence_text):
        doubts.add(Code.SUM_DOUBTFUL, detail)
