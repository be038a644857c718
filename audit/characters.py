"""Characters that nobody sees: some without effect, some that make text read as what it is not.

What a person reads in a title, and on the signed document, is what is stored: text holds no
control character but line breaks and tabs, and nothing that turns the order of letters round.
Joiners are kept, since words of some languages and emoji need them.
"""

import unicodedata

WITHOUT_EFFECT = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width space, direction marks, word joiner, byte-order mark."""
JOINERS = "\u200c\u200d"
BREAKS = "\n\r\t"
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_GONE = str.maketrans("", "", WITHOUT_EFFECT)


def without_effectless(text: str) -> str:
    """Return the text without the invisible characters that change nothing in its reading."""
    return text.translate(_GONE)


def unseen_in(text: str, allowed: str = BREAKS) -> list[str]:
    """Return the invisible characters of a text, each once, in their order; joiners are none."""
    if text.isascii() and text.isprintable():
        return []
    kept = JOINERS + allowed
    return [c for c in dict.fromkeys(text) if unicodedata.category(c) in _UNSEEN and c not in kept]


def name_of(character: str) -> str:
    """Return what a character is called, like "U+202E right-to-left override"."""
    name = unicodedata.name(character, "control character").lower()
    return f"U+{ord(character):04X} {name}"
