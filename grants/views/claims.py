"""Claims: drawn up of what was paid under a grant, submitted, answered; lines charged elsewhere."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Permission, no
from audit import clock
from audit.words import money
from decisions.models import year_name
from decisions.views.cards import ActButton
from grants import actions
from grants.claims import (
    allocations_of,
    category_totals,
    claimed_of,
    disallowed_in,
    year_end_accruals,
)
from grants.forms.claims import AnswerClaimForm, ClaimForm, SubmitForm, WithdrawForm
from grants.forms.spending import CoverForm
from grants.models import NOUGHT, Claim, ClaimLine, ClaimOutcome, LineOutcome, ReservationKind
from grants.months import year_of
from grants.permissions import can_make_claims, can_record_spending, can_submit_claims
from grants.search import PAGE, entries_of, sums_accepted
from grants.views.access import line_for, money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.awaiting import covering_of, hint_of
from grants.views.crumbs import (
    named,
    place_of_claim,
    place_of_line,
    to_award,
    to_claim,
    to_claims,
    to_line,
)
from grants.views.sending import recorded


@require_safe
@money_page
def claim_list(request: HttpRequest) -> HttpResponse:
    """List the claims, newest first, each with how it stands."""
    typed = request.GET.get("before", "")
    found = Claim.objects.with_steps().order_by("-id")
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 15
    rows = list((found.filter(pk__lt=int(typed)) if is_number else found)[: PAGE + 1])
    context = {
        "crumbs": [("Home", "/"), *to_claims()[:-1], ("Claims", "")],
        "claims": rows[:PAGE],
        "older": f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "newer": "?" if typed else "",
    }
    return render(request, "grants/claim_list.html", context)


def claim_for(pk: int) -> Claim:
    """Return a claim with its steps; 404 when there is none, or it is not of Part 1."""
    figures = sums_accepted().values("pk")
    return get_object_or_404(Claim.objects.with_steps().filter(figure__in=figures), pk=pk)


@money_page
def claim_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw up a claim of a grant for a period."""
    figure, user = get_object_or_404(sums_accepted(), pk=pk), reader(request)
    can_make_claims(user).or_refuse_page()
    form = ClaimForm(request.POST or None, initial=_last_quarter())
    left = claimed_of(allocations_of(figure)).left
    page = MoneyPage(
        "Draw up a claim",
        reverse("award_detail", args=[pk]),
        to_award(figure),
        label="Draw it up",
        caption=named(figure),
        lead=f"{money(left)} was paid under this grant and not claimed. The draft lists every line"
        " of the period; another person submits it.",
        done="Drawn up as a draft.",
    )

    def make(form: ClaimForm) -> str:
        return place_of_claim(actions.make_claim(figure=figure, by=user, **form.cleaned_data))

    return answer(request, form, page, make)


def _last_quarter() -> dict[str, date]:
    """Return the quarter of a financial year that ended last."""
    today = clock.today()
    start = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    end = date.fromordinal(start.toordinal() - 1)
    return {"start": date(end.year, end.month - 2, 1), "end": end}


@require_safe
@money_page
def claim_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a claim: how it stands, its totals by category, and every line of it."""
    claim, user = claim_for(pk), reader(request)
    typed = request.GET.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 15 else 0
    rows = list(
        ClaimLine.objects.filter(claim=claim, pk__gt=after)
        .select_related("line__allocation__decision__series", "line__reverses", "outcome")
        .order_by("id")[: PAGE + 1]
    )
    accruals: list[Any] = year_end_accruals(claim)
    context = {
        "crumbs": [("Home", "/"), *to_claims(), (claim.reference, "")],
        "claim": claim,
        "steps": claim.steps.all(),
        "year": year_name(year_of(claim.period_start)),
        "categories": category_totals(claim),
        "rows": rows[:PAGE],
        "older": f"?after={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "newer": "?" if after else "",
        "accruals": accruals,
        "accrued": sum((one.open_sum for one in accruals), NOUGHT),
        "refused": _to_recharge(claim),
        "acts": _acts(user, claim),
        "seq": entries_of("grants_claim", [pk]).get(pk),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
    }
    return render(request, "grants/claim_detail.html", context)


def _to_recharge(claim: Claim) -> int:
    refused = ClaimOutcome.objects.filter(claim=claim, outcome=LineOutcome.DISALLOWED)
    return refused.filter(line__reversal__isnull=True).count()


def _acts(user: User, claim: Claim) -> list[ActButton]:
    args = [claim.pk]
    if claim.state == "Draft":
        submitting = can_submit_claims(user)
        if submitting and claim.made_by_id == user.pk:
            submitting = no("You drew it up.", clears="Another person submits it.")
        return [
            ActButton("Submit it", reverse("claim_submit", args=args), submitting, is_main=True),
            ActButton("Withdraw it", reverse("claim_withdraw", args=args), can_make_claims(user)),
        ]
    if claim.state == "Submitted":
        url = reverse("claim_answer", args=args)
        return [ActButton("Record what was paid", url, can_make_claims(user), is_main=True)]
    return []


def _in_state(claim: Claim, state: str) -> None:
    if claim.state != state:
        no(f"{claim.reference} is {claim.state.lower()}.").or_refuse_page(claim)


@money_page
def claim_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a draft was submitted to the funder."""
    claim, user = claim_for(pk), reader(request)
    can_submit_claims(user).or_refuse_page(claim)
    _in_state(claim, "Draft")
    form = SubmitForm(request.POST or None, initial={"taken_on": clock.today()})
    page = MoneyPage(
        "Submit the claim",
        place_of_claim(claim),
        to_claim(claim),
        label="Submit it",
        caption=claim.reference,
        lead=f"{money(claim.total)}, {claim.lines} lines.",
        done="Submitted.",
    )

    def submit(form: SubmitForm) -> str:
        actions.submit_claim(claim=claim, by=user, **form.cleaned_data)
        return place_of_claim(claim)

    return answer(request, form, page, submit)


@money_page
def claim_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the funder paid of a claim, and what became of each line."""
    claim, user = claim_for(pk), reader(request)
    can_make_claims(user).or_refuse_page(claim)
    _in_state(claim, "Submitted")
    form = AnswerClaimForm(request.POST or None)
    page = MoneyPage(
        "Record what was paid",
        place_of_claim(claim),
        to_claim(claim),
        label="Record it",
        caption=claim.reference,
        lead=f"{money(claim.total)} was claimed. Every line that is not named here was paid.",
        done="Recorded.",
    )

    def record(form: AnswerClaimForm) -> str:
        actions.answer_claim(claim=claim, by=user, **form.cleaned_data)
        return place_of_claim(claim)

    return answer(request, form, page, record)


@money_page
def claim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a draft."""
    claim, user = claim_for(pk), reader(request)
    can_make_claims(user).or_refuse_page(claim)
    _in_state(claim, "Draft")
    form = WithdrawForm(request.POST or None)
    page = MoneyPage(
        "Withdraw the claim",
        place_of_claim(claim),
        to_claim(claim),
        label="Withdraw it",
        caption=claim.reference,
        lead="Its lines may be claimed again. Its number stays used.",
        done="Withdrawn.",
        is_grave=True,
    )

    def withdraw(form: WithdrawForm) -> str:
        actions.withdraw_claim(claim=claim, by=user, **form.cleaned_data)
        return place_of_claim(claim)

    return answer(request, form, page, withdraw)


@money_page
def line_recharge(request: HttpRequest, pk: int) -> HttpResponse:
    """Charge a line that the funder disallowed to another allocation."""
    line, user = line_for(pk), reader(request)
    can_record_spending(user).or_refuse_page(line)
    claim = disallowed_in(line)
    if claim is None:
        no(f"{line.reference} was not disallowed.").or_refuse_page(line)
        raise Http404
    places = [one for one in covering_of(line) if one.pk != line.allocation_id]
    form = CoverForm(request.POST or None, choices=[(one, hint_of(one)) for one in places])
    page = MoneyPage(
        f"Charge {line.reference} elsewhere",
        place_of_line(line),
        to_line(line),
        label="Charge it there",
        caption=f"{money(line.amount)} to {line.payee}, {line.purpose}",
        lead=f"It was disallowed in {claim.reference}. It is reversed here and recorded there.",
        context={
            "line": line,
            "covering": places,
            "has_enough": any(vars(one)["left"] >= line.amount for one in places),
        },
        template="grants/line_cover.html",
    )

    def recharge(form: CoverForm) -> str:
        what = {**form.cleaned_data, "by": user}
        return recorded(
            request,
            lambda: actions.recharge_line(line=line, **what),
            spend=actions.rest_of(line),
            done="Charged elsewhere.",
            kind=ReservationKind.RECHARGE,
            of_line=line,
            **what,
        )

    return answer(request, form, page, recharge)
