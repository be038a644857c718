"""Counts written in letters and in Roman numerals."""

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def in_form(count: int, form: str) -> str:
    """Return a count in the form that Word calls so: "iv" for "lowerRoman"."""
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form.startswith("upper") else letter
    if form in {"lowerRoman", "upperRoman"}:
        roman = _roman(count)
        return roman.upper() if form.startswith("upper") else roman
    return str(count)


def _roman(count: int) -> str:
    written = ""
    for amount, letters in _ROMAN:
        while count >= amount:
            written, count = written + letters, count - amount
    return written
