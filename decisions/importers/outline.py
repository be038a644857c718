"""The page cut into its parts: key information, summary, recommendations, Part 1, the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from decisions.importers import headings
from decisions.importers.doubts import Code, Doubts
from decisions.importers.headings import Zone
from decisions.importers.lines import Line, Marker, marker_of

_BEFORE_PART_1 = (Zone.PREAMBLE, Zone.KEY, Zone.SUMMARY)


@dataclass(slots=True)
class Outline:
    """Lines of each part, in printed order; `headed` names the parts that have a heading."""

    zones: dict[Zone, list[Line]] = field(default_factory=lambda: {zone: [] for zone in Zone})
    headed: set[Zone] = field(default_factory=set)

    def __getitem__(self, zone: Zone) -> list[Line]:
        return self.zones[zone]


def outline_of(lines: Sequence[Line], doubts: Doubts) -> Outline:
    """Cut the page. Text under a Part 2 heading is left out, with a warning."""
    outline = Outline()
    asks_at = _unheaded_lead_in(lines)
    headed_at = _part_1_heading(lines)
    zone = Zone.PREAMBLE
    for number, line in enumerate(lines):
        opened = _opened(line, zone, outline)
        if opened is not None:
            zone, rest = opened
            outline.headed.add(zone)
            if rest:
                outline[zone].append(replace(line, text=rest))
            continue
        if number == asks_at:
            zone = Zone.RECOMMENDATIONS
            doubts.add(Code.RECOMMENDATIONS_UNHEADED)
        elif number > headed_at and _starts_part_1(line, zone, outline):
            zone = Zone.PART_1
            doubts.add(Code.PART_1_UNHEADED)
        outline[zone].append(line)
    if outline[Zone.PART_2]:
        doubts.add(Code.PART_2_LEFT_OUT)
    return outline


def _part_1_heading(lines: Sequence[Line]) -> int:
    """Where the heading of Part 1 stands, -1 if there is none. No Part 1 starts before it."""
    for number, line in enumerate(lines):
        found = headings.zone_of(line.text)
        if found is not None and found[0] is Zone.PART_1:
            return number
    return -1


def _opened(line: Line, zone: Zone, outline: Outline) -> tuple[Zone, str] | None:
    """The part that a heading opens; inside Part 1 only a part not met before."""
    found = headings.zone_of(line.text)
    listed = any(marker_of(one.text) for one in outline[Zone.RECOMMENDATIONS])
    if zone is Zone.RECOMMENDATIONS and listed and headings.opens_signing_box(line.text):
        return Zone.END, line.text
    if found is None:
        return None
    opened = found[0]
    if (
        zone is Zone.PART_1
        and opened not in {Zone.PART_2, Zone.END}
        and (opened in outline.headed or outline[opened])
    ):
        return None
    if zone is Zone.PART_2 and opened is not Zone.END:
        return None
    return found


def _unheaded_lead_in(lines: Sequence[Line]) -> int | None:
    """Where the recommendations start when no heading stands before them."""
    zone = Zone.PREAMBLE
    whole: list[int] = []
    inline: list[int] = []
    for number, line in enumerate(lines):
        found = headings.zone_of(line.text)
        zone = found[0] if found else zone
        if zone is Zone.RECOMMENDATIONS:
            return None
        if zone in _BEFORE_PART_1 and (lead := headings.lead_in_of(line.text)) is not None:
            (whole if _is_whole(lead[1], lines[number + 1 :][:1]) else inline).append(number)
    places = whole or inline
    return places[0] if places else None


def _is_whole(rest: str, following: Sequence[Line]) -> bool:
    listed = bool(following) and marker_of(following[0].text) is not None
    return not rest.strip(" :;") or rest.endswith((":", ";")) or listed


def _starts_part_1(line: Line, zone: Zone, outline: Outline) -> bool:
    """A usual section heading after the recommendations opens Part 1 without its heading."""
    signed = zone is Zone.END and bool(outline[Zone.RECOMMENDATIONS]) and not outline[Zone.PART_1]
    begun = zone is Zone.RECOMMENDATIONS or (zone is Zone.SUMMARY and bool(outline[zone]))
    if not begun and not signed:
        return False
    marker = marker_of(line.text)
    if marker is None:
        return headings.is_bare_section_heading(line.text)
    return _is_section(marker)


def _is_section(marker: Marker) -> bool:
    usual = marker.style in {"number", "bare"} and headings.is_bare_section_heading(marker.rest)
    return usual or (marker.style == "decimal" and marker.value == "1.1")
