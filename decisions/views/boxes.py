"""The decision maker's box: its papers in the private office's order, notes, the printed pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from audit import clock
from audit.words import moment
from decisions.actions.boxes import move_in_box, note_in_box, print_pack
from decisions.actions.contents import issuer
from decisions.actions.reading import open_part_2
from decisions.documents.pack import (
    Pack,
    PackedAdvice,
    PackedOutcome,
    PackedPaper,
    lay_out_pack,
)
from decisions.documents.paper import Paper
from decisions.forms.boxes import NoteForm
from decisions.models import Decision, PreparedDecision, advice_standing, in_box, part_1_of
from decisions.permissions import (
    can_decide,
    can_read_part_2,
    keeps_from_deciding,
)
from decisions.rules.holders import can_order_box, can_see_box
from decisions.views import cards
from decisions.views.access import reader
from decisions.views.answering import FormPage, act_and_return, answer

MOST = 50
MOST_IN_FILE = 15
"""Papers in one file: some ten seconds of laying out."""


@dataclass(frozen=True)
class Row:
    """A paper in the box as its page shows it: place, note, and what the reader has prepared."""

    decision: Decision
    n: int
    note: str
    is_first: bool
    is_last: bool
    can_decide: bool
    why_not: str
    prepared: PreparedDecision | None


@login_required
def box(request: HttpRequest) -> HttpResponse:
    """Show what awaits decision, in order: to order it, or to decide from it."""
    user = reader(request)
    can_see_box(user).or_refuse_page()
    rows = _rows(user)
    context = {
        "rows": rows,
        "can_order": can_order_box(user),
        "prepared": [row for row in rows if row.prepared],
    }
    return render(request, "decisions/box.html", context)


def _rows(user: User) -> list[Row]:
    papers = list(in_box().exclude(standings_aside__person=user)[:MOST])
    kept = {each.decision_id: each for each in PreparedDecision.objects.filter(person=user)}
    is_maker = not can_order_box(user)
    return [
        Row(
            decision=each,
            n=n,
            note=each.box_place.note if hasattr(each, "box_place") else "",
            is_first=n == 1,
            is_last=n == len(papers),
            can_decide=is_maker and bool(can_decide(user, each)),
            why_not=_why_not(user, each) if is_maker else "",
            prepared=kept.get(each.pk),
        )
        for n, each in enumerate(papers, start=1)
    ]


def _why_not(user: User, decision: Decision) -> str:
    return " ".join(answer.reason for answer in keeps_from_deciding(user, decision)[:1])


def _in_box(slug: str) -> Decision:
    return get_object_or_404(in_box().with_slug(slug))


@login_required
@require_POST
def box_move(request: HttpRequest, slug: str) -> HttpResponse:
    """Move a paper up or down the box."""
    user = reader(request)
    can_order_box(user).or_refuse_page()
    decision = _in_box(slug)
    order = [each.pk for each in in_box()]
    step = 1 if "down" in request.POST else -1
    place = order.index(decision.pk) + 1 + step
    done = f"{decision.reference} moved {'down' if step > 0 else 'up'}."
    back = f"{reverse('box')}#{decision.slug}"
    return act_and_return(
        request, back, lambda: move_in_box(decision=decision, position=place, by=user), done
    )


@login_required
def box_note(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a note beside a paper in the box."""
    user = reader(request)
    can_order_box(user).or_refuse_page()
    decision = _in_box(slug)
    place = getattr(decision, "box_place", None)
    form = NoteForm(request.POST or None, initial={"note": place.note if place else ""})
    page = FormPage(
        f"Note beside {decision.reference}",
        decision,
        label="Save the note",
        back=reverse("box"),
        done="The note is saved.",
    )

    def act(typed: dict[str, Any]) -> None:
        note_in_box(decision=decision, note=typed["note"], by=user)

    return answer(request, form, page, act)


@login_required
@never_cache
def box_pack(request: HttpRequest) -> HttpResponse:
    """Show the papers of the box one after the other, to be printed; that is recorded first.

    With ?part_2= it holds Part 2 too, for those who may read it; each reading is recorded.
    """
    user, with_part_2 = reader(request), "part_2" in request.GET
    papers = _pack(user, MOST, with_part_2=with_part_2)
    if not papers:
        return redirect("box")
    context = {
        "papers": papers,
        "with_part_2": with_part_2,
        "printed_by": user,
        "printed_at": clock.now(),
    }
    return render(request, "decisions/box_pack.html", context)


@login_required
@never_cache
def box_pack_file(request: HttpRequest) -> HttpResponse:
    """Send the pack as one PDF, recorded as the page is; it is marked as a pack on every page."""
    user, with_part_2 = reader(request), "part_2" in request.GET
    papers = _pack(user, MOST_IN_FILE, with_part_2=with_part_2)
    if not papers:
        return redirect("box")
    pack = Pack(
        body=issuer().body,
        printed_by=user.name,
        printed_at=clock.now(),
        papers=tuple(_packed(each) for each in papers),
        waiting=in_box().count(),
    )
    part = "-part-2" if with_part_2 else ""
    name = f"pack-{clock.today().isoformat()}{part}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(lay_out_pack(pack), content_type="application/pdf", headers=headers)


def _pack(user: User, most: int, *, with_part_2: bool) -> list[dict[str, Any]]:
    """Return the papers of the box, their printing and every reading of Part 2 recorded first."""
    can_see_box(user).or_refuse_page()
    papers = list(in_box().exclude(standings_aside__person=user)[:most])
    if papers:
        print_pack(decisions=papers, with_part_2=with_part_2, by=user)
    return [_printed(each, user, with_part_2=with_part_2) for each in papers]


def _packed(printed: dict[str, Any]) -> PackedPaper:
    return PackedPaper(
        paper=Paper.read(printed["content"]),
        note=printed["note"],
        advice=tuple(
            PackedAdvice(
                f"{row.get_kind_display()}: {row.given_by.name}, {moment(row.given_at)}",
                row.words if printed["is_part_2"] else row.open_words,
            )
            for row in printed["advice"]
        ),
        decided=tuple(
            PackedOutcome(card["number"], card["outcome"])
            for card in printed["cards"]
            if card.get("outcome")
        ),
        is_restricted=printed["is_part_2"],
        leaves_out_part_2=printed["leaves_out_part_2"],
    )


def _printed(decision: Decision, user: User, *, with_part_2: bool) -> dict[str, Any]:
    """Return one paper of the pack; a reading of its Part 2 is recorded before it is shown."""
    content = cards.content_of(decision)
    is_part_2 = with_part_2 and content["publication"]["has_part_2"]
    if is_part_2:
        if not can_read_part_2(user, decision):
            raise Http404
        open_part_2(decision=decision, by=user)
    shown = content if is_part_2 else part_1_of(content)
    drawn: Sequence[dict[str, Any]] = cards.cards(decision, shown)
    return {
        "decision": decision,
        "note": decision.box_place.note if hasattr(decision, "box_place") else "",
        "content": shown,
        "cards": drawn,
        "is_part_2": is_part_2,
        "leaves_out_part_2": content["publication"]["has_part_2"] and not is_part_2,
        "advice": [row.advice for row in advice_standing(decision) if row.advice],
    }
