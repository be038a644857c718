"""What is decided of a staged import; and what SAP codes mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from audit.words import money
from grants import actions
from grants.actions.imports import not_set_aside
from grants.actions.matching import answer_matches, to_be_answered
from grants.actions.sap_codes import record_sap_code
from grants.forms.imports import (
    ApproveForm,
    ImportReasonForm,
    MatchForm,
    SapCodeForm,
    SetAsideForm,
)
from grants.models import NOUGHT, SapCode, SpendingImport
from grants.permissions import can_approve_imports, can_record_spending
from grants.views.access import money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of_import, to_import, to_money

MOST_ANSWERED = 50  # rows on one page


@money_page
def import_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave rows out of an import, with a reason."""
    staged, user = get_object_or_404(SpendingImport, pk=pk), reader(request)
    can_record_spending(user).or_refuse_page()
    page = MoneyPage(
        "Set rows aside",
        place_of_import(staged),
        to_import(staged),
        label="Set them aside",
        caption=staged.file_name,
        lead="They are left out of this import, and stay in its list with your reason.",
        done="Set aside.",
    )

    def leave(form: SetAsideForm) -> str:
        typed = form.cleaned_data
        actions.set_rows_aside(
            staged=staged,
            places=form.places(),
            reason=typed["reason"],
            form_key=typed["form_key"],
            by=user,
        )
        return place_of_import(staged)

    return answer(request, SetAsideForm(request.POST or None), page, leave)


@money_page
def import_matches(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which rows are lines that were keyed by hand."""
    staged, user = get_object_or_404(SpendingImport, pk=pk), reader(request)
    can_record_spending(user).or_refuse_page()
    rows = list(to_be_answered(staged).select_related("looks_like")[:MOST_ANSWERED])
    page = MoneyPage(
        "Say which are held already",
        place_of_import(staged),
        to_import(staged),
        label="Save",
        caption=staged.file_name,
        lead="These rows look like lines that were keyed by hand. What is the same is not recorded "
        "again: the line gets its SAP number.",
        done="Saved.",
    )

    def match(form: MatchForm) -> str:
        key = form.cleaned_data["form_key"]
        answer_matches(staged=staged, is_same=form.is_same(), form_key=key, by=user)
        return place_of_import(staged)

    return answer(request, MatchForm(request.POST or None, rows=rows), page, match)


@money_page
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that nothing of a file is recorded."""
    staged, user = get_object_or_404(SpendingImport, pk=pk), reader(request)
    can_record_spending(user).or_refuse_page()
    page = MoneyPage(
        f"Drop {staged.reference}",
        place_of_import(staged),
        to_import(staged),
        label="Drop it",
        caption=staged.file_name,
        lead="Nothing of it is recorded; the file and its rows stay here to be read.",
        done="Dropped.",
    )

    def drop(form: ImportReasonForm) -> str:
        actions.drop_import(staged=staged, by=user, **form.cleaned_data)
        return place_of_import(staged)

    return answer(request, ImportReasonForm(request.POST or None), page, drop)


@money_page
def import_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record all lines of an import as one act: a second person's."""
    staged, user = get_object_or_404(SpendingImport, pk=pk), reader(request)
    can_approve_imports(user).or_refuse_page()
    amounts = not_set_aside(staged).filter(faults=[]).values_list("amount", flat=True)
    lines, amount = len(amounts), sum((one or NOUGHT for one in amounts), NOUGHT)
    left_out = staged.set_aside.count()
    form = ApproveForm(request.POST or None, initial={"lines": lines, "amount": amount})
    page = MoneyPage(
        f"Approve {staged.reference}",
        place_of_import(staged),
        to_import(staged),
        label="Approve and record it",
        caption=staged.file_name,
        lead=f"{lines:,} lines, {money(amount)} together, staged by {staged.staged_by.name}, are "
        f"recorded as one act; rows set aside: {left_out:,}. It can be reversed as a whole.",
        done="Recorded.",
    )

    def approve(form: ApproveForm) -> str:
        actions.approve_import(staged=staged, by=user, **form.cleaned_data)
        return place_of_import(staged)

    return answer(request, form, page, approve)


@money_page
def import_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back all lines of an import as one act."""
    staged, user = get_object_or_404(SpendingImport, pk=pk), reader(request)
    can_approve_imports(user).or_refuse_page()
    page = MoneyPage(
        f"Reverse {staged.reference}",
        place_of_import(staged),
        to_import(staged),
        label="Reverse it",
        caption=staged.file_name,
        lead="Every line of it is taken back by a line that names it.",
        done="Reversed.",
        is_grave=True,
    )

    def reverse_all(form: ImportReasonForm) -> str:
        actions.reverse_import(staged=staged, by=user, **form.cleaned_data)
        return place_of_import(staged)

    return answer(request, ImportReasonForm(request.POST or None), page, reverse_all)


@money_page
def sap_codes(request: HttpRequest) -> HttpResponse:
    """Show what SAP codes mean, and record what one means."""
    user = reader(request)
    if request.method == "POST":
        can_record_spending(user).or_refuse_page()
    codes = SapCode.objects.select_related("allocation__decision__series", "recorded_by")
    page = MoneyPage(
        "SAP codes",
        reverse("sap_codes"),
        to_money(),
        label="Record it",
        lead="Imports charge a WBS element or cost centre to an allocation, a cost element to a "
        "category, by the dates given here. Of several that hold on a day the last one recorded "
        "counts.",
        done="Recorded.",
        template="grants/sap_codes.html",
        context={"codes": codes, "may": can_record_spending(user)},
    )

    def record(form: SapCodeForm) -> str:
        typed = dict(form.cleaned_data)
        if typed.pop("means") == "category":
            typed["allocation"] = None
        record_sap_code(by=user, **typed)
        return reverse("sap_codes")

    return answer(request, SapCodeForm(request.POST or None), page, record)
