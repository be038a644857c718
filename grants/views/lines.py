"""A spending line: all that is recorded of it, what it is tied to, and what may be done with it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Answer, Permission, no, yes
from audit.words import day, money
from decisions.views.cards import ActButton
from decisions.views.conflict import Edited
from grants import actions
from grants.actions.taking_back import left_of
from grants.claims import disallowed_in
from grants.documents import evidence_store, suffix_of
from grants.forms.evidence import HELP
from grants.forms.spending import AmendLineForm, ReasonForm
from grants.models import SpendingLine, Withheld, WithheldField, is_shown_for
from grants.permissions import (
    can_read_withheld,
    can_record_spending,
    can_release_words,
    can_withhold,
)
from grants.search import PAGE, entries_of
from grants.views.access import allocation_for, line_for, money_page, reader, saved
from grants.views.answering import MoneyPage, answer
from grants.views.credits import can_be_credited
from grants.views.crumbs import place_of_line, to_allocation, to_line, to_money
from grants.views.edits import OF_LINE, edits
from grants.views.narrowing import lines_wanted
from grants.views.withheld import has_open_fields, withheld_file


@require_safe
@money_page
def line_list(request: HttpRequest) -> HttpResponse:
    """List spending lines, newest first: all of them, or those of one allocation, or by words."""
    form, found = lines_wanted(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    slug, words, before = wanted.get("allocation", ""), wanted.get("q", ""), wanted.get("before")
    rows = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    kept = urlencode({name: wanted[name] for name in ("q", "allocation") if wanted.get(name)})
    allocation = allocation_for(slug) if slug else None
    above = to_allocation(allocation) if allocation else to_money()
    context = {
        "crumbs": [("Home", "/"), *above, ("Spending", "")],
        "allocation": allocation,
        "words": words,
        "lines": rows[:PAGE],
        "older": f"?{kept}&before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "newest": f"?{kept}" if before else "",
    }
    return render(request, "grants/line_list.html", context)


@require_safe
@money_page
def line_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a line: everything recorded, how it was edited, and the lines that it is tied to."""
    line, user = line_for(pk), reader(request)
    withheld = list(line.withheld.in_part_2())
    context = {
        "line": line,
        "can_read_withheld": withheld and can_read_withheld(user, line),
        "crumbs": [("Home", "/"), *to_line(line)[:-1], (line.reference, "")],
        "outstanding": line.outstanding,
        "facts": facts(line) + [("Evidence", shown) for shown in evidence_withheld(withheld)],
        "ties": ties(line),
        "edits": edits(line, OF_LINE, closed=[row.field for row in withheld]),
        "acts": acts(user, line) + acts_on_parts(user, line, withheld),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
        "seq": entries_of("grants_spendingline", [line.pk]).get(line.pk),
    }
    return render(request, "grants/line_detail.html", context)


def facts(line: SpendingLine) -> list[tuple[str, str]]:
    """Return what is recorded of a line, what is empty left out."""
    expected = line.stage == "commitment"
    counted = "VAT recovered, so not counted" if line.is_vat_recovered else "VAT not recovered"
    found = [
        ("Kind", line.get_kind_display()),
        ("Payee", line.payee),
        ("Pay period", line.pay_period),
        ("Purpose", line.purpose),
        ("Category", line.get_category_display()),
        ("Expected" if expected else "Received", day(line.received_on)),
        ("Paid", day(line.paid_on) if line.paid_on else ""),
        ("Net", money(line.net)),
        ("VAT", f"{money(line.vat)} ({counted})" if line.vat else ""),
        ("Gross", money(line.gross) if line.vat else ""),
        ("Invoice number", line.invoice_number),
        ("PO number", line.po_number),
        ("SAP journal reference", line.journal_number),
        ("Cost centre or WBS", line.cost_centre),
        ("Subjective code", line.subjective_code),
        ("Why it awaited authority", line.why_awaiting),
        ("Why it came back", line.why_credited),
        ("Why it is right", line.why_so),
        ("Rests on", str(line.waiver) if line.waiver_id and not line.is_reversal else ""),
        ("Reason", line.move.reason if line.is_reversal else ""),
    ]
    return [(name, words) for name, words in found if words]


def evidence_withheld(rows: list[Withheld]) -> list[str]:
    """Return what is shown in place of evidence that is withheld."""
    return [row.shown for row in rows if row.field == WithheldField.EVIDENCE]


def ties(line: SpendingLine) -> list[tuple[str, SpendingLine]]:
    """Return the lines that a line is tied to, each with what it is to it."""
    found: list[tuple[str, SpendingLine | None]] = [
        ("Reverses", line.reverses),
        ("Reversed by", getattr(line, "reversal", None)),
        ("Credits", line.credits),
        ("Comes out of", line.draws_on),
        ("Awaited authority as", line.covers),
        ("Charged to an allocation as", getattr(line, "covered_by", None)),
    ]
    found += [("Turned into", drawn) for drawn in line.drawn.order_by("id")]
    credited = line.credited_by.filter(reverses__isnull=True)
    found += [("Credited by", credit) for credit in credited.order_by("id")]
    return [(what, other) for what, other in found if other is not None]


def acts(user: User, line: SpendingLine) -> list[ActButton]:
    """Return what can be done with a line, each open to the reader or saying why not."""
    recording = can_record_spending(user)
    possible = [
        ("Charge to an allocation", "line_cover", _awaits(line)),
        ("Charge it elsewhere", "line_recharge", _was_disallowed(line)),
        ("Convert", "line_convert", _is_open(line)),
        ("Release the rest", "line_release", _is_open(line)),
        ("Amend purpose, PO or evidence", "line_amend", _stands(line)),
        ("Credit a part of it", "line_credit", can_be_credited(line)),
        ("Reverse", "line_reverse", can_take_back(line)),
    ]
    return [
        ActButton(
            label,
            reverse(name, args=[line.pk]),
            recording and answer,
            is_main=name in ("line_cover", "line_convert"),
            is_grave=name == "line_reverse",
        )
        for label, name, answer in possible
        if answer or answer.reason
    ]


def acts_on_parts(user: User, line: SpendingLine, withheld: list[Withheld]) -> list[ActButton]:
    """Return how something of a line goes into Part 2, and how it comes out of it."""
    found = []
    if has_open_fields(line):
        place = reverse("line_withhold", args=[line.pk])
        found.append(ActButton("Withhold something", place, can_withhold(user)))
    if withheld:
        place = reverse("line_words_release", args=[line.pk])
        found.append(ActButton("Release from Part 2", place, can_release_words(user, line)))
    return found


def _awaits(line: SpendingLine) -> Answer:
    return yes() if line.is_awaiting else Answer(allowed=False)


def _was_disallowed(line: SpendingLine) -> Answer:
    return yes() if disallowed_in(line) else Answer(allowed=False)


def _is_open(line: SpendingLine) -> Answer:
    if line.is_open:
        return yes()
    was_open = line.allocation and line.stage != "actual" and not line.is_reversal
    return no(f"Nothing is left of {line.reference}.") if was_open else Answer(allowed=False)


def _stands(line: SpendingLine) -> Answer:
    return Answer(allowed=False) if line.is_reversal else yes()


def can_take_back(line: SpendingLine) -> Answer:
    """Answer whether a line can be reversed as it stands."""
    if line.is_reversal:
        return no("A reversal is not reversed.", clears="Record the line again instead.")
    if line.is_reversed:
        return no(f"{line.reference} has been reversed.")
    if line.is_credit and line.together is not None:
        return no(
            f"{line.reference} came with {line.spending_import}.",
            clears="Reverse that, or record the sum as a line of its own.",
        )
    if line.is_credit and line.credits is not None and line.credits.is_reversed:
        return no(f"{line.credits.reference}, which it credits, has been reversed.")
    if line.stage == "actual" and line.allocation and left_of(line) <= 0 and not line.is_credit:
        return no(f"All of {line.reference} was credited.", clears="Reverse a credit of it first.")
    if line.drawn.filter(reversal__isnull=True, reverses__isnull=True).exists():
        return no(
            f"Some of {line.reference} was converted.",
            clears="Reverse what it was turned into first, or release the rest.",
        )
    was_released = line.allocation and line.stage != "actual" and line.outstanding < line.amount
    if was_released:
        return no(f"Some of {line.reference} was released.", clears="Release the rest instead.")
    return yes()


@money_page
def line_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then release what is left of a commitment or an accrual."""
    line, user = line_for(pk), reader(request)
    can_record_spending(user).or_refuse_page(line)
    (_is_open(line) or no(f"There is nothing of {line.reference} to release.")).or_refuse_page(line)
    page = MoneyPage(
        f"Release the rest of {line.reference}",
        place_of_line(line),
        to_line(line),
        label="Release it",
        caption=f"{line.payee}, {line.purpose}",
        lead=f"{money(line.outstanding)} goes back to {line.allocation}, to be spent anew.",
        done="Released.",
    )

    def release(form: ReasonForm) -> str:
        actions.release_line(line=line, by=user, **form.cleaned_data)
        return place_of_line(line)

    return answer(request, ReasonForm(request.POST or None), page, release)


@money_page
def line_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then reverse a line, whole."""
    line, user = line_for(pk), reader(request)
    can_record_spending(user).or_refuse_page(line)
    can_take_back(line).or_refuse_page(line)
    page = MoneyPage(
        f"Reverse {line.reference}",
        place_of_line(line),
        to_line(line),
        label="Reverse it",
        caption=f"{money(line.amount)} to {line.payee}, {line.purpose}",
        lead=_where_back(line),
        warning="The line stays for all to see, with the reversal beside it. It cannot be undone.",
        done="Reversed.",
        is_grave=True,
    )

    def take_back(form: ReasonForm) -> str:
        made = actions.reverse_line(line=line, by=user, **form.cleaned_data)
        return place_of_line(made)

    return answer(request, ReasonForm(request.POST or None), page, take_back)


def _where_back(line: SpendingLine) -> str:
    if line.is_credit:
        return f"{money(line.amount)} is charged to {line.allocation} again."
    left = left_of(line) if line.allocation else line.amount
    is_part = left != line.amount or line.together is not None
    to = line.allocation if is_part else line.draws_on or line.allocation
    where = f"goes back to {to}" if to else "no longer awaits authority"
    return f"{money(left)} {where}. A line is reversed once, by a line that names it."


@money_page
def line_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct purpose, PO number or evidence; sums, dates and accounts of a line never change."""
    line, user = line_for(pk), reader(request)
    can_record_spending(user).or_refuse_page(line)
    (_stands(line) or no("A reversal is not amended.")).or_refuse_page(line)
    form = AmendLineForm(
        request.POST or None,
        request.FILES or None,
        initial={"purpose": line.purpose, "po_number": line.po_number},
        line=line,
    )
    file_help = form.fields["file"]
    if line.evidence_name and form.evidence is None:
        kept = f"“{line.evidence_name}” is there now. Another file takes its place."
        file_help.help_text = f"{kept} The old one is kept too. {HELP}"
    page = MoneyPage(
        f"Amend {line.reference}",
        place_of_line(line),
        to_line(line),
        caption=f"{money(line.amount)} to {line.payee}",
        lead="Sums, dates and accounts never change: to mend those, reverse the line and record it "
        "again.",
        done="Amended. What it said before is kept in its history.",
        edits=Edited(line),
    )

    def amend(form: AmendLineForm) -> str:
        typed: dict[str, Any] = {
            name: form.cleaned_data.get(name, "") for name in ("purpose", "po_number")
        }
        actions.amend_line(line=line, evidence=form.evidence, by=user, **typed)
        return place_of_line(line)

    return answer(request, form, page, amend)


@require_safe
@money_page
def line_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the evidence of a line to be saved, as it was kept."""
    line = line_for(pk)
    if not line.evidence_sha256:
        return withheld_file(line, reader(request))
    name = line.evidence_name
    if is_shown_for(name):
        name = f"evidence-{line.pk}{suffix_of(line.evidence_type)}"
    return saved(evidence_store().get(line.evidence_sha256), name)
