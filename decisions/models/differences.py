"""What changed between two versions of a paper, and whose advice each change touches.

Source of the rule: a change to recommendations, figures or period, to a paragraph's part, or to
the section advised on, or the order of what is in it, touches advice. So does any number that is
added, gone or changed in words that speak of money, or in a table, what is said beside a sum (but
for slips of the pen), and a supporting paper (financial), the authority relied on and a link
(legal), and the reason for retrospective spending (both). Every other change is listed and blocks
nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from accounts.models import AdviceKind
from decisions.models.content import Content, hidden_numbers
from decisions.models.share_changes import shares_changed
from decisions.shapes import ParagraphForm, Rows, rows_of
from decisions.wording.beside_sums import says_the_same, says_the_same_throughout
from decisions.wording.money import money_in, numbers_in, speaks_of_money

Pair = tuple[Content | None, Content | None]

EVERY_KIND = frozenset(AdviceKind.values)
NO_KIND: frozenset[str] = frozenset()
FINANCIAL = frozenset({AdviceKind.FINANCIAL.value})
LEGAL = frozenset({AdviceKind.LEGAL.value})

HEADING_WORDS: dict[str, tuple[str, ...]] = {
    AdviceKind.FINANCIAL.value: ("financial", "finance"),
    AdviceKind.LEGAL.value: ("legal",),
    AdviceKind.COMMERCIAL.value: ("commercial", "procurement"),
    AdviceKind.DATA_PROTECTION.value: ("gdpr", "data privacy", "data protection", "privacy"),
    AdviceKind.EQUALITY.value: ("equality", "equalities"),
}

PLAIN = {
    "title": "Title",
    "asked": "What is asked",
    "executive_summary": "Executive summary",
    "exemptions": "Exemptions",
    "consultations": "Consultations",
    "links": "Links to other decisions",
    "publication": "Publication",
    "head_of_unit": "Head of unit’s consent",
    "authority_paragraph": "Authority relied on",
    "retrospective_reason": "Retrospective or at-risk spending",
    "answers": "Answers to warnings",
}

NOT_WRITTEN = {"finding", "sha256", "code", "by", "on"}
"""Of an answer the words count: what the rules found is in the paper's own words already."""

TOUCHED_BY = {
    "links": LEGAL,
    "authority_paragraph": LEGAL,
    "retrospective_reason": LEGAL | FINANCIAL,
}

OF_RECOMMENDATION = {
    "number": "number",
    "parent": "place",
    "kind": "kind",
    "text": "words",
    "part": "part",
    "figures": "figures",
    "funder": "funder",
    "recipient": "recipient",
    "funded_from": "source of the money",
    "own_money": "whether it is money of its own",
    "period_start": "start of the period",
    "period_end": "end of the period",
}


@dataclass(frozen=True)
class Change:
    """One change: where and what in words, the old and new values, whose advice it touches.

    `part` is 2 when either side lies in Part 2: show its values only to those who may read that.
    """

    where: str
    what: str
    old: Any
    new: Any
    touches: frozenset[str]
    part: int = 1


def kinds_of(heading: str) -> frozenset[str]:
    """Return the kinds of advice whose comments a section of that heading carries."""
    words = heading.lower()
    return frozenset(
        kind for kind, found in HEADING_WORDS.items() if any(w in words for w in found)
    )


def changes_between(old: Content, new: Content) -> list[Change]:
    """Return every change from one content to another, in the order of the paper."""
    return [*_plain(old, new), *_recommendations(old, new), *_sections(old, new)]


def _plain(old: Content, new: Content) -> Iterator[Change]:
    for key, label in PLAIN.items():
        was, now = old.get(key), new.get(key)
        if was != now:
            part = _part(*(was or []), *(now or [])) if key == "answers" else 1
            kinds = TOUCHED_BY.get(key, NO_KIND) | _of_sums(_said(was), _said(now))
            yield Change(label, "changed", was, now, kinds, part)
    for part in (1, 2):
        before, after = _papers_in(old, part), _papers_in(new, part)
        if before != after:
            files = [Counter(row["sha256"] for row in rows) for rows in (before, after)]
            same = files[0] == files[1]
            kinds = _of_sums(_said(before), _said(after)) if same else FINANCIAL
            yield Change("Supporting papers", "changed", before, after, kinds, part)


def _of_sums(old: str, new: str) -> frozenset[str]:
    """Return whose advice other numbers touch in words that speak of money, before or after.

    So does what is said beside a sum: “Alpha pays £5 and Beta £9”.
    """
    if not (speaks_of_money(old) or speaks_of_money(new)):
        return NO_KIND
    is_same = money_in(old) == money_in(new) and says_the_same(old, new)
    return NO_KIND if is_same else FINANCIAL


def _said(value: Any) -> str:
    """Return the words that people wrote in a value of the paper, one under the other."""
    if isinstance(value, list):
        return "\n".join(_said(row) for row in value)
    if isinstance(value, dict):
        return "\n".join(_said(each) for key, each in value.items() if key not in NOT_WRITTEN)
    return value if isinstance(value, str) else ""


def _papers_in(content: Content, part: int) -> list[Content]:
    return [row for row in content["supporting_papers"] if row["part"] == part]


def _pairs(
    old: list[Content], new: list[Content]
) -> Iterator[tuple[Content | None, Content | None]]:
    before = {row["id"]: row for row in old}
    after = {row["id"]: row for row in new}
    for key in [*before, *(key for key in after if key not in before)]:
        yield before.get(key), after.get(key)


def _part(*rows: Content | None) -> int:
    return max((row["part"] for row in rows if row), default=1)


def _came_or_went(label: str, old: Content | None, new: Content | None) -> tuple[str, str]:
    row = new or old or {}
    return f"{label} {row['number']}".strip(), "added" if old is None else "removed"


def _moved(old: list[Content], new: list[Content]) -> set[int]:
    """Return the ids of the rows on both sides that no longer stand in the order of the others."""
    before, after = ([row["id"] for row in rows] for rows in (old, new))
    before = [key for key in before if key in set(after)]
    after = [key for key in after if key in set(before)]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after) - {key for block in blocks for key in after[block.b : block.b + block.size]}


def _recommendations(old: Content, new: Content) -> Iterator[Change]:
    hidden = {
        row["id"]
        for rows in (old["recommendations"], new["recommendations"])
        for row in rows
        if row["number"] in hidden_numbers(rows)
    }
    moved = _moved(old["recommendations"], new["recommendations"])
    for before, after in _pairs(old["recommendations"], new["recommendations"]):
        part = 2 if (after or before or {})["id"] in hidden else 1
        if before is None or after is None:
            where, what = _came_or_went("Recommendation", before, after)
            yield Change(where, what, before, after, EVERY_KIND, part)
            continue
        where = f"Recommendation {after['number']}"
        if after["id"] in moved:
            yield _move("Recommendation", before, after, part=part)
        for key, what in OF_RECOMMENDATION.items():
            was, now = (_without_years(row.get(key)) for row in (before, after))
            if was != now:
                yield Change(where, what, was, now, EVERY_KIND, part)
        for told, was, now, own in shares_changed(before, after):
            yield Change(where, told, was, now, EVERY_KIND, max(part, own))


def _without_years(value: Any) -> Any:
    """Return figures as they are without their sums by year, and anything else as it is."""
    if not isinstance(value, list):
        return value
    return [{key: each for key, each in row.items() if key != "years"} for row in value]


def _move(
    label: str, old: Content, new: Content, kinds: frozenset[str] = NO_KIND, *, part: int
) -> Change:
    """A row that stands elsewhere: from where, and where to."""
    before, after = (f"{label} {row['number']}".strip() for row in (old, new))
    return Change(after, "moved", before, after, kinds, part)


def _sections(old: Content, new: Content) -> Iterator[Change]:
    homes = Homes(_homes(old), _homes(new))
    moved = _moved(old["sections"], new["sections"])
    for before, after in _pairs(old["sections"], new["sections"]):
        kinds = _advised(before) | _advised(after)
        part = _part(before, after)
        if before is None or after is None:
            where, what = _came_or_went("Section", before, after)
            heading = _of_sums(_text(before, "heading"), _text(after, "heading"))
            yield Change(where, what, before, after, kinds | heading, part)
        else:
            if after["id"] in moved:
                yield _move("Section", before, after, part=part)
            yield from _section(before, after, kinds)
        yield from _paragraphs(before, after, kinds, homes)


Home = tuple[Content, Content]
"""A section, and a paragraph in it."""


@dataclass(frozen=True)
class Homes:
    """In which section each paragraph stood before, and stands now, by the paragraph's id."""

    old: dict[int, Home]
    new: dict[int, Home]


def _homes(content: Content) -> dict[int, Home]:
    return {row["id"]: (home, row) for home in content["sections"] for row in home["paragraphs"]}


def _advised(section: Content | None) -> frozenset[str]:
    return kinds_of(section["heading"]) if section else NO_KIND


def _section(before: Content, after: Content, kinds: frozenset[str]) -> Iterator[Change]:
    where = f"Section {after['number']}".strip()
    part = _part(before, after)
    if before["heading"] != after["heading"]:
        kinds = kinds | _of_sums(before["heading"], after["heading"])
        yield Change(where, "heading", before["heading"], after["heading"], kinds, part)
    if before["part"] != after["part"]:
        yield Change(where, "part", before["part"], after["part"], EVERY_KIND, part)


def _paragraphs(
    before: Content | None, after: Content | None, kinds: frozenset[str], homes: Homes
) -> Iterator[Change]:
    """Changes of a section's paragraphs; one that moved is told where it has come to."""
    rows = [section["paragraphs"] if section else [] for section in (before, after)]
    moved, part = _moved(*rows), _part(before, after)
    touched = kinds | _of_sums("\n".join(map(_text, rows[1])), "")
    for old, new in _pairs(*rows):
        if new is not None and old is None and new["id"] in homes.old:
            yield from _arrived(homes.old[new["id"]], homes.new[new["id"]], kinds)
            continue
        if old is not None and new is None and old["id"] in homes.new:
            continue
        if new is not None and old is not None and new["id"] in moved:
            yield _move("Paragraph", old, new, touched, part=max(part, _part(old, new)))
        yield from _paragraph(old, new, kinds, part)


def _arrived(before: Home, after: Home, kinds: frozenset[str]) -> Iterator[Change]:
    """A paragraph that came from another section: it touches what was advised on in either.

    In a section of the other part it is read by others, as if its own part had changed.
    """
    old, new = before[1], after[1]
    touched = kinds | _advised(before[0]) | _of_sums(_text(new), "")
    parts = _part(*before), _part(*after)
    yield _move("Paragraph", old, new, touched, part=max(parts))
    if parts[0] != parts[1] and old["part"] == new["part"]:
        where = f"Paragraph {new['number']}".strip()
        yield Change(where, "part", parts[0], parts[1], EVERY_KIND, max(parts))
    yield from _paragraph(old, new, touched, max(parts))


def _paragraph(
    old: Content | None, new: Content | None, kinds: frozenset[str], section_part: int
) -> Iterator[Change]:
    part = max(section_part, _part(old, new))
    if old is None or new is None:
        where, what = _came_or_went("Paragraph", old, new)
        said = _of_sums(_text(old), _text(new)) | _of_numbers(old, new)
        yield Change(where, what, old, new, kinds | said, part)
        return
    where = f"Paragraph {new['number']}".strip()
    for what, was, now in _words(old, new):
        said = _of_sums(was, now) | _of_numbers(old, new, was, now)
        yield Change(where, what, was, now, kinds | said, part)
    if (old["part"], old["exemption"]) != (new["part"], new["exemption"]):
        yield Change(where, "part", old["part"], new["part"], EVERY_KIND, part)


def _text(row: Content | None, key: str = "text") -> str:
    return str(row[key]) if row else ""


def _of_numbers(
    old: Content | None, new: Content | None, was: str | None = None, now: str | None = None
) -> frozenset[str]:
    """Return whose advice other numbers touch in a table, or other words beside them.

    `was` and `now` are what of the table changed; the whole of it where they are not given.
    """
    if not any(_form(row) == ParagraphForm.TABLE for row in (old, new) if row):
        return NO_KIND
    before = _text(old) if was is None else was
    after = _text(new) if now is None else now
    if numbers_in(before) != numbers_in(after):
        return FINANCIAL
    has_numbers = bool(numbers_in(_text(new)))
    is_same = not has_numbers or says_the_same_throughout(before, after)
    return NO_KIND if is_same else FINANCIAL


def _words(old: Content, new: Content) -> Iterator[tuple[str, str, str]]:
    """What changed in the words of a paragraph: in a table of the same size, cell by cell."""
    before, after = (_form(row) for row in (old, new))
    if before != after:
        yield "form", before, after
    rows = (rows_of(old["text"]), rows_of(new["text"]))
    if old["text"] == new["text"]:
        return
    if before == after == ParagraphForm.TABLE and _size(rows[0]) == _size(rows[1]):
        yield from _cells(*rows)
    else:
        yield "words", old["text"], new["text"]


def _form(paragraph: Content) -> str:
    return str(paragraph.get("form", ParagraphForm.TEXT))


def _size(rows: Rows) -> tuple[int, int]:
    return len(rows), len(rows[0]) if rows else 0


def _cells(old: Rows, new: Rows) -> Iterator[tuple[str, str, str]]:
    for r, (before, after) in enumerate(zip(old, new, strict=True), start=1):
        for c, (was, now) in enumerate(zip(before, after, strict=True), start=1):
            if was != now:
                yield f"row {r}, column {c}", was, now
