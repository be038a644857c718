"""Papers whose headings carry no numbers: numbered as a paper would be, 1, 1.1, 1.2, 2."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from decisions.importers import headings
from decisions.importers.blocks import Block
from decisions.importers.headings import Zone
from decisions.importers.lines import Marker, marker_of
from decisions.importers.lists import goes_on_list

_PART_1 = "Part 1: non-confidential facts and advice"
_LOOSE = {"bullet", "letter", "roman", "numbered_letter"}


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with sections and paragraphs numbered, where headings have no numbers.

    Sections are what stands under headings (by style) after the recommendations; a text that asks
    for nothing, with headings all the same, is sections from its first heading on.
    """
    start = _start(blocks)
    if start is None:
        return list(blocks)
    before, body = list(blocks[:start]), blocks[start:]
    if any(_marked(block, "decimal") or (block.level and _is_numbered(block)) for block in body):
        return [*before, *_with_first_numbers(body)]
    opened = any(_zone(block) is Zone.PART_1 for block in before)
    return [*before, *([] if opened else [Block(_PART_1)]), *_with_numbers(body)]


def _with_first_numbers(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give each numbered heading (by style) a number for what follows it, where that has none.

    In text alone nothing else tells it from an item of a list.
    """
    top = min(block.level for block in blocks if block.level)
    ended = False
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        ended = ended or _zone(block) in {Zone.PART_2, Zone.END}
        yield block
        is_heading = block.level == top and not ended
        marker = marker_of(block.text) if is_heading else None
        is_numbered = marker is not None and marker.style in {"number", "bare"}
        if marker and is_numbered and not (after and _marked(after, "decimal")):
            yield Block(f"{marker.value}.1.")


def _start(blocks: Sequence[Block]) -> int | None:
    """Where the sections begin: a heading that opens no part, after the recommendations if any."""
    zones = [_zone(block) for block in blocks]
    asked = [n for n, zone in enumerate(zones) if zone in {Zone.RECOMMENDATIONS, Zone.PART_1}]
    for n in range(asked[-1] + 1 if asked else 0, len(blocks)):
        if blocks[n].level and zones[n] is None and (asked or not _is_title(blocks, n)):
            return n
    return None


def _is_title(blocks: Sequence[Block], n: int) -> bool:
    """Whether a heading at the top stands above all others, once: the title of the paper."""
    levels = [block.level for block in blocks if block.level]
    return n == 0 and len(levels) > 1 and levels[0] < min(levels[1:])


def _zone(block: Block) -> Zone | None:
    found = None if block.rows else headings.zone_of(block.text)
    return found[0] if found else None


def _marker(block: Block) -> Marker | None:
    return None if block.rows else marker_of(block.text)


def _marked(block: Block, style: str) -> bool:
    marker = _marker(block)
    return marker is not None and marker.style == style


def _is_numbered(block: Block) -> bool:
    marker = marker_of(block.text)
    return marker is not None and marker.style in {"number", "bare", "letter"}


def _with_numbers(blocks: Sequence[Block]) -> Iterator[Block]:
    top = min(block.level for block in blocks if block.level)
    section = paragraph = 0
    ended, words = False, ""
    for block, following in zip(blocks, [*blocks[1:], Block()], strict=True):
        ended = ended or _zone(block) in {Zone.PART_2, Zone.END}
        if ended or block.rows:
            yield block
        elif block.level == top:
            section, paragraph, words = section + 1, 0, ""
            yield replace(block, text=f"{section}. {block.text}")
        elif paragraph and (
            _is_loose(block) or goes_on_list(words, block.text, _marker(following))
        ):
            words = f"{words}\n{block.text}"
            yield block
        else:
            paragraph, words = paragraph + 1, block.text
            yield replace(block, text=f"{section}.{paragraph} {_without_number(block)}")


def _is_loose(block: Block) -> bool:
    return any(_marked(block, style) for style in _LOOSE)


def _without_number(block: Block) -> str:
    marker = marker_of(block.text)
    return marker.rest if marker and marker.style == "number" and marker.rest else block.text
