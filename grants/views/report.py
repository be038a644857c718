"""One page from authority to what is left, each line leading down to what it is made of."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.models import Decision, Organisation
from grants.forms.report import GROUPED_BY, ReportForm
from grants.plans import DEFINITIONS
from grants.report import Atom, Group, Narrowing, atoms, grouped, together
from grants.search import PAGE, funders_of_money
from grants.views.access import money_page
from grants.views.crumbs import to_money
from grants.views.narrowing import address, chosen, years_known

NARROWING = ("funder", "year")


@dataclass(frozen=True)
class Wanted:
    """What was asked of the report."""

    by: str
    narrowing: Narrowing
    after: int

    @property
    def atoms(self) -> list[Atom]:
        """The money that is asked about."""
        return atoms(self.narrowing)


@require_safe
@money_page
def money_report(request: HttpRequest) -> HttpResponse:
    """Show what was authorised, and what became of it, by programme, decision, funder or year."""
    form, asked = report_wanted(request.GET)
    found = asked.atoms
    groups = grouped(found, asked.by)
    after, page = asked.after, groups[asked.after : asked.after + PAGE]
    context = {
        "crumbs": [("Home", "/"), *to_money(), ("Report", "")],
        "form": form,
        "by": GROUPED_BY[asked.by],
        "rows": [(group, down(group, asked.by)) for group in page],
        "planned": [(group.label, down(group, asked.by), group.sums.plan_cells) for group in page],
        "definitions": DEFINITIONS,
        "total": together(found),
        "count": len(groups),
        "later": address(request.GET, after=after + PAGE) if len(groups) > after + PAGE else "",
        "first": address(request.GET) if after else "",
        "chosen": chosen(request.GET, form, NARROWING),
    }
    return render(request, "grants/money_report.html", context)


def report_wanted(query: QueryDict) -> tuple[ReportForm, Wanted]:
    """Return what an address asks of the report, and the form that says it.

    What was typed wrong counts for nothing.
    """
    form = ReportForm(query, years=years_known(), funders=funders_of_money())
    form.is_valid()
    typed: dict[str, Any] = form.cleaned_data
    funder = typed.get("funder")
    narrowing = Narrowing(funder=funder.pk if funder else None, year=typed.get("year"))
    return form, Wanted(typed.get("by") or "programme", narrowing, typed.get("after") or 0)


def down(group: Group, by: str) -> str:
    """Return where the money of a line stands in full."""
    thing = group.thing
    if isinstance(thing, Decision):
        if by == "programme":
            return reverse("programme_detail", args=[thing.slug])
        return f"{reverse('decision_detail', args=[thing.slug])}#money"
    if isinstance(thing, Organisation):
        return _decisions(funder=thing.pk)
    if thing is not None:
        return _decisions(year=thing)
    return reverse("awaiting_list") if by in ("programme", "decision") else ""


def _decisions(**narrowed_to: int) -> str:
    return f"{reverse('money_report')}?{urlencode({'by': 'decision', **narrowed_to})}"
