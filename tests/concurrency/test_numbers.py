"""Two submissions for a number: each gets its own, and neither fails."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from decisions import actions
from decisions.actions import registry
from decisions.actions.edits import change
from decisions.models import Decision, Series
from tests.concurrency.races import Meeting, Outcome, at_once
from tests.factories import papers
from tests.factories.people import an_officer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def race(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Outcome]]:
    """Return a race of two submissions, which meet once each has chosen a number."""
    meeting = Meeting()

    def meet(*args: Any, **kwargs: Any) -> bool:
        meeting.wait()
        return change(*args, **kwargs)

    monkeypatch.setattr(registry, "change", meet)

    def run() -> list[Outcome]:
        drafts = [papers.a_draft("One"), papers.a_draft("Other")]
        return at_once(*(submission(draft) for draft in drafts))

    return run


def submission(draft: Decision) -> Callable[[], object]:
    by = an_officer()
    return lambda: actions.submit_for_advice(decision=draft, by=by)


def numbers() -> list[int | None]:
    return sorted(Decision.objects.values_list("number", flat=True), key=lambda one: one or 0)


def test_each_submission_gets_a_number_of_its_own(race: Callable[[], list[Outcome]]) -> None:
    assert all(isinstance(one, Decision) for one in race())
    assert numbers() == [726, 727]
    assert Series.objects.get().next_number == 728


def test_without_the_lock_one_submission_fails(
    race: Callable[[], list[Outcome]], monkeypatch: pytest.MonkeyPatch
) -> None:
    locking = QuerySet.select_for_update

    def unlocked(self: Any, *args: Any, **kwargs: Any) -> Any:
        return self.all() if self.model is Series else locking(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    results = race()
    assert [type(one) for one in results if isinstance(one, Exception)] == [IntegrityError]
    assert numbers() == [None, 726]


def test_a_form_posted_twice_at_once_begins_one_draft() -> None:
    series, by, key = papers.a_series(), an_officer(), papers.a_key()

    def post() -> object:
        return actions.create_draft(series=series, title="Once", form_key=key, by=by)

    first, second = at_once(post, post)
    assert first == second
    assert Decision.objects.count() == 1
