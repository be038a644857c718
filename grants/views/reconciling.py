"""The register held against SAP, month by month: what agrees, what does not, and the statements."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Answer, Permission, no
from decisions.models import Part
from decisions.views.cards import ActButton
from grants.models import (
    MatchRule,
    Reconciliation,
    SapExport,
    SapItem,
    SapMatch,
    SapMatchPart,
    SpendingLine,
    month_name,
    shown_for,
)
from grants.months import MonthRow
from grants.permissions import can_close_months, can_record_spending
from grants.reconciling import Open, is_current, open_by, rules_counted, standing, summed
from grants.search import PAGE, entries_of
from grants.views.access import money_page, reader
from grants.views.crumbs import to_month, to_reconciling
from grants.views.months import row_for

SHOWN = 200
Shown = tuple[Open, Any]


@require_safe
@money_page
def reconciliation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how a month stands against SAP: both sums, and each line and posting on its own."""
    row, user = row_for(slug), reader(request)
    rows = open_by(row.month)
    unmatched = [one for one in rows if not one.is_matched]
    lines = [one for one in unmatched if one.line_id]
    items = [one for one in unmatched if one.item_id]
    later = [one for one in rows if one.is_matched]
    statements = list(_statements().filter(month=row.month))
    shown = shown_of(lines[:SHOWN] + items[:SHOWN])
    context = {
        "crumbs": [("Home", "/"), *to_month(row.month), ("Reconciliation", "")],
        "row": row,
        "now": standing(row.month),
        "lines": [one for one in shown if one[0].line_id],
        "items": [one for one in shown if one[0].item_id],
        "lines_count": len(lines),
        "items_count": len(items),
        "lines_sum": summed(lines),
        "items_sum": summed(items),
        "later_lines": summed(one for one in later if one.line_id),
        "later_items": summed(one for one in later if one.item_id),
        "later_count": len(later),
        "centres": _by_centre(items),
        "exports": SapExport.objects.live().filter(month=row.month).select_related("loaded_by"),
        "statements": [(one, is_current(one)) for one in statements],
        "rules": rules_counted(row.month),
        "order": [label for value, label in MatchRule.choices if value != MatchRule.BY_HAND],
        "acts": _acts(user, row),
        "may": bool(can_record_spending(user)),
    }
    return render(request, "grants/reconciliation_detail.html", context)


def shown_of(rows: Sequence[Open]) -> list[Shown]:
    """Return lines and postings without their other side, each beside its record."""
    lines = SpendingLine.objects.with_parties().in_bulk(
        [one.line_id for one in rows if one.line_id]
    )
    items = SapItem.objects.select_related("export").in_bulk(
        [one.item_id for one in rows if one.item_id]
    )
    withhold(items.values())
    return [(one, lines[one.line_id] if one.line_id else items[one.item_id]) for one in rows]


def withhold(items: Iterable[SapItem]) -> None:
    """Leave the words out of postings ever matched with a line whose words are withheld."""
    asked = {one.pk: one for one in items}
    grounds = (
        SapMatchPart.objects.filter(item__in=asked, match__parts__line__withheld__part=Part.PART_2)
        .values_list("item_id", "match__parts__line__withheld__ground")
        .distinct()
    )
    for pk, ground in grounds:
        if pk is not None and ground:
            asked[pk].payee = asked[pk].text = shown_for(ground)


def _by_centre(items: Sequence[Open]) -> list[dict[str, Any]]:
    """Return the postings nobody explained by cost centre, where one has several of them."""
    keys = {one.item_id: one.amount for one in items if one.item_id and not one.is_explained}
    found: dict[str, list[int]] = {}
    for pk, centre in SapItem.objects.filter(pk__in=keys).values_list("pk", "cost_centre"):
        found.setdefault(centre, []).append(pk)
    return [
        {"centre": centre, "count": len(pks), "amount": sum(keys[pk] for pk in pks)}
        for centre, pks in sorted(found.items())
        if len(pks) > 1
    ]


def _statements() -> Any:
    return Reconciliation.objects.select_related("prepared_by", "agreement__agreed_by")


def _acts(user: User, row: MonthRow) -> list[ActButton]:
    may, slug = can_record_spending(user), [row.slug]
    has_export = SapExport.objects.live().filter(month=row.month).exists()
    prepare = may
    if may and not row.is_over:
        prepare = no(f"{row.name} is not over.", clears="Prepare it once its last day has passed.")
    elif may and not has_export:
        prepare = no("Nothing of SAP was loaded for it.", clears="Load its export first.")
    return [
        ActButton(
            "Load SAP's export",
            reverse("reconciliation_load", args=slug),
            may,
            is_main=not has_export,
        ),
        ActButton("Match by the rules", reverse("reconciliation_match", args=slug), may),
        ActButton(
            "See what is matched",
            reverse("reconciliation_matches", args=slug),
            Answer(allowed=True),
        ),
        ActButton(
            "Prepare the statement", reverse("reconciliation_prepare", args=slug), prepare,
            is_main=has_export,
        ),
    ]  # fmt: skip


@require_safe
@money_page
def reconciliation_matches(request: HttpRequest, slug: str) -> HttpResponse:
    """List the matches of a month's postings, and those of lines alone, the newest first."""
    row = row_for(slug)
    typed = request.GET.get("before", "")
    parts = SapMatchPart.objects.select_related("line", "item__export")
    found = (
        SapMatch.objects.live()
        .filter(parts__item__export__month=row.month)
        .distinct()
        .select_related("matched_by")
        .prefetch_related(Prefetch("parts", parts))
    )
    if typed.isascii() and typed.isdigit() and len(typed) < 15:
        found = found.filter(pk__lt=int(typed))
    matches = list(found.order_by("-pk")[: PAGE + 1])
    withhold(part.item for one in matches for part in one.parts.all() if part.item)
    context = {
        "crumbs": [("Home", "/"), *to_reconciling(row.month), ("Matches", "")],
        "row": row,
        "matches": matches[:PAGE],
        "rules": rules_counted(row.month),
        "older": f"?before={matches[PAGE - 1].pk}" if len(matches) > PAGE else "",
        "newer": "?" if typed else "",
        "may": bool(can_record_spending(reader(request))),
    }
    return render(request, "grants/reconciliation_matches.html", context)


def statement_for(pk: int) -> Reconciliation:
    """Return a statement; 404 when there is none."""
    found: Reconciliation = get_object_or_404(_statements(), pk=pk)
    return found


@require_safe
@money_page
def reconciliation_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a statement as it was prepared: sums, and each reconciling item; made to be printed."""
    made, user = statement_for(pk), reader(request)
    rows = items_of(made)
    later = [one for one in rows if one.is_matched]
    listed = [one for one in rows if not one.is_matched]
    shown = shown_of(listed[:SHOWN])
    agreed = getattr(made, "agreement", None)
    current = is_current(made)
    context = {
        "crumbs": [("Home", "/"), *to_reconciling(made.month), (f"Statement {made.n}", "")],
        "made": made,
        "name": month_name(made.month),
        "number": str(made.pk),
        "agreed": agreed,
        "is_current": current,
        "sides": [_side(listed, shown, of_lines=True), _side(listed, shown, of_lines=False)],
        "later_lines": summed(one for one in later if one.line_id),
        "later_items": summed(one for one in later if one.item_id),
        "later_count": len(later),
        "is_cut": len(listed) > SHOWN,
        "acts": [] if agreed else [_agree(user, made, current)],
        "seqs": entries_of("grants_reconciliation", [made.pk]),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
    }
    return render(request, "grants/reconciliation_statement.html", context)


def items_of(made: Reconciliation) -> list[Open]:
    """Return what a statement lists: lines and postings without their other side by then."""
    found = made.items.values_list("line_id", "item_id", "amount", "kind", "words")
    return [Open(*one) for one in found]


def _side(listed: Sequence[Open], shown: Sequence[Shown], *, of_lines: bool) -> dict[str, Any]:
    rows = [one for one in listed if bool(one.line_id) == of_lines]
    return {
        "title": "In the register, not in SAP" if of_lines else "In SAP, not in the register",
        "how": "Less" if of_lines else "Add",
        "rows": [one for one in shown if bool(one[0].line_id) == of_lines],
        "count": len(rows),
        "sum": summed(rows),
        "of_lines": of_lines,
    }


def _agree(user: User, made: Reconciliation, current: bool) -> ActButton:
    answer = can_close_months(user)
    if answer and user.pk == made.prepared_by_id:
        answer = no("You prepared it.", clears="Another person has to agree it.")
    elif answer and made.unexplained:
        answer = no(
            f"{made.unexplained} of it are not explained.",
            clears="Match or explain each, and prepare it again.",
        )
    elif answer and not current:
        answer = no("It is out of date.", clears="Prepare it again.")
    return ActButton(
        "Agree it", reverse("reconciliation_agree", args=[made.pk]), answer, is_main=True
    )


@require_safe
@money_page
def sap_export_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an export of SAP that was loaded, with every row of it that is no posting."""
    export = get_object_or_404(
        SapExport.objects.select_related("loaded_by", "end__withdrawn_by"), pk=pk
    )
    end = getattr(export, "end", None)
    url = reverse("sap_export_withdraw", args=[pk])
    postings = list(export.items.all()[:SHOWN])
    withhold(postings)
    context = {
        "crumbs": [("Home", "/"), *to_reconciling(export.month), (export.reference, "")],
        "export": export,
        "name": month_name(export.month),
        "end": end,
        "postings": postings,
        "acts": []
        if end
        else [ActButton("Withdraw it", url, can_record_spending(reader(request)))],
    }
    return render(request, "grants/sap_export_detail.html", context)
