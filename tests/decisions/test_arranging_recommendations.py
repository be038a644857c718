"""Editing the recommendations of a draft: their numbers, their sums, what lies under which."""

from decimal import Decimal

import pytest

from audit.refusals import Refused
from decisions import actions, rules
from decisions.actions import KeptFile, RecommendationWords, Sum
from decisions.models import Decision
from decisions.nesting import Way
from tests.factories import papers
from tests.factories.people import an_officer

pytestmark = pytest.mark.django_db

FILE = KeptFile(sha256="ab" * 32, size=7, file_name="annex.pdf", content_type="application/pdf")


def recommended(decision: Decision) -> list[tuple[str, str]]:
    return list(decision.recommendations.values_list("number", "text"))


def recommend(draft: Decision, text: str, **more: object) -> object:
    words = RecommendationWords(text=text, **more)  # type: ignore[arg-type]
    return actions.add_recommendation(decision=draft, words=words, by=an_officer())


def three() -> Decision:
    """Return a draft with recommendations 1, 1a, 2."""
    draft = papers.a_draft()
    recommend(draft, "under it", parent=draft.recommendations.get(number="1"))
    recommend(draft, "the second")
    return draft


def test_recommendations_are_numbered_with_letters_under_them() -> None:
    assert [number for number, _ in recommended(three())] == ["1", "1a", "2"]


def move(draft: Decision, number: str, way: Way) -> None:
    row = draft.recommendations.get(number=number)
    actions.move_recommendation(recommendation=row, way=way, by=an_officer())


def test_moving_a_recommendation_numbers_them_anew() -> None:
    draft = three()
    move(draft, "2", Way.UP)
    assert [(n, t[:9]) for n, t in recommended(draft)] == [
        ("1", "the secon"),
        ("2", "accept up"),
        ("2a", "under it"),
    ]


@pytest.mark.parametrize(
    ("number", "way", "after"), [("2", Way.IN, ["1", "1a", "1b"]), ("1a", Way.OUT, ["1", "2", "3"])]
)
def test_a_recommendation_is_made_part_of_another_or_its_own(
    number: str, way: Way, after: list[str]
) -> None:
    draft = three()
    move(draft, number, way)
    assert [number for number, _ in recommended(draft)] == after


def test_what_was_drawn_from_is_drawn_from_under_its_new_number() -> None:
    draft = papers.with_drawn_sum(papers.a_draft())
    move(draft, "1", Way.DOWN)
    drawn = draft.recommendations.get(number="1")
    assert drawn.funded_from == draft.recommendations.get(number="2")


def test_a_recommendation_that_cannot_go_there_is_refused() -> None:
    with pytest.raises(Refused, match="cannot be moved there"):
        move(three(), "1", Way.IN)


def test_a_recommendation_does_not_come_to_lie_under_itself() -> None:
    draft = three()
    row, under = draft.recommendations.get(number="1"), draft.recommendations.get(number="1a")
    words = RecommendationWords(text=row.text, parent=under)
    with pytest.raises(Refused, match="lies under it"):
        actions.edit_recommendation(recommendation=row, words=words, by=an_officer())


def test_a_recommendation_that_is_put_under_another_comes_last_there() -> None:
    draft = three()
    row, above = draft.recommendations.get(number="2"), draft.recommendations.get(number="1")
    words = RecommendationWords(text=row.text, parent=above)
    actions.edit_recommendation(recommendation=row, words=words, by=an_officer())
    assert [number for number, _ in recommended(draft)] == ["1", "1a", "1b"]


def test_what_is_added_under_another_stands_with_it() -> None:
    draft = three()
    recommend(draft, "late", parent=draft.recommendations.get(number="1"))
    assert [number for number, _ in recommended(draft)] == ["1", "1a", "1b", "2"]


def named(draft: Decision) -> list[str]:
    return [each.text for each in rules.look(draft).found if each.code == "DEC-72"]


def test_words_that_name_a_number_are_flagged_once_it_is_another() -> None:
    draft = papers.with_drawn_sum(papers.a_draft())
    section = draft.sections.get(number="1")
    actions.add_paragraph(section=section, text="See recommendation 2.", by=an_officer())
    assert named(draft) == []
    move(draft, "1", Way.DOWN)
    what = "it names recommendation {}, and what had that number is recommendation {} now."
    assert named(draft) == [
        f"Paragraph 1.2: {what.format(2, 1)}",
        f"Recommendation 1: {what.format(1, 2)}",
    ]


def test_words_that_are_written_anew_are_not_flagged() -> None:
    draft = papers.with_drawn_sum(papers.a_draft())
    move(draft, "1", Way.DOWN)
    actions.edit_paper(decision=draft, executive_summary="See recommendation 2.", by=an_officer())
    row = draft.recommendations.get(number="1")
    words = RecommendationWords(text="spend out of recommendation 2.", funded_from=row.funded_from)
    actions.edit_recommendation(recommendation=row, words=words, by=an_officer())
    assert named(draft) == []


def test_a_recommendation_with_others_under_it_stays() -> None:
    draft = three()
    with pytest.raises(Refused, match="lies under 1"):
        actions.remove_recommendation(
            recommendation=draft.recommendations.get(number="1"), by=an_officer()
        )


def test_a_removed_recommendation_leaves_no_gap() -> None:
    draft = three()
    under = draft.recommendations.get(number="1a")
    actions.remove_recommendation(recommendation=under, by=an_officer())
    assert [number for number, _ in recommended(draft)] == ["1", "2"]


def test_figures_are_brought_in_line() -> None:
    draft = papers.a_draft()
    row = draft.recommendations.get()
    for sums in ([Sum(Decimal("2.00")), Sum(Decimal("1.00"), role="component")], []):
        words = RecommendationWords(text=row.text, kind="award", figures=sums)
        actions.edit_recommendation(recommendation=row, words=words, by=an_officer())
        kept = [(one.amount, one.role, one.direction) for one in row.figures.all()]
        assert kept == [(one.amount, one.role, "out") for one in sums]


def drawn_from(draft: Decision, number: str, source: str | None) -> None:
    """Let a recommendation draw on another."""
    row = draft.recommendations.get(number=number)
    words = RecommendationWords(
        text=row.text,
        kind=row.kind,
        parent=row.parent,
        funded_from=draft.recommendations.filter(number=source).first(),
    )
    actions.edit_recommendation(recommendation=row, words=words, by=an_officer())


def sources(draft: Decision) -> list[tuple[str, str | None]]:
    """Return each recommendation with what it draws on."""
    return list(draft.recommendations.values_list("number", "funded_from__number"))


def test_what_lies_under_a_recommendation_follows_its_source() -> None:
    draft = three()
    drawn_from(draft, "1", "2")
    assert sources(draft) == [("1", "2"), ("1a", "2"), ("2", None)]


def test_what_says_otherwise_does_not_follow() -> None:
    draft = three()
    recommend(draft, "the third")
    drawn_from(draft, "1a", "2")
    drawn_from(draft, "1", "3")
    assert dict(sources(draft))["1a"] == "2"


def test_nothing_follows_into_itself() -> None:
    draft = three()
    drawn_from(draft, "1", "1a")
    assert sources(draft) == [("1", "1a"), ("1a", None), ("2", None)]


def test_what_is_added_under_a_recommendation_draws_on_the_same() -> None:
    draft = three()
    drawn_from(draft, "1", "2")
    words = RecommendationWords(text="more.", parent=draft.recommendations.get(number="1"))
    added = actions.add_recommendation(decision=draft, words=words, by=an_officer())
    assert added.number == "1b"
    assert added.funded_from == draft.recommendations.get(number="2")


def test_nothing_is_drawn_out_of_itself_by_way_of_another() -> None:
    draft = three()
    drawn_from(draft, "1a", "2")
    with pytest.raises(Refused, match="DEC-75"):
        drawn_from(draft, "2", "1a")
