"""What it costs to import many lines with all their proof, against a bare COPY of the same file."""

import csv
import time
from io import StringIO
from statistics import median

from django.db import connection

from audit import clock
from benchmarks.side_by_side import Result
from grants.models import Allocation, SpendingImport
from tests.factories import grants, imports

LINES = 100_000
TABLE = """
    CREATE TEMPORARY TABLE bare (allocation text, received date, payee text, purpose text,
        category text, net numeric(14, 2), vat numeric(14, 2), gross numeric(14, 2),
        document text, item text)
"""


def many_lines() -> Result:
    """Compare reading, checking and recording a SAP export with copying its bytes into a table.

    Each line is held against every rule, and is a row, its first history row, both digested and
    listed by the entry of the chain that its act appends.
    """
    data = _export(grants.an_allocation("1000000.00"))
    officer, approver = grants.a_finance_officer(), grants.a_finance_approver()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE register_app")
    start = time.perf_counter()
    staged: SpendingImport = imports.staged(data, by=officer)
    imports.approve(staged, by=approver)
    mine = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(TABLE)
        other = median(_copied(data) for _ in range(5))
    return Result(f"an import of {LINES:,} lines against a COPY", mine / other, target=5)


def _export(allocation: Allocation) -> bytes:
    file = StringIO()
    written = csv.writer(file, lineterminator="\n")
    file.write(imports.HEADINGS)
    day, line = clock.today().isoformat(), ("Harbour Training Ltd", "Course", "Training")
    for n in range(LINES):
        sums = ("1.00", "0.20", "1.20")
        document, item = f"19{n // 10:08d}", str(n % 10 + 1)
        written.writerow([allocation.reference, day, *line, *sums, document, item])
    return file.getvalue().encode()


def _copied(data: bytes) -> float:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bare")
        start = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(data)
        return time.perf_counter() - start
