"""Lines above the limit: what waits for a second person, its answer, and sending it again."""

from dataclasses import replace
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Answer, Permission, no, yes
from audit import clock
from audit.words import day, money
from decisions.views.cards import ActButton
from grants import actions
from grants.actions import Spend
from grants.forms.evidence import SALT
from grants.forms.reservations import AnswerReservationForm, ApprovalLimitForm
from grants.forms.spending import CARRIED, ConvertForm, SpendFields, SpendForm
from grants.models import (
    ApprovalLimit,
    Category,
    LineKind,
    Reservation,
    ReservationKind,
    approval_limit,
)
from grants.permissions import (
    can_answer_reservation,
    can_record_spending,
    can_set_approval_limit,
)
from grants.search import categories_of, entries_of, reserved_now
from grants.views.access import allocation_for, money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of_reservation, to_money, to_reservations
from grants.views.recording import carried, of_warnings
from grants.views.sending import recorded

MOST = 100
CODES = ("GRT-04", "GRT-05", "GRT-06", "GRT-07", "GRT-20", "GRT-21", "GRT-26")


@require_safe
@money_page
def reservation_list(request: HttpRequest) -> HttpResponse:
    """List what waits for a second person, and what was declined to the reader."""
    user = reader(request)
    count, total = reserved_now()
    context = {
        "crumbs": [("Home", "/"), *to_money(), ("Waiting for approval", "")],
        "rows": Reservation.objects.waiting().with_parties()[:MOST],
        "count": count,
        "total": total,
        "declined": Reservation.objects.declined_to(user).with_parties()[:MOST],
        "limit": approval_limit(),
    }
    return render(request, "grants/reservation_list.html", context)


def reservation_for(pk: int) -> Reservation:
    """Return what waits, or waited, for a second person; 404 when there is none."""
    return get_object_or_404(Reservation.objects.with_parties().select_related("line"), pk=pk)


@require_safe
@money_page
def reservation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a line above the limit as it was entered, and what became of it."""
    reservation, user = reservation_for(pk), reader(request)
    context = {
        "crumbs": [("Home", "/"), *to_reservations(), (reservation.reference, "")],
        "reservation": reservation,
        "facts": facts(actions.spend_seen(reservation)),
        "acts": acts(user, reservation),
        "seq": entries_of("grants_reservation", [pk]).get(pk),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
    }
    return render(request, "grants/reservation_detail.html", context)


def facts(spend: Spend) -> list[tuple[str, str]]:
    """Return what was entered, what is empty left out."""
    expected = spend.stage == "commitment"
    counted = "recovered, so not counted" if spend.is_vat_recovered else "not recovered"
    found = [
        ("Kind", LineKind(spend.kind).label),
        ("Payee", spend.payee),
        ("Purpose", spend.purpose),
        ("Category", Category(spend.category).label),
        ("Expected" if expected else "Received", day(spend.received_on)),
        ("Paid", day(spend.paid_on) if spend.paid_on else ""),
        ("Net", money(spend.net)),
        ("VAT", f"{money(spend.vat)} ({counted})" if spend.vat else ""),
        ("Gross", money(spend.gross) if spend.vat else ""),
        ("Pay period", spend.pay_period),
        ("SAP journal reference", spend.journal_number),
        ("Invoice number", spend.invoice_number),
        ("PO number", spend.po_number),
        ("Cost centre or WBS", spend.cost_centre),
        ("Subjective code", spend.subjective_code),
        ("Why it is right", spend.why_so),
        ("Rests on", f"Waiver {spend.waiver_id}" if spend.waiver_id else ""),
        ("Evidence", spend.evidence.file_name if spend.evidence else ""),
    ]
    return [(name, words) for name, words in found if words]


def acts(user: User, reservation: Reservation) -> list[ActButton]:
    """Return what the reader can do about it, each open or saying why not."""
    args = [reservation.pk]
    if reservation.is_waiting:
        is_own = reservation.reserved_by_id == user.pk
        label = "Take it back" if is_own else "Approve or decline it"
        may = can_answer_reservation(user, reservation)
        return [ActButton(label, reverse("reservation_answer", args=args), may, is_main=not is_own)]
    if reservation.answer.outcome == "approved":
        return []
    label, url = "Correct it and send it again", reverse("reservation_correct", args=args)
    return [ActButton(label, url, _can_correct(user, reservation), is_main=True)]


def _can_correct(user: User, reservation: Reservation) -> Answer:
    if reservation.is_waiting or reservation.answer.outcome == "approved":
        return no("Only what was declined or taken back is sent again.")
    if reservation.reserved_by_id != user.pk:
        return no("Who entered it can correct it.", clears="Or record it as a line of your own.")
    if hasattr(reservation, "corrected_by"):
        return no(f"It was sent again as {reservation.corrected_by.reference}.")
    if reservation.kind not in FORMS:
        return no("Choose the allocation again on the page of its line.")
    return can_record_spending(user) and yes()


@money_page
def reservation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a line that another entered, or decline it; or take back one's own."""
    reservation, user = reservation_for(pk), reader(request)
    can_answer_reservation(user, reservation).or_refuse_page(reservation)
    is_own = reservation.reserved_by_id == user.pk
    form = AnswerReservationForm(request.POST or None, reservation=reservation, is_own=is_own)
    page = MoneyPage(
        f"{money(reservation.amount)} to {reservation.payee}",
        place_of_reservation(reservation),
        [*to_reservations(), (reservation.reference, place_of_reservation(reservation))],
        label="Answer",
        caption=f"{reservation.reference}, entered by {reservation.reserved_by.name}",
        lead=f"{reservation.purpose}. {reservation.stage_label} of {reservation.allocation}.",
        done="Answered.",
        context={
            "reservation": reservation,
            "facts": facts(actions.spend_seen(reservation)),
            "is_own": is_own,
        },
        template="grants/reservation_answer.html",
    )

    def give(form: AnswerReservationForm) -> str:
        actions.answer_reservation(reservation=reservation, by=user, **form.cleaned_data)
        return place_of_reservation(reservation)

    return answer(request, form, page, give)


FORMS: dict[str, type[SpendFields]] = {
    ReservationKind.NEW.value: SpendForm,
    ReservationKind.CONVERSION.value: ConvertForm,
}


@money_page
def reservation_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was declined with all that was typed, to be corrected and sent again."""
    reservation, user = reservation_for(pk), reader(request)
    _can_correct(user, reservation).or_refuse_page(reservation)
    allocation = allocation_for(reservation.allocation.slug)
    about: dict[str, Any] = {"line": reservation.of_line} if reservation.of_line else {}
    form = FORMS[reservation.kind](
        request.POST or None, request.FILES or None, initial=typed_of(reservation), **about
    )
    form.offer_waivers(allocation, user)
    page = MoneyPage(
        f"Correct {reservation.reference}",
        place_of_reservation(reservation),
        [*to_reservations(), (reservation.reference, place_of_reservation(reservation))],
        label="Send it again",
        caption=f"{allocation.reference}: {allocation.purpose}",
        lead=f"{reservation.answer.get_outcome_display()}: {reservation.answer.words}".strip(": "),
        context={
            "allocation": allocation,
            "categories": categories_of(allocation),
            "codes": CODES,
            "is_conversion": reservation.of_line is not None,
            "carried": lambda: carried(form),
            **of_warnings(form, allocation, reservation.of_line),
            "limit": approval_limit(),
        },
        template="grants/line_new.html",
    )

    def send(form: SpendFields) -> str:
        typed, spend = form.cleaned_data, _corrected(form, reservation)
        key = {"form_key": typed["form_key"], "by": user}
        of: dict[str, Any] = {"allocation": reservation.allocation}
        if reservation.of_line:
            of = {"line": reservation.of_line, "is_last": typed["is_last"]}
        record = actions.convert_line if reservation.of_line else actions.record_line
        return recorded(
            request,
            lambda: record(spend=spend, **of, **key),
            spend=spend,
            kind=reservation.kind,
            allocation=reservation.allocation,
            of_line=reservation.of_line,
            is_last=typed.get("is_last", True),
            corrects=reservation,
            **key,
        )

    return answer(request, form, page, send)


def _corrected(form: SpendFields, reservation: Reservation) -> Spend:
    """Return what was typed anew; what was withheld before is withheld still."""
    before = actions.spend_in(reservation)
    spend = actions.withheld_as(before, form.spend())
    if "evidence" not in before.withheld or spend.evidence is not None:
        return spend
    closed = {**spend.withheld, "evidence": before.withheld["evidence"]}
    return replace(spend, evidence=before.evidence, withheld=closed)


def typed_of(reservation: Reservation) -> dict[str, Any]:
    """Return what was typed of a reservation, for its form to begin with.

    What was withheld of it is not shown again; left as it is, it stays as it was.
    """
    spend = actions.spend_seen(reservation)
    found: dict[str, Any] = {name: getattr(spend, name) for name in CARRIED}
    found["is_vat_recovered"] = "yes" if spend.is_vat_recovered else "no"
    found["is_last"] = "yes" if reservation.is_last else "no"
    if spend.evidence:
        found["kept"] = signing.dumps(vars(spend.evidence), salt=SALT)
    return found


@money_page
def approval_limit_set(request: HttpRequest) -> HttpResponse:
    """Show above which sum a line needs a second person, and set it."""
    user = reader(request)
    if request.method == "POST":
        can_set_approval_limit(user).or_refuse_page()
    page = MoneyPage(
        "Approval limit",
        reverse("approval_limit"),
        to_reservations(),
        label="Set it",
        done="Set.",
        context={
            "limit": approval_limit(),
            "today": clock.today(),
            "limits": ApprovalLimit.objects.select_related("set_by"),
            "may": can_set_approval_limit(user),
        },
        template="grants/approval_limit.html",
    )

    def set_it(form: ApprovalLimitForm) -> str:
        actions.set_approval_limit(by=user, **form.cleaned_data)
        return reverse("approval_limit")

    form = ApprovalLimitForm(request.POST or None, initial={"valid_from": clock.today()})
    return answer(request, form, page, set_it)
