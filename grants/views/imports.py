"""Many lines at once: files staged, every fault shown by cell, and what was decided of them."""

import csv
from typing import Any

from django.core import signing
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from audit.refusals import Refused
from decisions.actions import KeptFile
from decisions.views.cards import ActButton
from grants import actions
from grants.actions.imports import not_set_aside
from grants.actions.matching import to_be_answered
from grants.documents import evidence_store
from grants.forms.evidence import SALT
from grants.forms.imports import ColumnsForm, ImportForm
from grants.importers.cells import Unreadable
from grants.importers.checking import rows_of
from grants.importers.grounds import grounds
from grants.importers.layout import FIELDS, TEMPLATE, Headings, begun, missing
from grants.importers.reading import sheets_of
from grants.models import (
    NOUGHT,
    Allocation,
    ImportColumns,
    ImportRow,
    RowKind,
    SpendingImport,
)
from grants.permissions import can_approve_imports, can_record_spending
from grants.search import PAGE
from grants.views.access import money_page, reader, saved
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of_import, to_imports, to_money
from grants.views.withheld import read_file

MOST_SHOWN = 200  # rows


@require_safe
@money_page
def import_list(request: HttpRequest) -> HttpResponse:
    """List the files staged, newest first, and what became of each."""
    typed = request.GET.get("before", "")
    found = SpendingImport.objects.select_related("staged_by").prefetch_related("steps")
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 15
    rows = list((found.filter(pk__lt=int(typed)) if is_number else found)[: PAGE + 1])
    context = {
        "crumbs": [("Home", "/"), *to_money(), ("Imports", "")],
        "imports": rows[:PAGE],
        "older": f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "newer": "?" if typed else "",
        "recording": can_record_spending(reader(request)),
    }
    return render(request, "grants/import_list.html", context)


@money_page
def import_new(request: HttpRequest) -> HttpResponse:
    """Take a file or pasted rows: stage them where their headings are known, else ask."""
    user = reader(request)
    can_record_spending(user).or_refuse_page()
    form = ImportForm(request.POST or None, request.FILES or None)
    page = MoneyPage(
        "Import spending",
        reverse("import_list"),
        to_imports(),
        label="Read it",
        lead="Nothing is recorded yet: first you see every row, and what is wrong with it by cell.",
    )

    def read(form: ImportForm) -> str:
        file = form.evidence
        if file is None:
            raise Unreadable("There is no file.")
        headings = headings_of(file)
        columns, claimed = known_columns(headings), form.cleaned_data["claimed_before"]
        if missing(columns):
            return _ask(file, claimed)
        source = actions.Source(file, headings.shape, headings.words, columns, claimed)
        return _staged(request, source, form.cleaned_data["form_key"])

    return answer(request, form, page, read)


@money_page
def import_columns(request: HttpRequest) -> HttpResponse:
    """Say which column of a kept file is which field; remembered for files of the same headings."""
    can_record_spending(reader(request)).or_refuse_page()
    token = request.POST.get("kept") or request.GET.get("kept", "")
    try:
        file = KeptFile(**signing.loads(token, salt=SALT))
        headings = headings_of(file)
    except (signing.BadSignature, TypeError, Refused):
        raise Http404 from None
    known = {word: key for key, word in known_columns(headings).items()}
    form = ColumnsForm(
        request.POST or None,
        headings=list(headings.words),
        choices=[(key, one.label) for key, one in FIELDS.items()],
        initial={"kept": token, "claimed_before": request.GET.get("claimed_before", "")}
        | {f"column_{n}": known.get(word, "") for n, word in enumerate(headings.words)},
    )
    page = MoneyPage(
        "Choose the columns",
        reverse("import_list"),
        to_imports(),
        label="Read it",
        caption=file.file_name,
        lead="This is remembered for every file with the same headings.",
    )

    def read(form: ColumnsForm) -> str:
        columns, claimed = form.chosen(), form.cleaned_data["claimed_before"]
        if lacking := missing(columns):
            raise Unreadable(f"No column is chosen for {', '.join(lacking).lower()}.")
        source = actions.Source(file, headings.shape, headings.words, columns, claimed)
        return _staged(request, source, form.cleaned_data["form_key"])

    return answer(request, form, page, read)


def headings_of(file: KeptFile) -> Headings:
    """Return the headings of the first sheet of a kept file that has any; refuse without."""
    for sheet in sheets_of(file.file_name, evidence_store().get(file.sha256)):
        _, found = begun(sheet.rows)
        if found is not None:
            return found
    raise Unreadable("No row of headings was found.", clears="Add one, as the template has it.")


def known_columns(headings: Headings) -> dict[str, str]:
    """Return the columns chosen last for a file of these headings, else those that are guessed."""
    last = ImportColumns.objects.filter(shape_sha256=headings.shape).first()
    return dict(last.columns) if last else headings.guessed()


def _ask(file: KeptFile, claimed_before: str) -> str:
    told = {"kept": signing.dumps(vars(file), salt=SALT)}
    told |= {"claimed_before": claimed_before} if claimed_before else {}
    return f"{reverse('import_columns')}?{urlencode(told)}"


def _staged(request: HttpRequest, source: actions.Source, key: Any) -> str:
    file, data = source.file, evidence_store().get(source.file.sha256)
    made = actions.stage_import(
        source=source,
        rows=lambda: rows_of(
            sheets_of(file.file_name, data), source.columns, source.shape, grounds()
        ),
        form_key=key,
        by=reader(request),
    )
    return place_of_import(made)


@require_safe
@money_page
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a staged file: what is wrong by cell, what is left out, what it would charge where."""
    staged = get_object_or_404(
        SpendingImport.objects.select_related("staged_by").prefetch_related("steps__taken_by"),
        pk=pk,
    )
    open_rows = not_set_aside(staged)
    wrong, right = open_rows.exclude(faults=[]), open_rows.filter(faults=[])
    rows = ImportRow.objects.filter(spending_import=staged)
    others = rows.exclude(kind=RowKind.LINE)
    shown = staged.set_aside.select_related("set_aside_by")[:MOST_SHOWN]
    aside = {one.place: one for one in shown}
    counted = right.aggregate(lines=Count("pk"), amount=Sum("amount"))
    file = KeptFile(staged.file_sha256, 0, staged.file_name, "")
    claimed = staged.claimed_before.reference if hasattr(staged, "claimed_before") else ""
    context = {
        "crumbs": [("Home", "/"), *to_imports(), (staged.reference, "")],
        "staged": staged,
        "wrong": wrong[:MOST_SHOWN],
        "wrong_count": wrong.count(),
        "alike": to_be_answered(staged).select_related("looks_like")[:MOST_SHOWN],
        "matches": staged.matches.select_related("answered_by")[:MOST_SHOWN],
        "right": right.select_related("allocation__decision__series")[:MOST_SHOWN],
        "aside": [(aside[row.place], row) for row in rows.filter(place__in=list(aside))],
        "aside_count": staged.set_aside.count(),
        "others": others[:MOST_SHOWN],
        "others_count": others.count(),
        "lines": counted["lines"],
        "amount": counted["amount"] or NOUGHT,
        "charges": _charges(right),
        "recorded": staged.lines.filter(reverses__isnull=True)[:PAGE],
        "columns": [(FIELDS[key].label, word) for key, word in staged.columns.items()],
        "columns_url": _ask(file, claimed),
        "claimed_before": claimed,
        "acts": _acts(request, staged, has_wrong=wrong.exists(), has_lines=right.exists()),
    }
    return render(request, "grants/import_detail.html", context)


def _charges(right: Any) -> list[dict[str, Any]]:
    sums = (
        right.order_by("allocation")
        .values("allocation")
        .annotate(lines=Count("pk"), amount=Sum("amount"))
    )
    places = (
        Allocation.objects.with_parties()
        .with_balances()
        .in_bulk([one["allocation"] for one in sums])
    )
    return [{**one, "allocation": places[one["allocation"]]} for one in sums]


def _acts(
    request: HttpRequest, staged: SpendingImport, *, has_wrong: bool, has_lines: bool
) -> list[ActButton]:
    user, buttons = reader(request), []

    def button(label: str, name: str, answer: Any, *, is_main: bool = False) -> None:
        buttons.append(ActButton(label, reverse(name, args=[staged.pk]), answer, is_main=is_main))

    if staged.state == "staged":
        unsaid = to_be_answered(staged).exists()
        has_lines = has_lines or staged.matches.filter(is_same=True).exists()
        if unsaid:
            may = can_record_spending(user)
            button("Say which are held already", "import_matches", may, is_main=True)
        if has_lines and not has_wrong and not unsaid:
            button("Approve it", "import_approve", can_approve_imports(user), is_main=True)
        button("Set rows aside", "import_set_aside", can_record_spending(user), is_main=has_wrong)
        button("Drop it", "import_drop", can_record_spending(user))
    if staged.state == "approved":
        button("Reverse it", "import_reverse", can_approve_imports(user))
    return buttons


@require_safe
@money_page
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the file of an import to be saved, as it was kept; a reading where rows withhold."""
    staged = get_object_or_404(SpendingImport, pk=pk)
    if staged.withholds:
        read_file(staged, reader(request))
    return saved(evidence_store().get(staged.file_sha256), staged.file_name)


@require_safe
@money_page
def import_template(_request: HttpRequest) -> HttpResponse:
    """Send a CSV file with the headings that are known."""
    headers = {"Content-Disposition": 'attachment; filename="spending.csv"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    response.write("\ufeff")
    csv.writer(response).writerow(FIELDS[key].label for key in TEMPLATE)
    return response
