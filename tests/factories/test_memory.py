"""What is put back from memory is just what was made by acts."""

from collections.abc import Callable

import pytest
from django.db import connection

from audit.verify import verify
from decisions.documents.kept import document_store
from decisions.models import Decision
from tests.factories import grants, memory, papers
from tests.factories.lasting import settle, undone
from tests.factories.people import a_register

pytestmark = pytest.mark.django_db

TABLES = """
    SELECT n.nspname || '.' || relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE nspname IN ('public', 'audit', 'transient') AND relkind = 'r'
      AND nspname || '.' || relname <> 'audit.touched' ORDER BY 1
"""


def rows() -> dict[str, list[str]]:
    """Return every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            found[table] = [text for (text,) in cursor.fetchall()]
    return found


def made(maker: Callable[[], object]) -> dict[str, list[str]]:
    """Make something, undo it, and return all the rows that there were."""
    with undone():
        maker()
        return rows()


MAKERS: dict[str, Callable[[], object]] = {
    "a line of spending": grants.a_line,
    "a revoked decision": papers.revoked,
    "a withdrawn paper": papers.withdrawn,
    "a record from elsewhere": papers.from_elsewhere,
}


@pytest.mark.parametrize("name", MAKERS)
def test_every_row_of_every_table_is_put_back(name: str) -> None:
    assert made(MAKERS[name]) == made(MAKERS[name])


def test_without_memory_no_two_are_the_same() -> None:
    with memory.paused():
        assert made(a_register) != made(a_register)


def test_what_was_put_back_verifies_and_is_worked_on() -> None:
    made(grants.a_funded_decision)
    decision = grants.a_funded_decision()
    grants.revoked(grants.an_allocation(decision=decision).decision)
    settle()
    assert verify().failures == []


def test_a_stored_file_that_a_test_spoiled_is_put_back() -> None:
    with undone():
        document = papers.signed().documents.public().get()
        document_store()._path(document.sha256).write_bytes(b"spoiled")
    again = papers.signed().documents.public().get()
    assert document_store().get(again.sha256).startswith(b"%PDF")


def test_other_arguments_make_something_else() -> None:
    titles = []
    for title in ("One", "Two"):
        with undone():
            titles.append(papers.a_draft(title).title)
    assert titles == ["One", "Two"]


def test_an_act_between_is_not_forgotten() -> None:
    with undone():
        papers.a_series()
        papers.a_draft("First")
    papers.a_series()
    papers.a_draft("Another")
    papers.a_draft("First")
    assert {one.title for one in Decision.objects.all()} == {"Another", "First"}
