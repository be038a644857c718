"""Numbered lists within the words of a paper, told from its own numbered parts."""

from decisions.importers import headings
from decisions.importers.lines import Marker, marker_of
from decisions.list_numbers import parted, readings
from decisions.shapes import BULLETS


def goes_on_list(text: str, line: str, after: Marker | None) -> bool:
    """Answer whether a numbered line is an item of a list in the paragraph of the text before it.

    It is where the text opens a list ("The costs are:"), or ends in one that it goes on with.
    """
    marker = marker_of(line)
    if marker is None or marker.style != "number" or _is_heading(marker, after):
        return False
    count, last = int(marker.value) if marker.value.isdigit() else 0, text.rsplit("\n", 1)[-1]
    if _is_item(last) and "\n" in text:
        return count == 1 or count - 1 in _counts(text)
    following = after is not None and after.style == "number" and after.value == str(count + 1)
    return last.endswith(":") and (count == 1 or following)


def _is_heading(marker: Marker, after: Marker | None) -> bool:
    opens = after is not None and after.style == "decimal"
    return opens or headings.is_bare_section_heading(marker.rest)


def _is_item(line: str) -> bool:
    found = marker_of(line)
    return found is not None and (found.style == "bullet" or bool(readings(line)))


def _counts(text: str) -> set[int]:
    """Return the counts of the lines of a text that are numbered in figures."""
    lines = [each for line in text.split("\n")[1:] for each in readings(without_sign(line))]
    return {each.count for each in lines if each.style == "decimal"}


def without_sign(line: str) -> str:
    """Return a line without the bullet that lays a number under another ("◦ (a) words")."""
    if line[:1] in BULLETS[1:] and parted(line[1:].strip())[0]:
        return line[1:].strip()
    return line
