"""The private office's acts on the decision maker's box: its order, its notes, its printed pack."""

from collections.abc import Sequence

from django.db import connection

from accounts.models import User
from audit.acts import Act, action
from decisions import events
from decisions.models import BoxPlace, Decision, in_box
from decisions.refusals import DecisionRefused
from decisions.rules.holders import can_order_box, can_see_box

GONE = "{0} does not await decision, so that it is not in the box."


@action
def move_in_box(act: Act, *, decision: Decision, position: int, by: User) -> BoxPlace:
    """Move a paper to a place in the box (from 1); the others close up."""
    role = can_order_box(by).or_refuse().role
    _lock()
    papers = _with(decision)
    others = [one for one in papers if one.pk != decision.pk]
    place = max(0, min(position - 1, len(others)))
    moved = _arrange([*others[:place], decision, *others[place:]])[decision.pk]
    act.record(events.BOX_ORDERED, subject=decision, role=role, data={"position": moved.position})
    return moved


@action
def note_in_box(act: Act, *, decision: Decision, note: str, by: User) -> BoxPlace:
    """Put the private office's note beside a paper in the box, for the decision maker's eyes."""
    role = can_order_box(by).or_refuse().role
    _lock()
    place = _arrange(_with(decision))[decision.pk]
    place.note = note.strip()
    place.save(update_fields=["note"])
    data = {"what": "note" if place.note else "note taken away"}
    act.record(events.BOX_ORDERED, subject=decision, role=role, data=data)
    return place


@action
def print_pack(
    act: Act, *, decisions: Sequence[Decision], with_part_2: bool, by: User
) -> list[str]:
    """Record that somebody prints the pack; readings of Part 2 are recorded paper by paper."""
    role = can_see_box(by).or_refuse().role
    papers = [one.reference for one in decisions]
    data = {"papers": papers, "part_2": with_part_2}
    act.record(events.BOX_PRINTED, role=role, data=data)
    return papers


def _with(decision: Decision) -> list[Decision]:
    """Return the papers of the box in order; refuse when this one is not among them."""
    papers = list(in_box())
    if decision.pk not in {one.pk for one in papers}:
        raise DecisionRefused(GONE.format(decision.reference), clears="Load the box again.")
    return papers


def _arrange(papers: list[Decision]) -> dict[int, BoxPlace]:
    """Give the papers their places from 1 on, and take away the places of all others."""
    places = {row.decision_id: row for row in BoxPlace.objects.all()}
    wanted = {one.pk for one in papers}
    for key in places.keys() - wanted:
        places.pop(key).delete()
    for position, one in enumerate(papers, start=1):
        place = places.setdefault(one.pk, BoxPlace(decision=one, position=0))
        if place.position != position:
            place.position = position
            place.save()
    return places


def _lock() -> None:
    """Let one person order the box at a time, until the act ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('decisions.box', 2))")
