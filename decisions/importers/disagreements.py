"""Warning of sums that disagree in a paper that is read: the rule is in `decisions.wording`."""

from collections.abc import Sequence

from decisions.imported_paper import ImportedRecommendation, ImportedSection
from decisions.importers.doubts import Code, Doubts
from decisions.wording.disagreements import Passage, disagreements


def note_disagreements(
    recommendations: Sequence[ImportedRecommendation],
    summary: str,
    sections: Sequence[ImportedSection],
    doubts: Doubts,
) -> None:
    """Warn of each sum that is close to a decided one but not equal."""
    asked = [
        Passage(
            f"recommendation {each.number}",
            each.text,
            frozenset(figure.amount for figure in each.figures),
        )
        for each in recommendations
    ]
    paragraphs = [
        Passage(f"paragraph {paragraph.number}", paragraph.text)
        for section in sections
        for paragraph in section.paragraphs
    ]
    for other, decided in disagreements(asked, Passage("summary", summary), paragraphs):
        doubts.add(Code.SUMS_DISAGREE, f"{other} and {decided} disagree.")
