"""The tables of imports and of SAP codes, whole, for a file."""

from collections.abc import Iterator

from django.db.models import Sum
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from accounts.models import User
from grants.exporters.tables import Kind, Row, Table
from grants.models import NOUGHT, ImportRow, SapCode, SpendingImport
from grants.views.tables import CHUNK, days, money, of_kind, under, words
from grants.views.tables_of_claims import number_in

IMPORTS = (
    *words("Import", "File", "State"),
    *days("Staged"),
    *words("By"),
    *of_kind(Kind.NUMBER, "Lines", "Rows wrong when read"),
    *money("Amount"),
)


def imports_table(_query: QueryDict, _reader: User) -> Table:
    """Return the files staged, newest first, and what became of each."""
    found = SpendingImport.objects.order_by("-id")
    joined = found.select_related("staged_by").prefetch_related("steps")

    def rows() -> Iterator[Row]:
        for one in joined.iterator(CHUNK):
            staged = (localdate(one.staged_at), str(one.staged_by))
            counts = (one.lines_count, one.faulty_count, one.amount)
            yield (one.reference, one.file_name, one.state.capitalize(), *staged, *counts)

    def total() -> Row:
        return under(IMPORTS, "Of files, not of lines recorded")

    return Table("Imports", "imports", IMPORTS, [], found.count, rows, total)


ROWS = (
    *words("Row", "Read as", "Note", "Payee", "Purpose", "Allocation", "Category"),
    *days("Received"),
    *words("What is wrong"),
    *money("Amount"),
)


def import_rows_table(query: QueryDict, _reader: User) -> Table:
    """Return every row of a staged file as it was read, with what is wrong by cell."""
    staged = get_object_or_404(SpendingImport, pk=number_in(query, "import"))
    found = ImportRow.objects.filter(spending_import=staged).order_by("id")

    def rows() -> Iterator[Row]:
        return map(_row, found.select_related("allocation__decision__series").iterator(CHUNK))

    def total() -> Row:
        amount = found.filter(faults=[]).aggregate(total=Sum("amount"))["total"] or NOUGHT
        return under(ROWS, "Together, rows that are wrong left out", amount=amount)

    filters = [("Import", f"{staged.reference}: {staged.file_name}")]
    name = f"import-{staged.pk}-rows"
    return Table("Rows of an import", name, ROWS, filters, found.count, rows, total)


def _row(row: ImportRow) -> Row:
    wrong = "; ".join(
        f"{one['column']}{one['row']} “{one['value']}”: {one['problem']}" for one in row.faults
    )
    place = row.allocation.reference if row.allocation else ""
    category = row.of_category if row.category else ""
    told = (row.place, row.get_kind_display(), row.note, row.payee, row.purpose, place, category)
    return (*told, row.received_on, wrong, row.amount)


CODES = (
    *words("Code", "Means"),
    *days("From", "To", "Recorded"),
    *words("By"),
)


def codes_table(_query: QueryDict, _reader: User) -> Table:
    """Return what SAP codes mean, by code, the one recorded last first."""
    found = SapCode.objects.select_related("allocation__decision__series", "recorded_by")

    def rows() -> Iterator[Row]:
        for one in found.iterator(CHUNK):
            means = one.allocation.reference if one.allocation else one.get_category_display()
            recorded = (localdate(one.recorded_at), str(one.recorded_by))
            yield (one.code, means, one.valid_from, one.valid_to, *recorded)

    def total() -> Row:
        return ("Codes are not added up", *[None] * (len(CODES) - 1))

    return Table("SAP codes", "sap-codes", CODES, [], found.count, rows, total)
