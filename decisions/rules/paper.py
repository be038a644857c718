"""Rules on what a paper has to say before it is submitted."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date

from accounts.models import AdviceKind
from audit.words import day, listed, period
from decisions.models import RecommendationKind
from decisions.rules.book import When
from decisions.rules.facts import PAPER, SECTIONS, SUMMARY, Asked, Facts, Place, Words
from decisions.rules.findings import Found, finds
from decisions.wording.rates import rates_in
from decisions.wording.years import years_in

UNDECLARED = "nothing is declared as retrospective."
AT_RISK = re.compile(
    r"\bretrospective(?:ly)?\b"
    r"|\bat (?:its|our|their|MOPAC[’']s) own risk\b"
    r"|\b(?:spen[dt]|spending|expenditure|costs?|incurred|committed|proceed(?:s|ed)?)\b"
    r"[^.;:\n]{0,40}\bat risk\b",
    re.I,
)


@finds("DEC-01", When.SUBMISSION)
def lacks_title(facts: Facts) -> Found:
    """A paper has a title before it is submitted."""
    if not facts.title.strip():
        yield PAPER, "it has no title."


@finds("DEC-02", When.SUBMISSION)
def lacks_summary(facts: Facts) -> Found:
    """A paper has an executive summary before it is submitted."""
    if not facts.summary.strip():
        yield SUMMARY, "there is none."


@finds("DEC-03", When.SUBMISSION)
def lacks_recommendation(facts: Facts) -> Found:
    """A paper makes at least one recommendation before it is submitted."""
    if not facts.recommendations:
        yield Place("Recommendations", "recommendation_new"), "there is none."


@finds("DEC-16")
def lacks_consent(facts: Facts) -> Found:
    """The head of unit consents to a paper first; it is recorded with the title and summary."""
    if not facts.head_of_unit:
        yield PAPER, "no head of unit’s consent is recorded."


@finds("DEC-17", When.SUBMISSION)
def lacks_review(facts: Facts) -> Found:
    """What lies in Part 2 rests on an exemption with a day on which it is looked at again."""
    for each in facts.grounds:
        if each.is_used and each.review_on is None:
            yield each.place, "Part 2 rests on it, and it has no review date."


@finds("DEC-18")
def has_half_a_period(facts: Facts) -> Found:
    """A period has a first and a last day."""
    for row in facts.recommendations:
        if (row.period_start is None) != (row.period_end is None):
            which = "last" if row.period_start else "first"
            said = period(row.period_start, row.period_end)
            yield row.place, f"its period ({said}) has no {which} day."


@finds("DEC-19")
def lacks_sections(facts: Facts) -> Found:
    """A paper has the sections that its kinds of recommendation call for."""
    missing: dict[str, str] = {}
    for wanted in facts.wanted:
        rows = [row for row in facts.recommendations if wanted.kind in ("", row.kind)]
        if rows and wanted.subject not in facts.subjects:
            numbers = ", ".join(row.number for row in rows if row.part == 1)
            why = "every paper" if not wanted.kind else _calls(wanted.kind, numbers)
            missing.setdefault(wanted.subject, why)
    for subject, why in missing.items():
        label = AdviceKind(subject).label.lower()
        yield SECTIONS, f"no section with {label} comments, which {why} has."


def _calls(kind: str, numbers: str) -> str:
    label = RecommendationKind(kind).label.lower()
    return f"a paper to {label} (recommendation {numbers})" if numbers else f"a paper to {label}"


@finds("DEC-25")
def crosses_years(facts: Facts) -> Found:
    """A period lies within the funder’s year (April to March), or its sum is said year by year."""
    crossing = [
        row
        for row in facts.recommendations
        if row.period_start
        and row.period_end
        and year_of(row.period_start) != year_of(row.period_end)
        and not _says_years(row)
    ]
    for place, others, row in _alike(crossing, lambda row: (row.period_start, row.period_end)):
        end = day(date(year_of(row.period_start or date.max) + 1, 3, 31))
        beyond = f"its period ({period(row.period_start, row.period_end)}) goes on beyond {end}"
        yield place, f"{beyond}{others}."


def _says_years(row: Asked) -> bool:
    """Whether a recommendation says, in a table or in words, that it is for several years."""
    annual = (each.times or 0 for each in rates_in(row.text))
    in_words = len(years_in(row.text)) > 1 or max(annual, default=0) > 1
    return in_words or any(each.years for each in row.sums)


def _alike(
    rows: Iterable[Asked], of: Callable[[Asked], Hashable]
) -> Iterator[tuple[Place, str, Asked]]:
    """Yield the first of the recommendations that are alike, with words that name the others."""
    groups: dict[Hashable, list[Asked]] = {}
    for row in rows:
        groups.setdefault((row.part, of(row)), []).append(row)
    for first, *others in groups.values():
        numbers = listed([each.number for each in others]) if others else ""
        plural = "recommendations" if len(others) > 1 else "recommendation"
        also = "so do those of" if len(others) > 1 else "so does that of"
        yield first.place, f"; {also} {plural} {numbers}" if others else "", first


def year_of(value: date) -> int:
    """Return the calendar year in which the financial year of a day begins."""
    return value.year if (value.month, value.day) >= (4, 1) else value.year - 1


@finds("DEC-26")
def names_no_authority(facts: Facts) -> Found:
    """A paper names the paragraph of the scheme under which it is to be decided."""
    if not facts.authority_paragraph.strip():
        yield PAPER, "it names no paragraph of the scheme of delegation."


@finds("DEC-27")
def declares_nothing_retrospective(facts: Facts) -> Found:
    """Spending before the decision, or at risk, is declared with its reason."""
    if facts.retrospective_reason.strip():
        return
    early = [
        row
        for row in facts.recommendations
        if row.sums and row.period_start and row.period_start < facts.submitted_on
    ]
    for place, others, row in _alike(early, lambda row: row.period_start):
        start = day(row.period_start or date.max)
        since = f"its period starts on {start}, before the paper’s submission"
        yield _declared_at(place), f"{since}{others}; {UNDECLARED}"
    for words in _texts(facts):
        if found := AT_RISK.search(words.text):
            said = " ".join(found[0].split())
            yield _declared_at(words.place), f"it speaks of “{said}”; {UNDECLARED}"


def _declared_at(place: Place) -> Place:
    """Return a place with the page on which spending before the decision is declared."""
    return Place(place.words, part=place.part)


def _texts(facts: Facts) -> Iterator[Words]:
    yield Words(SUMMARY, facts.summary)
    yield from (Words(row.place, row.text) for row in facts.recommendations)
    yield from facts.paragraphs
