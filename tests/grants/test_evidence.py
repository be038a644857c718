"""Evidence: which files may be kept, and under what name."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from grants.documents import clean_name, kind_of


def packed(*names: str) -> bytes:
    """Return a ZIP file with those parts."""
    stream = BytesIO()
    with ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return stream.getvalue()


MESSAGE = b"From: a@example.org\r\nDate: Mon, 4 Nov 2019 09:00:00 +0000\r\n\r\nThe invoice."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("invoice.pdf", b"%PDF-1.7 pages"),
        ("INVOICE.PDF", b"\n%PDF-1.4 pages"),
        ("photo.png", b"\x89PNG\r\n\x1a\n picture"),
        ("photo.jpeg", b"\xff\xd8\xff picture"),
        ("sheet.xlsx", packed("[Content_Types].xml", "xl/workbook.xml")),
        ("letter.docx", packed("[Content_Types].xml", "word/document.xml")),
        ("lines.csv", "payee,sum\nHarbour Café,£12\n".encode()),
        ("mail.eml", MESSAGE),
    ],
)
def test_a_file_that_is_what_its_name_says_is_kept(name: str, data: bytes) -> None:
    assert kind_of(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("invoice", b"%PDF-1.7 pages"),
        ("page.html", b"<html></html>"),
        ("picture.svg", b"<svg></svg>"),
        ("invoice.pdf", b""),
        ("invoice.pdf", b"x" * 2000 + b"%PDF-1.7"),
        ("sheet.xlsx", packed("word/document.xml")),
        ("sheet.xlsx", packed("xl/workbook.xml", "xl/vbaProject.bin")),
        ("sheet.xlsx", packed("xl/workbook.xml", "XL/VBAPROJECT.BIN")),
        ("letter.docx", b"PK\x03\x04 broken"),
        ("lines.csv", b"   "),
        ("mail.eml", b"just words\n\nmore words"),
    ],
)
def test_a_file_that_is_something_else_is_not(name: str, data: bytes) -> None:
    assert kind_of(name, data) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("../../etc/invoice.pdf", "invoice.pdf"),
        ("C:\\finance\\invoice.pdf", "invoice.pdf"),
        ("in\u202evoice\r\n 7.pdf", "invoice 7.pdf"),
        ('a<b>"c".pdf', "abc.pdf"),
        ("...", "evidence"),
        (f"{'x' * 300}.pdf", f"{'x' * 96}.pdf"),
        ("Facture n° 7.pdf", "Facture n° 7.pdf"),
    ],
)
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept
