"""What the pages say, and that the same record gives the same bytes."""

import io
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pypdf import PdfReader
from pypdf.generic import PdfObject

from decisions.documents import limits, presentation
from decisions.documents.assets import ClosedFetcher
from decisions.documents.content import (
    PUBLIC,
    Declaration,
    DocumentContent,
    Outcome,
    as_json,
    cleaned,
    text_of_public_fields,
)
from decisions.documents.refusals import ContentTooLarge
from decisions.documents.render import lay_out
from decisions.documents.sheets import LaidOut
from decisions.documents.typeface import printable
from tests.documents import shapes
from tests.documents.papers import content, paper
from tests.documents.shapes import SHAPES


def text_of(pdf: bytes, order: str = "-raw") -> str:
    """Return the words of a PDF's pages as pdftotext reads them, without any space."""
    command = ["pdftotext", order, "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return squeezed(found.stdout.decode())


def lists_in(element: Any) -> Iterator[Any]:
    """Yield the lists right under an element, with nothing but what is no list between."""
    kids = element.get("/K", ())
    for kid in map(_opened, kids if isinstance(kids, list) else [kids]):
        if isinstance(kid, dict) and kid.get("/S") == "/L":
            yield kid
        elif isinstance(kid, dict):
            yield from lists_in(kid)


def _opened(thing: Any) -> Any:
    return thing.get_object() if isinstance(thing, PdfObject) else thing


def squeezed(text: str) -> str:
    return "".join(text.split())


def without_margins(text: str, made: DocumentContent) -> str:
    """Return the words without the running foot, which may fall inside a paragraph."""
    mark = presentation.mark(made)
    kept = text.replace(squeezed(presentation.restriction(made)) or "\0", "").replace(
        squeezed(mark), ""
    )
    pages = kept.count("\f") + 60
    for page in range(pages, 0, -1):
        for total in range(pages, 0, -1):
            kept = kept.replace(f"Page{page}of{total}", "")
    return kept


@pytest.mark.parametrize("shape", SHAPES)
def test_every_public_field_of_the_record_is_printed(
    shape: Callable[[], DocumentContent],
) -> None:
    made = shape()
    printed = without_margins(text_of(lay_out(made).pdf), made)

    fields = text_of_public_fields(cleaned(made, printable))

    assert [field for field in fields if squeezed(field) not in printed] == []


def test_the_record_is_attached_as_the_source(laid_out: LaidOut, tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    path.write_bytes(laid_out.pdf)

    attached = PdfReader(path).attachments["decision.json"][0]

    assert attached == as_json(content().for_parts(PUBLIC))


def test_the_same_record_gives_the_same_bytes(laid_out: LaidOut) -> None:
    lay_out(shapes.mixed())

    assert lay_out(content()).pdf == laid_out.pdf


def test_another_process_gives_the_same_bytes(laid_out: LaidOut, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.pdf"
    program = (
        "import sys; from tests.documents.papers import content; "
        "from decisions.documents.render import lay_out; "
        "open(sys.argv[1], 'wb').write(lay_out(content()).pdf)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo"}

    subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env=environment,
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
    )

    assert path.read_bytes() == laid_out.pdf


def test_a_later_document_of_the_decision_has_other_bytes(laid_out: LaidOut) -> None:
    assert lay_out(content(number=2, supersedes=1)).pdf != laid_out.pdf


def test_the_public_document_has_no_restricted_byte() -> None:
    secret = Outcome("4", "approved", "SECRET words")
    advice = Declaration("legal", is_given=True, words="SECRET advice", part=2)
    made = content(shapes.with_part_2(), parts=PUBLIC)
    made = replace(made, outcomes=(*made.outcomes, secret), declarations=(advice,))

    pdf = lay_out(made).pdf

    assert b"SECRET" not in pdf + inflated(pdf)
    assert "SECRET" not in text_of(pdf)


def test_the_restricted_document_has_both_parts_and_says_so() -> None:
    text = text_of(lay_out(shapes.restricted()).pdf)

    assert "SECRETprices." in text
    assert "RESTRICTED:PART2,exemptunderFOIA2000s43(2)" in text


def inflated(pdf: bytes) -> bytes:
    """Return every compressed stream of a PDF, opened."""
    opened = b""
    for piece in pdf.split(b"stream\n")[1:]:
        try:
            opened += zlib.decompressobj().decompress(piece)
        except zlib.error:
            continue
    return opened


def test_an_amended_figure_stands_beside_the_original() -> None:
    text = text_of(lay_out(shapes.mixed()).pdf)

    assert "upto£900,000written:£0.9millionupto£850,000amended" in text


def test_a_long_paper_has_every_page_numbered() -> None:
    text = text_of(lay_out(shapes.long()).pdf)

    last = int(re.findall(r"of(\d\d)\b", text)[-1])
    assert last >= 17
    assert all(f"Page{page}of{last}" in text for page in range(1, last + 1))


def test_the_cells_of_a_table_stand_apart(tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    path.write_bytes(lay_out(shapes.laid()).pdf)
    command = ["pdftotext", "-layout", str(path), "-"]
    found = subprocess.run(command, capture_output=True, check=True, text=True)
    assert re.search(r"Year {5,}Sum\n+ *2019/20 {5,}£300,000", found.stdout)


def test_the_numbers_of_a_list_are_labels_of_its_items() -> None:
    pdf = lay_out(shapes.laid()).pdf
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    nested = [item for each in lists_in(root) for item in lists_in(each) for _ in lists_in(item)]
    assert len(nested) == 3
    assert "3.apilot(a)alaunch(b)abuoy" in text_of(pdf, "-layout")


def test_words_cannot_become_markup() -> None:
    text = text_of(lay_out(shapes.hostile()).pdf)

    assert "<script>alert(1)</script>" in text
    assert "{{settings}}" in text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("café", "café"),
        ("שלום", "[U+05E9][U+05DC][U+05D5][U+05DD]"),
        ("😀", "[U+1F600]"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\u200bb\u00adc", "abc"),
        ("a\x00b", "a[U+0000]b"),
        ("a\tb", "a\tb"),
        ("one\u2028two\r\nthree", "one\ntwo\nthree"),
        ("£ ☐ ☑ – “ ”", "£ ☐ ☑ – “ ”"),
    ],
)
def test_a_character_that_cannot_be_drawn_is_shown_by_number(given: str, shown: str) -> None:
    assert printable(given) == shown


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x",
        "file:///etc/passwd",
        "data:text/plain,x",
        "asset:/../settings.py",
        "asset:/no",
    ],
)
def test_a_rendering_fetches_nothing_from_outside(address: str) -> None:
    with pytest.raises(BaseException, match="may not fetch"):
        ClosedFetcher().fetch(address)


def sentence_of(*kinds: str) -> str:
    """Return what the chief executive confirms where advice of those kinds was given."""
    given = tuple(Declaration(kind, is_given=True, name="A Person") for kind in kinds)
    made = content(declarations=(*given, Declaration("commercial", is_given=False)))
    text = text_of(lay_out(made).pdf)
    return text.split("Ihavebeenconsultedaboutthisrequest.")[1].split("appropriate")[0]


def test_the_chief_executive_confirms_the_advice_that_was_given() -> None:
    assert sentence_of("financial", "legal").startswith("Iconfirmthatfinancialandlegaladvicehas")


def test_the_chief_executive_confirms_no_advice_where_none_was_given() -> None:
    assert sentence_of("head_of_unit") == "Iamsatisfiedthatitisan"


def test_a_name_in_the_table_of_acts_is_not_broken_within_a_word() -> None:
    acts = [replace(act, name="Deputy decision maker (demonstration)") for act in content().acts]
    pdf = lay_out(content(acts=tuple(acts))).pdf
    lines = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert lines.count("(demonstration)") >= 2 * len(acts)


def test_a_field_that_is_too_long_is_refused_in_words() -> None:
    made = content(paper(executive_summary="x" * (limits.LONGEST_FIELD + 1)))

    with pytest.raises(ContentTooLarge, match="executive summary has 60,001 characters"):
        lay_out(made)


def test_a_paper_that_is_too_long_is_refused_in_words() -> None:
    text = "y" * 50_000
    made = content(paper(links=[{"kind": text, "reference": text} for _ in range(5)]))

    with pytest.raises(ContentTooLarge, match="can hold 400,000 characters"):
        lay_out(made)


def test_a_signature_never_stands_alone_on_a_page() -> None:
    """Were it not held to the words before it, the box of this paper would open the next page."""
    summary = "\n\n".join(["A line of the summary."] * 8)
    pdf = lay_out(content(paper(executive_summary=summary))).pdf
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    signed = next(page for page in pages if "Digitally signed" in page and "Authority" in page)
    assert "The licences are to be shared with the partner forces." in " ".join(signed.split())
