"""Which characters the documents' typeface can show, and what is printed in place of the rest.

PDF/A forbids characters that no embedded font can draw, and a font of the machine would make the
pages depend on it. So a character outside Source Sans 3 is printed as its Unicode number, e.g.
[U+05D0], and the exact text stays in decision.json.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

from decisions.documents.refusals import DocumentRefused

FACES = {
    "regular.ttf": "SourceSans3_400Regular.ttf",
    "italic.ttf": "SourceSans3_400Regular_Italic.ttf",
    "semibold.ttf": "SourceSans3_600SemiBold.ttf",
    "bold.ttf": "SourceSans3_700Bold.ttf",
}
INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
CONTROLS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def face_path(name: str) -> Path:
    """Return the file of a face; DocumentRefused when the build has not put it there."""
    path = Path(settings.BASE_DIR, "build", "static", "fonts", FACES[name])
    if not path.is_file():
        raise DocumentRefused(
            f"The typeface file {path.name} is not in build/static/fonts, so no document can be "
            "laid out.",
            clears="Run make setup, which puts it there.",
        )
    return path


@cache
def drawable() -> frozenset[int]:
    """Return the characters that every face has."""
    maps = []
    for name in FACES:
        with TTFont(face_path(name), lazy=True) as font:
            maps.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*maps)


def printable(text: str) -> str:
    """Return a text as it is printed: composed (NFC), with numbers for what cannot be drawn.

    Zero-width characters and soft hyphens vanish; other control characters, those that turn the
    direction of writing among them, are shown by number. Tabs stay, between the cells of a table.
    """
    lines = NEWLINES.sub("\n", text).translate(INVISIBLE)
    composed = unicodedata.normalize("NFC", lines)
    known = drawable()
    return "".join(_drawn(character, known) for character in composed)


def _drawn(character: str, known: frozenset[int]) -> str:
    if character in "\n\t":
        return character
    if ord(character) in known and unicodedata.category(character) not in CONTROLS:
        return character
    return f"[U+{ord(character):04X}]"
