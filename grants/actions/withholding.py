"""Part 2 of a spending line: words kept apart from it, read on record, withheld and released."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from accounts.models import User
from audit.acts import Act, action
from audit.history import insert
from audit.models import LedgerEntry
from audit.words import listed
from decisions.actions import KeptFile
from decisions.actions.edits import change
from decisions.models import Part
from grants import events
from grants.models import (
    COLUMN_OF,
    Allocation,
    ImportRow,
    RowKind,
    SpendingImport,
    SpendingLine,
    Withheld,
    WithheldField,
    is_shown_for,
    shown_for,
)
from grants.permissions import (
    can_read_file,
    can_read_withheld,
    can_release_words,
    can_withhold,
)
from grants.refusals import GrantRefused
from grants.rules import BOOK, gives_reason
from grants.rules_of_withholding import (
    has_a_ground,
    is_not_as_if_withheld,
    is_released_by_another,
    is_there_to_withhold,
)

NO_EVIDENCE = {"evidence_sha256": "", "evidence_name": "", "evidence_type": ""}
Grounds = Mapping[str, str]


def as_shown(grounds: Grounds) -> dict[str, str]:
    """Return the columns of a line as everybody sees them, of fields withheld on these grounds."""
    columns = {
        COLUMN_OF[WithheldField(field)]: shown_for(ground)
        for field, ground in grounds.items()
        if field != WithheldField.EVIDENCE
    }
    return columns | (NO_EVIDENCE if WithheldField.EVIDENCE in grounds else {})


def hold_withheld(grounds: Grounds, words: Mapping[str, str], kind: str) -> None:
    """Refuse a field withheld without a ground (GRT-29), or with nothing in it (GRT-30).

    What is not withheld does not read as if it were (GRT-32).
    """
    BOOK.hold("GRT-29", holds=has_a_ground(grounds))
    for field in grounds:
        BOOK.hold("GRT-30", holds=is_there_to_withhold(field, words.get(field, ""), kind))
    both = {WithheldField.EVIDENCE, WithheldField.FILE_NAME} <= grounds.keys()
    BOOK.hold("GRT-30", holds=not both, detail="Evidence that is withheld has its name with it.")
    for text in words.values():
        BOOK.hold("GRT-32", holds=is_not_as_if_withheld(text))


def keep_withheld(
    line: SpendingLine, grounds: Grounds, words: Mapping[str, str], evidence: KeptFile | None
) -> None:
    """Keep apart from a new line what is withheld of it."""
    for field, ground in grounds.items():
        file = evidence if field == WithheldField.EVIDENCE else None
        insert(
            Withheld(
                line=line,
                field=field,
                part=Part.PART_2,
                ground=ground.strip(),
                words=words[field],
                sha256=file.sha256 if file else "",
                media_type=file.content_type if file else "",
            )
        )


def withheld_of(line: SpendingLine) -> dict[str, Any]:
    """Return what is withheld of a line as fields of an item of spend, to record it elsewhere."""
    found: dict[str, Any] = {}
    grounds: dict[str, str] = {}
    for row in line.withheld.in_part_2():
        grounds[row.field] = row.ground
        if row.field == WithheldField.EVIDENCE:
            found["evidence"] = KeptFile(row.sha256, 0, row.words, row.media_type)
        elif row.field == WithheldField.FILE_NAME:
            digest, media_type = line.evidence_sha256, line.evidence_type
            found["evidence"] = KeptFile(digest, 0, row.words, media_type)
        else:
            found[row.field] = row.words
    return {**found, "withheld": grounds} if grounds else {}


def _locked(line: SpendingLine) -> SpendingLine:
    found = SpendingLine.objects.select_for_update(of=("self",))
    return found.select_related("allocation__decision__series").get(pk=line.pk)


def _words(line: SpendingLine, field: str) -> str:
    if field == WithheldField.EVIDENCE:
        return line.evidence_name
    return str(getattr(line, COLUMN_OF[WithheldField(field)]))


@action
def withhold(
    act: Act, *, line: SpendingLine, fields: Sequence[str], ground: str, reason: str, by: User
) -> SpendingLine:
    """Put fields of a line into Part 2 on a ground: from then on everybody sees the ground alone.

    What its history holds of them is shown no longer either.
    """
    role = can_withhold(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    line = _locked(line)
    kept = {row.field: row for row in line.withheld.all()}
    again = [field for field in fields if field in kept and kept[field].part == Part.PART_2]
    if again or not fields:
        raise GrantRefused("Nothing that was chosen is in Part 1.", clears="Choose what is.")
    words = {str(field): _words(line, field) for field in fields}
    if any(is_shown_for(text) for text in words.values()):
        clears = "Have its name released first."
        raise GrantRefused("The name of that file is withheld already.", clears=clears)
    grounds = dict.fromkeys(words, ground.strip())
    hold_withheld(grounds, words, line.kind)
    file = KeptFile(line.evidence_sha256, 0, line.evidence_name, line.evidence_type)
    for field in fields:
        _put_back(kept.get(field), line, field, grounds, words, file)
    change(line, as_shown(grounds))
    _mask_rows(line, grounds)
    facts = {"what": _named(fields), "ground": ground.strip(), "reason": reason.strip()}
    act.record(events.LINE_WITHHELD, subject=line, role=role, data=facts)
    return line


def _mask_rows(line: SpendingLine, grounds: Grounds) -> None:
    """Show the ground in the rows of files that are this line too, which are no part of it."""
    shown = {name: it for name, it in as_shown(grounds).items() if name in ("payee", "purpose")}
    found = Q(spending_import=line.spending_import_id, place=line.import_place)
    for staged, place in line.matches.filter(is_same=True).values_list("spending_import", "place"):
        found |= Q(spending_import=staged, place=place)
    if line.sap_document:
        same = {"sap_document": line.sap_document, "sap_item": line.sap_item}
        found |= Q(kind=RowKind.HELD, **same)
    if shown:
        ImportRow.objects.filter(found).update(**shown, cells={})


def _put_back(
    row: Withheld | None,
    line: SpendingLine,
    field: str,
    grounds: Grounds,
    words: Mapping[str, str],
    file: KeptFile,
) -> None:
    """Withhold a field anew, which may have been released before."""
    if row is None:
        keep_withheld(line, {field: grounds[field]}, words, file)
        return
    values = {"part": Part.PART_2, "ground": grounds[field], "words": words[field]}
    if field == WithheldField.EVIDENCE:
        values |= {"sha256": file.sha256, "media_type": file.content_type}
    change(row, values)


def _named(fields: Sequence[str]) -> str:
    return listed([WithheldField(field).label.lower() for field in fields])


def amended_apart(
    line: SpendingLine, values: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Write what is amended of withheld fields where they are kept; return the rest, and which.

    A field in which the ground was left as it stood is not amended.
    """
    rest, written = dict(values), []
    for row in line.withheld.in_part_2():
        new = _amended(row, rest)
        if new and change(row, new):
            written.append(row.field)
    for words in rest.values():
        BOOK.hold("GRT-32", holds=words in _said(line) or is_not_as_if_withheld(words))
    return rest, written


def _said(line: SpendingLine) -> list[str]:
    return [line.purpose, line.evidence_name]


def _amended(row: Withheld, values: dict[str, str]) -> dict[str, str]:
    """Take what is new of a withheld field out of the values of its line."""
    if row.field == WithheldField.PURPOSE:
        words = values.pop("purpose")
        return {} if words == row.shown else {"words": words}
    if "evidence_sha256" not in values or row.field == WithheldField.PAYEE:
        return {}
    words = values.pop("evidence_name")
    if row.field == WithheldField.FILE_NAME:
        return {"words": words}
    sha256, media_type = values.pop("evidence_sha256"), values.pop("evidence_type")
    return {"words": words, "sha256": sha256, "media_type": media_type}


@action
def release_words(
    act: Act, *, line: SpendingLine, fields: Sequence[str], reason: str, by: User
) -> SpendingLine:
    """Put fields of a line into Part 1: from then on everybody who sees the line sees them."""
    line = _locked(line)
    role = can_release_words(by, line).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    rows = [row for row in line.withheld.in_part_2() if row.field in fields]
    if not rows:
        raise GrantRefused("Nothing that was chosen is in Part 2.", clears="Choose what is.")
    for row in rows:
        BOOK.hold("GRT-31", holds=is_released_by_another(withheld_by(row), by.pk))
    for row in rows:
        values = {COLUMN_OF[WithheldField(row.field)]: row.words} if _is_text(row) else _file(row)
        change(row, {"part": Part.PART_1, "ground": ""})
        change(line, values)
    facts = {"what": _named([row.field for row in rows]), "reason": reason.strip()}
    act.record(events.LINE_WORDS_RELEASED, subject=line, role=role, data=facts)
    return line


def _is_text(row: Withheld) -> bool:
    return row.field != WithheldField.EVIDENCE


def _file(row: Withheld) -> dict[str, str]:
    return {
        "evidence_sha256": row.sha256,
        "evidence_name": row.words,
        "evidence_type": row.media_type,
    }


def withheld_by(row: Withheld) -> int | None:
    """Return who put a field into Part 2 last."""
    acts = [kept.act for kept in row.history.order_by("-history_id") if kept.part == Part.PART_2]
    entry = LedgerEntry.objects.filter(act__in=acts[:1]).first()
    return int(entry.actor_id) if entry and entry.actor_id else None


@action
def open_withheld(act: Act, *, of: SpendingLine | Allocation, by: User) -> list[Withheld]:
    """Record that somebody reads what is withheld of a line, or of all lines of an allocation.

    Commits before the words are shown; a list is one reading.
    """
    role = can_read_withheld(by, of).or_refuse().role
    about = "line" if isinstance(of, SpendingLine) else "line__allocation"
    rows = Withheld.objects.in_part_2().select_related("line").filter(**{about: of})
    act.record(events.WITHHELD_READ, subject=of, role=role, data={"count": rows.count()})
    return list(rows)


@action
def open_file(act: Act, *, staged: SpendingImport, by: User) -> SpendingImport:
    """Record that somebody reads a file of spending whose rows withhold something."""
    role = can_read_file(by).or_refuse().role
    act.record(events.WITHHELD_READ, subject=staged, role=role, data={"count": 1})
    return staged
