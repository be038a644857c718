"""Every table of money as a file, for whoever may see its page."""

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.models import User
from audit import clock
from grants.exporters.csv_file import csv_lines
from grants.exporters.tables import MOST_ROWS, Table, hold_length
from grants.exporters.workbook import workbook
from grants.views import (
    tables,
    tables_of_claims,
    tables_of_imports,
    tables_of_lines,
    tables_of_months,
    tables_of_plans,
    tables_of_reconciling,
    tables_of_reservations,
)
from grants.views.access import money_page, reader

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TABLES: dict[str, Callable[[QueryDict, User], Table]] = {
    "accruals": tables_of_claims.claim_accruals_table,
    "allocations": tables.allocations_table,
    "approval-limits": tables_of_reservations.limits_table,
    "awaiting": tables_of_lines.awaiting_table,
    "awards": tables.awards_table,
    "categories": tables.categories_table,
    "claim": tables_of_claims.claim_table,
    "claim-categories": tables_of_claims.claim_categories_table,
    "claims": tables_of_claims.claims_table,
    "exceptions": tables_of_months.exceptions_table,
    "import-rows": tables_of_imports.import_rows_table,
    "imports": tables_of_imports.imports_table,
    "lines": tables_of_lines.lines_table,
    "months": tables_of_plans.months_table,
    "open": tables_of_lines.open_table,
    "overdue": tables_of_lines.overdue_table,
    "plan": tables_of_plans.plan_table,
    "plans": tables_of_plans.plans_table,
    "posted": tables_of_months.posted_table,
    "programme": tables.programme_table,
    "programme-plan": tables_of_plans.programme_plan_table,
    "reconciliation": tables_of_reconciling.reconciliation_table,
    "reconciling": tables_of_reconciling.reconciling_table,
    "report": tables.report_table,
    "reserved": tables_of_reservations.reserved_table,
    "sap-codes": tables_of_imports.codes_table,
    "statement": tables.statement_table,
    "sums": tables.sums_table,
    "waivers": tables_of_reservations.waivers_table,
}


@require_safe
@money_page
def money_export(request: HttpRequest, table: str, ending: str) -> HttpResponseBase:
    """Send a table as CSV or XLSX, narrowed as its page is; refuse one that is too long."""
    if table not in TABLES or ending not in MOST_ROWS:
        raise Http404
    query, user, now = request.GET, reader(request), clock.now()

    def made() -> Table:
        return TABLES[table](query, user)

    found = made()
    hold_length(found, ending)
    name = f"{found.name}-{now:%Y-%m-%d}.{ending}"
    sent: HttpResponseBase
    if ending == "csv":
        sent = StreamingHttpResponse(csv_lines(made, now), content_type=TYPES[ending])
    else:
        sent = FileResponse(workbook(made, now), content_type=TYPES[ending])
    sent["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    sent["X-Content-Type-Options"] = "nosniff"
    return sent
