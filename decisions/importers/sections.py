"""Part 1: numbered sections with numbered paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from decisions.imported_paper import ImportedParagraph, ImportedSection
from decisions.importers import headings
from decisions.importers.doubts import Code, Doubts
from decisions.importers.lines import Line, Marker, is_row, marker_of
from decisions.importers.lists import goes_on_list

_LETTERS = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_EXPECTED = {"financial": ("financ",), "legal": ("legal",), "equality": ("equal", "diversity")}


@dataclass(slots=True)
class _Paragraph:
    number: str
    text: str


@dataclass(slots=True)
class _Section:
    number: str
    heading: str | None
    paragraphs: list[_Paragraph] = field(default_factory=list)
    open_numbers: bool = False


class _Reader:
    def __init__(self, doubts: Doubts, *, has_decimals: bool) -> None:
        self.sections: list[_Section] = []
        self._doubts = doubts
        self._has_decimals = has_decimals

    def read(self, line: Line, following: Line | None) -> None:
        marker = marker_of(line.text)
        after = marker_of(following.text) if following is not None else None
        if marker is not None and not marker.rest:
            return
        if marker is not None and marker.style == "decimal":
            self._paragraph_of(marker)
        elif marker is not None and self._goes_on_list(line.text, after):
            self._loose(line.text, new=False, printed=line.text)
        elif marker is not None and self._is_heading(marker, after):
            self._open(marker.value, marker.rest)
        elif marker is None and self._is_bare_heading(line.text, after):
            self._open("", line.text)
        elif marker is not None and marker.style == "number":
            self._loose(marker.rest, new=True, printed=line.text)
        else:
            new = marker is None and not is_row(line.text)
            self._loose(line.text, new=new, printed=line.text)

    def _goes_on_list(self, line: str, after: Marker | None) -> bool:
        paragraphs = self.sections[-1].paragraphs if self.sections else []
        return bool(paragraphs) and goes_on_list(paragraphs[-1].text, line, after)

    def _open(self, number: str, heading: str | None) -> _Section:
        text = heading.rstrip(" :") if heading else None
        self.sections.append(_Section(number, text))
        return self.sections[-1]

    def _is_heading(self, marker: Marker, after: Marker | None) -> bool:
        """A numbered line that is short and usual, or is followed by its own paragraphs."""
        if _is_lettered(marker):
            return after is not None and after.value == f"{marker.value}.1"
        if marker.style not in {"number", "bare"} or not marker.rest:
            return False
        if headings.is_bare_section_heading(marker.rest):
            return True
        if (
            len(marker.rest.split()) > 14
            or len(marker.rest) > 200
            or marker.rest.endswith((";", ","))
        ):
            return False
        if after is not None and after.style == "decimal":
            return after.value.split(".")[0] == marker.value
        usual = headings.is_section_heading(marker.rest) and not marker.rest.endswith(".")
        return usual or (not self._has_decimals and self._is_next(marker))

    def _is_next(self, marker: Marker) -> bool:
        last = self.sections[-1].number if self.sections else "0"
        ended = marker.rest.endswith((".", ":"))
        return last.isdigit() and int(marker.value) == int(last) + 1 and not ended

    def _is_bare_heading(self, text: str, after: Marker | None) -> bool:
        if headings.is_bare_section_heading(text):
            return True
        short = (
            len(text.split()) <= 10
            and text[:1].isupper()
            and not text.endswith((".", ";", ",", ":"))
        )
        first = after is not None and after.style == "decimal" and after.value.endswith(".1")
        return short and first and "£" not in text

    def _paragraph_of(self, marker: Marker) -> None:
        major = marker.value.split(".")[0]
        section = self.sections[-1] if self.sections else None
        if section is None or (section.number != major and not self._adopts(section, major)):
            section = self._open(major, None)
            self._doubts.add(Code.SECTION_UNHEADED, major)
        section.paragraphs.append(_Paragraph(marker.value, marker.rest))

    def _adopts(self, section: _Section, major: str) -> bool:
        """A heading whose own number is missing or repeated takes its first paragraph's."""
        taken = [one.number for one in self.sections[:-1]]
        if section.paragraphs or (section.number and section.number not in taken):
            return False
        section.number = major
        return True

    def _loose(self, text: str, *, new: bool, printed: str) -> None:
        """A line without a usable number: part of the paragraph before it, or one of its own."""
        section = self.sections[-1] if self.sections else self._open("", None)
        last = section.paragraphs[-1] if section.paragraphs else None
        if last is not None and (not new or not section.open_numbers):
            last.text += f"\n{printed}"
            return
        section.open_numbers = True
        self._doubts.add(Code.PARAGRAPH_NUMBERS_ASSIGNED, section.heading or "")
        section.paragraphs.append(_Paragraph("", text))


def _is_lettered(marker: Marker) -> bool:
    """Whether a line is marked "A." as a section of a paper that counts by letters."""
    return marker.value in _LETTERS and marker.style in {"letter", "roman"}


def sections_of(lines: Sequence[Line], doubts: Doubts) -> tuple[ImportedSection, ...]:
    """Read Part 1. Lines that carry no number stay with the paragraph before them."""
    lines = [line for line in lines if not headings.is_chrome(line.text)]
    markers = [marker_of(line.text) for line in lines]
    has_decimals = any(marker is not None and marker.style == "decimal" for marker in markers)
    reader = _Reader(doubts, has_decimals=has_decimals)
    for line, following in zip(lines, [*lines, None][1:], strict=True):
        reader.read(line, following)
    _settle_numbers(reader.sections, doubts)
    sections = tuple(_finished(section) for section in reader.sections)
    _note_missing(sections, doubts)
    return sections


def _settle_numbers(sections: Sequence[_Section], doubts: Doubts) -> None:
    printed = [section.number for section in sections]
    if "" in printed or len(set(printed)) < len(printed):
        doubts.add(Code.SECTION_NUMBERS_ASSIGNED)
        for number, section in enumerate(sections, start=1):
            section.number = str(number)
    elif printed not in ([str(n) for n in range(1, len(printed) + 1)], _LETTERS[: len(printed)]):
        doubts.add(Code.SECTIONS_OUT_OF_ORDER, ", ".join(printed[:20]))


def _finished(section: _Section) -> ImportedSection:
    paragraphs = tuple(
        ImportedParagraph(each.number or f"{section.number}.{n}", each.text)
        for n, each in enumerate(section.paragraphs, start=1)
    )
    return ImportedSection(section.number, section.heading, paragraphs)


def _note_missing(sections: Sequence[ImportedSection], doubts: Doubts) -> None:
    if not sections:
        doubts.add(Code.PART_1_MISSING)
        return
    found = " ".join((section.heading or "").lower() for section in sections)
    missing = [
        name for name, words in _EXPECTED.items() if not any(word in found for word in words)
    ]
    if missing:
        doubts.add(Code.SECTION_MISSING, f"Not found: {', '.join(missing)}.")
