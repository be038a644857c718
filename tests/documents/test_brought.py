"""Files from anybody: what is taken as a supporting paper, and what is hostile and is not."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from decisions.documents import zipped as limits
from decisions.documents.brought import KINDS, UnfitFileError, kind_of

WORD = (
    b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)
SHEET = WORD.replace(b"wordprocessingml.document", b"spreadsheetml.sheet")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00This program cannot be run in DOS mode."


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def a_docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": WORD, "word/document.xml": b"<w/>"}
    return zipped(parts | {name.replace("__", "/"): data for name, data in more.items()})


def open_document(kind: str) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": media_type, "content.xml": b"<o/>"})


def picture(kind: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (2, 2)).save(held, kind)
    return held.getvalue()


SOUND = {
    "a.pdf": PDF,
    "A.DOCX": a_docx(),
    "a.xlsx": zipped({"[Content_Types].xml": SHEET, "xl/workbook.xml": b"<x/>"}),
    "a.odt": open_document("text"),
    "a.ods": open_document("spreadsheet"),
    "a.png": picture("PNG"),
    "a.jpg": picture("JPEG"),
    "a.csv": "Force,Sum\r\nMet,£570000\r\n".encode(),
    "a.txt": "Caf\xe9 in the old way".encode("cp1252"),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_taken_as_what_its_name_says(name: str) -> None:
    assert kind_of(name, SOUND[name]) is KINDS[f".{name.rpartition('.')[2].lower()}"]


def a_picture_of(wide: int, high: int) -> bytes:
    """Return a PNG that says of itself how large it is."""
    head = b"IHDR" + struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    chunks = [head, b"IEND"]
    body = [
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def claiming_less(data: bytes) -> bytes:
    """Return a zip whose first part says that it is smaller than it is."""
    found = data.rindex(b"word/document.xml") - 46
    return data[: found + 24] + struct.pack("<I", 1) + data[found + 28 :]


HOSTILE = {
    "a program as PDF": ("a.pdf", PROGRAM),
    "a program as text": ("a.txt", PROGRAM),
    "a program as Word": ("a.docx", PROGRAM),
    "a web page as text": ("a.txt", b"\n <!DOCTYPE html><html><body>Hello</body></html>"),
    "a script as a table": ("a.csv", b"name\n<script>alert(1)</script>"),
    "a drawing as text": ("a.txt", SVG),
    "a drawing as a picture": ("a.png", SVG),
    "a drawing": ("a.svg", SVG),
    "a web page": ("a.html", b"<html>"),
    "a program": ("a.exe", PROGRAM),
    "no kind at all": ("a", PDF),
    "two endings": ("a.pdf.exe", PDF),
    "a PDF with a zip behind": ("a.pdf", PDF + a_docx()),
    "a PDF with a zip that ends like a PDF": (
        "a.pdf",
        PDF + a_docx()[:-2] + struct.pack("<H", 5) + b"%%EOF",
    ),
    "a zip behind a picture": ("a.png", picture("PNG") + a_docx()),
    "a picture with a program behind": ("a.jpg", picture("JPEG") + PROGRAM),
    "half a picture": ("a.png", picture("PNG")[:-6]),
    "a picture too large to show": ("a.png", a_picture_of(60_000, 60_000)),
    "a spreadsheet as Word": ("a.docx", SOUND["a.xlsx"]),
    "a spreadsheet as an OpenDocument text": ("a.odt", SOUND["a.ods"]),
    "a zip of anything": ("a.docx", zipped({"a.exe": PROGRAM})),
    "a Word file with macros": ("a.docx", a_docx(word__vbaProject=b"x")),
    "a Word file that unpacks outside": ("a.docx", zipped({"../a": b"", "word/document.xml": b""})),
    "a Word file with a program before it": ("a.docx", PROGRAM + a_docx()),
    "a Word file with something behind it": ("a.docx", a_docx() + PROGRAM),
    "a Word file that says it is small": ("a.docx", claiming_less(a_docx())),
    "more than can be kept": ("a.txt", b"a" * (limits.MOST_BYTES + 1)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused(what: str) -> None:
    name, data = HOSTILE[what]
    with pytest.raises(UnfitFileError):
        kind_of(name, data)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.odt"])
def test_a_file_that_grows_without_measure_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_UNZIPPED", 100_000)
    sound = zipfile.ZipFile(io.BytesIO(SOUND.get(name) or a_docx()))
    parts = {one: sound.read(one) for one in sound.namelist()}
    with pytest.raises(UnfitFileError):
        kind_of(name, zipped(parts | {"bomb.xml": b"0" * 200_000}))


@given(st.sampled_from(sorted(SOUND)), st.integers(0, 10_000), st.binary(max_size=4))
def test_damage_is_taken_or_refused_and_never_a_fault(name: str, at: int, what: bytes) -> None:
    data = SOUND[name]
    place = at % len(data)
    try:
        kind_of(name, data[:place] + what + data[place + len(what) :])
    except UnfitFileError as unfit:
        assert "save it again" in str(unfit)  # noqa: PT017 - either way is well


def a_relationship(kind: str, target: str) -> bytes:
    return (
        f'<Relationships><Relationship Type="http://x/{kind}" Target="{target}"'
        ' TargetMode="External"/></Relationships>'
    ).encode()


def a_pdf(*objects: bytes) -> bytes:
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\ntrailer\n<<>>\n%%EOF\n"


SCRIPT = b"1 0 obj\n<</S/JavaScript/JS(app.alert(1))>>\nendobj"
IN_STREAM = (
    b"1 0 obj\n<</Type/ObjStm/N 1>>stream\n" + zlib.compress(SCRIPT) + b"\nendstream\nendobj"
)
PROGRAM_WITHIN = b"1 0 obj\n<</EF<</F 2 0 R>>/F(a.exe)>>\nendobj"
DATA_WITHIN = (
    b"1 0 obj\n<</EF<</F 2 0 R>>/F(a.json)>>\nendobj\n"
    b"2 0 obj\n<</Type/EmbeddedFile/Subtype/application#2Fjson>>stream\n{}\nendstream\nendobj"
)
DDE = b'<w><w:instrText> DDE</w:instrText><w:instrText>AUTO cmd "/C calc"</w:instrText></w>'
RUNNING = {
    "macros": ("a.docx", a_docx(**{"word__vbaProject.bin": b"x"}), "macros"),
    "old macros": (
        "a.xlsx",
        zipped({"[Content_Types].xml": SHEET, "xl/workbook.xml": b"<x/>",
                "xl/macrosheets/sheet1.xml": b"<x/>"}),
        "macros",
    ),
    "an object": ("a.docx", a_docx(**{"word__embeddings__oleObject1.bin": b"x"}), "object"),
    "a program in a sheet in a paper": (
        "a.docx",
        a_docx(**{"word__embeddings__a.xlsx": zipped({"xl/vbaProject.bin": b"x"})}),
        "macros",
    ),
    "a field": ("a.docx", a_docx(**{"word__header1.xml": DDE}), "DDE"),
    "a template of the web": (
        "a.docx",
        a_docx(**{"word___rels__settings.xml.rels":
                  a_relationship("attachedTemplate", "http://evil.example/t.dotm")}),
        "link",
    ),
    "a script in a text": (
        "a.odt",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"<o><script:event-listener/></o>"}),
        "macros",
    ),
    "a script in a PDF": ("a.pdf", a_pdf(SCRIPT), "script"),
    "a script spelt otherwise": ("a.pdf", a_pdf(b"<</S/J#61vaScript>>"), "script"),
    "a script in a stream": ("a.pdf", a_pdf(IN_STREAM), "script"),
    "a script after a stream": (
        "a.pdf",
        a_pdf(b"1 0 obj<<>>stream\nx\nendstream\nendobj", SCRIPT),
        "script",
    ),
    "a script in what says it is a stream": ("a.pdf", a_pdf(b"%stream\n", SCRIPT), "script"),
    "objects written in another way": (
        "a.pdf",
        a_pdf(b"1 0 obj<</Type/ObjStm/Filter/LZWDecode>>stream\nxyz\nendstream\nendobj"),
        "objects",
    ),
    "a PDF with a password": ("a.pdf", a_pdf(b"<</Encrypt 1 0 R>>"), "password"),
    "a program in a PDF": ("a.pdf", a_pdf(PROGRAM_WITHIN), "file within"),
    "a start of a program": ("a.pdf", a_pdf(b"<</S/Launch/F(cmd.exe)>>"), "command"),
}  # fmt: skip


@pytest.mark.parametrize("what", RUNNING)
def test_a_file_that_would_run_is_refused_and_says_what_to_do(what: str) -> None:
    name, data, holds = RUNNING[what]
    with pytest.raises(UnfitFileError, match=f"holds .*{holds}.* upload that"):
        kind_of(name, data)


ORDINARY = {
    "a chart of a sheet": a_docx(**{"word__embeddings__a.xlsx": SOUND["a.xlsx"]}),
    "an office's own template": a_docx(
        **{
            "word___rels__settings.xml.rels": a_relationship(
                "attachedTemplate", "file:///C:/n.dotm"
            )
        }
    ),
    "a link to a page": a_docx(
        **{"word___rels__document.xml.rels": a_relationship("hyperlink", "https://example.org")}
    ),
}


@pytest.mark.parametrize("what", ORDINARY)
def test_what_is_ordinary_in_an_office_file_is_taken(what: str) -> None:
    assert kind_of("a.docx", ORDINARY[what]).media_type.endswith("document")


def test_a_pdf_with_data_within_it_is_taken_as_our_own_are() -> None:
    assert kind_of("a.pdf", a_pdf(DATA_WITHIN)) is KINDS[".pdf"]
