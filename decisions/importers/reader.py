"""Reading a public decision page: text in, an `ImportedPaper` with its warnings out."""

from dataclasses import replace
from pathlib import Path

from decisions.imported_paper import ImportedPaper
from decisions.importers import key_information as key
from decisions.importers.disagreements import note_disagreements
from decisions.importers.doubts import Code, Doubts
from decisions.importers.exemptions import exemptions_of
from decisions.importers.headings import Zone
from decisions.importers.lines import Line, lines_of
from decisions.importers.outline import Outline, outline_of
from decisions.importers.recommendations import recommendations_of
from decisions.importers.references import reference_at_start
from decisions.importers.sections import sections_of
from decisions.importers.source import UnreadableSourceError, clean, decode


def read_file(path: Path) -> ImportedPaper:
    """Read a text file. Raises `UnreadableSourceError` if it cannot be read as text."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableSourceError("file-missing", f"There is no file {path}.") from error
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise UnreadableSourceError("file-unreadable", message) from error
    return read_bytes(data)


def read_bytes(data: bytes) -> ImportedPaper:
    """Read the bytes of a text file. Raises `UnreadableSourceError`."""
    doubts = Doubts()
    return _read(decode(data, doubts), doubts)


def text_of(data: bytes) -> str:
    """Return the text of a file's bytes. Raises `UnreadableSourceError`."""
    return decode(data, Doubts())


def read_text(text: str) -> ImportedPaper:
    """Read a pasted page. Never raises: what is missing or doubtful is a warning."""
    return _read(text, Doubts())


def _read(text: str, doubts: Doubts) -> ImportedPaper:
    plain = clean(text, doubts)
    outline = outline_of(lines_of(plain, doubts), doubts)
    _move_closing_line(outline)
    info = key.read_labels(outline[Zone.PREAMBLE], outline[Zone.KEY], outline[Zone.END])
    paper = ImportedPaper(
        reference=key.reference_of(info, doubts),
        title=key.title_of(info, doubts),
        date_signed=key.date_of(info, "date_signed", Code.DATE_SIGNED_MISSING, doubts),
        date_published=key.date_of(info, "date_published", Code.DATE_PUBLISHED_MISSING, doubts),
        decided_by=key.decided_by_of(info, doubts),
    )
    key.note_unlabelled_dates(info, doubts)
    paper = replace(paper, executive_summary=_summary(outline, info, doubts))
    return _with_body(paper, outline, info, plain, doubts)


def _with_body(
    paper: ImportedPaper, outline: Outline, info: key.KeyInformation, plain: str, doubts: Doubts
) -> ImportedPaper:
    _note_dates(paper, doubts)
    asked = recommendations_of(outline[Zone.RECOMMENDATIONS], doubts)
    sections = sections_of(outline[Zone.PART_1], doubts)
    exemptions = exemptions_of(plain, doubts)
    summary = paper.executive_summary or ""
    note_disagreements(asked.recommendations, summary, sections, doubts)
    if not (asked.recommendations or sections or outline[Zone.SUMMARY]):
        doubts.add(Code.NOTHING_RECOGNISED)
    after = [line.text for line in key.leftover_of(info, paper.title)]
    unused = [*(_unused(outline, info)), *asked.unused, *after]
    if unused:
        doubts.add(Code.TEXT_NOT_USED, " / ".join(text[:60] for text in unused[:5]))
    return replace(
        paper,
        asked=asked.asked,
        recommendations=asked.recommendations,
        sections=sections,
        exemptions=exemptions,
        warnings=doubts.all(),
    )


def _move_closing_line(outline: Outline) -> None:
    """The last line of a page may be its reference and title, whatever stands before it."""
    for zone in (Zone.PART_2, Zone.PART_1, Zone.RECOMMENDATIONS, Zone.SUMMARY):
        lines = outline[zone]
        if outline[Zone.END] or not lines:
            continue
        named = reference_at_start(lines[-1].text)
        if named is not None and _names_page(lines[-1].text, named[1]):
            outline[Zone.END].append(lines.pop())
        return


def _names_page(text: str, title: str) -> bool:
    short = len(text.split()) <= key.TITLE_WORDS
    return short and not text.endswith(".") and (not title or title[0].isupper())


def _summary(outline: Outline, info: key.KeyInformation, doubts: Doubts) -> str | None:
    lines: list[Line] = list(outline[Zone.SUMMARY])
    if not lines:
        lines = key.body_of(info)
        if lines:
            doubts.add(Code.SUMMARY_UNHEADED)
    if not lines:
        doubts.add(Code.SUMMARY_MISSING)
        return None
    return "\n\n".join(line.text for line in lines)


def _unused(outline: Outline, info: key.KeyInformation) -> list[str]:
    """Lines round the paper that became neither label, title nor summary."""
    if not outline[Zone.SUMMARY]:
        return []
    return [line.text for line in key.body_of(info)]


def _note_dates(paper: ImportedPaper, doubts: Doubts) -> None:
    signed, published = paper.date_signed, paper.date_published
    if signed is not None and published is not None and published < signed:
        doubts.add(Code.DATES_OUT_OF_ORDER, f"{signed} and {published}")
