"""What people do to hold the register against SAP, each on a page with one form."""

from collections.abc import Callable
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from audit.refusals import Refused
from audit.words import money
from decisions.actions import KeptFile
from decisions.forms.base import KeyedForm
from grants.actions import Source
from grants.actions import reconciling as actions
from grants.documents import evidence_store
from grants.forms.evidence import SALT
from grants.forms.imports import ColumnsForm
from grants.forms.reconciling import ChosenForm, ExplainForm, LoadForm, PairForm, UndoForm, keys_in
from grants.importers.cells import Unreadable
from grants.importers.layout import FIELDS, Headings
from grants.importers.reading import sheets_of
from grants.importers.sap_export import missing, postings_of
from grants.models import SapExport, SapItem, SapMatch
from grants.months import MonthRow
from grants.permissions import can_close_months, can_record_spending
from grants.reconciling import open_by, summed, unmatched_items
from grants.refusals import GrantRefused
from grants.views.access import money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import (
    place_of_match,
    place_of_reconciling,
    place_of_statement,
    to_reconciling,
)
from grants.views.imports import headings_of, known_columns
from grants.views.months import row_for
from grants.views.reconciling import SHOWN, shown_of, statement_for

OF_EXPORT = (
    "sap_document", "sap_item", "sap_year", "posted_on", "received_on", "payee", "purpose",
    "invoice_number", "cost_centre", "net", "vat", "gross", "is_vat_recovered",
)  # fmt: skip


def _page(row: MonthRow, title: str, label: str, lead: str = "", **more: Any) -> MoneyPage:
    place = place_of_reconciling(row.month)
    crumbs = to_reconciling(row.month)
    return MoneyPage(title, place, crumbs, label=label, caption=row.name, lead=lead, **more)


@money_page
def reconciliation_load(request: HttpRequest, slug: str) -> HttpResponse:
    """Load what SAP posted in a month: a file, rows pasted, or the file of an import."""
    row = row_for(slug)
    can_record_spending(reader(request)).or_refuse_page()
    form = LoadForm(request.POST or None, request.FILES or None)
    page = _page(
        row,
        "Load SAP's export",
        "Load it",
        f"All that SAP posted in {row.name}. It records no spending: its rows are held against the "
        "lines that are here. What was loaded before is left out.",
        done="Loaded, and matched by the rules.",
        template="grants/reconciliation_load.html",
    )

    def load(form: LoadForm) -> str:
        file, staged = form.evidence, form.cleaned_data.get("staged")
        if file is None and staged is not None:
            file = KeptFile(staged.file_sha256, 0, staged.file_name, "")
        if file is None:
            raise Unreadable("There is no file.")
        headings = headings_of(file)
        columns = dict(staged.columns) if staged else known_columns(headings)
        if missing(columns):
            token = signing.dumps(vars(file), salt=SALT)
            address = reverse("reconciliation_columns", args=[row.slug])
            return f"{address}?{urlencode({'kept': token})}"
        return _loaded(request, row, page, file, headings, columns, form.cleaned_data["form_key"])

    return answer(request, form, page, load)


@money_page
def reconciliation_columns(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which column of an export is which field; remembered for files of the same headings."""
    row = row_for(slug)
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
        choices=[(key, FIELDS[key].label) for key in OF_EXPORT],
        initial={"kept": token}
        | {f"column_{n}": known.get(word, "") for n, word in enumerate(headings.words)},
    )
    page = _page(
        row,
        "Choose the columns",
        "Load it",
        "This is remembered for every file with the same headings.",
        done="Loaded, and matched by the rules.",
        template="grants/reconciliation_load.html",
    )

    def load(form: ColumnsForm) -> str:
        columns = form.chosen()
        if lacking := missing(columns):
            raise Unreadable(f"No column is chosen for {', '.join(lacking).lower()}.")
        return _loaded(request, row, page, file, headings, columns, form.cleaned_data["form_key"])

    return answer(request, form, page, load)


def _loaded(
    request: HttpRequest,
    row: MonthRow,
    page: MoneyPage,
    file: KeptFile,
    headings: Headings,
    columns: dict[str, str],
    key: Any,
) -> str:
    data = evidence_store().get(file.sha256)
    found = postings_of(sheets_of(file.file_name, data), columns, headings.shape)
    if found.faults:
        page.context["faults"] = found.faults[:SHOWN]
        page.context["faults_count"] = len(found.faults)
        count = len(found.faults)
        raise GrantRefused(
            f"{count} {'cell is' if count == 1 else 'cells are'} wrong, and nothing was loaded.",
            clears="Correct them, and load the file again.",
        )
    actions.load_export(
        month=row.month,
        source=Source(file, headings.shape, headings.words, columns),
        postings=found.found,
        listed=found.listed,
        form_key=key,
        by=reader(request),
    )
    return place_of_reconciling(row.month)


@money_page
def reconciliation_match(request: HttpRequest, slug: str) -> HttpResponse:
    """Match by the rules what came since the last time."""
    row, user = row_for(slug), reader(request)
    can_record_spending(user).or_refuse_page()
    page = _page(
        row,
        "Match by the rules",
        "Match",
        "Lines and postings of all months that are on their own are held against each other again.",
        done="Matched by the rules.",
    )

    def match(form: KeyedForm) -> str:
        actions.match_by_rules(form_key=form.cleaned_data["form_key"], by=user)
        return place_of_reconciling(row.month)

    return answer(request, KeyedForm(request.POST or None), page, match)


@money_page
def reconciliation_pair(request: HttpRequest, slug: str) -> HttpResponse:
    """Match by hand the lines and postings that were ticked."""
    row, user = row_for(slug), reader(request)
    can_record_spending(user).or_refuse_page()
    page = _page(
        row,
        "Match by hand",
        "Match them",
        "Lines and postings that come to the same sum; or, of one side alone, to nought.",
        done="Matched.",
        template="grants/reconciliation_chosen.html",
    )

    def pair(form: PairForm) -> str:
        actions.match_by_hand(
            lines=form.keys("lines"),
            items=form.keys("items"),
            reason=form.cleaned_data["reason"],
            form_key=form.cleaned_data["form_key"],
            by=user,
        )
        return place_of_reconciling(row.month)

    return _chosen(request, row, PairForm, page, pair)


@money_page
def reconciliation_explain(request: HttpRequest, slug: str) -> HttpResponse:
    """Say why the lines and postings that were ticked have no other side."""
    row, user = row_for(slug), reader(request)
    can_record_spending(user).or_refuse_page()
    page = _page(
        row,
        "Explain",
        "Save",
        "They stay in the list, with this beside them, until their other side is there.",
        done="Saved.",
        template="grants/reconciliation_chosen.html",
    )

    def explain(form: ExplainForm) -> str:
        typed = form.cleaned_data
        actions.explain(
            lines=form.keys("lines"),
            items=form.keys("items"),
            kind=typed["kind"],
            words=typed["words"],
            form_key=typed["form_key"],
            by=user,
        )
        return place_of_reconciling(row.month)

    return _chosen(request, row, ExplainForm, page, explain)


def _chosen(
    request: HttpRequest,
    row: MonthRow,
    kind: Callable[..., Any],
    page: MoneyPage,
    act: Callable[[Any], str],
) -> HttpResponse:
    asked = request.POST or request.GET
    lines = keys_in(asked.get("lines", "")) or keys_in(",".join(asked.getlist("line")))
    items = keys_in(asked.get("items", "")) or keys_in(",".join(asked.getlist("item")))
    if "centre" in request.GET and request.method == "GET":
        centre = unmatched_items().filter(cost_centre=request.GET["centre"])
        found = {one.item_id for one in open_by(row.month) if not one.is_explained}
        items = [pk for pk in centre.values_list("pk", flat=True) if pk in found]
    form: ChosenForm = kind(
        request.POST or None,
        initial={"lines": ",".join(map(str, lines)), "items": ",".join(map(str, items))},
    )
    rows = [
        one for one in open_by(row.month) if one.line_id in set(lines) or one.item_id in set(items)
    ]
    ours = [one for one in rows if one.line_id]
    theirs = [one for one in rows if one.item_id]
    page.context.update(
        chosen=shown_of(rows[:SHOWN]),
        chosen_count=len(rows),
        together=f"Lines: {money(summed(ours))}; postings of SAP: {money(summed(theirs))}",
    )
    return answer(request, form, page, act)


@money_page
def match_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a match, with a reason."""
    match, user = get_object_or_404(SapMatch.objects.live(), pk=pk), reader(request)
    can_record_spending(user).or_refuse_page()
    place = place_of_match(match)
    page = MoneyPage(
        f"Undo {match.reference}",
        place,
        [("Reconciliation", place)],
        label="Undo it",
        lead=match.why,
        done="Undone.",
    )

    def undo(form: UndoForm) -> str:
        actions.undo_match(match=match, by=user, **form.cleaned_data)
        return place

    return answer(request, UndoForm(request.POST or None), page, undo)


@money_page
def sap_export_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an export that was loaded by mistake."""
    export, user = get_object_or_404(SapExport.objects.live(), pk=pk), reader(request)
    can_record_spending(user).or_refuse_page()
    place = place_of_reconciling(export.month)
    count = SapItem.objects.filter(export=export).count()
    page = MoneyPage(
        f"Withdraw {export.reference}",
        place,
        to_reconciling(export.month),
        label="Withdraw it",
        caption=export.file_name,
        lead=f"Its {count:,} postings count no more, and their matches are undone. It stays in the "
        "audit trail.",
        done="Withdrawn.",
    )

    def withdraw(form: UndoForm) -> str:
        actions.withdraw_export(export=export, by=user, **form.cleaned_data)
        return place

    return answer(request, UndoForm(request.POST or None), page, withdraw)


@money_page
def reconciliation_prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare the statement of a month."""
    row, user = row_for(slug), reader(request)
    can_record_spending(user).or_refuse_page()
    page = _page(
        row,
        "Prepare the statement",
        "Prepare it",
        "It states both sums and lists each line and posting without its other side, as they now "
        "are. It is kept for good; another person agrees it.",
        done="Prepared. Another person has to agree it.",
    )

    def prepare(form: KeyedForm) -> str:
        key = form.cleaned_data["form_key"]
        return place_of_statement(
            actions.prepare_reconciliation(month=row.month, form_key=key, by=user)
        )

    return answer(request, KeyedForm(request.POST or None), page, prepare)


@money_page
def reconciliation_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree a statement that another prepared."""
    made, user = statement_for(pk), reader(request)
    can_close_months(user).or_refuse_page()
    page = MoneyPage(
        "Agree the statement",
        place_of_statement(made),
        [*to_reconciling(made.month), (f"Statement {made.n}", place_of_statement(made))],
        label="Agree it",
        caption=made.reference,
        lead=f"Register {money(made.register)}, SAP {money(made.sap)}, difference "
        f"{money(made.difference)}; prepared by {made.prepared_by.name}.",
        done="Agreed.",
    )

    def agree(form: KeyedForm) -> str:
        key = form.cleaned_data["form_key"]
        actions.agree_reconciliation(made=made, form_key=key, by=user)
        return place_of_statement(made)

    return answer(request, KeyedForm(request.POST or None), page, agree)
