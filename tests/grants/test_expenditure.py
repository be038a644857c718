"""Statements of expenditure: prepared by one, certified by another, held to what is charged."""

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.refusals import NotPermitted, StepUpRefused
from audit import clock
from decisions.documents.issued import known_document
from decisions.documents.kept import document_store
from decisions.documents.verify import verify_bytes
from grants import actions
from grants.expenditure_document import statement_failures
from grants.models import (
    Allocation,
    CertifiedStatement,
    ExpenditureStatement,
    MonthClosing,
    SpendingLine,
)
from grants.refusals import GrantRefused, GrantRuleBroken
from tests.audit.conftest import commit_checks
from tests.documents.test_standards import run
from tests.factories import approvals, expenditure, grants, months
from tests.factories.sign_in import client_of, code
from tests.grants import insider

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(allocation: Allocation) -> list[SpendingLine]:
    """Return a line of £300 that was paid; £5 more are accrued and not paid."""
    made = [grants.a_line("300.00", allocation=allocation)]
    made.append(grants.a_line("5.00", allocation=allocation, stage="accrual"))
    return made


@pytest.fixture
def year(lines: list[SpendingLine]) -> Iterator[int]:
    """Return the year of those lines, once it is over."""
    with expenditure.once_the_year_is_over() as found:
        yield found


@pytest.fixture
def statement(allocation: Allocation, year: int) -> ExpenditureStatement:
    """Return the year's statement, to be certified."""
    expenditure.close_months_from(allocation)
    return expenditure.prepared(allocation, year)


def sums(statement: ExpenditureStatement) -> tuple[str, str, str, str]:
    found = statement.said["sums"]
    return found["limit"], found["spent"], found["accrued"], found["left"]


def correction(allocation: Allocation, lines: list[SpendingLine]) -> None:
    """Record £7 more for the year, after it."""
    day = lines[0].received_on
    grants.a_line("7.00", allocation=allocation, received_on=day)


def test_it_states_the_year_with_what_is_accrued_apart(statement: ExpenditureStatement) -> None:
    assert sums(statement) == ("1000.00", "300.00", "5.00", "695.00")
    assert [row["amount"] for row in statement.said["accruals"]] == ["5.00"]


def test_grt_64_a_year_that_is_not_over_is_not_stated(
    allocation: Allocation, lines: list[SpendingLine]
) -> None:
    with pytest.raises(GrantRuleBroken, match="GRT-64"):
        expenditure.prepared(allocation, clock.today().year)


def test_grt_65_an_unfinished_claim_is_named(allocation: Allocation, year: int) -> None:
    expenditure.close_months_from(allocation)
    by = grants.a_finance_officer()
    day = SpendingLine.objects.filter(allocation=allocation).earliest("id").received_on
    figure = grants.figure_of(allocation.decision)
    actions.make_claim(figure=figure, start=day, end=day, form_key=uuid4(), by=by)
    with pytest.raises(GrantRuleBroken, match=r"Open: claim 1\..*GRT-65"):
        expenditure.prepared(allocation, year)


def test_grt_66_a_line_that_awaits_authority_is_named(allocation: Allocation) -> None:
    grants.a_line(allocation=allocation)
    waiting = grants.a_waiting_line()
    with expenditure.once_the_year_is_over() as year:
        expenditure.close_months_from(allocation)
        with pytest.raises(GrantRuleBroken, match=f"Waiting: {waiting.reference}.*GRT-66"):
            expenditure.prepared(allocation, year)


def test_grt_66_a_line_that_waits_for_approval_is_named(allocation: Allocation) -> None:
    grants.a_line(allocation=allocation)
    approvals.reserved("9.00", allocation=allocation)
    with expenditure.once_the_year_is_over() as year:
        expenditure.close_months_from(allocation)
        with pytest.raises(GrantRuleBroken, match=r"Waiting: line to be approved \d+\..*GRT-66"):
            expenditure.prepared(allocation, year)


def test_grt_67_an_open_month_is_named(allocation: Allocation, year: int) -> None:
    with pytest.raises(GrantRuleBroken, match=r"Open: \w+ \d{4}\..*GRT-67"):
        expenditure.prepared(allocation, year)


def test_grt_68_nobody_certifies_what_they_prepared(allocation: Allocation, year: int) -> None:
    expenditure.close_months_from(allocation)
    cfo = months.a_chief_finance_officer()
    made = expenditure.prepared(allocation, year, by=cfo)
    with pytest.raises(GrantRuleBroken, match="GRT-68"):
        expenditure.certified(made, by=cfo)


def test_grt_69_what_changed_since_is_prepared_anew(
    allocation: Allocation, lines: list[SpendingLine], statement: ExpenditureStatement
) -> None:
    correction(allocation, lines)
    with months.next_months_second_day():
        months.close()
        with pytest.raises(GrantRuleBroken, match="GRT-69"):
            expenditure.certified(statement)


def test_only_the_chief_finance_officer_certifies(statement: ExpenditureStatement) -> None:
    with pytest.raises(NotPermitted, match="chief finance officer"):
        expenditure.certified(statement, by=grants.a_finance_approver())


def test_a_certificate_needs_a_second_factor_for_just_this(
    statement: ExpenditureStatement,
) -> None:
    by = months.a_chief_finance_officer()
    with pytest.raises(StepUpRefused):
        actions.certify_statement(statement=statement, proof=None, form_key=uuid4(), by=by)


def test_the_document_is_signed_and_checked(
    statement: ExpenditureStatement, allocation: Allocation
) -> None:
    made = expenditure.certified(statement)
    commit_checks()
    kept = CertifiedStatement.objects.get(statement=made)
    data = document_store().get(kept.sha256)
    verdict = verify_bytes(data, lookup=known_document)
    assert (verdict.verdict, verdict.reference) == ("current", made.reference)
    assert all(check.passed for check in verdict.checks)
    record = json.loads(PdfReader(BytesIO(data)).attachments["expenditure.json"][0])
    assert record["statement"] == made.said
    assert "£300.00" in "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    assert verify_bytes(data + b" ", lookup=known_document).verdict == "changed"
    assert list(statement_failures()) == []


def test_independent_programs_find_the_document_sound(
    statement: ExpenditureStatement, tmp_path: Path
) -> None:
    made = expenditure.certified(statement)
    path = tmp_path / "statement.pdf"
    path.write_bytes(document_store().get(CertifiedStatement.objects.get(statement=made).sha256))
    broken = json.loads(run(sys.executable, "-m", "tests.documents.verapdf", path))
    assert broken == {str(path): {"PDFA_3_A": [], "PDFUA_1": []}}
    assert "Signature is Valid" in run("pdfsig", path)
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", path)


def test_later_spending_is_stated_by_a_new_version(
    allocation: Allocation, lines: list[SpendingLine], statement: ExpenditureStatement
) -> None:
    first = expenditure.certified(statement)
    with pytest.raises(GrantRefused, match="says just the same"):
        expenditure.prepared(allocation, statement.year)
    correction(allocation, lines)
    sha256 = CertifiedStatement.objects.get(statement=first).sha256
    known = known_document(sha256)
    assert known
    assert "Figures have changed since" in known.notes[0]
    with months.next_months_second_day():
        months.close()
        second = expenditure.certified(expenditure.prepared(allocation, statement.year))
    assert second.said["replaces"]["sums"]["spent"] == "300.00"
    assert (second.said["sums"]["spent"], first.standing) == ("307.00", "superseded")
    known = known_document(sha256)
    assert known
    assert known.state == "superseded"


def test_the_officer_certifies_on_the_page(statement: ExpenditureStatement) -> None:
    cfo = client_of(months.a_chief_finance_officer())
    url = reverse("statement_certify", args=[statement.pk])
    page = cfo.get(url)
    carried = {name: str(value) for name, value in page.context["carried"]}
    assert "£300.00" in page.text
    stale = cfo.post(url, carried | {"shown": "0" * 64, "code": code()})
    assert "not the statement that the page showed" in stale.text
    done = cfo.post(url, carried | {"step": "sign", "code": code()}, follow=True)
    assert "Certified" in done.text
    sent = cfo.get(reverse("statement_document", args=[statement.pk]))
    assert sent.content.startswith(b"%PDF-1.7")
    upload = ContentFile(sent.content, name="statement.pdf")
    assert "Genuine and current" in Client().post(reverse("check"), {"file": upload}).text


def test_an_officer_prepares_on_the_page(allocation: Allocation, year: int) -> None:
    expenditure.close_months_from(allocation)
    officer = client_of(grants.a_finance_officer())
    url = reverse("statement_new", args=[grants.figure_of(allocation.decision).pk])
    key = officer.get(url).context["form"]["form_key"].value()
    done = officer.post(url, {"form_key": key, "year": year}, follow=True)
    assert "To be certified" in done.text


FORGED = """
    INSERT INTO grants_expenditurestatement
        (figure_id, year, n, content, digest, lines, spent, prepared_at, prepared_by_id)
    SELECT figure_id, year, n + 1, content, digest, lines, spent + %s, prepared_at, prepared_by_id
    FROM grants_expenditurestatement WHERE id = %s
"""
SELF_CERTIFIED = """
    INSERT INTO grants_certifiedstatement (statement_id, prepared_by_id, certified_at,
        certified_by_id, role, evidence, sha256, size, ledger_seq)
    SELECT id, prepared_by_id, prepared_at, {by}, 'x', 'x', repeat('a', 64), 1, 1
    FROM grants_expenditurestatement WHERE id = %s
"""


def refused(sql: str, *values: object) -> str:
    """Return what refuses SQL that an insider runs; empty where nothing does."""
    return insider.attempt(lambda: insider.run(sql, *values))


def test_the_database_refuses_other_sums(statement: ExpenditureStatement) -> None:
    assert refused(FORGED, "0.01", statement.pk) == "expenditurestatement_adds_up"
    assert refused(FORGED, "0.00", statement.pk) == ""


def test_the_database_refuses_a_certificate_by_whoever_prepared_it(
    statement: ExpenditureStatement,
) -> None:
    constraint = "certifiedstatement_by_a_second_person"
    assert refused(SELF_CERTIFIED.format(by="prepared_by_id"), statement.pk) == constraint
    other = str(months.a_chief_finance_officer().pk)
    assert refused(SELF_CERTIFIED.format(by=other), statement.pk) == ""


def test_the_database_refuses_a_certificate_while_a_month_is_open(
    statement: ExpenditureStatement,
) -> None:
    months.answered(months.propose_reopening(MonthClosing.objects.latest("id")))
    other = str(months.a_chief_finance_officer().pk)
    constraint = "certifiedstatement_with_every_month"
    assert refused(SELF_CERTIFIED.format(by=other), statement.pk) == constraint
