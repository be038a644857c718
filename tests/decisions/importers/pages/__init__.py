"""Pages of invented papers, in the shapes that public decision pages have."""

from pathlib import Path

from decisions.imported_paper import ImportedPaper, ImportedRecommendation
from decisions.importers.reader import read_text

HERE = Path(__file__).parent


def page(name: str) -> str:
    """Return the text of an invented page."""
    return (HERE / f"{name}.txt").read_text(encoding="utf-8")


def paper(name: str) -> ImportedPaper:
    """Read an invented page."""
    return read_text(page(name))


def asked_for(*recommendations: str, lead: str = "The DMPC is asked to:") -> ImportedPaper:
    """Read a short page with these lines under its recommendations."""
    lines = ["Executive summary", "Words.", "Recommendation", lead, *recommendations]
    return read_text(
        "\n".join([*lines, "Part 1 - Non-confidential facts and advice", "1.1 Words."])
    )


def one(text: str, *others: str) -> ImportedRecommendation:
    """Read a page whose first recommendation has these words."""
    return asked_for(f"1. {text}", *others).recommendations[0]


def codes(read: ImportedPaper) -> set[str]:
    """The codes of a paper's warnings."""
    return {warning.code for warning in read.warnings}
