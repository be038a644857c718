"""The pages of the audit trail."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Role
from audit.models import LedgerEntry
from tests.audit.conftest import write_sql
from tests.factories import papers
from tests.factories.people import a_person, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db

LIST_QUERIES = 8  # session, user, roles, and two for the page itself, whatever its length


@pytest.fixture
def auditor() -> Client:
    papers.submitted()
    return client_of(a_person("auditor", Role.AUDITOR))


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_tells_what_happened(auditor: Client) -> None:
    assert "submitted PCD 726" in shown(auditor, "/audit/")


def test_list_asks_few_questions_of_the_database(
    auditor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(LIST_QUERIES):
        shown(auditor, "/audit/")


def test_list_goes_on_to_older_entries(auditor: Client) -> None:
    for _ in range(5):
        papers.submitted(papers.a_draft())
    page = shown(auditor, "/audit/")
    last = LedgerEntry.objects.values_list("seq", flat=True)[49]
    assert f"?before={last}" in page
    assert f'"/audit/{last - 1}/"' in shown(auditor, f"/audit/?before={last}")


def test_filter_by_what_it_is_about(auditor: Client) -> None:
    page = shown(auditor, "/audit/?about=PCD+726&by=&event=")
    assert "Submitted for advice" in page
    assert "<strong>Register started" not in page


def test_filter_that_matches_nothing_says_so(auditor: Client) -> None:
    assert "No entry matches" in shown(auditor, "/audit/?about=PCD+999999")


def test_wrong_date_in_the_filter_is_named(auditor: Client) -> None:
    assert "Enter a real date" in shown(
        auditor, "/audit/?since_day=31&since_month=2&since_year=2020"
    )


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40])
def test_odd_page_positions_do_no_harm(auditor: Client, before: str) -> None:
    assert auditor.get("/audit/", {"before": before}).status_code == 200


def test_the_last_day_of_the_calendar_does_no_harm(auditor: Client) -> None:
    place = "/audit/?until_day=31&until_month=12&until_year=9999"
    assert auditor.get(place).status_code == 200


@pytest.mark.parametrize("place", ["/audit/", "/audit/2/"])
def test_an_entry_whose_payload_was_forged_stops_no_page(auditor: Client, place: str) -> None:
    write_sql("SET session_replication_role = replica")
    write_sql("""UPDATE audit.ledger_payload SET payload = '{"data": [1], "rows": 2}'""")
    write_sql("SET session_replication_role = origin")
    assert auditor.get(place).status_code == 200


def test_entry_shows_its_hash_and_the_one_before(auditor: Client) -> None:
    entry = LedgerEntry.objects.get(seq=2)
    page = shown(auditor, "/audit/2/")
    assert bytes(entry.hash).hex() in page
    assert bytes(entry.previous_hash).hex() in page


def test_missing_entry_is_not_found(auditor: Client) -> None:
    assert auditor.get("/audit/999999/").status_code == 404


def test_verifying_is_itself_recorded(auditor: Client) -> None:
    answer = auditor.post("/audit/verify/")
    assert "Nothing was altered" in answer.content.decode()
    assert LedgerEntry.objects.filter(event="audit.ledger.verified").exists()


def test_others_are_told_why_they_may_not_look(auditor: Client) -> None:
    answer = client_of(an_officer()).get("/audit/")
    assert answer.status_code == 403
    assert "auditors" in answer.content.decode()
