"""Words with markup, from Word or from a clipboard, cut to the blocks that a paper is made of."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from decisions.importers.lines import CELL_EDGE
from decisions.importers.number_forms import in_form
from decisions.shapes import BULLETS

_TAGS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "br",
    "div", "del", "s", "strike", "img",
}  # fmt: skip
_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg"}
_STRUCK = {"del", "s", "strike"}
_CELLS = {"td", "th"}
_BREAKING = {"p", "div", "ul", "ol", "table", "tr", *(f"h{n}" for n in range(1, 7))}
_MOST_COLUMNS = 60
_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip


@dataclass(slots=True)
class Block:
    """A heading (level from 1), a paragraph (level 0), or a table (rows of cells)."""

    text: str = ""
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)

    @property
    def printed(self) -> str:
        """The block as text: a table has a line for each row, its cells between edges."""
        if not self.rows:
            return self.text
        return "\n".join(row_printed(row) for row in self.rows)


def row_printed(cells: list[str]) -> str:
    """Return a row of a table on one line, "| cell | cell |"."""
    inner = f" {CELL_EDGE} ".join(" ".join(cell.replace(CELL_EDGE, "/").split()) for cell in cells)
    return f"{CELL_EDGE} {inner} {CELL_EDGE}"


def sanitised(markup: str) -> str:
    """Return markup from anybody with nothing left in it but the shapes of a paper."""
    return nh3.clean(
        markup,
        tags=_TAGS,
        clean_content_tags=_UNSEEN,
        attributes={"td": {"colspan"}, "th": {"colspan"}, "ol": {"start", "type"}, "li": {"value"}},
        strip_comments=True,
        link_rel=None,
    )


@dataclass(slots=True)
class _List:
    is_numbered: bool
    count: int
    style: str


class _Reader(HTMLParser):
    """Collects blocks. Tables within tables become lines of the cell round them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.struck: list[str] = []
        self.pictures = 0
        self._text: list[str] = []
        self._level = 0
        self._lists: list[_List] = []
        self._rows: list[list[str]] = []
        self._tables = 0
        self._cells = 0
        self._is_struck = 0
        self._marked = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _STRUCK:
            self._is_struck += 1
            self.struck.append("")
        elif tag == "img":
            self.pictures += 1
        elif tag in _CELLS:
            self._open_cell(dict(attrs))
        elif tag == "br":
            self._text.append("\n")
        elif tag in {"ul", "ol"}:
            self._flush()
            self._lists.append(
                _List(tag == "ol", _count(dict(attrs), "start", 0), dict(attrs).get("type") or "")
            )
        elif tag == "li":
            self._flush()
            self._marked = self._marker(dict(attrs))
        elif tag in _BREAKING:
            self._open(tag)

    def _open(self, tag: str) -> None:
        self._flush()
        if tag == "table":
            self._tables += 1
        elif tag == "tr" and self._tables == 1:
            self._rows.append([])
        elif tag[0] == "h":
            self._level = int(tag[1])

    def _open_cell(self, attrs: dict[str, str | None]) -> None:
        if self._tables == 1 and self._rows:
            span = attrs.get("colspan") or "1"
            wide = int(span) if span.isascii() and span.isdecimal() and len(span) < 4 else 1
            self._flush()
            self._cells = min(wide, _MOST_COLUMNS)
            self._rows[-1].append("")
        else:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _STRUCK:
            self._is_struck = max(0, self._is_struck - 1)
        elif tag in _CELLS and self._tables == 1 and self._rows and self._cells:
            self._flush()
            self._rows[-1].extend([""] * (self._cells - 1))
            self._cells = 0
        elif tag in {"ul", "ol"}:
            self._flush()
            if self._lists:
                self._lists.pop()
        elif tag in _BREAKING or tag == "li":
            self._close(tag)

    def _close(self, tag: str) -> None:
        self._flush()
        self._level = 0 if tag[0] == "h" else self._level
        if tag == "table":
            self._tables = max(0, self._tables - 1)
            if not self._tables:
                self._finish_table()

    def handle_data(self, data: str) -> None:
        if self._is_struck:
            self.struck[-1] += data
        else:
            self._text.append(data.replace("\r", " ").replace("\n", " "))

    def _marker(self, attrs: dict[str, str | None]) -> str:
        sign = BULLETS[min(max(len(self._lists), 1), len(BULLETS)) - 1]
        if not self._lists or not self._lists[-1].is_numbered:
            return f"{sign} "
        own = self._lists[-1]
        own.count = _count(attrs, "value", own.count) + 1
        depth = sum(one.is_numbered for one in self._lists)
        is_among_bullets = depth < len(self._lists)
        return f"{sign if is_among_bullets else ''} {_numbered(own, depth)} ".lstrip()

    def _flush(self) -> None:
        """End the words at hand: in a cell they stay there, elsewhere they are a block."""
        lines = (" ".join(line.split()) for line in "".join(self._text).split("\n"))
        text = "\n".join(filter(None, lines))
        self._text = []
        if not text:
            return
        text, self._marked = self._marked + text, ""
        if self._cells and self._rows and self._rows[-1]:
            self._rows[-1][-1] = f"{self._rows[-1][-1]}\n{text}".strip()
        else:
            self.blocks.append(Block(text, self._level))

    def _finish_table(self) -> None:
        rows = [row for row in self._rows if any(row)]
        self._rows, self._cells = [], 0
        width = max((len(row) for row in rows), default=0)
        if width == 1:
            self.blocks.extend(Block(line) for row in rows for line in row[0].split("\n"))
        elif rows:
            self.blocks.append(Block(rows=[row + [""] * (width - len(row)) for row in rows]))

    def finish(self) -> None:
        """Take what is still open when the markup ends."""
        self.close()
        self._flush()
        self._finish_table()


def _count(attrs: dict[str, str | None], name: str, otherwise: int) -> int:
    """Return one less than the count that an attribute gives."""
    given = attrs.get(name) or ""
    return int(given) - 1 if given.isascii() and given.isdecimal() and len(given) < 4 else otherwise


def _numbered(own: _List, depth: int) -> str:
    """Return the number of an item: in the style of its list, or in the usual one so deep."""
    if own.style in _STYLES:
        return f"{in_form(own.count, _STYLES[own.style])}."
    if depth == 1:
        return f"{own.count}."
    return f"({in_form(own.count, 'lowerLetter' if depth == 2 else 'lowerRoman')})"


@dataclass(frozen=True, slots=True)
class Cut:
    """The blocks of some markup, with the words struck out of it and the number of pictures."""

    blocks: tuple[Block, ...]
    struck: tuple[str, ...]
    pictures: int


def blocks_of(markup: str) -> Cut:
    """Cut markup from anybody to blocks. Never raises."""
    reader = _Reader()
    reader.feed(sanitised(markup))
    reader.finish()
    struck = (" ".join(words.split()) for words in reader.struck)
    return Cut(tuple(reader.blocks), tuple(filter(None, struck)), reader.pictures)
