"""Grants accepted and the letters that award them; how bids ended."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.models import User
from audit import clock
from audit.words import money
from decisions.models import OutcomeFigure, RecommendationKind, RecommendationOutcome
from decisions.models.recommendations import in_part_1
from decisions.views.cards import ActButton
from grants import actions
from grants.actions.awards import authorised, beyond_letter, letter_in_force
from grants.claims import allocations_of, claimed_of
from grants.documents import evidence_store
from grants.forms.awards import AwardForm, BidEndForm
from grants.forms.parties import organisation_named
from grants.models import Award, Claim, ExpenditureStatement
from grants.permissions import can_make_claims, can_prepare_statements, can_record_award
from grants.search import PAGE, entries_of, sums_accepted
from grants.views.access import money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import (
    named,
    place_of_award,
    place_of_money,
    to_award,
    to_awards,
    to_money,
)


@require_safe
@money_page
def award_list(request: HttpRequest) -> HttpResponse:
    """List the grants accepted, newest first: decided, awarded, and what is at risk."""
    typed = request.GET.get("before", "")
    found = sums_accepted()
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 15
    rows = list((found.filter(pk__lt=int(typed)) if is_number else found)[: PAGE + 1])
    context = {
        "crumbs": [("Home", "/"), *to_money(), ("Awards", "")],
        "sums": rows[:PAGE],
        "older": f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "newer": "?" if typed else "",
    }
    return render(request, "grants/award_list.html", context)


@require_safe
@money_page
def award_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was decided of a grant, what its letters award, and which of them binds."""
    figure, user = get_object_or_404(sums_accepted(), pk=pk), reader(request)
    letters = list(
        Award.objects.filter(figure=figure)
        .select_related("recorded_by", "delegation")
        .prefetch_related("claim_dates")
        .order_by("-n")
    )
    stands = authorised(figure)
    context = {
        "crumbs": [("Home", "/"), *to_awards(), (named(figure), "")],
        "figure": figure,
        "recommendation": figure.outcome.recommendation,
        "stands": stands,
        "letters": letters,
        "binds": min(stands, letters[0].amount) if letters else stands,
        "beyond": beyond_letter(figure) if letters else None,
        "more": letters and letters[0].amount > stands,
        "claims": Claim.objects.with_steps().filter(figure=figure).order_by("-n"),
        "statements": ExpenditureStatement.objects.with_people().filter(figure=figure),
        "claimed": claimed_of(allocations_of(figure)),
        "acts": _acts(user, figure, has_letter=bool(letters)),
        "seqs": entries_of("grants_award", (one.pk for one in letters)),
        "today": clock.today(),
    }
    return render(request, "grants/award_detail.html", context)


def _acts(user: User, figure: OutcomeFigure, *, has_letter: bool) -> list[ActButton]:
    label = "Record a later letter" if has_letter else "Record the letter"
    url = reverse("award_new", args=[figure.pk])
    claim = reverse("claim_new", args=[figure.pk])
    return [
        ActButton(label, url, can_record_award(user), is_main=not has_letter),
        ActButton("Draw up a claim", claim, can_make_claims(user), hint="Of what was paid."),
        ActButton(
            "Prepare a statement of expenditure",
            reverse("statement_new", args=[figure.pk]),
            can_prepare_statements(user),
            hint="For certificate, once a year or the grant is over.",
        ),
    ]


@money_page
def award_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the funder's letter about a sum accepted."""
    figure, user = get_object_or_404(sums_accepted(), pk=pk), reader(request)
    can_record_award(user).or_refuse_page()
    last = letter_in_force(figure)
    recommendation = figure.outcome.recommendation
    form = AwardForm(
        request.POST or None,
        request.FILES or None,
        needs_funder=not (recommendation.funder or recommendation.decision.funder or last),
        initial=_from_last(last) if last else _from_paper(figure),
    )
    page = MoneyPage(
        "Record a letter of award",
        place_of_award(pk),
        to_award(figure),
        label="Record it",
        caption=named(figure),
        lead=f"{money(authorised(figure))} was decided. The lower of decision and letter binds.",
        done="Recorded.",
    )

    def record(form: AwardForm) -> str:
        typed = form.cleaned_data
        letter = form.letter(organisation_named(typed.get("funder", ""), user))
        actions.record_award(figure=figure, letter=letter, form_key=typed["form_key"], by=user)
        return place_of_award(pk)

    return answer(request, form, page, record)


def _from_last(last: Award) -> dict[str, Any]:
    names = ("amount", "period_start", "period_end", "accepted_by", "conditions")
    return {name: getattr(last, name) for name in names} | {
        "needs_consent": "yes" if last.needs_consent else "no"
    }


def _from_paper(figure: OutcomeFigure) -> dict[str, Any]:
    recommendation = figure.outcome.recommendation
    return {
        "amount": figure.amount,
        "period_start": recommendation.period_start,
        "period_end": recommendation.period_end,
    }


@require_safe
@money_page
def award_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a funder's letter to be saved, as it was kept."""
    award = get_object_or_404(Award, pk=pk, figure__in=sums_accepted())
    if not award.letter_sha256:
        raise Http404
    data = evidence_store().get(award.letter_sha256)
    name = content_disposition_header(as_attachment=True, filename=award.letter_name)
    headers = {
        "Content-Disposition": name or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@money_page
def bid_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how a bid ended."""
    user = reader(request)
    bids = RecommendationOutcome.objects.filter(
        in_part_1("recommendation__"), recommendation__kind=RecommendationKind.BID
    ).select_related("recommendation__decision__series")
    outcome = get_object_or_404(bids, pk=pk)
    can_record_award(user).or_refuse_page()
    decision, place = outcome.recommendation.decision, place_of_money(outcome.recommendation)
    form = BidEndForm(request.POST or None)
    page = MoneyPage(
        "Record how the bid ended",
        place,
        to_money(),
        label="Record it",
        caption=f"{decision.reference} recommendation {outcome.recommendation.number}",
        lead="It opens no money by itself: a new decision accepts the grant.",
        done="Recorded.",
    )

    def end(form: BidEndForm) -> str:
        actions.end_bid(outcome=outcome, by=user, **form.cleaned_data)
        return place

    return answer(request, form, page, end)
