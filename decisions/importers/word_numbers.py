"""The numbers that Word prints and does not store: worked out again, as Word does.

Office Open XML (ECMA-376 Part 1, §17.9): a paragraph names a list and a level; the list's abstract
definition says how each level counts and is written, like "%1.%2" or "(%3)".
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from decisions.importers.number_forms import in_form
from decisions.importers.package import WORD, Package
from decisions.list_numbers import readings
from decisions.shapes import BULLETS

_LEVELS = 9
_DEEPER_STYLE = re.compile(r"list\s?(?:bullet|number)\s?([2-5])$", re.I)
_MOST = 3999
_BASED_ON = 12
"""Styles that stand on one another, at most."""


def w(name: str) -> str:
    """Return a name of WordprocessingML as the parser spells it."""
    return f"{{{WORD}}}{name}"


def value(element: Element | None, path: str) -> str:
    """Return the `val` of an element at a path like "pPr/pStyle", empty where there is none."""
    found = element.find("/".join(map(w, path.split("/")))) if element is not None else None
    return "" if found is None else found.get(w("val"), "")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    style: str


@dataclass(slots=True)
class _List:
    """An abstract definition with its counters: None before the level is first used."""

    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


def _number(text: str, otherwise: int = 0) -> int:
    return min(int(text), _MOST) if text.isascii() and text.isdecimal() else otherwise


class Numbers:
    """Gives each paragraph, asked in the order of the document, what Word prints before it."""

    def __init__(self, package: Package) -> None:
        self._styles = _styles(package)
        numbering = package.part("numbering")
        found = [] if numbering is None else list(numbering)
        self._lists = {
            one.get(w("abstractNumId"), ""): _List(_levels(one))
            for one in found
            if one.tag == w("abstractNum")
        }
        self._nums = {
            one.get(w("numId"), ""): (value(one, "abstractNumId"), _overrides(one))
            for one in found
            if one.tag == w("num")
        }

    def label(self, paragraph: Element) -> str:
        """Return the number or bullet of a paragraph, empty where it has none."""
        num, level = self._place(paragraph)
        name, overrides = self._nums.get(num, ("", {}))
        held = self._lists.get(name)
        if held is None or level not in held.levels:
            return ""
        self._count(held, level, overrides)
        above = sum(n < level and each.form == "bullet" for n, each in held.levels.items())
        deep = min(max(above, self._depth_of_style(paragraph)), len(BULLETS) - 1)
        if held.levels[level].form == "bullet":
            return BULLETS[deep]
        written = _written(held, level)
        return f"{BULLETS[deep]} {written}" if deep and readings(f"{written} -") else written

    def _depth_of_style(self, paragraph: Element) -> int:
        """How deep a style such as "List Number 2" lies, which is a list of its own."""
        style = value(paragraph.find(w("pPr")), "pStyle")
        name = value(self._styles[style], "name") if style in self._styles else style
        found = _DEEPER_STYLE.search(name)
        return int(found[1]) - 1 if found else 0

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Which list, and how deep: said by the paragraph, or by its style."""
        properties = paragraph.find(w("pPr"))
        num, level = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        style = value(properties, "pStyle")
        own, based = style, 0
        while not num and style in self._styles and based < _BASED_ON:
            num = value(self._styles[style], "pPr/numPr/numId")
            level = level or value(self._styles[style], "pPr/numPr/ilvl")
            style, based = value(self._styles[style], "basedOn"), based + 1
        if num and not level:
            level = self._level_of_style(num, own)
        return num, min(_number(level), _LEVELS - 1)

    def _level_of_style(self, num: str, style: str) -> str:
        held = self._lists.get(self._nums.get(num, ("", {}))[0])
        found = [n for n, level in held.levels.items() if level.style == style] if held else []
        return str(found[0]) if style and found else "0"

    def _count(self, held: _List, level: int, overrides: dict[int, int]) -> None:
        for above in range(level):
            if held.counts[above] is None and above in held.levels:
                held.counts[above] = held.levels[above].start
        last = held.counts[level]
        if level in overrides:
            held.counts[level] = overrides.pop(level)
        else:
            held.counts[level] = held.levels[level].start if last is None else last + 1
        held.counts[level + 1 :] = [None] * (_LEVELS - level - 1)


def _styles(package: Package) -> dict[str, Element]:
    styles = package.part("styles")
    found = [] if styles is None else styles.findall(w("style"))
    return {one.get(w("styleId"), ""): one for one in found}


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        _number(one.get(w("ilvl"), "")): _Level(
            _number(value(one, "start"), 1),
            value(one, "numFmt") or "decimal",
            value(one, "lvlText"),
            value(one, "pStyle"),
        )
        for one in abstract.findall(w("lvl"))
    }


def _overrides(num: Element) -> dict[int, int]:
    """Where a list begins again: the first paragraph of each such level takes it."""
    return {
        _number(one.get(w("ilvl"), "")): _number(value(one, "startOverride"), 1)
        for one in num.findall(w("lvlOverride"))
        if one.find(w("startOverride")) is not None
    }


def _written(held: _List, level: int) -> str:
    own = held.levels[level]
    if own.form == "none":
        return ""
    text = own.text
    for n in range(level + 1):
        count, form = held.counts[n], held.levels.get(n, own).form
        text = text.replace(f"%{n + 1}", in_form(count or 1, form))
    return text.strip()
