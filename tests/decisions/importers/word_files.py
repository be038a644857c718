"""Word files as people write them, made for the tests."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

CONTENT = "word/document.xml"


def saved(document: Any) -> bytes:
    """Return the bytes of the file."""
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def of_lines(text: str) -> bytes:
    """Return a file with a paragraph for each line."""
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a file with one of its parts changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for one in old.infolist():
            part = old.read(one)
            new.writestr(one.filename, change(part) if one.filename == name else part)
    return held.getvalue()


def numbering(document: Any, *levels: tuple[str, str], num: int = 77) -> None:
    """Define a list whose levels count in a form and are written so: ("decimal", "%1.")."""
    root = document.part.numbering_part.element
    written = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{num}">{written}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="{num}"/></w:num>')
    )


def numbered(paragraph: Any, level: int, num: int = 77) -> Any:
    """Number a paragraph by Word's own numbering."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
        )
    )
    return paragraph


def hidden(paragraph: Any, text: str) -> None:
    """Add words that Word hides."""
    run = paragraph.add_run(text)
    run._r.get_or_add_rPr().append(OxmlElement("w:vanish"))


def tracked(paragraph: Any, kind: str, text: str) -> None:
    """Add words that are tracked as added ("ins") or deleted ("del")."""
    change = OxmlElement(f"w:{kind}")
    change.set(qn("w:id"), "1")
    run, words = OxmlElement("w:r"), OxmlElement("w:delText" if kind == "del" else "w:t")
    words.text = text
    run.append(words)
    change.append(run)
    paragraph._p.append(change)


def a_paper() -> Any:
    """Return a paper in Word: numbers of Word's own, nested lists, a table, and junk round it."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "PROTECTIVE MARKING: NONE"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 9"
    numbering(document, ("decimal", "%1."), ("lowerLetter", "(%2)"), num=77)
    numbering(document, ("decimal", "%1."), ("decimal", "%1.%2"), ("bullet", "o"), num=78)
    document.add_paragraph("PCD 9801 Harbour desk")
    document.add_paragraph("Executive summary", style="Heading 1")
    document.add_paragraph("A desk for the har\u00adbour\u00a0police, out of £900,000.")
    document.add_paragraph("")
    document.add_paragraph("Recommendation", style="Heading 1")
    document.add_paragraph("The Deputy Mayor for Policing and Crime is asked to:")
    numbered(document.add_paragraph("accept a grant of up to £900,000 from the Home Office."), 0)
    numbered(document.add_paragraph("approve expenditure of £400,000 on boats:"), 0)
    numbered(document.add_paragraph("£300,000 for two launches"), 1)
    numbered(document.add_paragraph("£100,000 for moorings"), 1)
    document.add_paragraph("Part 1 - Non-confidential facts and advice", style="Heading 1")
    numbered(document.add_paragraph("Introduction and background", style="Heading 1"), 0, 78)
    first = numbered(document.add_paragraph("The harbour has "), 1, 78)
    tracked(first, "ins", "three quays.")
    tracked(first, "del", "four quays.")
    numbered(document.add_paragraph("Each has:"), 1, 78)
    numbered(document.add_paragraph("a crane"), 2, 78)
    numbered(document.add_paragraph("a shed"), 2, 78)
    numbered(document.add_paragraph("Financial comments", style="Heading 1"), 0, 78)
    paragraph = numbered(document.add_paragraph("The costs are:"), 1, 78)
    hidden(paragraph, "Ask Jo first.")
    table = document.add_table(rows=3, cols=2)
    cells = ("Year", "Sum", "2019/20", "£300,000", "2020/21", "£100,000")
    for cell, text in zip(table._cells, cells, strict=True):
        cell.text = text
    numbered(document.add_paragraph("They were checked."), 1, 78)
    return document
