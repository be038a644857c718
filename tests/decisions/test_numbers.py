"""Numbers: given at submission, never twice, and every gap with its reason."""

import pytest

from audit.refusals import Refused
from decisions import actions
from decisions.models import NumberGap, Series
from decisions.refusals import NumberTaken, RuleBroken
from tests.factories import papers
from tests.factories.people import a_governance_officer, an_officer

pytestmark = pytest.mark.django_db


def next_number() -> int:
    return Series.objects.get(code="PCD").next_number


def test_a_draft_has_no_number() -> None:
    draft = papers.a_draft()
    assert (draft.reference, draft.slug) == (f"Draft {draft.pk}", f"draft-{draft.pk}")


def test_submission_gives_the_next_number() -> None:
    decision = papers.submitted()
    assert (decision.reference, decision.slug, next_number()) == ("PCD 726", "pcd-726", 727)


def test_a_returned_paper_keeps_its_number() -> None:
    decision = papers.submitted()
    actions.return_to_draft(decision=decision, reason="Too long.", by=an_officer())
    assert papers.submitted(papers.again(decision)).reference == "PCD 726"
    assert next_number() == 727


def test_a_withdrawn_number_stays_used() -> None:
    assert papers.withdrawn().number == 726
    assert papers.submitted().number == 727


def test_a_printed_number_is_kept_if_it_is_free() -> None:
    papers.a_series()
    draft = actions.create_draft(series=papers.a_series(), number=900, by=an_officer())
    assert draft.reference == "PCD 900"


def test_a_printed_number_is_refused_if_it_is_taken() -> None:
    papers.submitted()
    with pytest.raises(NumberTaken, match="in the register already"):
        actions.create_draft(series=papers.a_series(), number=726, by=an_officer())


def test_the_next_number_passes_over_a_printed_one() -> None:
    actions.create_draft(series=papers.a_series(), number=726, by=an_officer())
    assert papers.submitted().number == 727


def test_a_gap_keeps_its_reason() -> None:
    series, reason = papers.a_series(), "Numbers 726 to 799 were given on paper."
    actions.set_next_number(series=series, number=800, reason=reason, by=a_governance_officer())
    gap = NumberGap.objects.get()
    assert (gap.first, gap.last, gap.reason) == (726, 799, reason)
    assert papers.submitted().number == 800


def test_a_gap_needs_a_reason() -> None:
    with pytest.raises(RuleBroken) as refused:
        actions.set_next_number(
            series=papers.a_series(), number=800, reason="", by=a_governance_officer()
        )
    assert refused.value.code == "DEC-15"


@pytest.mark.parametrize("number", [725, 726, 0, -1])
def test_the_next_number_does_not_go_back_over_what_was_given(number: int) -> None:
    papers.submitted()
    with pytest.raises(NumberTaken):
        actions.set_next_number(
            series=papers.a_series(), number=number, reason="Why not.", by=a_governance_officer()
        )


def test_a_mistaken_next_number_can_be_put_back() -> None:
    series, by = papers.a_series(), a_governance_officer()
    actions.set_next_number(series=series, number=8000, reason="Slip.", by=by)
    actions.set_next_number(series=series, number=727, reason="Put right.", by=by)
    assert next_number() == 727


def test_only_a_governance_officer_sets_the_next_number() -> None:
    with pytest.raises(Refused, match="governance officer"):
        actions.set_next_number(series=papers.a_series(), number=9, reason="Mine.", by=an_officer())


def test_a_draft_posted_twice_is_begun_once() -> None:
    series, key = papers.a_series(), papers.a_key()
    made = {actions.create_draft(series=series, form_key=key, by=an_officer()) for _ in range(2)}
    assert len(made) == 1


def test_a_submission_posted_twice_acts_once() -> None:
    draft, key = papers.a_draft(), papers.a_key()
    for _ in range(2):
        actions.submit_for_advice(decision=draft, form_key=key, by=an_officer())
    assert draft.steps.count() == 1
