"""Recording spending: against an allocation, or as awaiting authority where none covers it."""

from typing import Any, cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from accounts.models import User
from accounts.permissions import no
from audit.words import money
from decisions.actions.working_text import drop_text
from grants import actions
from grants.alike import same_invoice
from grants.forms.spending import AwaitingForm, ConvertForm, SpendFields, SpendForm
from grants.models import (
    WAIVABLE,
    Allocation,
    LineKind,
    LineStage,
    ReservationKind,
    SpendingLine,
    approval_limit,
)
from grants.permissions import can_record_spending
from grants.search import categories_of
from grants.views.access import allocation_for, line_for, money_page, reader
from grants.views.answering import MoneyPage, answer, shown
from grants.views.crumbs import place_of, place_of_line, to_allocation, to_awaiting, to_line
from grants.views.sending import recorded

WAY_ON = ("GRT-04", "GRT-05", "GRT-06", "GRT-07", "GRT-20", "GRT-21", "GRT-26")
CARRY = "carry"
NEXT = "next"
NOT_CARRIED = (
    *("csrfmiddlewaretoken", "typed_by", "carried_from", "form_key", "step", "why", "is_last"),
)


def carried(form: SpendFields) -> list[tuple[str, str]]:
    """Return what was typed, for the page of what awaits authority to carry on with."""
    return [
        (name, str(value))
        for name, values in cast("QueryDict", form.data).lists()
        if name not in NOT_CARRIED
        for value in values
    ]


def kinds_of(request: HttpRequest, form: SpendFields) -> list[dict[str, Any]]:
    """Return the kinds of line to choose from, each with the address of its form."""
    return [
        {
            "label": kind.label,
            "url": f"{request.path}?kind={kind.value}",
            "is_here": kind == form.of_kind,
        }
        for kind in form.kinds
    ]


def of_warnings(
    form: SpendFields, allocation: Allocation | None, drawn_on: SpendingLine | None = None
) -> dict[str, Any]:
    """Return what a page shows beside a rule that warned, or may be waived."""

    def earlier() -> list[SpendingLine]:
        typed = form.cleaned_data
        return same_invoice(
            typed["payee"], typed.get("invoice_number", ""), typed["gross"], drawn_on
        )

    return {"earlier": earlier, "waivable": WAIVABLE, "place": allocation}


def begins_with(allocation: Allocation, user: User, wanted: str) -> dict[str, Any]:
    """Return what a form begins with: what of the officer's last line is likely to come again.

    Of the kind that is wanted, where one is; never whom it names or what it was for.
    """
    lines = SpendingLine.objects.filter(
        allocation=allocation,
        recorded_by=user,
        reverses__isnull=True,
        credits__isnull=True,
        spending_import__isnull=True,
    )
    lines = lines.filter(kind=wanted) if wanted in LineKind.values else lines
    last = lines.order_by("-id").first()
    if last is None:
        return {"kind": wanted}
    names = ("kind", "stage", "received_on", "category", "cost_centre", "subjective_code")
    found = {name: getattr(last, name) for name in (*names, "pay_period")}
    return found | {"is_vat_recovered": "yes" if last.is_vat_recovered else "no"}


def focused(form: SpendForm) -> None:
    """Put the keyboard into the first field that is empty."""
    asked = ("received_on", "payee", "pay_period", "why_credited", "purpose", "category", "net")
    empty = (name for name in asked if name in form.fields and not form.initial.get(name))
    if first := next(empty, None):
        form.fields[first].widget.attrs["autofocus"] = True


@money_page
def line_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Record a commitment, an accrual or an actual against an allocation."""
    allocation, user = allocation_for(slug), reader(request)
    can_record_spending(user).or_refuse_page(allocation)
    initial = begins_with(allocation, user, request.GET.get("kind", ""))
    form = SpendForm(request.POST or None, request.FILES or None, initial=initial)
    if NEXT in request.GET:
        focused(form)
    form.offer_grounds(allocation.decision)
    form.offer_waivers(allocation, user)
    page = MoneyPage(
        "Record spending",
        place_of(allocation),
        to_allocation(allocation),
        label="Record it",
        caption=f"{allocation.reference}: {allocation.purpose}",
        context={
            "allocation": allocation,
            "limit": approval_limit(),
            "categories": categories_of(allocation),
            "codes": WAY_ON,
            "kinds": kinds_of(request, form),
            **of_warnings(form, allocation),
            "another": "Record and add another",
            "carried": lambda: carried(form),
        },
        template="grants/line_new.html",
    )

    def record(form: SpendForm) -> str:
        spend = form.spend()
        what = {
            "allocation": allocation,
            "spend": spend,
            "form_key": form.cleaned_data["form_key"],
            "by": user,
        }
        if spend.kind == LineKind.CREDIT:
            place = place_of_line(actions.record_credit(**what))
        else:
            place = recorded(request, lambda: actions.record_line(**what), **what)
        return f"{request.path}?kind={spend.kind}&{NEXT}=1" if NEXT in request.POST else place

    return answer(request, form, page, record)


@money_page
def line_convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a commitment or an accrual, or a part of it, into what it became."""
    line, user = line_for(pk), reader(request)
    can_record_spending(user).or_refuse_page(line)
    if not line.is_open:
        no(f"Nothing is left of {line.reference} to convert.").or_refuse_page(line)
    left = line.outstanding
    form = ConvertForm(request.POST or None, request.FILES or None, line=line, initial=_of(line))
    form.offer_waivers(line.allocation, user)
    page = MoneyPage(
        f"Convert {line.reference}",
        place_of_line(line),
        to_line(line),
        label="Convert it",
        caption=f"{line.get_stage_display()}: {line.payee}, {line.purpose}",
        lead=f"{money(left)} is left of it. What it costs more comes out of the allocation.",
        context={
            "allocation": line.allocation,
            "limit": approval_limit(),
            "codes": WAY_ON,
            "is_conversion": True,
            **of_warnings(form, line.allocation, line),
        },
        template="grants/line_new.html",
    )

    def convert(form: ConvertForm) -> str:
        typed, spend = form.cleaned_data, form.spend()
        what = {
            "spend": spend,
            "is_last": typed["is_last"],
            "form_key": typed["form_key"],
            "by": user,
        }
        return recorded(
            request,
            lambda: actions.convert_line(line=line, **what),
            done="Converted.",
            kind=ReservationKind.CONVERSION,
            allocation=line.allocation,
            of_line=line,
            **what,
        )

    return answer(request, form, page, convert)


def _of(line: SpendingLine) -> dict[str, Any]:
    """Return what a conversion begins with: the line as recorded, whole where it still is whole."""
    names = (
        "payee",
        "purpose",
        "category",
        "cost_centre",
        "subjective_code",
        "po_number",
        "pay_period",
        "journal_number",
    )
    found = {name: getattr(line, name) for name in names}
    if line.outstanding == line.amount:
        found |= {"net": line.net, "vat": line.vat}
    else:
        found["net"] = line.outstanding
    return found | {
        "stage": LineStage.ACTUAL,
        "is_vat_recovered": "yes" if line.is_vat_recovered else "no",
        "received_on": line.received_on if line.stage == LineStage.ACCRUAL else None,
    }


@money_page
def awaiting_new(request: HttpRequest) -> HttpResponse:
    """Record spend that no decision covers yet; what was typed elsewhere is carried on here."""
    user = reader(request)
    can_record_spending(user).or_refuse_page()
    step = request.POST.get("step", "")
    initial = {"kind": request.GET.get("kind")}
    form = AwaitingForm(request.POST or None, request.FILES or None, initial=initial)
    page = MoneyPage(
        "Record as awaiting authority",
        reverse("awaiting_list"),
        to_awaiting(),
        label="Record as awaiting authority",
        done="Recorded as awaiting authority.",
        context={
            "is_short": step != "" and is_whole(form, step),
            "carried": lambda: carried(form),
            "kinds": kinds_of(request, form),
        },
        template="grants/awaiting_new.html",
    )
    if step == CARRY:  # from here on it is this page's text
        drop_text(address=request.POST.get("carried_from", ""), by=user)
        return shown(request, form, page)

    def record(form: AwaitingForm) -> str:
        typed = form.cleaned_data
        made = actions.record_awaiting(
            funder=typed["funder"],
            spend=form.spend(),
            why=typed["why"],
            form_key=typed["form_key"],
            by=user,
        )
        return place_of_line(made)

    return answer(request, form, page, record)


def is_whole(form: AwaitingForm, step: str) -> bool:
    """Say whether all that was carried is in order, so that nothing but the reason is asked.

    A form that has just been carried here gets a key of its own, and is not asked twice at once.
    """
    if step == CARRY:
        form.errors.pop("why", None)
        form.errors.pop("form_key", None)
        data = cast("QueryDict", form.data).copy()
        data["form_key"] = str(uuid4())
        form.data = data
    return set(form.errors) <= {"why"}
