"""The way of a paper, from draft to publication."""

import pytest

from tests.factories import papers

pytestmark = pytest.mark.django_db


def test_a_paper_goes_the_whole_way() -> None:
    decision = papers.published()
    steps = [step.name for step in decision.steps.all()]
    assert steps == [
        "submit_for_advice",
        "send_to_chief_executive",
        "endorse",
        "decide",
        "publish",
    ]
