"""Links between decisions: found, typed, shown from both ends, and never round in a ring."""

from typing import Any

import pytest
from django.db import IntegrityError, connection

from audit.refusals import Refused
from decisions import actions
from decisions.models import Decision, DecisionLink
from tests.factories import papers
from tests.factories.people import an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def a_paper(title: str) -> Decision:
    return papers.submitted(papers.a_draft(title))


def link(one: Decision, kind: str, other: Decision) -> DecisionLink:
    return actions.add_link(decision=one, kind=kind, to_decision=other, by=an_officer())


def insert(one: Decision, kind: str, other: Decision) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO decisions_decisionlink (from_decision_id, to_decision_id, kind,"
            " to_reference) VALUES (%s, %s, %s, '')",
            [one.pk, other.pk, kind],
        )


@pytest.fixture
def chain() -> list[Decision]:
    """Three papers, each after the one before."""
    first, second, third = a_paper("One"), a_paper("Two"), a_paper("Three")
    link(second, "continues", first)
    link(third, "varies", second)
    return [first, second, third]


@pytest.mark.parametrize("kind", ["continues", "varies", "supersedes", "resubmits"])
def test_no_chain_of_links_leads_back(kind: str, chain: list[Decision]) -> None:
    with pytest.raises(Refused, match="lead back to where they began"):
        link(chain[0], kind, chain[2])


def test_the_database_lets_no_chain_lead_back_either(chain: list[Decision]) -> None:
    with pytest.raises(IntegrityError, match="leads back") as refused:
        insert(chain[0], "resubmits", chain[2])
    cause: Any = refused.value.__cause__
    assert cause.diag.constraint_name == "decisionlink_in_no_ring"


def test_what_funds_a_later_decision_leads_back_to_nothing(chain: list[Decision]) -> None:
    assert link(chain[0], "funds", chain[2]).reference == chain[2].reference


def test_a_paper_is_one_thing_to_another(chain: list[Decision]) -> None:
    with pytest.raises(Refused, match="it continues it") as refused:
        link(chain[1], "supersedes", chain[0])
    assert refused.value.clears == "Remove that link first, if this one is right."
    assert refused.value.code == "DEC-101"


def test_the_database_keeps_a_paper_one_thing_to_another(chain: list[Decision]) -> None:
    with pytest.raises(IntegrityError, match="decisionlink_one_kind_beside_funds"):
        insert(chain[1], "supersedes", chain[0])


def test_a_paper_is_not_linked_to_itself_by_its_reference() -> None:
    paper = a_paper("One")
    with pytest.raises(Refused, match="another decision"):
        actions.add_link(decision=paper, kind="continues", to_reference="pcd  726", by=an_officer())


def test_what_was_withdrawn_is_resubmitted_and_not_varied() -> None:
    gone, draft = papers.withdrawn(), papers.a_draft("Again")
    with pytest.raises(Refused, match="was withdrawn"):
        link(draft, "varies", gone)
    assert link(draft, "resubmits", gone).kind == "resubmits"


def page(address: str) -> str:
    answer = client_of(an_officer()).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("words", ["PCD 726", "pcd-726", "county lines"])
def test_a_decision_is_found_by_reference_and_by_words(words: str) -> None:
    papers.submitted()
    draft = papers.a_draft("Another")
    assert "PCD 726: Support against county lines" in page(
        f"/decisions/{draft.slug}/edit/links/new/?q={words}"
    )


def test_a_paper_does_not_find_itself_or_a_draft() -> None:
    papers.a_draft("Lines of a draft")
    paper = papers.submitted()
    assert "No decision matches" in page(f"/decisions/{paper.slug}/edit/links/new/?q=lines")


def test_what_was_found_is_linked_and_shown_from_both_ends() -> None:
    found, draft = papers.submitted(), papers.a_draft("Another")
    typed = {"kind": "continues", "to": found.pk, "reference": ""}
    place = f"/decisions/{draft.slug}/edit/links/new/?q=lines"
    assert client_of(an_officer()).post(place, typed).status_code == 302
    later = papers.submitted(papers.again(draft))
    here = '<dt>Continues</dt><dd><a class="govuk-link" href="/decisions/pcd-726/">PCD 726</a>'
    there = '<dt>Continued by</dt><dd><a class="govuk-link" href="/decisions/pcd-727/">PCD 727</a>'
    assert here in page(f"/decisions/{later.slug}/")
    assert there in page(f"/decisions/{found.slug}/")


@pytest.mark.parametrize("both", [True, False])
def test_one_decision_is_chosen_or_typed(*, both: bool) -> None:
    found, draft = papers.submitted(), papers.a_draft("Another")
    typed = {"kind": "continues", "to": found.pk, "reference": "PCD 1"} if both else {}
    answer = client_of(an_officer()).post(
        f"/decisions/{draft.slug}/edit/links/new/", {"kind": "continues", **typed}
    )
    assert "Choose a decision that was found, or type a reference" in answer.content.decode()


def test_a_reference_that_is_not_held_here_is_kept_as_text() -> None:
    draft = papers.a_draft()
    typed = {"kind": "resubmits", "reference": "DMPCD 2015 12"}
    client_of(an_officer()).post(f"/decisions/{draft.slug}/edit/links/new/", typed)
    assert "<dt>Resubmits</dt><dd>DMPCD 2015 12</dd>" in page(f"/decisions/{draft.slug}/")
