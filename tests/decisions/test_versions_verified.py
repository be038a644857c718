"""Verification holds versions, corrections and columns against their digests, causes and steps."""

import pytest
from django.db import connection

from decisions.actions import change_organisation
from decisions.documents.columns import correction_failures, standing_failures
from decisions.documents.versions import version_failures
from decisions.models import Organisation
from tests.factories import afterwards, papers
from tests.factories.lasting import settle
from tests.factories.people import an_officer

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [failure.kind for failure in version_failures()]


def forced(sql: str) -> None:
    """Run SQL as a superuser who switched the guards off, once all is committed."""
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = origin")


COPIED = """
    INSERT INTO decisions_paperversion
        (decision_id, n, content, part_1_digest, part_2_salt, part_2_digest, made_at, act)
    SELECT decision_id, n + 1, {content}, part_1_digest, part_2_salt, part_2_digest, made_at, {act}
    FROM decisions_paperversion ORDER BY n DESC LIMIT 1"""


def test_a_paper_that_was_signed_and_corrected_is_as_it_was_written() -> None:
    decision = papers.published(papers.with_part_2(papers.a_draft()))
    afterwards.corrected(decision)
    assert found() == []


def test_a_version_with_another_content_than_its_digests_is_found() -> None:
    papers.signed()
    forced(COPIED.format(content="replace(content, '1200000.00', '99000000.00')", act="act"))
    assert found() == ["version-changed", "version-unfounded", "version-differs"]


def test_a_version_after_the_signature_that_no_revision_made_is_found() -> None:
    papers.signed()
    forced(COPIED.format(content="content", act="gen_random_uuid()"))
    assert found() == ["version-unfounded"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decisions_decision SET title = 'Another'",
        "UPDATE decisions_recommendation SET text = 'accept £99 million.'",
        "UPDATE decisions_figure SET amount = 99000000",
    ],
)
def test_rows_that_are_not_what_the_last_version_says_are_found(sql: str) -> None:
    papers.signed()
    forced(sql)
    assert found() == ["version-differs"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decisions_recipient SET amount = 1",
        "UPDATE decisions_recipient SET part = 1, exemption_id = NULL",
        "UPDATE decisions_recommendation SET funder_id ="
        " (SELECT min(id) FROM decisions_organisation)",
        "UPDATE decisions_exemption SET reason = 'None to speak of'",
        "UPDATE decisions_recommendation SET period_end = NULL",
    ],
)
def test_parties_and_exemptions_that_are_not_what_was_signed_are_found(sql: str) -> None:
    papers.signed(papers.with_shares(papers.with_part_2(papers.a_draft())))
    forced(sql)
    assert found() == ["version-differs"]


def test_an_organisation_may_be_renamed_after_the_signature() -> None:
    papers.signed(papers.with_shares(papers.with_part_2(papers.a_draft())))
    row = Organisation.objects.get(name="The Met")
    by = an_officer()
    change_organisation(organisation=row, name="The Metropolitan Police", org_identifier="", by=by)
    assert found() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date_published", "'2001-01-01'"),
        ("date_signed", "'2001-01-01'"),
        ("has_deferred", "true"),
        ("revoked_on", "'2001-01-01'"),
        ("status", "'signed'"),
        ("advice_needed", "'{legal}'"),
    ],
)
def test_a_column_that_no_step_made_so_is_found_by_its_name(column: str, value: str) -> None:
    papers.published()
    assert not list(standing_failures())
    forced(f"UPDATE decisions_decision SET {column} = {value}")
    (failure,) = standing_failures()
    assert failure.kind == "decision-differs"
    assert f"its {column} is not" in failure.detail


def test_a_deferral_that_nobody_made_is_found() -> None:
    papers.published()
    forced(
        "UPDATE decisions_decision SET publication_deferred_until = '2099-01-01',"
        " publication_deferred_reason = 'Hidden'"
    )
    assert len(list(standing_failures())) == 2


def test_advice_that_is_no_longer_asked_for_is_found() -> None:
    papers.submitted()
    assert not list(standing_failures())
    forced("UPDATE decisions_decision SET advice_needed = '{}'")
    assert [one.kind for one in standing_failures()] == ["decision-differs"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Support of county lines", "DEC-85"),
        ("Support not county lines", "DEC-56, DEC-85"),
        ("Support against ten county lines", "DEC-55, DEC-85"),
    ],
)
def test_a_correction_that_is_no_slip_of_the_pen_is_found(words: str, codes: str) -> None:
    afterwards.corrected(papers.signed())
    assert not list(correction_failures())
    forced(f"UPDATE decisions_reviseditem SET new = '{words}'")
    (failure,) = correction_failures()
    assert failure.detail.endswith(f"it breaks {codes}.")
