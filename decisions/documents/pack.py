"""The pack of the decision maker's box as one PDF, to be read: it is no document of the register.

Each paper begins on a new page; every page says that it is a pack, who printed it and when. Nothing
in it is signed, and it bears no code that leads to a check.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from django.template import Context
from weasyprint import CSS, HTML

from decisions.documents import presentation, words
from decisions.documents.assets import ClosedFetcher
from decisions.documents.content import Outcome, cleaned
from decisions.documents.paper import Paper, Recommendation
from decisions.documents.sheets import LAYING_OUT, templates, typography
from decisions.documents.typeface import printable

TEMPLATE = "documents/pack.html"
STYLE = """
    @page { @bottom-right-corner { content: none } }
    .pack-paper { break-before: page; string-set: restriction attr(data-restriction); }
    .pack-note { border-left: 3pt solid #0b1f3a; padding-left: 3mm; }
"""


@dataclass(frozen=True)
class PackedAdvice:
    """One piece of advice: its kind, by whom and when in words, and its words."""

    heading: str
    words: str


@dataclass(frozen=True)
class PackedOutcome:
    """What was decided before on a recommendation, by its number, in a word."""

    number: str
    words: str


@dataclass(frozen=True)
class PackedPaper:
    """One paper as far as its reader may see it, with the private office's note.

    `decided` is what an earlier sitting decided; `leaves_out_part_2` that there is a Part 2 which
    is not printed.
    """

    paper: Paper
    note: str = ""
    advice: tuple[PackedAdvice, ...] = ()
    decided: tuple[PackedOutcome, ...] = ()
    is_restricted: bool = False
    leaves_out_part_2: bool = False

    def outcome_of(self, recommendation: Recommendation) -> Outcome | None:
        """Return nothing: what was decided before stands in a list of its own."""
        return None


@dataclass(frozen=True)
class Pack:
    """The papers of a box in their order, and who printed them when; `waiting` is of all there."""

    body: str
    printed_by: str
    printed_at: datetime
    papers: tuple[PackedPaper, ...]
    waiting: int


def lay_out_pack(pack: Pack) -> bytes:
    """Return the PDF (PDF/UA) of a pack."""
    printed = cleaned(pack, printable)
    papers = [_values(paper, n) for n, paper in enumerate(printed.papers, start=1)]
    values = {
        "pack": printed,
        "papers": papers,
        "printed": f"{printed.printed_by}, {words.moment(printed.printed_at)}",
    }
    fonts, style = typography()
    items = [each for paper in papers for each in paper["numbered"]]
    numbers = CSS(string=presentation.numbering(items), url_fetcher=ClosedFetcher())
    with LAYING_OUT:
        source = HTML(
            string=templates()
            .get_template(TEMPLATE)
            .render(Context(values, use_l10n=False, use_tz=False)),
            base_url="asset:/",
            url_fetcher=ClosedFetcher(),
        )
        made: bytes = source.write_pdf(
            font_config=fonts, stylesheets=[style, _own_style(), numbers], pdf_variant="pdf/ua-1"
        )
    return made


@cache
def _own_style() -> Any:
    return CSS(string=STYLE, url_fetcher=ClosedFetcher())


def _values(packed: PackedPaper, n: int) -> dict[str, Any]:
    """Return one paper as the template prints it, its anchors apart from the other papers'."""
    recommendations = [
        replace(row, anchor=f"paper-{n}-{row.anchor}")
        for row in presentation.recommendations(packed)
    ]
    parts = [_sections(packed, part, n) for part in (1, 2)]
    paragraphs = [each for part in parts for section in part for each in section.paragraphs]
    return {
        "paper": packed.paper,
        "note": words.paragraphs(packed.note),
        "summary": words.paragraphs(packed.paper.executive_summary),
        "recommendations": recommendations,
        "sums": list(presentation.figures(packed)),
        "part_1": parts[0],
        "part_2": parts[1],
        "consultations": presentation.consultations(packed),
        "advice": [(row.heading, words.paragraphs(row.words)) for row in packed.advice],
        "decided": packed.decided,
        "is_restricted": packed.is_restricted,
        "leaves_out_part_2": packed.leaves_out_part_2,
        "numbered": [*recommendations, *paragraphs],
    }


def _sections(packed: PackedPaper, part: int, n: int) -> list[presentation.PrintedSection]:
    return [
        replace(
            section,
            paragraphs=[
                replace(each, anchor=f"paper-{n}-{each.anchor}") for each in section.paragraphs
            ],
        )
        for section in presentation.sections(packed, part)
    ]
