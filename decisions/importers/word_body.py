"""A Word document made plain before it is read: junk taken out and listed, numbers written out."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from decisions.importers.package import Package
from decisions.importers.word_numbers import Numbers, value, w

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PICTURES = {w("drawing"), w("pict"), w("object"), _COMPATIBILITY}
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_BREAKS = {w("br"), w("cr"), w("tab"), w("p")}
_WORDS = {w("t"), w("delText"), _FORMULA}


class LeftOut:
    """What does not become part of the paper, each thing once, in words for the review page."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}
        self._pictures = 0

    def add(self, what: str, words: str) -> None:
        """Note words that were left out, and what they were."""
        if words:
            self._found.setdefault(f"{what}: {words}")

    def add_picture(self) -> None:
        """Note a picture."""
        self._pictures += 1

    def all(self) -> list[str]:
        """Everything, in the order met; pictures, which have no words, are counted."""
        pictures = "1 picture" if self._pictures == 1 else f"{self._pictures} pictures"
        return [*self._found, *([pictures] if self._pictures else [])]


def words_in(element: Element, kinds: frozenset[str] = frozenset(_WORDS)) -> str:
    """Return the words of an element, with single spaces."""
    pieces: list[str] = []
    for one in element.iter():
        if one.tag in kinds:
            pieces.append(one.text or "")
        elif one.tag in _BREAKS:
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def make_plain(package: Package, left_out: LeftOut) -> None:
    """Change the document so that it holds its words, with their numbers, and no junk."""
    _Cleaning(package, left_out).clean(package.body)
    _write_numbers(package)
    for name, what in (("header", "Header"), ("footer", "Footer")):
        for part in package.parts_like(name):
            left_out.add(what, words_in(part))
    comments = package.part("comments")
    for comment in () if comments is None else comments:
        left_out.add("Comment", words_in(comment))


class _Cleaning:
    def __init__(self, package: Package, left_out: LeftOut) -> None:
        self._left_out = left_out
        self._notes = {
            (name, note.get(w("id"), "")): words_in(note)
            for name in _NOTES.values()
            for note in (package.part(name) or ())
        }

    def clean(self, parent: Element) -> None:
        """Take out of an element, and of all in it, what no paper holds."""
        for child in list(parent):
            if child.tag == w("fldSimple"):
                child.tag = w("smartTag")  # read for its words, as any other holder of them
            if child.tag == _COMPATIBILITY and not _holds_picture(child):
                child.tag = w("smartTag")
                _keep_fallback(child)
            if self._is_junk(child):
                parent.remove(child)
            else:
                self.clean(child)

    def _is_junk(self, child: Element) -> bool:
        if child.tag in _NOTES:
            note = self._notes.get((_NOTES[child.tag], child.get(w("id"), "")), "")
            self._left_out.add("Footnote", note)
            return True
        if child.tag in _PICTURES:
            self._picture(child)
            return True
        what = _junk(child)
        if what is not None:
            self._left_out.add(what, words_in(child))
        return what is not None

    def _picture(self, child: Element) -> None:
        boxes = list(child.iter(w("txbxContent")))
        for box in boxes:
            self._left_out.add("Text box", words_in(box))
        if not boxes:
            self._left_out.add_picture()


def _holds_picture(element: Element) -> bool:
    return any(one.tag in _PICTURES - {_COMPATIBILITY} for one in element.iter())


def _keep_fallback(element: Element) -> None:
    """Keep one of two forms of the same words: the plainer."""
    for child in list(element):
        if child.tag == _FALLBACK:
            child.tag = w("smartTag")
        else:
            element.remove(child)


def _junk(child: Element) -> str | None:
    """What a piece of the document is called that is left out; None to keep it."""
    properties = child.find(w("rPr"))
    if child.tag == w("del") and words_in(child):
        return "Deleted in Word"
    if child.tag == w("r") and properties is not None and _is_on(properties, "vanish"):
        return "Hidden in Word"
    if child.tag == w("p") and value(child, "pPr/pStyle").upper().startswith("TOC"):
        return "Table of contents"
    if child.tag == w("sdt") and child.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None:
        return "Place for words"
    if child.tag.endswith(("}oMath", "}oMathPara")):
        return "Formula"
    return None


def _is_on(properties: Element, name: str) -> bool:
    found = properties.find(w(name))
    return found is not None and found.get(w("val"), "true") not in {"0", "false", "off"}


def _write_numbers(package: Package) -> None:
    """Write before each numbered paragraph what Word prints there."""
    numbers = Numbers(package)
    for paragraph in _paragraphs(package.body):
        label = numbers.label(paragraph)
        if label and words_in(paragraph):
            _write_before(paragraph, f"{label} ")


def _paragraphs(body: Element) -> Iterator[Element]:
    return body.iter(w("p"))


def _write_before(paragraph: Element, label: str) -> None:
    run = Element(w("r"))
    SubElement(run, w("t")).text = label
    has_properties = len(paragraph) > 0 and paragraph[0].tag == w("pPr")
    paragraph.insert(1 if has_properties else 0, run)
