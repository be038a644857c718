"""A signing button pressed many times at once signs once, and is no wrong code."""

from contextlib import nullcontext

import pytest
from django.db import connection
from django.test import Client

from audit.models import LedgerEntry
from decisions.models import Decision, RecommendationOutcome
from decisions.views import deciding
from tests.concurrency.races import Outcome, at_once
from tests.factories import papers, sign_in
from tests.factories.as_shown import reviewed, version_shown
from tests.factories.people import a_decision_maker
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db(transaction=True)

PRESSES = 6


def sheet(decision: Decision) -> dict[str, str]:
    """Return the signing form, filled in."""
    row = decision.recommendations.get()
    return {
        "form_key": str(papers.a_key()),
        "interests_kind": "none",
        "interests": "None.",
        "words": "",
        **version_shown(decision),
        "step": "sign",
        "code": sign_in.code(),
        f"r{row.pk}-outcome": "approved",
        f"r{row.pk}-sum_{row.figures.get().pk}": "1,200,000",
        f"r{row.pk}-conditions-TOTAL_FORMS": "0",
        f"r{row.pk}-conditions-INITIAL_FORMS": "0",
    }


def pressed(decision: Decision) -> list[Outcome]:
    """Return where each of many presses of one button leads."""
    first = client_of(a_decision_maker())
    typed = sheet(decision)
    typed |= reviewed(first, f"/decisions/{decision.slug}/decide/", typed)

    def press() -> str:
        client = Client()
        client.cookies = first.cookies
        answer = client.post(f"/decisions/{decision.slug}/decide/", typed)
        return answer.get("Location", "the form again")

    return at_once(*[press] * PRESSES)


def wrong_codes() -> int:
    """Return how many codes were taken for wrong."""
    return LedgerEntry.objects.filter(event="accounts.step_up.failed").count()


def test_every_press_lands_on_the_signed_page() -> None:
    decision = papers.endorsed()
    assert set(pressed(decision)) == {"/decisions/pcd-726/signed/"}
    assert RecommendationOutcome.objects.count() == 1
    assert wrong_codes() == 0


def test_without_its_turn_a_press_is_taken_for_a_wrong_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deciding, "in_turn", nullcontext)
    decision = papers.endorsed()
    assert "the form again" in pressed(decision)
    assert wrong_codes() > 0


def test_no_lock_outlives_the_posts() -> None:
    pressed(papers.endorsed())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert cursor.fetchone() == (0,)
