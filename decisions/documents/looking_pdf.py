"""What in a PDF would run, as a real reader of PDFs (qpdf) sees it; called by `looking` only.

Every object of the file is looked at, however it is packed. The reader may mend nothing: a file
that needs mending may be read otherwise by the program of whoever opens it, and is not kept.
"""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from decisions.documents.seen import PROTECTED, UNSEEN

SCRIPT, COMMAND, FILM, FORM, XFA, LINK, FILE = (
    "a script",
    "a command that starts a program",
    "a film or a program within it",
    "a form that sends what is typed",
    "a form that runs scripts (XFA)",
    "a link that fetches something when it is opened",
    "a file within it",
)
_MOST_SIGNS = 400_000
"""Of `#`; chance makes some 80,000 in 20 MB."""
_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAMES = {
    "/JavaScript": SCRIPT,
    "/JS": SCRIPT,
    "/Launch": COMMAND,
    "/RichMedia": FILM,
    "/SubmitForm": FORM,
    "/ImportData": FORM,
    "/XFA": XFA,
}
_LONG = {name.encode(): what for name, what in _NAMES.items() if len(name) > 6}
"""Names so long that they do not stand in pictures by chance, so that raw bytes can be asked."""
_VALUES = {
    ("/S", "/GoToR"): LINK,
    ("/S", "/GoToE"): LINK,
    ("/FS", "/URL"): LINK,
    ("/S", "/Rendition"): FILM,
    ("/Subtype", "/Movie"): FILM,
    ("/Subtype", "/Screen"): FILM,
    ("/Subtype", "/3D"): FILM,
}
_PLAIN_TYPES = ("/application/json", "/application/xml", "/text/xml", "/text/plain", "/text/csv")
_PLAIN_NAMES = (".json", ".xml", ".txt", ".csv")
_MARKUP = ("<html", "<!doctype", "<script", "<svg", "<?mso", "{\\rtf")


def runs_in_pdf(data: bytes) -> str:
    """Return what in a PDF would run; empty for nothing.

    Files of plain data within it are let be, as our own documents hold one.
    """
    if data.count(b"#") > _MOST_SIGNS:
        return UNSEEN
    plain = _NAME.sub(lambda found: bytes([int(found[1], 16)]), data)
    if b"/Encrypt" in plain:
        return PROTECTED
    for name, what in _LONG.items():
        if name in plain:
            return what
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as held:
            found = PROTECTED if held.is_encrypted else _in_objects(held, plain.count(b"/ObjStm"))
            return found or (UNSEEN if any(map(_is_odd, held.get_warnings())) else "")
    except pikepdf.PasswordError:
        return PROTECTED


def _is_odd(warning: object) -> bool:
    """Whether the reader had to guess, and not only to add what pages often leave out."""
    return not str(warning).endswith("repairing")


def _in_objects(held: pikepdf.Pdf, packs: int) -> str:
    """Look at every object; `packs` is how many packs of objects the raw bytes speak of.

    Were there more than the reader sees, another reader might open what this one did not.
    """
    objects = [one for one in held.objects if one is not None]
    found = _first(_in_dictionary(at) for one in (held.trailer, *objects) for at in _within(one))
    if found:
        return found
    typed = [(one.get("/Type"), one.objgen) for one in objects if isinstance(one, pikepdf.Stream)]
    if packs > sum(kind == "/ObjStm" for kind, _ in typed):
        return UNSEEN
    entries = [at for one in objects for at in _within(one) if "/EF" in at]
    plain = [_plain_files(entry) for entry in entries]
    files = {number for kind, number in typed if kind == "/EmbeddedFile"}
    return FILE if not all(plain) or files - set().union(*plain) else ""


def _first(said: Iterator[str]) -> str:
    return next((what for what in said if what), "")


def _within(one: Any) -> Iterator[Any]:
    """Yield the dictionaries within an object, without following what it refers to."""
    left = [one]
    while left:
        at = left.pop()
        if isinstance(at, pikepdf.Array):
            left.extend(item for item in at if _is_direct(item))
        elif isinstance(at, pikepdf.Stream | pikepdf.Dictionary):
            yield at
            left.extend(item for item in map(at.get, at.keys()) if _is_direct(item))


def _is_direct(item: Any) -> bool:
    holds = isinstance(item, pikepdf.Dictionary | pikepdf.Array)
    return holds and not item.is_indirect


def _in_dictionary(held: Any) -> str:
    if isinstance(held, pikepdf.Stream) and "/F" in held:
        return LINK  # what it shows is in another file
    return _first(_in_entry(key, held.get(key)) for key in held.keys())  # noqa: SIM118 - no mapping


def _in_entry(key: str, value: Any) -> str:
    if key in _NAMES:
        return _NAMES[key]
    if key in ("/OpenAction", "/AA") and _goes_out(value):
        return LINK
    names = [str(item) for item in _several(value) if isinstance(item, pikepdf.Name)]
    return _first(_NAMES.get(name) or _VALUES.get((key, name), "") for name in names)


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _goes_out(action: Any, depth: int = 5) -> bool:
    """Whether what is done at once opens a page of the web."""
    if isinstance(action, pikepdf.Array):
        return any(_goes_out(item, depth - 1) for item in action) if depth else True
    if not isinstance(action, pikepdf.Dictionary) or "/Parent" in action:
        return False
    if action.get("/S") == "/URI" or not depth:
        return True
    within = [action.get(key) for key in action.keys() if key != "/P"]  # noqa: SIM118 - no mapping
    return any(_goes_out(item, depth - 1) for item in within)


def _plain_files(held: Any) -> set[tuple[int, int]]:
    """Return which files an entry holds; none unless all are plain data, by name and by bytes."""
    names = [str(held.get(key)) for key in ("/F", "/UF", "/DOS", "/Unix", "/Mac") if key in held]
    if not names or not all(name.lower().endswith(_PLAIN_NAMES) for name in names):
        return set()
    entry = held.get("/EF")
    files = [entry.get(key) for key in entry.keys()]  # noqa: SIM118 - no mapping
    return {one.objgen for one in files} if all(map(_is_plain, files)) else set()


def _is_plain(file: Any) -> bool:
    if not isinstance(file, pikepdf.Stream) or str(file.get("/Subtype")) not in _PLAIN_TYPES:
        return False
    try:
        text = file.read_bytes().decode("utf-8-sig")
        if str(file.get("/Subtype")) == "/application/json":
            return bool(json.loads(text) is not None)
    except ValueError:
        return False
    starts = text[:4096].lstrip().lower()
    is_markup = starts.startswith(_MARKUP) or "<script" in starts
    return not is_markup and not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)
