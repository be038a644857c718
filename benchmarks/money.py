"""What it costs to post money with all its proof, against a bare commit."""

from uuid import uuid4

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from accounts.backends import RegisterBackend
from benchmarks.side_by_side import Result, compare
from grants import actions
from tests.factories import grants


def one_posted_line() -> Result:
    """Compare recording one spending line with committing one bare row.

    A line is a move, two entries, a history row, an entry of the chain that lists them all by
    their digests, and the guards that check this at commit. The officer is as a request has them,
    with the roles read. The bare row goes through the same Django, in a durable transaction of its
    own.
    """
    allocation = grants.an_allocation("1000000.00")
    officer = RegisterBackend().get_user(grants.a_finance_officer().pk)
    assert officer is not None  # noqa: S101
    spend, spend_by = grants.a_spend("1.00"), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE register_app")

    def post_line() -> None:
        actions.record_line(allocation=allocation, spend=spend, form_key=uuid4(), by=officer)

    def commit_row() -> None:
        with transaction.atomic(durable=True):
            Session.objects.create(session_key=uuid4().hex, expire_date=spend_by)

    result = compare(
        "one posted line against a one-row commit",
        ours=post_line,
        yardstick=commit_row,
        target=8,
    )
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    return result
