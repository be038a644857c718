"""Words that name a recommendation by its number: they do not follow when the numbers change."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from decisions.models import Decision, Paragraph, Recommendation
from decisions.rules.facts import SUMMARY, Facts, Outdated, Place, Words
from decisions.rules.findings import Found, finds

RECOMMENDATION, PARAGRAPH = "recommendation_edit", "paragraph_edit"
NUMBER = r"\d{1,3}(?!\d)(?:[a-z]{1,2}(?![a-z]))?(?:\([ivx]{1,5}\))?"
NAMED = re.compile(
    rf"\brecommendations?\s+({NUMBER}(?:(?:\s*[,&–-]\s*|\s+(?:and|or|to)\s+){NUMBER})*)"
    r"(?!\s+of\s+(?:PCD|DMPCD|CEOD))",
    re.I,
)


def numbers_named(text: str) -> list[str]:
    """Return the numbers by which a text names recommendations of its own paper."""
    found = (number for match in NAMED.finditer(text) for number in re.findall(NUMBER, match[1]))
    return list(dict.fromkeys(found))


@finds("DEC-72")
def names_another_number(facts: Facts) -> Found:
    """Words that name a recommendation by its number are looked at when the numbers change."""
    for each in facts.outdated:
        now = f"is recommendation {each.now} now" if each.now else "is no longer in the paper"
        yield each.place, f"it names recommendation {each.number}, and what had that number {now}."


@dataclass(frozen=True)
class Written:
    """A recommendation as it was written at a moment; without a number once removed."""

    at: datetime
    pk: int
    number: str
    text: str


def outdated(decision: Decision, facts: Facts) -> Iterator[Outdated]:
    """Return where the words of a paper name a number that stood for something else.

    What a text named is what bore the number when that text was last written, or first bore it
    afterwards. Reads the history, and only where a text names any number.
    """
    texts = [Words(SUMMARY, facts.summary), *facts.paragraphs]
    texts += [Words(row.place, row.text) for row in facts.recommendations]
    naming = [each for each in texts if numbers_named(each.text)]
    if not naming:
        return
    kept = _kept(decision)
    now = {row.pk: row.number for row in facts.recommendations}
    dates = _dates(decision, kept, {each.place for each in naming})
    for words in (each for each in naming if each.place in dates):
        for number in numbers_named(words.text):
            pk = _bearer(kept, number, dates[words.place])
            if pk is not None and now.get(pk) != number:
                yield Outdated(words.place, number, now.get(pk, ""))


def _kept(decision: Decision) -> list[Written]:
    rows = Recommendation.history.filter(decision_id=decision.pk).order_by("history_id")
    return [
        Written(at, pk, "" if kind == "-" else number, text)
        for at, pk, kind, number, text in rows.values_list(
            "history_date", "id", "history_type", "number", "text"
        )
    ]


def _bearer(kept: Sequence[Written], number: str, at: datetime) -> int | None:
    """Return the recommendation that bore a number at a moment, or else was the first to."""
    cut = bisect_right([row.at for row in kept], at)
    then = {row.pk: row.number for row in kept[:cut]}
    bearers = [pk for pk, borne in then.items() if borne == number]
    bearers += [row.pk for row in kept[cut:] if row.number == number]
    return bearers[0] if bearers else None


def _dates(
    decision: Decision, kept: Iterable[Written], places: Collection[Place]
) -> dict[Place, datetime]:
    """Return when the words of each place were last written."""
    since = {RECOMMENDATION: _since((row.pk, row.text, row.at) for row in kept)}
    if paragraphs := [place.pk for place in places if place.page == PARAGRAPH]:
        rows = Paragraph.history.filter(id__in=paragraphs).order_by("history_id")
        since[PARAGRAPH] = _since(rows.values_list("id", "text", "history_date"))
    if SUMMARY in places:
        rows = decision.history.order_by("history_id")
        since[SUMMARY.page] = _since(rows.values_list("id", "executive_summary", "history_date"))
    dates = {place: since[place.page].get(place.pk or decision.pk) for place in places}
    return {place: at for place, at in dates.items() if at is not None}


def _since(history: Iterable[tuple[int, str, datetime]]) -> dict[int, datetime]:
    """Return since when each row has had the words that it has."""
    words: dict[int, str] = {}
    since: dict[int, datetime] = {}
    for pk, text, at in history:
        if words.get(pk) != text:
            words[pk], since[pk] = text, at
    return since
