"""How deep recommendations may lie, whoever writes: what is asked of Part 2 goes as deep."""

from itertools import pairwise

import pytest
from django.db import IntegrityError, connection

from audit.acts import acting
from decisions import actions
from decisions.actions import RecommendationWords
from decisions.models import Recommendation
from tests.factories import papers
from tests.factories.lasting import undone
from tests.factories.people import an_officer

pytestmark = pytest.mark.django_db

NAME = "recommendation_nesting_has_an_end"


def some(count: int) -> list[Recommendation]:
    """Make a draft with so many notes, one after the other."""
    draft = papers.a_draft()
    for n in range(count):
        words = RecommendationWords(text=f"note thing {n}.", kind="note")
        actions.add_recommendation(decision=draft, words=words, by=draft.originating_officer)
    return [*draft.recommendations.filter(kind="note").order_by("pk")]


def put_under(rows: list[Recommendation], *, ring: bool = False) -> None:
    """Put each under the one before, the first under the last where it is to be a ring."""
    with acting(by=an_officer(), name="test"):
        for above, row in pairwise(rows):
            Recommendation.objects.filter(pk=row.pk).update(parent=above)
        if ring:
            Recommendation.objects.filter(pk=rows[0].pk).update(parent=rows[-1])
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {NAME} IMMEDIATE")


def test_four_may_lie_under_each_other() -> None:
    rows = some(4)
    with undone():
        put_under(rows)
        rows[3].refresh_from_db()
        assert rows[3].parent == rows[2]


def test_a_fifth_may_not() -> None:
    with pytest.raises(IntegrityError, match="too deep"):
        put_under(some(5))


def test_none_lies_under_itself_by_way_of_others() -> None:
    with pytest.raises(IntegrityError, match="under itself"):
        put_under(some(3), ring=True)
