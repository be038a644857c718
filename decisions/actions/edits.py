"""What every edit of a paper does: lock, ask, change rows, keep a version, write it down."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

from accounts.models import User
from audit.acts import Act, Actor, current_act
from audit.models import LedgerEntry
from decisions import events, search
from decisions.actions.notices import tell
from decisions.actions.versions import keep_version
from decisions.models import Decision, FormPost
from decisions.permissions import can_edit
from decisions.refusals import FormOfAnother, NotOfThisPaper
from decisions.workflow import OFFICER

Row = TypeVar("Row", bound=models.Model)


def open_paper(decision: Decision, by: User) -> Decision:
    """Return the decision locked and open to edits by that person; refuse otherwise."""
    locked = Decision.objects.locked(decision)
    can_edit(by, locked).or_refuse()
    return locked


def close_paper(act: Act, decision: Decision, what: str) -> None:
    """End an edit: keep a version once submitted, index the words, write down what was edited.

    `what` says which part of the paper, never its words.
    """
    if decision.is_submitted:
        keep_version(decision)
        tell(decision, act.by)
    search.reindex(decision)
    act.record(events.DECISION_EDITED, subject=decision, role=OFFICER, data={"what": what})


def change(row: models.Model, values: Mapping[str, Any]) -> bool:
    """Save what differs from the row; return whether anything did."""
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, values[name])
    if differing:
        row.save(update_fields=differing)
    return bool(differing)


def next_position(rows: models.QuerySet[Row]) -> int:
    """Return the position after the last of the rows, from 1."""
    last = rows.aggregate(last=models.Max("position"))["last"]
    return (last or 0) + 1


def moved(rows: list[Row], row: Row, position: int) -> list[Row]:
    """Return the rows with one of them moved to a position (from 1)."""
    others = [one for one in rows if one.pk != row.pk]
    place = max(0, min(position - 1, len(others)))
    return [*others[:place], row, *others[place:]]


def present(row: Row | None) -> Row:
    """Return a row that was looked up again; refuse when it is not there any more."""
    if row is None:
        raise NotOfThisPaper(
            "That belongs to another paper, or has been removed.", clears="Load the page again."
        )
    return row


def of_paper(decision: Decision, *rows: models.Model | None) -> None:
    """Refuse rows that belong to another paper."""
    for row in rows:
        if row is not None and getattr(row, "decision_id", None) != decision.pk:
            present(None)


def made_before(key: UUID | None, made: type[Row], *, of: Decision | None = None) -> Row | None:
    """Return what a form made when it was posted before; hold back its twin until the act ends.

    Raises FormOfAnother where another person posted it, or it was about something else than `of`.
    """
    if key is None:
        return None
    hold_key(key)
    post = FormPost.objects.filter(key=key).first()
    if post is None:
        return None
    act = current_act()
    row = (
        made._default_manager.get(pk=post.made_id) if post.made == made._meta.label_lower else None
    )
    if row is None or (act and not was_posted_by(post, act.by)) or not is_about(row, of):
        raise FormOfAnother(
            "This form was sent already, for something else.", clears="Load the page again."
        )
    return row


def was_posted_by(post: FormPost, person: Actor) -> bool:
    """Return whether it was that person's act that a form came to."""
    entries = LedgerEntry.objects.filter(act=post.act)
    return not entries.exclude(actor_id=str(person.pk or "")).exists()


def is_about(row: models.Model, decision: Decision | None) -> bool:
    """Return whether a row is of a decision, or is that decision; of none given, it always is."""
    of = row.pk if isinstance(row, Decision) else getattr(row, "decision_id", None)
    return decision is None or of == decision.pk


def hold_key(key: UUID) -> None:
    """Hold back the twin of a form that was posted twice until this act ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])


def remember(key: UUID | None, row: Row) -> Row:
    """Remember what came of a form, so that its twin finds it."""
    if key is not None:
        FormPost.objects.create(key=key, made=row._meta.label_lower, made_id=row.pk)
    return row
