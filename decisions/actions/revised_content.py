"""The content of a paper after a revision: as it was signed, save for the places that it names.

Names of organisations and people that changed since stay as they were signed.
"""

from collections.abc import Iterator
from copy import deepcopy

from decisions.models import Content, Part, Place, Recipient, RevisedItem, Revision, has_part_2

WORDS = {
    Place.TITLE: "title",
    Place.SUMMARY: "executive_summary",
    Place.SECTION: "heading",
    Place.PARAGRAPH: "text",
    Place.RECOMMENDATION: "text",
}


def revised_content(signed: Content, revision: Revision) -> Content:
    """Return a signed content with the named places corrected or released, and nothing else."""
    content = deepcopy(signed)
    for item in revision.items.all():
        named = next(_named(content, revision, item))
        if revision.is_correction:
            named[WORDS[Place(item.place)]] = item.new
        else:
            named["part"] = Part.PART_1.value
            if "exemption" in named:
                named["exemption"] = None
    content["publication"]["has_part_2"] = has_part_2(content)
    return content


def _named(content: Content, revision: Revision, item: RevisedItem) -> Iterator[Content]:
    """Yield what an item names; recipients and papers have no id there, and are told by place."""
    sections = content["sections"]
    if item.place in {Place.TITLE, Place.SUMMARY}:
        yield content
    elif item.place == Place.SECTION:
        yield from _by_id(sections, item.row)
    elif item.place == Place.PARAGRAPH:
        yield from _by_id([row for each in sections for row in each["paragraphs"]], item.row)
    elif item.place == Place.RECOMMENDATION:
        yield from _by_id(content["recommendations"], item.row)
    elif item.place == Place.PAPER:
        papers = revision.decision.supporting_papers.values_list("pk", flat=True)
        yield content["supporting_papers"][list(papers).index(item.row)]
    else:
        yield from _recipient(content, item.row)


def _by_id(rows: list[Content], row_id: int) -> Iterator[Content]:
    yield from (row for row in rows if row["id"] == row_id)


def _recipient(content: Content, pk: int) -> Iterator[Content]:
    recipient = Recipient.objects.get(pk=pk)
    among = Recipient.objects.filter(recommendation=recipient.recommendation_id)
    at = list(among.values_list("pk", flat=True)).index(pk)
    for row in _by_id(content["recommendations"], recipient.recommendation_id):
        yield row["recipients"][at]
