"""Opening a Word file: a zip of XML parts, from anybody, so nothing in it is believed.

Only its words are read, and nothing of it is kept: macros in it do no harm here.
"""

import zipfile
from collections import Counter
from xml.etree import ElementTree
from xml.parsers import expat

from decisions.documents import zipped
from decisions.importers.source import UnreadableSourceError

LARGEST_XML = 12 * 1024 * 1024
DEEPEST = 80
"""Elements within elements: real papers stay under fifty."""

MOST_ELEMENTS, MOST_RUNS, MOST_CELLS, MOST_PARAGRAPHS = 250_000, 20_000, 5_000, 8_000
MOST_CHARACTERS, LONGEST_PARAGRAPH = 500_000, 30_000
"""A paper of a hundred pages has some 300,000 characters, and a few thousand of the others."""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = "word/document.xml"
_SAVE_AGAIN = "Open it in Word, save it again as a Word document (.docx), and upload that."


class Package:
    """The parts of a Word file that carry words, each parsed, by their names in the zip."""

    def __init__(self, parts: dict[str, ElementTree.Element]) -> None:
        self._parts = parts

    @property
    def body(self) -> ElementTree.Element:
        """The document itself."""
        return self._parts[_BODY]

    def part(self, name: str) -> ElementTree.Element | None:
        """Return the part `word/<name>.xml`, None where there is none."""
        return self._parts.get(f"word/{name}.xml")

    def parts_like(self, name: str) -> list[ElementTree.Element]:
        """Return the parts whose names begin with `word/<name>`, such as every header."""
        return [part for key, part in sorted(self._parts.items()) if key.startswith(f"word/{name}")]


def refuse_too_much(body: ElementTree.Element) -> None:
    """Refuse a document whose reading would hold up everybody, before any of it is read."""
    counted = Counter(one.tag for one in body.iter())
    named = {"r": MOST_RUNS, "tc": MOST_CELLS, "p": MOST_PARAGRAPHS}
    most = {f"{{{WORD}}}{tag}": n for tag, n in named.items()}
    is_too_much = counted.total() > MOST_ELEMENTS or any(
        counted[tag] > n for tag, n in most.items()
    )
    if is_too_much or _length(body) > MOST_CHARACTERS:
        raise UnreadableSourceError(
            "file-too-large-inside",
            "There is far more in this file than in a paper: take annexes and large tables out of"
            " it, and add them as supporting papers.",
        )
    if any(_length(one) > LONGEST_PARAGRAPH for one in body.iter(f"{{{WORD}}}p")):
        raise UnreadableSourceError(
            "paragraph-too-long",
            f"A paragraph of this file has more than {LONGEST_PARAGRAPH:,} characters: divide it"
            " into several in Word, and upload that.",
        )


def _length(element: ElementTree.Element) -> int:
    return sum(map(len, element.itertext()))


def is_zip(data: bytes) -> bool:
    """Whether a file may be a Word document, rather than text."""
    return data.startswith(zipped.BEGINS)


def open_package(data: bytes) -> Package:
    """Open a Word file. Raises `UnreadableSourceError` with what to do."""
    if len(data) > zipped.MOST_BYTES:
        raise UnreadableSourceError(
            "file-too-large", "The file is larger than 20 MB: take the pictures out of it."
        )
    try:
        with zipped.opened(data) as held:
            return Package(_parts(held))
    except zipped.TooLargeZipError as error:
        raise UnreadableSourceError(
            "file-too-large-inside",
            f"There is far more in this file than in a paper. {_SAVE_AGAIN}",
        ) from error
    except zipped.DamagedZipError as error:
        raise UnreadableSourceError(
            "file-damaged", f"The file is damaged. {_SAVE_AGAIN}"
        ) from error


def _parts(held: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    names = set(held.namelist())
    if _BODY not in names:
        raise UnreadableSourceError("file-not-word", _what_it_is(names))
    return _parsed(held, [name for name in names if _is_read(name)])


def _parsed(held: zipfile.ZipFile, names: list[str]) -> dict[str, ElementTree.Element]:
    parts, left = {}, LARGEST_XML
    for name in sorted(names):
        with held.open(name) as opened:
            data = opened.read(left + 1)
        left -= len(data)
        if left < 0:
            raise UnreadableSourceError(
                "file-too-large-inside",
                f"There is far more text in this file than in a paper. {_SAVE_AGAIN}",
            )
        parts[name] = _element(data)
    return parts


def _is_read(name: str) -> bool:
    in_word = name.startswith("word/") and name.count("/") == 1
    return (
        in_word and name.endswith(".xml") and not name.startswith(("word/glossary", "word/theme"))
    )


def _what_it_is(names: set[str]) -> str:
    if "content.xml" in names:
        return (
            "This is an OpenDocument file (.odt). Open it, choose “Save as”, choose “Word document"
            " (.docx)”, and upload that."
        )
    return f"This zip file is not a Word document. {_SAVE_AGAIN}"


def _element(data: bytes) -> ElementTree.Element:
    """Parse a part of which nothing is believed: no document type, so no entities; not deep."""
    parser = expat.ParserCreate()
    depth = 0

    def refuse(*_: object) -> None:
        raise UnreadableSourceError(
            "file-hostile", f"This file holds instructions that no paper needs. {_SAVE_AGAIN}"
        )

    def enter(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            refuse()

    def leave(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    try:
        parser.Parse(data, True)
        return ElementTree.fromstring(data)  # noqa: S314  (checked just above)
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        raise UnreadableSourceError(
            "file-damaged", f"The file is damaged. {_SAVE_AGAIN}"
        ) from error
