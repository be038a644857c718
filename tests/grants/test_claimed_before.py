"""What was spent and claimed before this register counts as both, and is never claimed again."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from audit import clock
from grants import actions
from grants.claims import claimed_of_allocation
from grants.models import Allocation, Claim, SpendingImport, SpendingLine
from grants.refusals import GrantRefused, GrantRuleBroken
from grants.report import atoms, together
from grants.verify import money_failures
from tests.audit.conftest import commit_checks, write_sql
from tests.audit.test_tampering import DROP_CHECKS
from tests.factories import claims, grants, imports, months
from tests.factories.lasting import undone
from tests.grants import insider

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(allocation: Allocation) -> SpendingImport:
    """Return the import that an allocation of £1,000 was opened with, £100 spent and claimed."""
    return imports.claimed_before(allocation)


def state(allocation: Allocation) -> tuple[str, str, str]:
    found = claimed_of_allocation(allocation)
    return str(found.claimed), str(found.before), str(found.left)


def test_it_is_spent_and_claimed_and_leaves_less(
    allocation: Allocation, opened: SpendingImport
) -> None:
    assert state(allocation) == ("100.00", "100.00", "0.00")
    sums = together(atoms())
    assert (str(sums.money.spent), str(sums.claimed), str(sums.money.left)) == (
        "100.00",
        "100.00",
        "900.00",
    )


def test_no_claim_takes_it_up_again(allocation: Allocation, opened: SpendingImport) -> None:
    grants.a_line("40.00", allocation=allocation)
    with months.next_months_second_day():
        claim = claims.drawn_up(allocation.decision)
    assert (claim.lines, str(claim.total)) == (1, "40.00")
    assert state(allocation) == ("140.00", "100.00", "0.00")


def test_reversed_it_is_claimed_no_longer(allocation: Allocation, opened: SpendingImport) -> None:
    actions.reverse_import(
        staged=opened, reason="Of another grant.", form_key=uuid4(), by=grants.a_finance_approver()
    )
    assert state(allocation) == ("0.00", "0.00", "0.00")
    with months.next_months_second_day(), pytest.raises(GrantRuleBroken, match="GRT-45"):
        claims.drawn_up(allocation.decision)


def test_a_credit_of_it_lowers_both_until_it_is_taken_back(
    allocation: Allocation, opened: SpendingImport
) -> None:
    line = SpendingLine.objects.get(spending_import=opened)
    given, by = actions.Credit(Decimal("10.00")), grants.a_finance_officer()
    credit = actions.credit_line(line=line, credit=given, form_key=uuid4(), by=by)
    assert state(allocation) == ("90.00", "90.00", "0.00")
    actions.reverse_line(line=credit, reason="Not given.", form_key=uuid4(), by=by)
    assert state(allocation) == ("100.00", "100.00", "0.00")


def test_grt_61_what_was_received_since_is_claimed_here(allocation: Allocation) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with clock.at(clock.now() + timedelta(days=2)):
        row = imports.a_row(allocation, received=f"{tomorrow:%d.%m.%Y}")
        staged = imports.staged(imports.HEADINGS + row, claimed_before="HO claim 1")
        with pytest.raises(GrantRuleBroken, match="GRT-61"):
            imports.approve(staged)


def test_what_is_held_already_is_not_said_to_be_claimed_before(allocation: Allocation) -> None:
    line = grants.a_line("3.00", allocation=allocation)
    row = imports.a_row(allocation, "3.00", payee=line.payee, document="19", item="1")
    staged = imports.staged(imports.HEADINGS + row, claimed_before="HO claim 1")
    with pytest.raises(GrantRefused, match="held already"):
        imports.approve(imports.answer(staged, is_same=True))


# ---------------------------------------------------------------- past the acts

CLAIM = (
    "INSERT INTO grants_claim (figure_id, n, period_start, period_end, lines, total, made_at,"
    " made_by_id) SELECT figure_id, n + 1, period_start, period_end, 1, 100, now(), made_by_id"
    " FROM grants_claim"
)
CLAIMED = (
    "INSERT INTO grants_claimline (claim_id, line_id, turn, amount)"
    " SELECT max(c.id), %s, 1, 100 FROM grants_claim c"
)


@pytest.fixture
def forge(allocation: Allocation, opened: SpendingImport) -> Callable[[], None]:
    """Return what writes a claim of the line that was claimed before."""
    grants.a_line("40.00", allocation=allocation)
    with months.next_months_second_day():
        claims.drawn_up(allocation.decision)
    line = SpendingLine.objects.get(spending_import=opened)

    def write() -> None:
        insider.run(CLAIM)
        insider.run(CLAIMED, line.pk)

    return write


def test_it_is_in_no_claim_past_the_acts(forge: Callable[[], None]) -> None:
    assert insider.attempt(forge) == "claimline_not_claimed_before"
    assert Claim.objects.count() == 1


def test_with_guards_off_it_is_named(forge: Callable[[], None], opened: SpendingImport) -> None:
    line = SpendingLine.objects.get(spending_import=opened)
    commit_checks()
    with undone():
        write_sql("SET LOCAL session_replication_role = replica")
        write_sql(DROP_CHECKS)
        write_sql("UPDATE grants_claimline SET line_id = %s", line.pk)
        assert "was claimed before this register already" in str(list(money_failures()))


def test_a_line_of_later_days_is_named_with_guards_off(opened: SpendingImport) -> None:
    commit_checks()
    with undone():
        write_sql("SET LOCAL session_replication_role = replica")
        write_sql("UPDATE grants_spendingline SET received_on = received_on + 30")
        assert "was not claimed before this register" in str(list(money_failures()))


def test_the_mark_is_not_set_later(allocation: Allocation) -> None:
    staged = imports.staged(imports.HEADINGS + imports.a_row(allocation))
    sql = "INSERT INTO grants_claimedbefore (spending_import_id, reference) VALUES (%s, 'HO 1')"
    found = insider.attempt(lambda: insider.run(sql, staged.pk))
    assert found == "claimedbefore_said_with_its_import"


# ---------------------------------------------------------------- the pages


def test_the_page_of_an_import_says_so(officer: Client, allocation: Allocation) -> None:
    rows = imports.HEADINGS + imports.a_row(allocation)
    typed = {"pasted": rows, "claimed_before": "HO claim 1", "form_key": str(uuid4())}
    page = officer.post(reverse("import_new"), typed, follow=True).content.decode()
    assert "Claimed before this register kept claims: HO claim 1" in page


def test_it_is_carried_past_the_choice_of_columns(officer: Client, allocation: Allocation) -> None:
    head = "Where\tWhen\tWho\tWhat\tOf what\tHow much\n"
    row = f"{allocation.reference}\t{clock.today():%d/%m/%Y}\tHarbour Ltd\tTraining\ttraining\t5\n"
    sent = {"pasted": head + row, "claimed_before": "HO claim 1", "form_key": str(uuid4())}
    form = officer.post(reverse("import_new"), sent, follow=True).context["form"]
    fields = ("allocation", "received_on", "payee", "purpose", "category", "net")
    chosen = form.initial | {f"column_{n}": name for n, name in enumerate(fields)}
    officer.post(reverse("import_columns"), {**chosen, "form_key": str(uuid4())})
    assert SpendingImport.objects.get().claimed_before.reference == "HO claim 1"
