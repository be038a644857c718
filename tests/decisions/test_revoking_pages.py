"""Revoking on the pages: the reason, a look at it, a second factor."""

import pytest
from django.test import Client

from decisions.models import Decision
from tests.factories import afterwards, papers, sign_in
from tests.factories.as_shown import reviewed
from tests.factories.people import a_decision_maker
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    """Return a published decision."""
    return papers.published()


def post(decision: Decision, client: Client | None = None, **typed: str) -> str:
    """Post the decision maker's form; return the page, or the address it went on to."""
    client = client or client_of(a_decision_maker())
    form = {"form_key": str(papers.a_key()), "reason": "Overtaken.", **typed}
    place = f"/decisions/{decision.slug}/revoke/"
    answer = client.post(place, {**reviewed(client, place, form), **form})
    return (
        answer["Location"]
        if answer.status_code == 302
        else " ".join(answer.content.decode().split())
    )


def test_the_reason_is_shown_before_the_second_factor(decision: Decision) -> None:
    page = post(decision)
    assert "Overtaken." in page
    assert "Confirm that it is you" in page
    assert papers.again(decision).revoked_on is None


def test_revoking_with_a_fresh_code(decision: Decision) -> None:
    assert post(decision, step="sign", code=sign_in.code()) == "/decisions/pcd-726/"
    assert papers.again(decision).revoked_on is not None


def test_a_wrong_code_revokes_nothing(decision: Decision) -> None:
    assert "The code is wrong" in post(decision, step="sign", code="000000")
    assert papers.again(decision).revoked_on is None


def test_without_a_reason_the_form_asks_for_it(decision: Decision) -> None:
    page = post(decision, reason="", step="sign", code=sign_in.code())
    assert "Confirm that it is you" not in page
    assert papers.again(decision).revoked_on is None


def test_the_reason_can_be_changed_after_the_look(decision: Decision) -> None:
    page = post(decision, step="change")
    assert "Overtaken.</textarea>" in page.replace("\n", "")


def test_sending_it_twice_counts_as_no_wrong_code(decision: Decision) -> None:
    client, key = client_of(a_decision_maker()), str(papers.a_key())
    typed = {"step": "sign", "code": sign_in.code(), "form_key": key}
    answers = {post(decision, client, **typed) for _ in range(6)}
    assert answers == {"/decisions/pcd-726/"}


def test_a_page_that_was_overtaken_revokes_nothing(decision: Decision) -> None:
    client, place = client_of(a_decision_maker()), f"/decisions/{decision.slug}/revoke/"
    form = {"form_key": str(papers.a_key()), "reason": "Overtaken."}
    seen = reviewed(client, place, form)
    afterwards.corrected(decision)
    page = post(decision, client, step="sign", code=sign_in.code(), **seen)
    assert "Nothing is revoked." in page
    assert papers.again(decision).revoked_on is None
