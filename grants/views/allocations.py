"""Allocations: their list, one with its statement, amending one."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Answer, Permission, no
from audit.words import day
from decisions.views.cards import ActButton
from decisions.views.conflict import Edited
from grants import actions
from grants.claims import claimed_of_allocation
from grants.forms.allocations import AmendAllocationForm, FilterForm
from grants.forms.parties import organisation_named
from grants.models import Allocation, Proposal, Withheld, category_name
from grants.permissions import (
    can_allocate,
    can_propose_moves,
    can_read_withheld,
    can_record_spending,
)
from grants.rules import is_in_force
from grants.search import (
    PAGE,
    Totals,
    at_risk,
    award_of,
    categories_of,
    entries_of,
    open_lines,
    totals,
)
from grants.views.access import allocation_for, money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of, to_allocation
from grants.views.edits import OF_ALLOCATION, edits
from grants.views.narrowing import OF_ALLOCATIONS, address, allocations_wanted, chosen
from grants.views.statements import available, statement

NARROWING = ("decision", "funder", "year")


@dataclass(frozen=True)
class Listing:
    """One page of allocations, what the whole selection comes to, and the further pages."""

    rows: list[Allocation]
    totals: Totals | None
    older: str
    newest: str
    chosen: list[dict[str, str]]
    is_narrowed: bool


@require_safe
@money_page
def allocation_list(request: HttpRequest) -> HttpResponse:
    """List allocations with how each stands, newest first; search and filter them."""
    form, selection = allocations_wanted(request.GET)
    context = {
        "form": form,
        "listing": _listing(request.GET, form, selection),
        "allocating": can_allocate(reader(request)),
    }
    return render(request, "grants/allocation_list.html", context)


def _listing(query: QueryDict, form: FilterForm, selection: QuerySet[Allocation]) -> Listing:
    before = form.cleaned_data.get("before")
    page = selection.filter(pk__lt=before) if before else selection
    rows = list(
        Allocation.objects.filter(pk__in=page.values("pk"))
        .with_parties()
        .with_balances()
        .order_by("-id")[: PAGE + 1]
    )
    return Listing(
        rows=rows[:PAGE],
        totals=totals(selection) if rows else None,
        older=address(query, before=rows[PAGE - 1].pk) if len(rows) > PAGE else "",
        newest=address(query, before=None) if before else "",
        chosen=chosen(query, form, OF_ALLOCATIONS),
        is_narrowed=any(query.get(name) for name in NARROWING),
    )


@require_safe
@money_page
def allocation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an allocation: its terms, how it stands, its statement, and what is open."""
    allocation, user = allocation_for(slug), reader(request)
    category = request.GET.get("category", "")
    page = statement(available(allocation, category), _number(request, "before"))
    held = open_lines().filter(allocation=allocation).order_by("-id")
    later = _number(request, "open")
    lines = list((held.filter(pk__lt=later) if later else held)[: PAGE + 1])
    context = {
        "allocation": allocation,
        "crumbs": [("Home", "/"), *to_allocation(allocation)[:-1], (allocation.reference, "")],
        "recommendation": allocation.figure.outcome.recommendation,
        "statement": page,
        "statement_of": category_name(category) if category else "",
        "categories": categories_of(allocation),
        "statement_older": _at(request, "before", page.older),
        "statement_newest": _at(request, "before", None) if "before" in request.GET else "",
        "open_lines": lines[:PAGE],
        "open_older": _at(request, "open", lines[PAGE - 1].pk if len(lines) > PAGE else 0),
        "open_newest": _at(request, "open", None) if "open" in request.GET else "",
        "open_seqs": entries_of("grants_spendingline", (line.pk for line in lines[:PAGE])),
        "award": award_of(allocation),
        "at_risk": at_risk(allocation),
        "claimed": claimed_of_allocation(allocation),
        "acts": acts(user, allocation),
        "can_read_withheld": can_read_withheld(user, allocation)
        and Withheld.objects.in_part_2().filter(line__allocation=allocation).exists(),
        "proposals": Proposal.objects.waiting().about(allocation).with_parties(),
        "edits": edits(allocation, OF_ALLOCATION),
        "is_in_force": is_in_force(allocation.decision),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
        "seq": entries_of("grants_allocation", [allocation.pk]).get(allocation.pk),
    }
    return render(request, "grants/allocation_detail.html", context)


def _at(request: HttpRequest, name: str, start: int | None) -> str:
    """Return the address of the page of a list that starts somewhere; of its first for None."""
    query = request.GET.copy()
    query.pop(name, None)
    if start == 0:
        return ""
    if start is not None:
        query[name] = str(start)
    return f"?{query.urlencode()}#{'statement' if name == 'before' else 'open'}"


def _number(request: HttpRequest, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def acts(user: User, allocation: Allocation) -> list[ActButton]:
    """Return what can be done with an allocation, each open to the reader or saying why not."""
    slug = [allocation.slug]
    closed = _closed(allocation)
    return [
        ActButton(
            "Record spending",
            reverse("line_new", args=slug),
            _first_no(can_record_spending(user), closed),
            is_main=True,
        ),
        ActButton(
            "Move money",
            reverse("virement_new", args=slug),
            _first_no(can_propose_moves(user), closed, _has_taker(allocation)),
            hint="To another allocation under the same sum decided: a virement.",
        ),
        ActButton(
            "Set money apart",
            reverse("set_apart", args=slug),
            _first_no(can_propose_moves(user), closed),
            hint="For a category, or between categories.",
        ),
        ActButton(
            "Record what was spent before",
            reverse("import_new"),
            _first_no(can_record_spending(user), closed),
            hint="Before this register: by line or in sums, from a file or pasted; also what was"
            " claimed. A second person approves it.",
        ),
        ActButton(
            "Hand money back",
            reverse("hand_back_new", args=slug),
            can_propose_moves(user),
            hint="What is left, to the funder.",
        ),
        *_correcting(allocation, user),
        ActButton(
            "Change its limit",
            reverse("limit_change", args=slug),
            can_allocate(user),
            hint="Within the sum decided.",
        ),
        ActButton("Amend its words", reverse("allocation_amend", args=slug), can_allocate(user)),
    ]


def _correcting(allocation: Allocation, user: User) -> list[ActButton]:
    """Offer to correct what was handed back, where something was."""
    if not vars(allocation)["handed_back"]:
        return []
    url = reverse("hand_back_undo", args=[allocation.slug])
    hint = "What was handed back by mistake."
    may = _first_no(can_propose_moves(user), _closed(allocation))
    return [ActButton("Correct a hand-back", url, may, hint=hint)]


def _first_no(*answers: Answer) -> Answer:
    return next((answer for answer in answers if not answer), answers[0])


def _closed(allocation: Allocation) -> Answer:
    decision = allocation.decision
    if is_in_force(decision):
        return Answer(allowed=True)
    when = f" on {day(decision.revoked_on)}" if decision.revoked_on else ""
    reason = f"{decision.reference} was revoked{when}: nothing more is charged or moved."
    return no(reason, clears="Record spending as awaiting authority; reverse or release as before.")


def _has_taker(allocation: Allocation) -> Answer:
    others = Allocation.objects.filter(figure=allocation.figure_id).exclude(pk=allocation.pk)
    if others.exists():
        return Answer(allowed=True)
    return no(
        "There is no other allocation under the same sum decided.",
        clears="Only a decision can move authority further.",
    )


@money_page
def allocation_amend(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct what an allocation is for and whose it is."""
    allocation, user = allocation_for(slug), reader(request)
    can_allocate(user).or_refuse_page(allocation)
    parties = ("budget_holder", "recipient", "beneficiary")
    initial = {name: str(getattr(allocation, name) or "") for name in parties}
    initial["purpose"] = allocation.purpose
    form = AmendAllocationForm(request.POST or None, initial=initial)
    page = MoneyPage(
        f"Amend {allocation.reference}",
        place_of(allocation),
        to_allocation(allocation),
        lead="Its sum, its dates and its funder never change: for those, make another allocation.",
        done="Amended. What it said before is kept in its history.",
        edits=Edited(allocation),
    )

    def amend(form: AmendAllocationForm) -> str:
        typed = form.cleaned_data
        named = {name: organisation_named(typed[name], user) for name in parties}
        holder = named.pop("budget_holder")
        assert holder is not None  # noqa: S101 - the field is required
        actions.amend_allocation(
            allocation=allocation, purpose=typed["purpose"], budget_holder=holder, by=user, **named
        )
        return place_of(allocation)

    return answer(request, form, page, amend)
