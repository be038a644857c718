"""Reference, title, dates and decision maker: from labels and from lines that name the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from decisions.importers import dates, headings
from decisions.importers.doubts import Code, Doubts
from decisions.importers.lines import Line
from decisions.importers.references import Reference, reference_at_start, references_in

TITLE_WORDS = 30
"""A title has at most this many words."""

_FILE = re.compile(r"\.(?:pdf|docx?)\b|\b[0-9]+ ?[kKmM][bB]\b")
_FORM_TITLE = re.compile(r"^(?:request for (?:dmpc )?|dmpc )decision\b[\s:–—-]*", re.I)


@dataclass(slots=True)
class KeyInformation:
    """What the page says about itself; `unused` are lines that said none of it."""

    labels: dict[str, list[str]] = field(default_factory=dict)
    named: list[tuple[Reference, str]] = field(default_factory=list)
    unused: list[Line] = field(default_factory=list)
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()


def read_labels(
    before: Sequence[Line], lines: Sequence[Line], after: Sequence[Line]
) -> KeyInformation:
    """Sort the lines before, in and after the paper into labels, lines naming it, and others."""
    info = KeyInformation(before=tuple(before), after=tuple(after))
    _read(info, [*before, *lines, *after])
    return info


def _read(info: KeyInformation, lines: Sequence[Line]) -> None:
    waiting: str | None = None
    for line in lines:
        label = headings.label_of(line.text)
        if label is not None:
            waiting = label[0] if not label[1] else None
            _keep(info, label[0], label[1])
        elif headings.is_chrome(line.text):
            waiting = None
        elif waiting is not None and _fits(waiting, line.text):
            _keep(info, waiting, line.text)
            waiting = None
        else:
            waiting = None
            _keep_line(info, line)


def _keep(info: KeyInformation, label: str, value: str) -> None:
    if value:
        info.labels.setdefault(label, []).append(value)


def _fits(label: str, text: str) -> bool:
    """Whether a line can be the value of the empty label above it."""
    if label in {"date_signed", "date_published"}:
        return dates.full_date(text) is not None and len(text) < 40
    if label == "reference":
        return bool(references_in(text)) and len(text) < 60
    if label == "date":
        return dates.full_date(text) is not None and len(text) < 40
    return label != "other" and len(text) < 120


def _keep_line(info: KeyInformation, line: Line) -> None:
    named = reference_at_start(_FORM_TITLE.sub("", line.text))
    short = len(line.text.split()) <= TITLE_WORDS and len(line.text) <= 400
    if named is not None and short and not _FILE.search(line.text):
        info.named.append(named)
    else:
        info.unused.append(line)


def reference_of(info: KeyInformation, doubts: Doubts) -> str | None:
    """The page's own reference: the labelled one first, then the one that opens its title."""
    labelled = [
        found for value in info.labels.get("reference", []) for found in references_in(value)
    ]
    found = dict.fromkeys(each.canonical for each in [*labelled, *(ref for ref, _ in info.named)])
    if not found:
        doubts.add(Code.REFERENCE_MISSING)
        return None
    if len(found) > 1:
        doubts.add(Code.REFERENCE_CONFLICT, ", ".join(found))
    return next(iter(found))


def title_of(info: KeyInformation, doubts: Doubts) -> str | None:
    """The title without the reference; a line before the key information may be one."""
    titles = [_without_reference(value) for value in info.labels.get("title", [])]
    titles += [title for _, title in info.named]
    titles += [_without_reference(text) for text in _possible_titles(info, found=any(titles))]
    different = list(dict.fromkeys(title for title in titles if title))
    if not different:
        doubts.add(Code.TITLE_MISSING)
        return None
    if len({title.casefold() for title in different}) > 1:
        doubts.add(Code.TITLE_DOUBTFUL, " / ".join(different[:3])[:300])
    return different[0]


def _possible_titles(info: KeyInformation, *, found: bool) -> Sequence[str]:
    """Lines that may be a title: nearest before the key information first, then in it.

    A line that stands alone after the paper counts only where there is no other title.
    """
    possible = [line for line in info.unused if _may_be_title(line.text)]
    ahead, placed = set(info.before), {*info.before, *info.after}
    before = [line.text for line in reversed(possible) if line in ahead]
    rest = [line.text for line in possible if line not in placed]
    alone = len(info.after) == 1 and not headings.opens_signing_box(info.after[0].text)
    if before or rest or found or not alone:
        return [*before, *rest]
    return [line.text for line in possible]


def _may_be_title(text: str) -> bool:
    return _FILE.search(text) is None and (
        len(text.split()) <= 16
        and len(text) <= 300
        and not text.endswith((".", ":", ";", ","))
        and text[:1].isalnum()
    )


def body_of(info: KeyInformation) -> list[Line]:
    """Lines that are neither label nor title: a summary without heading stands here."""
    after = set(info.after)
    return [line for line in info.unused if line not in after and not _may_be_title(line.text)]


def leftover_of(info: KeyInformation, title: str | None) -> list[Line]:
    """Lines after the paper that are neither label nor title."""
    after = set(info.after)
    return [line for line in info.unused if line in after and line.text != title]


def _without_reference(text: str) -> str:
    named = reference_at_start(text)
    return named[1] if named is not None else text


def note_unlabelled_dates(info: KeyInformation, doubts: Doubts) -> None:
    """A bare "Date" may be of signature or of publication: neither is taken."""
    for value in info.labels.get("date", []):
        doubts.add(Code.DATE_UNLABELLED, value[:80])


def date_of(info: KeyInformation, label: str, missing: Code, doubts: Doubts) -> date | None:
    """The labelled date; a warning if it is missing or cannot be read."""
    values = info.labels.get(label, [])
    if not values:
        doubts.add(missing)
        return None
    found = dates.full_date(values[0])
    if found is None:
        doubts.add(Code.DATE_UNREADABLE, values[0][:80])
    return found


def decided_by_of(info: KeyInformation, doubts: Doubts) -> str | None:
    """Who decided, as printed."""
    values = info.labels.get("decided_by", [])
    if not values:
        doubts.add(Code.DECIDED_BY_MISSING)
        return None
    return values[0]
