"""Several recipients of one sum, and what of it falls in which year."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st

from audit.refusals import Refused
from decisions import actions
from decisions.actions import RecipientWords, RecommendationWords, Sum
from decisions.models import (
    Decision,
    Organisation,
    Recommendation,
    changes_between,
    paper_content,
    part_1_of,
)
from decisions.rules import adds_up, years_outside
from tests.factories import papers
from tests.factories.people import an_officer

AMOUNTS = st.decimals("0.01", "999999.99", places=2)


@given(st.lists(AMOUNTS, min_size=1, max_size=12), AMOUNTS)
def test_years_add_up_to_the_penny_or_not_at_all(years: list[Decimal], more: Decimal) -> None:
    rows = list(enumerate(years, start=2015))
    assert adds_up(sum(years, Decimal()), rows)
    assert not adds_up(sum(years, Decimal()) + more, rows)


@pytest.mark.parametrize(
    ("first", "last", "outside"),
    [
        (date(2020, 4, 1), date(2021, 3, 31), [2019, 2021]),
        (date(2020, 3, 31), None, []),
        (None, date(2020, 3, 31), [2020, 2021]),
    ],
)
def test_a_year_lies_in_a_period_with_any_of_its_days(
    first: date | None, last: date | None, outside: list[int]
) -> None:
    assert years_outside([2019, 2020, 2021], first, last) == outside


@pytest.mark.django_db
class TestOfAPaper:
    """Recipients and years in a draft."""

    def test_both_are_in_the_paper(self) -> None:
        draft = papers.with_shares(papers.with_part_2(papers.a_draft()))
        row = paper_content(draft)["recommendations"][0]
        assert row["figures"][0]["years"] == [
            {"year": "2019/20", "amount": "457219.00"},
            {"year": "2020/21", "amount": "742781.00"},
        ]
        assert row["recipients"][1] == {
            "name": papers.HIDDEN,
            "amount": "362837.00",
            "part": 2,
            "exemption": "FOIA 2000 s43(2)",
        }

    def test_part_1_has_the_open_recipient_alone(self) -> None:
        draft = papers.with_shares(papers.with_part_2(papers.a_draft()))
        row = part_1_of(paper_content(draft))["recommendations"][0]
        assert [each["name"] for each in row["recipients"]] == ["The Met"]

    def test_a_hidden_recipient_alone_makes_a_part_2(self) -> None:
        draft = papers.with_shares(papers.with_part_2(papers.a_draft()))
        actions.remove_paragraph(
            paragraph=draft.sections.get(number="2").paragraphs.get(part=2), by=an_officer()
        )
        assert paper_content(draft)["publication"]["has_part_2"]

    def test_the_only_plain_recipient_is_the_recommendations_own(self) -> None:
        draft = papers.a_draft()
        edited(draft, recipients=[RecipientWords(named("The Met"))])
        row = paper_content(draft)["recommendations"][0]
        assert (row["recipient"], "recipients" in row) == ("The Met", False)

    def test_an_exemption_that_a_recipient_rests_on_stays(self) -> None:
        draft = papers.with_shares(papers.with_part_2(papers.a_draft()))
        paragraph = draft.sections.get(number="2").paragraphs.get(part=2)
        actions.remove_paragraph(paragraph=paragraph, by=an_officer())
        with pytest.raises(Refused, match="lies in Part 2"):
            actions.remove_exemption(exemption=draft.exemptions.get(), by=an_officer())

    def test_a_recommendation_goes_with_its_shares(self) -> None:
        draft = papers.with_shares(papers.with_part_2(papers.a_draft()))
        actions.remove_recommendation(recommendation=draft.recommendations.get(), by=an_officer())
        assert not draft.recommendations.exists()

    def test_years_that_fall_short_are_refused(self) -> None:
        short = Sum(Decimal("3.00"), years=((2019, Decimal("2.99")),))
        with pytest.raises(Refused, match="DEC-71"):
            edited(papers.a_draft(), figures=[short])

    def test_one_recipient_is_named_once(self) -> None:
        twice = [RecipientWords(named("The Met"), Decimal(each)) for each in (1, 2)]
        with pytest.raises(Refused, match="twice"):
            edited(papers.a_draft(), recipients=twice)

    def test_each_change_is_told_by_itself(self) -> None:
        draft = papers.with_shares(papers.with_part_2(papers.a_draft()))
        before = paper_content(draft)
        more = [RecipientWords(named("The Met"), Decimal("837163.00"))]
        more += [RecipientWords(named(papers.HIDDEN), Decimal(9), 2, draft.exemptions.get())]
        years = ((2019, Decimal("457220.00")), (2020, Decimal("742780.00")))
        figures = [Sum(Decimal("1200000.00"), up_to=True, years=years)]
        period = {"period_start": date(2019, 10, 28), "period_end": date(2021, 3, 31)}
        edited(draft, figures=figures, recipients=more, **period)
        changes = changes_between(before, paper_content(draft))
        assert [(each.what, each.old, each.new, each.part) for each in changes] == [
            (
                "recipient",
                f"{papers.HIDDEN}, £362,837, Part 2 under FOIA 2000 s43(2)",
                f"{papers.HIDDEN}, £9, Part 2 under FOIA 2000 s43(2)",
                2,
            ),
            ("sum 1 in 2019/20", "£457,219", "£457,220", 1),
            ("sum 1 in 2020/21", "£742,781", "£742,780", 1),
        ]

    def test_years_are_changed_and_removed(self) -> None:
        draft = papers.a_draft()
        for years in (((2019, "1"), (2020, "2")), ((2020, "3"),), ()):
            edited(draft, figures=[Sum(Decimal(3), years=[(y, Decimal(a)) for y, a in years])])
            kept = draft.recommendations.get().figures.get().years.values_list("year", "amount")
            assert list(kept) == [(year, Decimal(amount)) for year, amount in years]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("UPDATE decisions_yearsum SET amount = amount + 1", "yearsum_comes_to_its_figure"),
        ("DELETE FROM decisions_yearsum WHERE year = 2019", "yearsum_comes_to_its_figure"),
        ("UPDATE decisions_figure SET amount = 1", "yearsum_comes_to_its_figure"),
        ("UPDATE decisions_yearsum SET year = 20", "yearsum_year_known"),
        ("UPDATE decisions_recipient SET part = 2", "recipient_part_2_has_exemption"),
        ("UPDATE decisions_recipient SET amount = 'NaN'", "recipient_amount_above_nought"),
        (
            "UPDATE decisions_recommendation SET recipient_id = (SELECT min(organisation_id)"
            " FROM decisions_recipient)",
            "recommendation_recipient_or_recipients",
        ),
    ],
)
def test_the_database_refuses(sql: str, rule: str) -> None:
    papers.with_shares(papers.with_part_2(papers.a_draft()))
    with pytest.raises(IntegrityError) as refused, connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cause: Any = refused.value.__cause__
    assert cause.diag.constraint_name == rule


@pytest.mark.django_db
def test_a_recipient_rests_on_an_exemption_of_its_own_paper() -> None:
    papers.with_shares(papers.with_part_2(papers.a_draft()))
    other = papers.with_part_2(papers.a_draft("Another")).exemptions.get()
    with pytest.raises(IntegrityError, match="another decision"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE decisions_recipient SET exemption_id = %s WHERE part = 2", [other.pk]
        )


def named(name: str) -> Organisation:
    return actions.add_organisation(name=name, by=an_officer())


def edited(draft: Decision, **more: Any) -> Recommendation:
    row = draft.recommendations.get()
    words = RecommendationWords(text=row.text, kind=row.kind, **more)
    return actions.edit_recommendation(recommendation=row, words=words, by=an_officer())
