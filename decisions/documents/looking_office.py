"""What in an Office or OpenDocument file would run or reach out; called by `looking` only.

Looked at are the names of parts, the types and links that they declare, and the fields, formulas,
connections, drawings and scripts in them: every part that begins as markup does, whatever it is
called, is read whole by an XML parser, as the office program reads it. What such a parser does not
take, or is not UTF-8, is not kept: another might read it otherwise.
"""

import re
import zipfile
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.parsers import expat

from decisions.documents import zipped
from decisions.documents.seen import DAMAGED, UNSEEN

MACROS, OBJECT, LINKED, DATA = (
    "macros",
    "an embedded object",
    "a link that fetches something when it is opened",
    "a field or formula that starts another program (DDE)",
)
_TYPES_PART = "[content_types].xml"
_MACRO_PARTS = ("vbaproject", "vbadata", "basic/", "scripts/", "macrosheets/", "activex/")
_MACRO_TYPES = re.compile(
    r"macroenabled|vbaproject|macrosheet|activex|vnd\.sun\.star\.script", re.I
)
_OBJECT_PART = re.compile(
    r"(?:^|/)(?:oleobject[^/]*|object \d+"
    r"|[^/]*\.(?:bin|exe|dll|jse?|vb[es]|lnk|scr|com|bat|cmd|ps1|hta|msi|jar|wsf|cpl|pif|chm))$",
    re.I,
)
_PLAIN_BINARY = re.compile(r"(?:^|/)printersettings\d*\.bin$", re.I)
_IN_OFFICE = re.compile(r"\.(?:xlsx|docx|pptx)$", re.I)
_OWN_DISK = re.compile(r"(?:file:///)?[a-z]:[\\/](?![\\/])[^:]*", re.I)
_OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[\\/]{2})", re.I)
_DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.I)
_SPELT = re.compile(r"QUOTE\b", re.I)
_BRINGS_IN = re.compile(r"(?:INCLUDE(?:TEXT|PICTURE)?|IMPORT|LINK|DATABASE|RD)\b", re.I)
_HALF_A_NAME = re.compile(r"\w*")
_ARRAY = re.compile(r"\{[^{}]*\}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CALLS = re.compile(r"\b(?:DDE|CALL|REGISTER(?:\.ID)?|RTD|EXEC)\s*\(", re.I)
_FETCHES = re.compile(r"\b(?:WEBSERVICE|IMAGE)\s*\(", re.I)
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedname")
_DRAWN = ("imagedata", "fill", "stroke", "background", "image", "use", "feimage")
_REFRESHED = ("connection", "querytable")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*\0?<\0?[A-Za-z?!_:]")
_BREAK = re.compile(rb"<br\s*>", re.I)
"""How Excel writes a break in a drawing, which is no XML."""
_HEAD = 4096
_LINKED_DATA = ("ddelink", "olelink", "dde-link", "dde-source", "dde-connection")
_TELLING = ("relationship", "override", "default", "fldsimple", *_DRAWN, *_REFRESHED)
"""Elements whose attributes say something in an Office file; in OpenDocument and SVG, all can."""
_UTF_8 = (None, "utf-8", "utf8", "us-ascii", "ascii")


class UnreadError(Exception):
    """A part that is not well-formed XML in UTF-8, or says of itself what it is made of."""


def runs_in_zip(data: bytes) -> str:
    """Return what in an Office or OpenDocument file would run; empty for nothing."""
    try:
        with zipped.opened(data) as held:
            return _runs_in(held)
    except (zipped.DamagedZipError, zipped.TooLargeZipError):
        return DAMAGED
    except UnreadError:
        return UNSEEN


def _runs_in(held: zipfile.ZipFile) -> str:
    names = held.namelist()
    if any(part in name.lower() for name in names for part in _MACRO_PARTS):
        return MACROS
    types = _Looked()
    for name in names:
        if name.lower() == _TYPES_PART:
            _read(held.read(name), types)
    for name in names:
        found = _in_name(name) or _in_part(name, held, types)
        if found:
            return found
    return types.found


def _in_name(name: str) -> str:
    if _OBJECT_PART.search(name) and not _PLAIN_BINARY.search(name):
        return OBJECT
    is_embedded = "/embeddings/" in name.lower()
    return OBJECT if is_embedded and not _IN_OFFICE.search(name) else ""


def _in_part(name: str, held: zipfile.ZipFile, types: "_Looked") -> str:
    low = name.lower()
    if "/embeddings/" in low:
        return runs_in_zip(held.read(name))
    ending = low.rpartition(".")[2]
    is_named = low.endswith((".xml", ".rels", ".rdf")) or f"/{low}" in types.parts
    if not (is_named or ending in types.endings or _begins_as_markup(name, held)):
        return ""
    is_open_document = any(one in held.namelist() for one in ("mimetype", "META-INF/manifest.xml"))
    looked = _Looked(is_open_document=is_open_document)
    data = held.read(name)
    _read(_BREAK.sub(b"<br/>", data) if ending == "vml" else data, looked)
    return looked.found


def _begins_as_markup(name: str, held: zipfile.ZipFile) -> bool:
    """Whether a part might be read as markup; of the fonts in a paper the first bytes are noise."""
    with held.open(name) as part:
        is_markup = _MARKUP.match(part.read(_HEAD)) is not None
    return is_markup and not name.lower().endswith(".odttf")


@dataclass
class _Looked:
    """What was found in one part while it was parsed; the first thing found stands."""

    found: str = ""
    is_open_document: bool = False
    is_svg: bool = False
    parts: set[str] = field(default_factory=set)
    endings: set[str] = field(default_factory=set)
    formula: list[str] | None = None
    is_field: bool = False
    fields: list[list[str]] = field(default_factory=lambda: [[]])
    """The words of the fields that are open, the innermost last; the first is outside of all."""

    def say(self, what: str) -> None:
        self.found = self.found or what

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        low = name.rpartition(":")[2].lower()
        self.is_svg = self.is_svg or low == "svg"
        if low == "event-listener" or (low == "script" and self.is_svg):
            self.say(MACROS)
        elif low == "connectstring":
            self.say(LINKED)
        elif low in _LINKED_DATA:
            self.say(DATA)
        elif low == "altchunk":
            self.say(OBJECT)
        elif low == "instrtext":
            self.is_field = True
        elif low == "fldchar":
            self._bound(attributes)
        elif low in _FORMULAS:
            self.formula = []
        if attributes and (self.is_open_document or self.is_svg or low in _TELLING):
            self._attributes(
                low, {key.rpartition(":")[2].lower(): at for key, at in attributes.items()}
            )

    def _attributes(self, low: str, said: dict[str, str]) -> None:
        if low == "relationship":
            self._link(said)
        elif low in ("override", "default"):
            self._type(said)
        elif low == "fldsimple":
            self.judge_field(said.get("instr", ""))
        elif low in _REFRESHED:
            self._refresh(said)
        if self.is_svg and any(key.startswith("on") for key in said):
            self.say(MACROS)
        if "formula" in said:
            self.judge_formula(said["formula"])
        is_linking = low != "a" if self.is_open_document else low in _DRAWN
        if is_linking and any(_OUTSIDE.match(said.get(key, "")) for key in ("href", "src")):
            is_own = low == "template" and _OWN_DISK.fullmatch(said.get("href", "").strip())
            self.say("" if is_own else LINKED)
        for value in said.values():
            if "vnd.sun.star." in value.lower():
                self.say(OBJECT if "oleobject" in value.lower() else MACROS)

    def _link(self, said: dict[str, str]) -> None:
        if said.get("targetmode", "").strip().lower() != "external":
            return
        kind = said.get("type", "").rstrip("/").rpartition("/")[2].lower()
        is_own = kind == "attachedtemplate" and _OWN_DISK.fullmatch(said.get("target", "").strip())
        if kind != "hyperlink" and not is_own:
            self.say(LINKED)

    def _refresh(self, said: dict[str, str]) -> None:
        """Take a connection to data elsewhere: one that is asked anew by itself is not kept."""
        is_at_once = said.get("refreshonload", "").strip().lower() in ("1", "true", "on")
        if is_at_once or said.get("interval", "").strip() not in ("", "0"):
            self.say(LINKED)

    def _type(self, said: dict[str, str]) -> None:
        kind = said.get("contenttype", "").partition(";")[0].strip().lower()
        if _MACRO_TYPES.search(kind):
            self.say(MACROS)
        if kind.endswith("xml"):
            self.parts.add(unquote(said.get("partname", "")).lower())
            self.endings.add(said.get("extension", "xml").lower())

    def _bound(self, attributes: dict[str, str]) -> None:
        """Take where a field begins or ends, so that the words of each stand by themselves."""
        kind = next((at for key, at in attributes.items() if key.endswith("fldCharType")), "")
        if kind == "begin":
            if len(self.fields) > 1 and _HALF_A_NAME.fullmatch("".join(self.fields[-1]).lstrip()):
                self.say(DATA)  # a name put together out of other fields
            self.fields.append([])
        elif kind == "end" and len(self.fields) > 1:
            self.judge_field("".join(self.fields.pop()))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        low = name.rpartition(":")[2].lower()
        if low == "instrtext":
            self.is_field = False
        elif low in _FORMULAS and self.formula is not None:
            self.judge_formula("".join(self.formula))
            self.formula = None

    def words(self, text: str) -> None:
        """Take characters between the marks."""
        if self.is_field:
            self.fields[-1].append(text)
        if self.formula is not None:
            self.formula.append(text)

    def judge_field(self, words: str) -> None:
        """Look at the words of one whole field."""
        first = words.lstrip()
        if _DDE.search(words) or _SPELT.match(first):
            self.say(DATA)
        elif _BRINGS_IN.match(first):
            self.say(LINKED)

    def judge_formula(self, words: str) -> None:
        """Look at one whole formula of a sheet: `cmd|'/C calc'!A0` starts a program."""
        bare = _ARRAY.sub("", _QUOTED.sub("", words))
        if _CALLS.search(bare) or ("|" in bare and "!" in bare):
            self.say(DATA)
        elif _FETCHES.search(bare):
            self.say(LINKED)

    def close(self) -> None:
        """Look at the fields that never ended."""
        for words in self.fields:
            self.judge_field("".join(words))


def _read(data: bytes, looked: _Looked) -> None:
    """Parse a part whole. Raises UnreadError for what another parser might read otherwise."""

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding.lower() if encoding else None) not in _UTF_8:
            raise UnreadError

    def refuse(*_said: object) -> None:
        raise UnreadError

    if not data.strip():
        return
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = looked.start
    parser.EndElementHandler = looked.end
    parser.CharacterDataHandler = looked.words
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadError from error
    looked.close()
