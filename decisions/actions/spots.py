"""The places of a signed paper that a correction or a release can name."""

from dataclasses import dataclass

from django.db import models

from audit.words import money
from decisions.actions.edits import present
from decisions.models import (
    Content,
    Decision,
    Paragraph,
    Part,
    Place,
    Recipient,
    latest_version,
    part_1_of,
    read_content,
)
from decisions.shapes import ParagraphForm


@dataclass(frozen=True)
class Spot:
    """A place in a signed paper that a revision can name: where, in which part, what it says."""

    place: str
    row: int
    where: str
    part: int
    words: str

    @property
    def key(self) -> str:
        """How a form names it, e.g. "paragraph-12"."""
        return f"{self.place}-{self.row}"


def spots_of(decision: Decision) -> list[Spot]:
    """Return every place of a paper that a revision can name, in the paper's order."""
    content = read_content(present(latest_version(decision)))
    kept = part_1_of(content)
    shown = {("recommendation", row["id"]) for row in kept["recommendations"]}
    for section in kept["sections"]:
        shown.add(("section", section["id"]))
        shown |= {("paragraph", row["id"]) for row in section["paragraphs"]}
    found = [
        Spot(Place.TITLE, 0, "Title", Part.PART_1, content["title"]),
        Spot(Place.SUMMARY, 0, "Executive summary", Part.PART_1, content["executive_summary"]),
    ]

    def spot(place: Place, row: int, where: str, words: str) -> Spot:
        part = Part.PART_1 if (place.value, row) in shown else Part.PART_2
        return Spot(place, row, where, part, words)

    for row in content["recommendations"]:
        where = f"Recommendation {row['number']}"
        found.append(spot(Place.RECOMMENDATION, row["id"], where, row["text"]))
    for n, section in enumerate(content["sections"], start=1):
        number = section["number"] or str(n)
        where = f"Heading of section {number}"
        found.append(spot(Place.SECTION, section["id"], where, section["heading"]))
        open_rows = {row for place, row in shown if place == "paragraph"}
        named = paragraph_names(number, section["paragraphs"], open_rows)
        for row, where in zip(section["paragraphs"], named, strict=True):
            found.append(spot(Place.PARAGRAPH, row["id"], where, row["text"]))
    return [one for one in found if one.words]


def paragraph_names(section: str, rows: list[Content], in_part_1: set[int]) -> list[str]:
    """Return what each paragraph of a section is called: "Paragraph 1.2", "Table after it".

    A list or table, which has no number, is called after the numbered paragraph before it; one of
    Part 1 after one of Part 1.
    """
    last: dict[bool, str] = {}
    names: list[str] = []
    for n, row in enumerate(rows, start=1):
        is_open = row["id"] in in_part_1
        if row["number"]:
            name = f"Paragraph {row['number']}"
            last[is_open] = name.lower()
        elif row.get("form"):
            anchor = last.get(is_open, f"heading of section {section}")
            name = f"{ParagraphForm(row['form']).label} after {anchor}"
        else:
            name = f"Paragraph {n} of section {section}, without a number"
        again = sum(each.partition(", number")[0] == name for each in names)
        names.append(f"{name}, number {again + 1}" if again else name)
    return names


def releasable(decision: Decision) -> list[Spot]:
    """Return what of a paper lies in Part 2 by itself: what a release can name.

    A paragraph goes with its section, and a recommendation with the one above it.
    """
    found = [
        Spot(Place.SECTION, row.pk, f"Section {row.number or row.position}", row.part, row.heading)
        for row in decision.sections.filter(part=Part.PART_2)
    ]
    called = {spot.key: spot.where for spot in spots_of(decision)}
    paragraphs = Paragraph.objects.filter(section__decision=decision, part=Part.PART_2)
    for row in paragraphs.order_by("section__position", "position"):
        where = called[f"{Place.PARAGRAPH}-{row.pk}"]
        found.append(Spot(Place.PARAGRAPH, row.pk, where, row.part, row.text))
    for one in decision.recommendations.filter(part=Part.PART_2):
        where = f"Recommendation {one.number}"
        found.append(Spot(Place.RECOMMENDATION, one.pk, where, one.part, one.text))
    for each in recipients_of(decision).filter(part=Part.PART_2).select_related("organisation"):
        said = recipient_words(each)
        found.append(Spot(Place.RECIPIENT, each.pk, str(each), each.part, said))
    for paper in decision.supporting_papers.filter(part=Part.PART_2):
        where = f"Supporting paper {paper.position}"
        found.append(Spot(Place.PAPER, paper.pk, where, paper.part, paper.title))
    return found


def recipient_words(recipient: Recipient) -> str:
    """Return a recipient's name with the sum asked for it, and another that was decided."""
    asked = "" if recipient.amount is None else money(recipient.amount)
    decided = [money(each.amount) for each in recipient.decided.all()]
    if any(each != asked for each in decided):
        asked = f"{asked} asked for" if asked else ""
        decided = [f"{each} decided" for each in decided]
    else:
        decided = []
    return ", ".join([one for one in (recipient.organisation.name, asked, *decided) if one])


def recipients_of(decision: Decision) -> models.QuerySet[Recipient]:
    """Return the recipients of a paper, in its order."""
    rows = Recipient.objects.filter(recommendation__decision=decision)
    rows = rows.select_related("recommendation")
    return rows.order_by("recommendation__position", "position")
