"""What a release makes public: each row that it names, each that goes with one, and their words."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from audit.words import listed, money
from decisions.actions.contents import outcomes
from decisions.actions.edits import present
from decisions.actions.spots import Spot, recipient_words, releasable, spots_of
from decisions.models import (
    Content,
    Decision,
    Part,
    Place,
    Recipient,
    Revision,
    latest_version,
    part_1_of,
    read_content,
)

WITH_OUTCOME = ", with its outcome and conditions"


def becoming_public(decision: Decision, keys: Iterable[str]) -> list[Spot]:
    """Return all that leaves Part 2 with the places of those keys, with the words of each.

    A paragraph goes with its section; with a recommendation go those under it, their recipients,
    and what was decided on them.
    """
    wanted = list(keys)
    named = {spot.key: spot for spot in releasable(decision) if spot.key in wanted}
    content = read_content(present(latest_version(decision)))
    after = deepcopy(content)
    for key, row in _rows(after):
        if key in named:
            row["part"] = Part.PART_1.value
    new = _shown(after) - _shown(content)
    along = [spot for spot in spots_of(decision) if spot.key in new - set(named)]
    found = [*named.values(), *along]
    rows = [spot.row for spot in found if spot.place == Place.RECOMMENDATION]
    found += _recipients(rows)
    return [replace(_with_outcome(decision, spot), part=Part.PART_2) for spot in found]


def words_released(revision: Revision) -> dict[str, str]:
    """Return the very words that a release makes public, by the key of each place it names."""
    keys = [f"{item.place}-{item.row}" for item in revision.items.all()]
    return {spot.key: spot.words for spot in becoming_public(revision.decision, keys)}


def _rows(content: Content) -> Iterable[tuple[str, Content]]:
    for row in content["recommendations"]:
        yield f"{Place.RECOMMENDATION}-{row['id']}", row
    for section in content["sections"]:
        yield f"{Place.SECTION}-{section['id']}", section
        for row in section["paragraphs"]:
            yield f"{Place.PARAGRAPH}-{row['id']}", row


def _shown(content: Content) -> set[str]:
    return {key for key, _ in _rows(part_1_of(content))}


def _recipients(recommendations: list[int]) -> list[Spot]:
    """Return the recipients that lie in Part 2 through their recommendation alone."""
    rows = Recipient.objects.filter(recommendation__in=recommendations, part=Part.PART_1)
    rows = rows.select_related("recommendation", "organisation").order_by("pk")
    return [
        Spot(Place.RECIPIENT, row.pk, str(row), Part.PART_2, recipient_words(row)) for row in rows
    ]


def _sums(what: str, amounts: list[Decimal]) -> str:
    return f"Sums {what}: {listed([money(each) for each in amounts])}." if amounts else ""


def _with_outcome(decision: Decision, spot: Spot) -> Spot:
    """Return a recommendation with its sums, and the words of what was decided on it."""
    if spot.place != Place.RECOMMENDATION:
        return spot
    row = decision.recommendations.get(pk=spot.row)
    content = read_content(present(latest_version(decision)))
    made = [each for each in outcomes(decision, content) if each.recommendation == row.number]
    sums = [
        _sums("asked for", [each.amount for each in row.figures.all()]),
        _sums("decided", [sum_.amount for each in made for sum_ in each.figures]),
    ]
    spot = replace(spot, words="\n\n".join([spot.words, *filter(None, sums)]))
    said = [
        words
        for outcome in made
        for words in (
            outcome.words,
            *(one.text for one in outcome.conditions),
        )
        if words
    ]
    if not said:
        return spot
    return replace(
        spot, where=f"{spot.where}{WITH_OUTCOME}", words="\n\n".join([spot.words, *said])
    )
