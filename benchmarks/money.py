"""What it costs to post money with all its proof, against a bare commit."""

from uuid import uuid4

from django.db import connection

from benchmarks.side_by_side import Result, compare
from grants import actions
from tests.factories import grants

SCRATCH = "CREATE TABLE transient.benchmark (id bigserial PRIMARY KEY, words text)"


def one_posted_line() -> Result:
    """Compare recording one spending line with committing one bare row.

    A line is a move, two entries, a history row, an entry of the chain that lists them all by
    their digests, and the guards that check this at commit.
    """
    allocation = grants.an_allocation("1000000.00")
    officer = grants.a_finance_officer()
    spend = grants.a_spend("1.00")
    with connection.cursor() as cursor:
        cursor.execute(SCRATCH)
        cursor.execute("GRANT ALL ON transient.benchmark TO register_app")
        cursor.execute("GRANT ALL ON SEQUENCE transient.benchmark_id_seq TO register_app")
        cursor.execute("SET ROLE register_app")

    def post_line() -> None:
        actions.record_line(allocation=allocation, spend=spend, form_key=uuid4(), by=officer)

    def commit_row() -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO transient.benchmark (words) VALUES ('one row')")

    result = compare(
        "one posted line against a one-row commit",
        ours=post_line,
        yardstick=commit_row,
        target=8,
    )
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("DROP TABLE transient.benchmark")
    return result
