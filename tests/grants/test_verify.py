"""Verification of the money: what does not agree is named, whoever wrote it and with guards off.

Triggers are off and checks are dropped, as a superuser can do; the audit trail is left out of it.
"""

from collections.abc import Iterator
from decimal import Decimal
from uuid import uuid4

import pytest

from audit.verify import verify
from decisions.models import Decision
from grants import actions
from grants.models import Account, Entry
from grants.verify import money_failures
from tests.audit.conftest import commit_checks, write_sql
from tests.audit.test_tampering import DROP_CHECKS, change, columns_of, key_of, last_key
from tests.factories import grants
from tests.factories.lasting import undone
from tests.grants import insider

pytestmark = pytest.mark.django_db

# What the audit trail alone vouches for: the other columns of each table add up to something.
WORDS = {
    "grants_account": {"act"},
    "grants_allocation": {
        "n",
        "purpose",
        "recipient_id",
        "budget_holder_id",
        "beneficiary_id",
        "period_start",
        "period_end",
        "charge",
        "allocated_at",
        "allocated_by_id",
    },
    "grants_award": {
        "id",
        "reference",
        "dated",
        "period_start",
        "period_end",
        "conditions",
        "needs_consent",
        "accepted_on",
        "accepted_by",
        "delegation_id",
        "letter_sha256",
        "letter_name",
        "letter_type",
        "recorded_at",
        "recorded_by_id",
        "act",
    },
    "grants_variation": {"id", "applied_at", "applied_by_id", "act"},
    "grants_entry": {"id", "act"},
    "grants_move": {"act", "reason", "moved_at"},
    "grants_spendingline": {
        "id",
        "stage",
        "received_on",
        "paid_on",
        "payee",
        "purpose",
        "category",
        "cost_centre",
        "sap_document",
        "subjective_code",
        "invoice_number",
        "po_number",
        "evidence_sha256",
        "evidence_name",
        "evidence_type",
        "why_awaiting",
        "why_so",
        "draws_on_id",
        "covers_id",
        "key",
        "recorded_at",
        "recorded_by_id",
    },
}


@pytest.fixture(scope="module", autouse=True)
def money(decided: Decision) -> Iterator[Decision]:
    """Move money in every way there is, then take every guard away, for all the tests at once."""
    by = grants.a_finance_officer()
    place = grants.an_allocation("1000.00", decision=decided)
    grants.an_allocation("570000.00", decision=decided, number="2")
    order = grants.a_line("400.00", allocation=place, stage="commitment")
    made = actions.convert_line(line=order, spend=grants.a_spend("450.00"), form_key=uuid4(), by=by)
    actions.reverse_line(line=made, reason="Typed twice.", form_key=uuid4(), by=by)
    actions.release_line(line=order, reason="Not needed.", form_key=uuid4(), by=by)
    waiting = grants.a_waiting_line("50.00")
    actions.cover_line(line=waiting, allocation=place, form_key=uuid4(), by=by)
    vat, gross = Decimal("14.00"), Decimal("84.00")
    grants.a_line("70.00", allocation=place, vat=vat, gross=gross)
    _raise_and_award_less(decided)
    commit_checks()
    with undone():
        write_sql("SET LOCAL session_replication_role = replica")
        write_sql(DROP_CHECKS)
        yield decided
        write_sql("SET LOCAL session_replication_role = origin")


def _raise_and_award_less(decision: Decision) -> None:
    varying = grants.a_varying_decision(decision, "1300000.00")
    actions.apply_variation(
        varying=grants.figure_of(varying),
        varied=grants.figure_of(decision),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )
    for amount in ("1000000.00", "1100000.00"):
        grants.an_award(amount, decision=decision)


def kinds() -> set[str]:
    """Return the kinds of what does not agree."""
    return {failure.kind for failure in money_failures()}


def test_what_people_did_agrees(money: Decision) -> None:
    assert list(money_failures()) == []


@pytest.mark.parametrize("table", WORDS)
def test_whatever_is_changed_does_not_agree(money: Decision, table: str) -> None:
    missed = []
    for column in columns_of(f"public.{table}"):
        with undone():
            change(f"public.{table}", column)
            if column.name not in WORDS[table] and not kinds():
                missed.append(column.name)
    assert missed == []


@pytest.mark.parametrize("table", WORDS)
def test_whatever_is_deleted_is_missed(money: Decision, table: str) -> None:
    key = last_key(table)
    assert key
    write_sql(f"DELETE FROM {table} WHERE {key_of(table)} = %s", key)
    assert kinds()


def test_verification_of_the_register_includes_the_money(money: Decision) -> None:
    write_sql("UPDATE grants_entry SET after = after + 1 WHERE n = 1")
    assert "statement-broken" in {failure.kind for failure in verify().failures}


def test_money_out_of_nowhere_is_named(money: Decision) -> None:
    """A proper-looking last entry, of a move that is not there."""
    last = Entry.objects.filter(account__role="available").order_by("-n")[0]
    write_sql(
        "INSERT INTO grants_entry (account_id, n, move_id, amount, before, after, outside, act)"
        " SELECT account_id, n + 1, 900001, 5, after, after + 5, false, act"
        " FROM grants_entry WHERE id = %s",
        last.pk,
    )
    assert kinds() == {"statement-broken", "money-made-or-lost"}


def test_a_penny_more_than_was_decided_is_named(money: Decision) -> None:
    """Every row agrees with every other; only what was decided does not."""
    figure = grants.figure_of(money)
    place = Account.objects.filter(figure=figure, role="available").get()
    used = Account.objects.get(allocation=place.allocation, role="used")
    write_sql("SELECT set_config('audit.act', %s, true)", str(uuid4()))
    for amount in ("1200000.00", "0.01"):
        made = insider.move("spend", place.pk, used.pk, amount)
        insider.line(place.allocation, used.pk, made, amount)
    named = {(one.kind, one.key) for one in money_failures()}
    assert ("overspent", str(figure.pk)) in named


def test_authority_that_was_never_decided_is_named(money: Decision) -> None:
    figure = grants.figure_of(money)
    write_sql("UPDATE decisions_outcomefigure SET amount = amount - 1 WHERE id = %s", figure.pk)
    assert "move-broken" in kinds()
