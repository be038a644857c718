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
    CREATE TABLE bare (allocation text, received date, payee text, purpose text,
        category text, net numeric(14, 2), vat numeric(14, 2), gross numeric(14, 2),
        document text, item text)
"""
COPY = "COPY bare FROM STDIN (FORMAT csv, HEADER)"
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
    WHERE attrelid = 'grants_spendingline'::regclass AND attnum > 0 AND NOT attisdropped
      AND attgenerated = ''
"""


def many_lines() -> list[Result]:
    """Compare reading, checking and recording a SAP export with copying its bytes into a table.

    Each line is held against every rule, and is a row, its first history row, both digested and
    listed by the entry of the chain that its act appends. The bar is against the bytes of the file,
    copied into an ordinary table without an index, committed. For information, the same lines are
    copied into a table with the columns, checks and indexes of spending lines: what rows of this
    shape cost without any proof.
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
        cursor.execute("CREATE TABLE shaped (LIKE grants_spendingline INCLUDING ALL)")
    bare = median(_copied(COPY, "bare", data) for _ in range(5))
    columns, lines = _lines()
    into = f"COPY shaped ({columns}) FROM STDIN"
    shaped = median(_copied(into, "shaped", lines) for _ in range(3))
    name = f"an import of {LINES:,} lines against a COPY"
    return [
        Result(name, mine / bare, target=5),
        Result(f"{name} of rows of their shape", mine / shaped),
    ]


def _lines() -> tuple[str, bytes]:
    """Return the lines that were recorded, as COPY writes them, and their columns."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns: str = cursor.fetchone()[0]
        with cursor.copy(f"COPY grants_spendingline ({columns}) TO STDOUT") as copy:
            return columns, b"".join(bytes(block) for block in copy)


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


def _copied(sql: str, table: str, data: bytes) -> float:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")
        start = time.perf_counter()
        with cursor.copy(sql) as copy:
            copy.write(data)
        return time.perf_counter() - start
