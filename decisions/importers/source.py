"""From the bytes of a file, or a paste, to clean text."""

import html
import re

from audit.characters import BREAKS, WITHOUT_EFFECT, name_of, unseen_in
from decisions.importers.doubts import Code, Doubts

SIZE_LIMIT = 1024 * 1024
"""Bytes of a file that are read; a public page is some 10 kB."""

_TAGS = (
    "a|abbr|article|b|body|br|div|em|footer|h[1-6]|head|header|hr|html|i|li|main|nav|ol|p|section"
    "|script|small|span|style|strong|sub|sup|table|tbody|td|th|thead|title|tr|u|ul"
)
_OTHER_FORMATS: tuple[tuple[bytes, str], ...] = (
    (
        b"%PDF",
        "This is a PDF, in which lines have lost what they were. Upload the Word file (.docx) that"
        " it was made from, or copy its text and paste it.",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "This file is in an old form of Word (.doc), or it has a password. Open it in Word, choose"
        " “Save as”, choose “Word document (.docx)” without a password, and upload that.",
    ),
    (
        b"{\\rtf",
        "This is a rich text file (.rtf). Open it in Word, choose “Save as”, choose “Word document"
        " (.docx)”, and upload that.",
    ),
    (b"PK\x03\x04", "This is a Word or zip file. Save it as plain text, or paste its text."),
)
_UNSEEN = ("script", "style")
_BLOCK = re.compile(r"</?(?:article|body|br|div|footer|h[1-6]|header|hr|main|nav|ol|p|section"
                    r"|table|tr|ul)\b[^<>]*>|</li\s*>", re.I)  # fmt: skip
_ITEM = re.compile(r"<li\b[^<>]*>", re.I)
_CELL = re.compile(r"</t[dh]\s*>", re.I)
_TAG = re.compile(rf"</?(?:{_TAGS})\b[^<>]*>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}\d{0,2});", re.I)
_MARKDOWN_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.M)
_MARKDOWN_BOLD = re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,300}?)(?<=\S)\1")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_WITHOUT_EFFECT = re.compile(f"[{WITHOUT_EFFECT}\u200c\u200d]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class UnreadableSourceError(Exception):
    """A file that is not the text of a page; `code` is stable, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def decode(data: bytes, doubts: Doubts) -> str:
    """Text of a file: UTF-8 or UTF-16, else Windows-1252 with a warning.

    Raises `UnreadableSourceError` for a file that is too large, empty or not text.
    """
    if len(data) > SIZE_LIMIT:
        raise UnreadableSourceError("file-too-large", "The file is larger than 1 MB.")
    for start, message in _OTHER_FORMATS:
        if data.startswith(start):
            raise UnreadableSourceError("file-not-text", message)
    text = _decoded(data, doubts)
    if len(_CONTROL.findall(text)) > len(text) // 100:
        raise UnreadableSourceError("file-not-text", "This file is not text.")
    if not text.strip():
        raise UnreadableSourceError("file-empty", "There is no text in the file.")
    return text


def _decoded(data: bytes, doubts: Doubts) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    sample = data[:2000]
    if sample.count(0) * 3 > len(sample) and len(sample) % 2 == 0:
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        doubts.add(Code.ENCODING_GUESSED)
        return data.decode("cp1252", errors="replace")


def clean(text: str, doubts: Doubts) -> str:
    """One kind of newline, ordinary spaces, no tags, no invisible characters."""
    text = _tidied(text, doubts)
    without = _without_markup(text)
    if without != text:
        doubts.add(Code.MARKUP_REMOVED)
    return _tidied(without, doubts)


def _tidied(text: str, doubts: Doubts) -> str:
    text = _WITHOUT_EFFECT.sub("", _BREAKS.sub("\n", text))
    text = _CONTROL.sub("", _SPACES.sub(" ", text))
    for unseen in unseen_in(text, BREAKS):
        doubts.add(Code.INVISIBLE_REMOVED, f"({name_of(unseen)}.)")
        text = text.replace(unseen, "")
    return text


def _without_unseen(text: str) -> str:
    """The text without scripts and styles; an unclosed one is left for the tag rule."""
    for name in _UNSEEN:
        pieces, position, lower = [], 0, text.lower()
        while (start := lower.find(f"<{name}", position)) >= 0:
            end = lower.find(f"</{name}>", start)
            if end < 0:
                break
            pieces.append(text[position:start])
            position = end + len(name) + 3
        text = " ".join([*pieces, text[position:]])
    return text


def _without_markup(text: str) -> str:
    if _TAG.search(text):
        text = _without_unseen(text)
        text = _CELL.sub(" ", _ITEM.sub("\n• ", _BLOCK.sub("\n", text)))
        text = _TAG.sub("", text)
    if _ENTITY.search(text):
        text = html.unescape(text)
    text = _MARKDOWN_HEADING.sub("", text)
    return _MARKDOWN_BOLD.sub(r"\2", text)
