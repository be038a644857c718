"""Lines that make up one move: the database holds one of each kind of them."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from accounts.models import Role
from audit import clock
from audit.acts import acting
from audit.events import registered
from grants.actions.imports import step
from grants.actions.posting import accounts_of, post
from grants.models import Allocation, Cause, SpendingImport, SpendingLine
from grants.search import entries_of
from tests.factories import grants
from tests.factories.imports import HEADINGS, a_row, approve, staged
from tests.factories.people import a_person
from tests.factories.sign_in import client_of
from tests.grants.insider import run

pytestmark = pytest.mark.django_db

WRITE = """
    INSERT INTO grants_spendingline
        (allocation_id, stage, account_id, account_role, move_id, together, amount, net, vat, gross,
         is_vat_recovered, received_on, payee, purpose, category, spending_import_id, import_place,
         recorded_at, recorded_by_id, cost_centre, subjective_code, invoice_number, po_number,
         evidence_sha256, evidence_name, evidence_type, why_awaiting, draws_on_id)
    SELECT r.allocation_id, 'actual', {account}, 'used', {move}, 300, r.amount, r.net, r.vat,
           r.gross, true, {received_on}, r.payee, r.purpose, {category}, r.spending_import_id,
           r.place, now(), {by}, '', '', '', '', '', '', '', '', {draws_on}
    FROM transient.grants_importrow r WHERE r.spending_import_id = {staged} AND r.kind = 'line'
"""
THIRD = "CASE WHEN r.place = '4' THEN {} ELSE {} END"


def record(one: SpendingImport, allocation: Allocation, **other: str) -> None:
    """Write the lines of an import as the application's role could, the third one otherwise."""
    by = grants.a_finance_approver()
    source, target = accounts_of(allocation, "training")
    with acting(by=by, name="forged") as act:
        step(one, "approved", by)
        move = post(Cause.SPEND, source=source, target=target, amount=one.amount).move_id
        usual = {"received_on": "r.received_on", "category": "r.category", "draws_on": "NULL"}
        third = {name: THIRD.format(value, usual[name]) for name, value in other.items()}
        facts = {"account": target.pk, "move": move, "by": by.pk, "staged": one.pk}
        run(WRITE.format(**facts, **usual | third))
        act.record(registered("grants.import.approved"), subject=one)


def late() -> str:
    return f"date '{clock.today() + timedelta(days=4000)}'"


def refusal(allocation: Allocation, **other: str) -> str | None:
    one = staged(HEADINGS + a_row(allocation) * 3)
    try:
        record(one, allocation, **other)
    except DatabaseError as error:
        return str(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]
    return None


def test_honest_lines_are_let_through(allocation: Allocation) -> None:
    assert refusal(allocation) is None
    assert grants.balances_of(allocation)["paid"] == "300.00"


def test_one_line_of_many_outside_the_period_is_refused(allocation: Allocation) -> None:
    assert refusal(allocation, received_on=late()) == "spendingline_within_the_period"


def test_one_line_of_many_that_draws_on_another_is_refused(allocation: Allocation) -> None:
    other = str(grants.a_line("3.00", allocation=allocation).pk)
    assert refusal(allocation, draws_on=other) == "spendingline_draws_on_what_it_came_from"


def test_one_line_of_many_of_a_category_set_apart_is_refused(allocation: Allocation) -> None:
    grants.moved(allocation, allocation, "300.00", taker_category="travel")
    assert refusal(allocation, category="'travel'") == "spendingline_of_its_category"


def test_without_the_guard_it_is_let_through(allocation: Allocation) -> None:
    run("ALTER TABLE grants_spendingline DISABLE TRIGGER lines_together_hold")
    assert refusal(allocation, received_on=late()) is None
    assert SpendingLine.objects.filter(received_on__gt=allocation.period_end).exists()


def body(function: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [function])
        return str(cursor.fetchone()[0])


def test_lines_are_told_apart_by_all_that_their_guards_read() -> None:
    """A guard that comes to read more of a line needs its column in the grouping."""
    held = body("grants_lines_together_hold")
    asked = set(re.findall(r"(grants_\w+)\(l\)", held))
    for function in sorted(asked):
        asked |= set(re.findall(r"(grants_\w+)\(line\b", body(function)))
    read = {name for function in asked for name in re.findall(r"\bline\.(\w+)", body(function))}
    [grouping] = re.findall(r"GROUP BY (.*?)\) kinds", held, re.S)
    told_apart = {name.strip() for name in grouping.split(",")}
    assert read - told_apart == set()
    assert "received_on" in read


def test_the_entry_of_many_lines_says_which_they_are(allocation: Allocation) -> None:
    rows = (a_row(allocation, "1.00", purpose=f"Course {n}") for n in range(100))
    approve(staged(HEADINGS + "".join(rows)))
    first, last = SpendingLine.objects.order_by("id")[0].pk, SpendingLine.objects.latest("id").pk
    client = client_of(a_person("auditor", Role.AUDITOR))
    entry = entries_of("grants_spendingline", [last])[last]
    page = client.get(reverse("audit_entry", args=[entry])).content.decode()
    assert f"100 rows of public.grants_spendingline, written together: {first}-{last}" in page
