"""Spend that awaits authority: its list, and charging it once a decision covers it."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import no
from audit.words import day, money
from decisions.workflow import DECIDED, IN_FORCE_HERE
from grants import actions
from grants.forms.spending import CoverForm
from grants.models import NOUGHT, Allocation, ReservationKind, SpendingLine
from grants.permissions import can_record_spending
from grants.search import PAGE, awaiting_by_funder
from grants.views.access import line_for, money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of_line, to_line, to_money
from grants.views.sending import recorded

MOST = 100


@require_safe
@money_page
def awaiting_list(request: HttpRequest) -> HttpResponse:
    """List what awaits authority, the oldest first, and what it comes to for each funder."""
    typed = request.GET.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 15 else None
    waiting = SpendingLine.objects.awaiting().with_parties()
    rows = list((waiting.filter(pk__gt=after) if after else waiting)[: PAGE + 1])
    funders = awaiting_by_funder()
    context = {
        "crumbs": [("Home", "/"), *to_money(), ("Awaiting authority", "")],
        "lines": rows[:PAGE],
        "later": f"?after={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "first": "?" if after else "",
        "funders": funders,
        "total": sum((row["total"] for row in funders), NOUGHT),
        "recording": can_record_spending(reader(request)),
    }
    return render(request, "grants/awaiting_list.html", context)


@money_page
def line_cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Charge a line that awaited authority to an allocation whose period covers it."""
    line, user = line_for(pk), reader(request)
    can_record_spending(user).or_refuse_page(line)
    if not line.is_awaiting:
        no(f"{line.reference} does not await authority.").or_refuse_page(line)
    covering = covering_of(line)
    enough = [(one, hint_of(one)) for one in covering if vars(one)["left"] >= line.amount]
    form = CoverForm(request.POST or None, choices=[(one, hint_of(one)) for one in covering])
    page = MoneyPage(
        f"Charge {line.reference} to an allocation",
        place_of_line(line),
        to_line(line),
        label="Charge it",
        caption=f"{money(line.amount)} to {line.payee}, {line.purpose}",
        lead=f"Received on {day(line.received_on)}. These allocations cover that day.",
        context={"line": line, "covering": covering, "has_enough": bool(enough)},
        template="grants/line_cover.html",
    )

    def cover(form: CoverForm) -> str:
        what = {**form.cleaned_data, "by": user}
        return recorded(
            request,
            lambda: actions.cover_line(line=line, **what),
            spend=actions.spend_of(line),
            done="Charged to the allocation.",
            kind=ReservationKind.COVER,
            of_line=line,
            **what,
        )

    return answer(request, form, page, cover)


def covering_of(line: SpendingLine) -> list[Any]:
    """Return the allocations in force whose period holds the date of receipt, the fullest first."""
    found = Allocation.objects.filter(
        period_start__lte=line.received_on,
        period_end__gte=line.received_on,
        decision__source__in=IN_FORCE_HERE,
        decision__status__in=DECIDED,
        decision__revoked_on__isnull=True,
    )
    return list(found.with_parties().with_balances().order_by(F("left").desc(), "-id")[:MOST])


def hint_of(allocation: Allocation) -> str:
    """Return how an allocation stands, for whoever chooses one: with what its query added."""
    left = money(vars(allocation)["left"])
    return f"{left} is left of it. {allocation.funder}; signed {_signed(allocation)}."


def _signed(allocation: Allocation) -> str:
    signed = allocation.decision.date_signed
    return day(signed) if signed else "never"
