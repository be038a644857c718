"""Lists of decisions: those the reader may see, and the public register."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from audit import clock
from decisions import search
from decisions.forms.lists import FilterForm
from decisions.models import Decision, DecisionQuerySet
from decisions.permissions import can_draft
from decisions.permissions_afterwards import can_record_published
from decisions.views.access import reader

PAGE = 25
NARROWING = ("status", "year", "funder")


@dataclass(frozen=True)
class Listing:
    """One page of a list, with the addresses of the next and of the first page."""

    decisions: list[Decision]
    older: str
    newest: str
    chosen: list[dict[str, str]]
    is_ranked: bool
    is_narrowed: bool


@login_required
def decision_list(request: HttpRequest) -> HttpResponse:
    """List the decisions that the reader may see, newest first; search and filter them."""
    user = reader(request)
    decisions = Decision.objects.visible_to(user)
    form = _filters(request, decisions)
    context = {
        "form": form,
        "listing": _page(request, form, decisions.with_parties()),
        "can_draft": can_draft(user),
        "can_import": can_record_published(user),
    }
    return render(request, "decisions/decision_list.html", context)


def register_list(request: HttpRequest) -> HttpResponse:
    """List the published decisions, for anyone."""
    decisions = Decision.objects.published()
    form = _filters(request, decisions)
    del form.fields["status"]
    context = {"form": form, "listing": _page(request, form, decisions.with_parties())}
    return render(request, "decisions/register_list.html", context)


def _filters(request: HttpRequest, decisions: DecisionQuerySet) -> FilterForm:
    year = clock.today().year - (clock.today().month < 4)
    return FilterForm(request.GET, today_year=year, funders=search.funders_of(decisions))


def _page(request: HttpRequest, form: FilterForm, decisions: DecisionQuerySet) -> Listing:
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    words, before = wanted.get("q", ""), wanted.get("before")
    funder = wanted.get("funder")
    found = search.filtered(
        decisions,
        status=wanted.get("status", ""),
        year=wanted.get("year"),
        funder=funder.pk if funder else None,
    )
    is_ranked = bool(words.strip()) and before is None and "newest" not in request.GET
    rows = (
        list(search.best(found, words)[:PAGE])
        if is_ranked
        else search.page_after(search.matching(found, words), before=before, size=PAGE)
    )
    older = _with(request.GET, before=rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    newest = _with(request.GET) if before else ""
    is_narrowed = any(request.GET.get(name) for name in NARROWING)
    chosen = _chosen(request.GET, form)
    return Listing(rows[:PAGE], older, newest, chosen, is_ranked, is_narrowed)


def _with(query: QueryDict, **changes: object) -> str:
    changed = query.copy()
    changed.pop("before", None)
    for name, value in changes.items():
        changed[name] = str(value)
    return f"?{changed.urlencode()}"


def _chosen(query: QueryDict, form: FilterForm) -> list[dict[str, str]]:
    chosen = []
    for name in ("q", *NARROWING):
        value = query.get(name, "")
        if name in form.fields and value:
            without = query.copy()
            del without[name]
            without.pop("before", None)
            label = dict(getattr(form.fields[name], "choices", [])).get(value, value)
            chosen.append({"label": str(label), "url": f"?{without.urlencode()}"})
    return chosen
