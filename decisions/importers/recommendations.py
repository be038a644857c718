"""The lead-in line and the recommendations under it: numbers, nesting, words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from decisions.imported_paper import ImportedKind, ImportedRecommendation
from decisions.importers import headings
from decisions.importers.doubts import Code, Doubts
from decisions.importers.figures import figures_of
from decisions.importers.kinds import act_of, kind_of, starts_with_verb
from decisions.importers.lines import Line, Marker, marker_of
from decisions.importers.lists import without_sign
from decisions.importers.numbering import Item, ItemList, settle_numbers
from decisions.importers.periods import period_of
from decisions.importers.sources import WithSources, with_sources
from decisions.wording.money import sums_in
from decisions.wording.years import years_in

_NAMES_A_SUM = (ImportedKind.ACCEPT, ImportedKind.APPROVE_SPEND, ImportedKind.AWARD)
_FIRST_IN_LINE = re.compile(r"\(?[1a][.)](?=\s*[A-Za-z£])")


@dataclass(frozen=True, slots=True)
class Asked:
    """The lead-in line, the verb it leaves to the lines under it, and what it asks at once."""

    line: str | None = None
    act: str = ""
    recommendation: str = ""


@dataclass(frozen=True, slots=True)
class Recommendations:
    """What was read from the recommendations part; `unused` are lines before the lead-in."""

    asked: str | None
    recommendations: tuple[ImportedRecommendation, ...]
    unused: tuple[str, ...]


def recommendations_of(lines: Sequence[Line], doubts: Doubts) -> Recommendations:
    """Read the part of the page that holds the recommendations."""
    lines = [replace(line, text=without_sign(line.text)) for line in lines]
    asked, unused, listed = _asked(list(_without_lists_in_a_line(lines)))
    if asked.line is not None and _is_subheading(asked, listed):
        unused, listed = (*unused, listed[0].text), listed[1:]
    items = _items(asked, listed, doubts)
    if not items:
        doubts.add(Code.RECOMMENDATIONS_MISSING)
    elif asked.line is None:
        doubts.add(Code.ASKED_MISSING)
    elif any(sums_in(asked.line)):
        doubts.add(Code.SUM_LEFT_OUT, f"Lead-in line: {asked.line}")
    settle_numbers(items, doubts)
    read = [_recommendation(item, doubts) for item in items]
    return Recommendations(asked.line, with_sources(read, doubts), unused)


def _is_subheading(asked: Asked, listed: Sequence[Line]) -> bool:
    """Whether a short line without a verb stands between the lead-in and the numbered list."""
    if len(listed) < 2 or asked.act or asked.recommendation:
        return False
    text, following = listed[0].text, marker_of(listed[1].text)
    numbered = following is not None and following.style in {"number", "bare"}
    short = len(text.split()) <= 6 and text[:1].isupper() and not any(sums_in(text))
    named = len(text.split()) == 1 or not starts_with_verb(text)
    return numbered and short and named and marker_of(text) is None


def _without_lists_in_a_line(lines: Sequence[Line]) -> Iterator[Line]:
    """A line that asks and lists at once ("… to: (1) approve …; (2) note …"), cut into lines."""
    for line in lines:
        lead = headings.lead_in_of(line.text)
        rest = lead[1].lstrip(" :;") if lead is not None else ""
        marker = _FIRST_IN_LINE.match(rest)
        if lead is None or marker is None:
            yield line
            continue
        yield replace(line, text=line.text[: len(line.text) - len(rest)].rstrip())
        yield from (replace(line, text=part) for part in _cut(rest, marker[0]))


def _cut(text: str, marker: str) -> Iterator[str]:
    """Cut a text before each following marker: "(1)", "(2)", "(3)"."""
    while True:
        marker = "".join(chr(ord(one) + 1) if one.isalnum() else one for one in marker)
        place = text.find(f" {marker}", 1) if marker[-2].isalnum() else -1
        if place < 0:
            break
        yield text[:place].strip()
        text = text[place + 1 :]
    yield text


def _asked(lines: Sequence[Line]) -> tuple[Asked, tuple[str, ...], Sequence[Line]]:
    """The lead-in, the lines before it, and the lines after it."""
    first = next((n for n, line in enumerate(lines) if marker_of(line.text)), len(lines))
    for number in range(min(first + 1, len(lines))):
        lead = headings.lead_in_of(lines[number].text)
        if lead is not None:
            before = tuple(line.text for line in lines[:number])
            return (
                _asked_by(lines[number].text, lead, lines[number + 1 :]),
                before,
                lines[number + 1 :],
            )
    ends_open = first > 0 and lines[first - 1].text.endswith((":", ";"))
    last = lines[first - 1].text if first else ""
    if first < len(lines) and ends_open and (not starts_with_verb(last) or len(last.split()) <= 8):
        before = tuple(line.text for line in lines[: first - 1])
        return Asked(last, act=act_of(last)), before, lines[first:]
    return Asked(), (), lines


def _asked_by(line: str, lead: tuple[str, str], following: Sequence[Line]) -> Asked:
    rest = lead[1]
    if not rest.strip(" :;.-–"):
        return Asked(line)
    marker = marker_of(following[0].text) if following else None
    short = len(rest.split()) <= 6 and not any(sums_in(rest))
    numbered = marker is not None and marker.style in {"number", "bare", "decimal"}
    if marker is not None and (short or numbered or not starts_with_verb(rest)):
        return Asked(line, act=act_of(rest))
    if marker is None and short and rest.endswith((":", ";")):
        return Asked(line, act=act_of(rest))
    text = rest.lstrip(" :;")
    return Asked(line[: len(line) - len(text)].rstrip(), recommendation=text)


def _items(asked: Asked, lines: Sequence[Line], doubts: Doubts) -> list[Item]:
    found = ItemList(doubts)
    act = asked.act
    marked = any(marker_of(line.text) for line in lines)
    if asked.recommendation:
        found.add(None, asked.recommendation)
    for line in lines:
        lead = headings.lead_in_of(line.text)
        if lead is not None and found.items:
            doubts.add(Code.ASKED_REPEATED, line.text[:200])
            act = act_of(lead[1])
        elif found.items and _asks_again(line.text):
            doubts.add(Code.ASKED_REPEATED, line.text[:200])
            act = act_of(line.text)
        else:
            _add_line(found, line.text, act, doubts, marked=marked)
    return found.items


def _asks_again(text: str) -> bool:
    """A line such as "and notes that:" between recommendations."""
    short = text.endswith(":") and len(text.split()) <= 8
    return short and marker_of(text) is None and starts_with_verb(text)


def _add_line(found: ItemList, text: str, act: str, doubts: Doubts, *, marked: bool) -> None:
    """A marked line is a recommendation; another belongs to the one before it."""
    marker = marker_of(text)
    if marker is not None and found.is_nested_bullet(marker) and not starts_with_verb(marker.rest):
        found.append(text)
    elif marker is not None and _is_detail(found, marker, act):
        doubts.add(Code.LOOSE_LINE, f"{marker.rest[:100]}")
        found.append(f"• {marker.rest}")
    elif marker is not None and marker.rest:
        found.add(marker, marker.rest, act)
    elif found.items and (marked or not starts_with_verb(text)):
        doubts.add(Code.LOOSE_LINE, f"Recommendation {found.items[-1].number}: {text[:100]}")
        found.append(text)
    else:
        found.add(None, text, act)


def _is_detail(found: ItemList, marker: Marker, act: str) -> bool:
    """A line without a verb whose number only repeats the one before it."""
    return not act and found.repeats_number(marker) and not starts_with_verb(marker.rest)


def _inherited_act(item: Item) -> str:
    """The words above an item that give it its verb: a parent's, else the lead-in's."""
    above = item.parent
    words = ""
    while above is not None:
        words = f"{above.text[:300]} {words}".strip()
        if starts_with_verb(above.text):
            return words
        item, above = above, above.parent
    return f"{item.act} {words}".strip() if item.act else ""


def _recommendation(item: Item, doubts: Doubts) -> WithSources:
    about = f"Recommendation {item.number}"
    inherited = _inherited_act(item)
    kind = kind_of(
        item.text, inherited, about, doubts, has_money=any(True for _ in sums_in(item.text))
    )
    figures, sources = figures_of(item.text, kind, about, doubts)
    period = period_of(item.text, about, doubts)
    has_sums_below = any(any(sums_in(child.text)) for child in item.children)
    if figures and has_sums_below:
        doubts.add(Code.COMPONENT_SUM, f"{about} and those under it: check what is part of what.")
    if len(figures) > 1 and len(years_in(item.text)) > 1:
        doubts.add(Code.SUMS_BY_YEAR, about)
    if not figures and not has_sums_below and kind in _NAMES_A_SUM:
        doubts.add(Code.AMOUNT_MISSING, about)
    return WithSources(
        ImportedRecommendation(
            number=item.number,
            parent=item.parent.number if item.parent else None,
            text=item.text,
            kind=kind,
            figures=figures,
            period_start=period.start,
            period_end=period.end,
        ),
        sources,
    )
