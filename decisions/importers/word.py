"""A paper as it comes from Word: a file (.docx) or a paste, to text with its numbers and tables.

mammoth turns the document to markup, nh3 leaves only the shapes of a paper in it. What does not
become text is listed: nothing is lost without a word.
"""

import io
import zipfile
from xml.etree import ElementTree

import mammoth

from decisions.imported_paper import Received
from decisions.importers import headings
from decisions.importers.blocks import Block, Cut, blocks_of
from decisions.importers.numbered import numbered
from decisions.importers.package import Package, open_package, refuse_too_much
from decisions.importers.source import UnreadableSourceError
from decisions.importers.word_body import LeftOut, make_plain

_STYLES = "\n".join(
    [
        *(f"p[style-name='{word} {n}'] => h{n}:fresh" for n in range(1, 7)
          for word in ("Heading", "heading")),
        "p[style-name='Title'] => p:fresh",
    ]
)  # fmt: skip
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def received_from_docx(data: bytes) -> Received:
    """Return the text of a Word file. Raises `UnreadableSourceError` with what to do."""
    package = open_package(data)
    refuse_too_much(package.body)
    left_out = LeftOut()
    make_plain(package, left_out)
    cut = blocks_of(_markup(package))
    received = _received(cut, left_out)
    if not received.text:
        raise UnreadableSourceError(
            "file-empty", "There are no words in this file: it may hold only pictures of them."
        )
    return received


def received_from_markup(markup: str) -> Received:
    """Return the text of what a clipboard held. Never raises."""
    return _received(blocks_of(markup), LeftOut())


def _received(cut: Cut, left_out: LeftOut) -> Received:
    for words in cut.struck:
        left_out.add("Struck out", words)
    for _ in range(cut.pictures):
        left_out.add_picture()
    text = "\n\n".join(_printed(block) for block in numbered(cut.blocks))
    return Received(text, tuple(left_out.all()))


def _printed(block: Block) -> str:
    """A table of labels ("Title", "Date signed") as lines with labels; others as they are."""
    labels = [headings.label_of(f"{row[0].rstrip(' :')}:") for row in block.rows]
    if len((block.rows or [[]])[0]) == 2 and any(labels):
        return "\n\n".join(f"{row[0].rstrip(' :')}: {row[1]}" for row in block.rows)
    return block.printed


def _markup(package: Package) -> str:
    """The markup of the document alone, without parts that could reach for anything else."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("[Content_Types].xml", _TYPES)
        made.writestr("word/document.xml", ElementTree.tostring(package.body))
        if (styles := package.part("styles")) is not None:
            made.writestr("word/styles.xml", ElementTree.tostring(styles))
    try:
        result = mammoth.convert_to_html(held, style_map=_STYLES, include_default_style_map=False)
    except (LookupError, ValueError, TypeError, AttributeError, OSError, RecursionError) as error:
        raise UnreadableSourceError(
            "file-damaged",
            "This file could not be read. Open it in Word, save it again as a Word document"
            " (.docx), or copy its text and paste it.",
        ) from error
    return str(result.value)
