"""Verification holds each version of a paper against its digests, its cause, and the rows."""

import pytest
from django.db import connection

from decisions.documents.versions import version_failures
from tests.factories import afterwards, papers

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [failure.kind for failure in version_failures()]


def forced(sql: str) -> None:
    """Run SQL as a superuser who switched the guards off."""
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
