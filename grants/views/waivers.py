"""Rules of money and their waivers: which may be set aside, for what they were, and their uses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import Answer, Permission, no
from audit.words import day
from decisions.views.cards import ActButton
from grants import actions
from grants.forms.waivers import EndWaiverForm, WaiverForm
from grants.models import Allocation, SpendingLine, Waiver
from grants.permissions import can_give_waivers
from grants.rules import BOOK
from grants.search import PAGE, entries_of
from grants.views.access import money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of_waiver, to_money, to_waivers

MOST = 100


@require_safe
@money_page
def money_rules(request: HttpRequest) -> HttpResponse:
    """List the rules of money: what each does, and whether somebody may waive it."""
    context = {
        "crumbs": [("Home", "/"), *to_money(), ("Rules", "")],
        "rules": [BOOK.rules[code] for code in sorted(BOOK.rules)],
    }
    return render(request, "grants/money_rules.html", context)


@require_safe
@money_page
def waiver_list(request: HttpRequest) -> HttpResponse:
    """List waivers: those in force first, then those that have ended, the newest first."""
    in_force = Waiver.objects.in_force().with_parties()
    others = Waiver.objects.exclude(pk__in=in_force.values("pk")).with_parties()
    context = {
        "crumbs": [("Home", "/"), *to_money(), ("Waivers", "")],
        "in_force": in_force[:MOST],
        "others": others[:MOST],
        "giving": can_give_waivers(reader(request)),
    }
    return render(request, "grants/waiver_list.html", context)


@require_safe
@money_page
def waiver_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a waiver, who gave it and why, and the lines that name it."""
    waiver = get_object_or_404(Waiver.objects.with_parties(), pk=pk)
    user = reader(request)
    lines = SpendingLine.objects.filter(waiver=waiver, reverses__isnull=True).with_parties()
    ending = _can_end(can_give_waivers(user), waiver)
    context = {
        "crumbs": [("Home", "/"), *to_waivers(), (waiver.reference, "")],
        "waiver": waiver,
        "rule": BOOK.rules[waiver.rule],
        "lines": lines.order_by("-id")[:PAGE],
        "count": lines.count(),
        "acts": [ActButton("End it", reverse("waiver_end", args=[pk]), ending, is_grave=True)],
        "seq": entries_of("grants_waiver", [pk]).get(pk),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
    }
    return render(request, "grants/waiver_detail.html", context)


def _can_end(giving: Answer, waiver: Waiver) -> Answer:
    return giving if waiver.state == "In force" else no("It is not in force any more.")


@money_page
def waiver_new(request: HttpRequest) -> HttpResponse:
    """Give a waiver of a rule that may be waived."""
    user = reader(request)
    can_give_waivers(user).or_refuse_page()
    about = Allocation.objects.with_slug(request.GET.get("allocation", "")).first()
    initial = {"allocation": about and about.reference, "rule": request.GET.get("rule")}
    page = MoneyPage(
        "Give a waiver",
        reverse("waiver_list"),
        to_waivers(),
        label="Give it",
        lead="The rule is set aside for lines that others record, and that name this waiver. You "
        "cannot name your own. No ceiling is ever waived.",
        done="Given.",
    )

    def give(form: WaiverForm) -> str:
        return place_of_waiver(actions.give_waiver(by=user, **form.cleaned_data))

    return answer(request, WaiverForm(request.POST or None, initial=initial), page, give)


@money_page
def waiver_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a waiver before its last day."""
    waiver, user = get_object_or_404(Waiver.objects.with_parties(), pk=pk), reader(request)
    _can_end(can_give_waivers(user), waiver).or_refuse_page(waiver)
    page = MoneyPage(
        f"End {waiver.reference}",
        place_of_waiver(waiver),
        [*to_waivers(), (waiver.reference, place_of_waiver(waiver))],
        label="End it",
        caption=str(waiver),
        lead=f"It would hold until {day(waiver.expires_on)}. No further line can name it.",
        done="Ended.",
        is_grave=True,
    )

    def end(form: EndWaiverForm) -> str:
        actions.end_waiver(waiver=waiver, by=user, **form.cleaned_data)
        return place_of_waiver(waiver)

    return answer(request, EndWaiverForm(request.POST or None), page, end)
