"""A draft on paper: the same words as the document to come, and DRAFT on every page.

It is not a document of the register: it is neither signed nor kept, carries no identifier, no code
to check it by and no place for a signature, and asks the check page for nothing.
"""

from datetime import datetime
from typing import Any

from django.template import Context
from weasyprint import CSS, HTML

from decisions.documents import presentation, words
from decisions.documents.assets import ClosedFetcher
from decisions.documents.content import DocumentContent, Register, cleaned
from decisions.documents.limits import refuse_too_large
from decisions.documents.paper import Paper
from decisions.documents.pdfua import Finisher
from decisions.documents.render import paragraphs_of, values_of
from decisions.documents.sheets import LAYING_OUT, templates, typography
from decisions.documents.typeface import printable

TEMPLATE = "documents/draft.html"
WATERMARK = "asset:/draft.svg"
# The five letters as strokes, so that no word of it is in the text of the pages.
LETTERS = (
    "M0 0V60M0 0H18Q42 0 42 30T18 60H0",
    "M60 60V0H82Q100 0 100 16T82 32H60M80 32L101 60",
    "M116 60L138 0L160 60M124 40H152",
    "M178 60V0H214M178 28H208",
    "M222 0H266M244 0V60",
)
DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 594">'
    '<g transform="translate(110 400) rotate(-52) scale(1.25)" fill="none" stroke="#eceff3"'
    f' stroke-width="11"><path d="{"".join(LETTERS)}"/></g></svg>'
)
PAGES = f"""
@page {{
  background: url("{WATERMARK}") center / contain no-repeat;
  margin-top: 29mm;
  @top-left {{ content: "DRAFT – not signed, and no decision\\A" string(restriction);
    color: #8a1020; font: 700 11pt/1.3 "Source Sans 3"; white-space: pre-line; width: 100%; }}
  @top-center {{ content: none; width: 0; }}
  @bottom-right-corner {{ content: none; }}
}}
@page :first {{ margin-top: 29mm; }}
"""

# Of a decision that was signed elsewhere: no draft of a decision, and not confirmed here.
ON_PAPER = """
@page {
  background: none;
  @top-left { content: "NOT CONFIRMED – the decision was signed elsewhere, on paper\\A"
    string(restriction); }
}
"""
MEANING = "This is a draft: nobody has signed it, and nothing in it is decided."
MEANING_ON_PAPER = (
    "The decision was signed elsewhere, on paper. This is the register’s record of it in the "
    "making, which nobody has confirmed: the signed paper alone counts."
)


def print_draft(
    paper: Paper,
    register: Register,
    *,
    version: str,
    at: datetime,
    by: str,
    restricted: bool,
    on_paper: bool = False,
) -> bytes:
    """Return a draft as a PDF; `version` says which, `by` who prints it (a name), `at` when.

    `on_paper` says that it is the record of a decision signed elsewhere, on paper. Without
    `restricted` nothing of Part 2 is in it. Raises ContentTooLarge for a paper that no document
    can hold.
    """
    content = DocumentContent(
        paper=paper,
        register=register,
        version=0,
        part_1_digest="",
        number=0,
        issued_at=at,
        acts=(),
    )
    shown = content.for_parts({1, 2} if restricted else {1})
    refuse_too_large(shown)
    what = "Record in the making" if on_paper else "Draft"
    is_named = paper.reference.startswith("Draft") and not on_paper
    name = paper.reference if is_named else f"{what} of {paper.reference}"
    mark = f"{name}, {version}, printed {words.moment(at)} by {by}"
    printed = cleaned(shown, printable)
    with LAYING_OUT:
        return _pdf(printed, printable(mark), version, on_paper=on_paper)


def _pdf(printed: DocumentContent, mark: str, version: str, *, on_paper: bool) -> bytes:
    meaning = MEANING_ON_PAPER if on_paper else MEANING
    values = values_of(printed) | {"mark": mark, "version": version}
    values |= {"on_paper": on_paper, "meaning": meaning}
    fetcher = ClosedFetcher({WATERMARK: (DRAWN.encode(), "image/svg+xml")})
    context = Context(values, use_l10n=False, use_tz=False)
    html = str(templates().get_template(TEMPLATE).render(context))
    source = HTML(string=html, base_url="asset:/", url_fetcher=fetcher)
    fonts, style = typography()
    items: list[Any] = [
        *values["recommendations"],
        *paragraphs_of(values["part_1"] + values["part_2"]),
    ]
    sheets = [
        style,
        CSS(string=PAGES, url_fetcher=fetcher),
        *[CSS(string=ON_PAPER, url_fetcher=fetcher)] * on_paper,
        CSS(string=presentation.numbering(items), url_fetcher=fetcher),
    ]
    written: bytes = source.write_pdf(
        font_config=fonts,
        stylesheets=sheets,
        finisher=Finisher(),
        pdf_variant="pdf/ua-1",
        pdf_tags=True,
    )
    return written
