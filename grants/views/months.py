"""Months: what was posted in each, closing one or a whole year, proposing to open one again."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Answer, Permission, no
from audit import clock
from decisions.models import year_name
from decisions.views.cards import ActButton
from grants import actions
from grants.forms.months import CloseForm, ReopenForm
from grants.models import (
    NOUGHT,
    ExceptionKind,
    MonthClosing,
    Proposal,
    SpendingLine,
    month_name,
)
from grants.months import (
    MonthRow,
    Unsettled,
    digest_of,
    exceptions_of,
    first_year,
    month_of,
    received_in,
    year_of,
    year_rows,
)
from grants.permissions import can_close_months
from grants.search import PAGE, entries_of
from grants.views.access import money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of_month, place_of_proposal, to_month, to_months

FIRST, LAST = 2000, 2100
SHOWN = 50


@require_safe
@money_page
def month_list(request: HttpRequest) -> HttpResponse:
    """Show the months of a financial year: what was posted, which are closed, by whom."""
    this, first = year_of(clock.today()), first_year()
    year = year_in(request.GET.get("year", ""), this)
    rows = [row for row in year_rows(year) if not row.is_ahead]
    paid, later = received_in(year)
    sums = ("lines", "committed", "accrued", "paid", "elsewhere")
    context = {
        "crumbs": [("Home", "/"), *to_months()[:-1], ("Months", "")],
        "year": year_name(year),
        "in_year": str(year),
        "rows": rows,
        "totals": {name: sum((getattr(row, name) for row in rows), 0) for name in sums},
        "received": paid,
        "later": later,
        "earlier_year": year_name(year - 1),
        "later_year": year_name(year + 1),
        "older": f"?year={year - 1}" if year > first else "",
        "newer": f"?year={year + 1}" if year < this else "",
        "acts": [_year_act(reader(request), year, rows)],
        "closed": (closed := sum(row.closing is not None for row in rows)),
        "is_closed": closed == 12,
        "waiting": Proposal.objects.waiting().filter(closing__isnull=False).with_parties(),
    }
    return render(request, "grants/month_list.html", context)


def year_in(typed: str, this: int) -> int:
    """Return the financial year that an address names, or else this one."""
    is_year = typed.isascii() and typed.isdigit() and FIRST <= int(typed[:4]) <= LAST
    return int(typed[:4]) if is_year else this


def _year_act(user: User, year: int, rows: list[MonthRow]) -> ActButton:
    answer = can_close_months(user)
    if (answer and len(rows) < 12) or not rows or not rows[-1].is_over:
        answer = no(f"{year_name(year)} is not over.", clears="Close its months one by one.")
    elif answer and all(row.closing for row in rows):
        answer = no("All its months are closed.")
    url = reverse("year_close", args=[year])
    return ActButton(f"Close {year_name(year)}", url, answer, hint="All its months at once.")


def row_for(slug: str) -> MonthRow:
    """Return a month that has begun, by its place in addresses; 404 where there is none."""
    month = month_of(slug)
    if month is None or not FIRST <= month.year <= LAST or month > clock.today():
        raise Http404
    return next(row for row in year_rows(year_of(month)) if row.month == month)


@require_safe
@money_page
def month_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a month: what was posted in it, its closings, and the lines that it is not done with."""
    row, user = row_for(slug), reader(request)
    closings = list(
        MonthClosing.objects.filter(month=row.month)
        .select_related("closed_by")
        .prefetch_related("proposals__proposed_by", "proposals__answer__answered_by")
    )
    unsettled = unsettled_of(row)
    start = _number(request.GET.get("from", ""))
    context = {
        "crumbs": [("Home", "/"), *to_months(), (row.name, "")],
        "row": row,
        "closings": closings,
        "unsettled": shown_of(unsettled[start : start + PAGE]),
        "kinds": by_kind(unsettled),
        "count": len(unsettled),
        "older": f"?from={start + PAGE}" if len(unsettled) > start + PAGE else "",
        "newer": "?" if start else "",
        "acts": [*_acts(user, row), reconciling_of(row)],
        "seqs": entries_of("grants_monthclosing", (one.pk for one in closings)),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
    }
    return render(request, "grants/month_detail.html", context)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def unsettled_of(row: MonthRow) -> list[Unsettled]:
    """Return what a month was closed with, or is not done with as it now stands."""
    return _kept(row.closing) if row.closing else exceptions_of(row.month)


def _kept(closing: MonthClosing) -> list[Unsettled]:
    rows = closing.exceptions.order_by("kind", "line").values_list("line_id", "kind", "amount")
    return [Unsettled(*row) for row in rows]


def shown_of(unsettled: Sequence[Unsettled]) -> list[tuple[Unsettled, SpendingLine | None]]:
    """Return lines that a month is not done with beside why; none where it is all of them."""
    keys = [one.line_id for one in unsettled if one.line_id is not None]
    lines = SpendingLine.objects.with_parties().in_bulk(keys)
    return [(one, lines[one.line_id] if one.line_id else None) for one in unsettled]


def by_kind(unsettled: Sequence[Unsettled]) -> list[dict[str, object]]:
    """Return how many lines there are of each kind of exception, and their sum in pounds."""
    found = []
    for kind in ExceptionKind:
        amounts = [one.amount for one in unsettled if one.kind == kind]
        if amounts:
            total = sum(amounts, NOUGHT)
            is_whole = kind == ExceptionKind.SAP
            found.append(
                {"label": kind.label, "lines": len(amounts), "total": total, "is_whole": is_whole}
            )
    return found


def _acts(user: User, row: MonthRow) -> list[ActButton]:
    closing, slug = can_close_months(user), [row.slug]
    if row.closing is None:
        allowed = _first_no(closing, _over(row))
        return [ActButton(f"Close {row.name}", reverse("month_close", args=slug), allowed)]
    waits = Proposal.objects.waiting().filter(closing=row.closing).first()
    if waits:
        url = place_of_proposal(waits)
        return [ActButton("See the proposal to reopen it", url, Answer(allowed=True))]
    hint = "Another person has to approve it."
    url = reverse("month_reopen", args=slug)
    return [ActButton("Propose to reopen it", url, closing, hint=hint)]


def reconciling_of(row: MonthRow) -> ActButton:
    """Return the way to a month's reconciliation with SAP."""
    url = reverse("reconciliation_detail", args=[row.slug])
    return ActButton(
        "Reconcile it with SAP", url, Answer(allowed=True), hint="Two people agree it."
    )


def _over(row: MonthRow) -> Answer:
    if row.is_over:
        return Answer(allowed=True)
    return no(f"{row.name} is not over.", clears="Close it once its last day has passed.")


def _first_no(*answers: Answer) -> Answer:
    return next((one for one in answers if not one), answers[0])


@money_page
def month_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a month, with the exceptions that are shown."""
    row, user = row_for(slug), reader(request)
    can_close_months(user).or_refuse_page()
    _over(row).or_refuse_page()
    return _close(request, user, f"Close {row.name}", [row.month], place_of_month(row.month))


@money_page
def year_close(request: HttpRequest, year: int) -> HttpResponse:
    """Close all months of a financial year that are open."""
    user = reader(request)
    can_close_months(user).or_refuse_page()
    if not FIRST <= year <= LAST:
        raise Http404
    rows = year_rows(year)
    _over(rows[-1]).or_refuse_page()
    months = [row.month for row in rows if row.closing is None]
    if not months:
        no(f"All months of {year_name(year)} are closed.").or_refuse_page()
    place = f"{reverse('month_list')}?year={year}"
    return _close(request, user, f"Close {year_name(year)}", months, place)


def _close(
    request: HttpRequest, user: User, title: str, months: list[date], place: str
) -> HttpResponse:
    unsettled = [one for month in months for one in exceptions_of(month)]
    form = CloseForm(request.POST or None, now=digest_of(unsettled), has_exceptions=bool(unsettled))
    page = MoneyPage(
        title,
        place,
        to_months() if len(months) > 1 else to_month(months[0]),
        label="Close it",
        caption="" if len(months) == 1 else ", ".join(month_name(one) for one in months),
        lead="Nothing more is posted into it. A correction is posted in the open month and counts "
        "in the year in which it was received. To open it again takes a second person.",
        done="Closed.",
        context={
            "kinds": by_kind(unsettled),
            "count": len(unsettled),
            "unsettled": shown_of(unsettled[:SHOWN]),
        },
        template="grants/month_close.html",
    )

    def close(form: CloseForm) -> str:
        typed = form.cleaned_data
        words = typed.get("words", "")
        actions.close_months(months=months, words=words, form_key=typed["form_key"], by=user)
        return place

    return answer(request, form, page, close)


@money_page
def month_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose that a closed month is opened again."""
    row, user = row_for(slug), reader(request)
    can_close_months(user).or_refuse_page()
    closing = row.closing
    if closing is None:
        raise Http404
    form = ReopenForm(request.POST or None)
    page = MoneyPage(
        f"Propose to reopen {row.name}",
        place_of_month(row.month),
        to_month(row.month),
        label="Propose it",
        lead="It is open again once another finance approver or the chief finance officer has "
        "approved. A correction needs no reopening: it is posted in the open month.",
        done="Proposed. Another person has to approve it.",
    )

    def propose(form: ReopenForm) -> str:
        made = actions.propose_reopening(closing=closing, by=user, **form.cleaned_data)
        return place_of_proposal(made)

    return answer(request, form, page, propose)
