"""Several recipients of one sum, and what of it falls in which year."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from audit import clock
from audit.acts import acting
from audit.refusals import Refused
from decisions import actions
from decisions.actions import OutcomeWords, RecipientWords, RecommendationWords, Sum
from decisions.actions.deciding import record_outcome
from decisions.documents.kept import document_store
from decisions.models import (
    Approval,
    Decision,
    Organisation,
    Outcome,
    OutcomeFigure,
    OutcomeRecipient,
    OutcomeYear,
    Recommendation,
    changes_between,
    paper_content,
    part_1_of,
)
from decisions.rules import Amended, adds_up, years_outside
from tests.factories import papers
from tests.factories.as_shown import version_shown
from tests.factories.people import a_decision_maker, an_officer
from tests.factories.sign_in import client_of

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


@pytest.mark.django_db
class TestAsDecided:
    """What recipients and years have of a sum that was amended."""

    @pytest.fixture(autouse=True)
    def _awaiting(self, lasting: None) -> None:
        papers.endorsed(papers.with_shares(papers.with_part_2(papers.a_draft())))

    def less(self, met: str, hidden: str, first: str, second: str) -> Approval:
        """Approve £1 million of £1.2 million, divided as said; an empty share is not said."""
        row = Recommendation.objects.get()
        figure, names = row.figures.get(), row.recipients.all()
        outcome = OutcomeWords(
            row,
            "approved_as_amended",
            figures={figure.pk: Decimal(1_000_000)},
            recipients=said(names, met, hidden),
            years=said(figure.years.all(), first, second),
        )
        return papers.decide(papers.again(row.decision), outcomes=[outcome])

    def test_they_are_kept_with_the_outcome(self) -> None:
        made = self.less("700000", "300000", "400000", "600000").outcomes.get()
        assert [row.amount for row in made.recipients.all()] == [700_000, 300_000]
        years = [year.amount for figure in made.figures.all() for year in figure.years.all()]
        assert years == [400_000, 600_000]

    @pytest.mark.parametrize(
        ("code", "shares"),
        [
            ("DEC-105", ("", "", "400000", "600000")),
            ("DEC-105", ("800000", "300000", "400000", "600000")),
            ("DEC-105", ("900000", "0", "400000", "600000")),
            ("DEC-106", ("700000", "300000", "", "")),
            ("DEC-106", ("700000", "300000", "460000", "540000")),
            ("DEC-106", ("700000", "300000", "400000", "500000")),
        ],
    )
    def test_they_fit_the_smaller_sum(self, code: str, shares: tuple[str, ...]) -> None:
        with pytest.raises(Refused, match=code):
            self.less(*shares)

    def test_what_fits_stays_as_asked(self) -> None:
        made = self.less("637163", "", "257219", "").outcomes.get()
        assert [row.amount for row in made.recipients.all()] == [637_163, 362_837]

    def test_what_is_approved_as_asked_divides_nothing_anew(self) -> None:
        papers.decide(papers.again(Decision.objects.get()))
        assert not OutcomeRecipient.objects.exists()
        assert not OutcomeYear.objects.exists()

    def test_the_signed_document_prints_what_was_decided(self) -> None:
        self.less("700000", "300000", "400000", "600000")
        public, whole = (text_of(Decision.objects.get(), kind) for kind in ("public", "restricted"))
        assert "The Met, £700,000 (asked for: £837,163)" in public
        assert "£457,219 £400,000" in public
        assert "£300,000" not in public
        assert "£300,000 (asked for: £362,837)" in whole

    def test_a_share_that_stays_as_asked_is_no_amendment(self) -> None:
        self.less("637163", "", "257219", "")
        decision = Decision.objects.get()
        assert "asked for: £362,837" not in text_of(decision, "restricted")

    def typed(self, **shares: str) -> dict[str, str]:
        """Return the decide page's form with £1 million approved, and the shares by their row."""
        row = Recommendation.objects.get()
        prefix = f"r{row.pk}"
        return {
            "form_key": str(papers.a_key()),
            "interests_kind": "none",
            "step": "review",
            **version_shown(row.decision),
            f"{prefix}-outcome": "approved_as_amended",
            f"{prefix}-conditions-TOTAL_FORMS": "0",
            f"{prefix}-conditions-INITIAL_FORMS": "0",
            f"{prefix}-sum_{row.figures.get().pk}": "1,000,000",
            **{f"{prefix}-{name}": amount for name, amount in shares.items()},
        }

    def test_the_page_asks_for_them_and_shows_them(self) -> None:
        row = Recommendation.objects.get()
        client, place = client_of(a_decision_maker()), f"/decisions/{row.decision.slug}/decide/"
        asked = client.post(place, self.typed()).content.decode()
        assert "Enter the sum: The Met receives" in asked
        assert "Enter the sum: In 2020/21" in asked
        assert "Together they come to £1,200,000, and the sum is £1,000,000" in asked
        parts = [f"part_{each.pk}" for each in row.recipients.all()]
        years = [f"year_{each.pk}" for each in row.figures.get().years.all()]
        amounts = ("700,000", "300,000", "400,000", "600,000")
        shares = dict(zip([*parts, *years], amounts, strict=True))
        shown = client.post(place, self.typed(**shares)).content.decode()
        assert "of it to The Met £700,000, instead of £837,163" in shown
        assert "of it in 2019/20 £400,000, instead of £457,219" in shown

    def test_the_page_calls_recipients_what_the_paper_calls_them(self) -> None:
        actions.change_organisation(
            organisation=named("The Met"), name="Another", org_identifier="", by=an_officer()
        )
        place = f"/decisions/{Decision.objects.get().slug}/decide/"
        page = client_of(a_decision_maker()).post(place, self.typed()).content.decode()
        assert "The Met receives" in page
        assert "Another" not in page

    def test_the_page_says_what_goes_to_nobody_named(self) -> None:
        row = Recommendation.objects.get()
        parts = {f"part_{each.pk}": "200,000" for each in row.recipients.all()}
        first, second = row.figures.get().years.all()
        years = {f"year_{first.pk}": "400,000", f"year_{second.pk}": "600,000"}
        place = f"/decisions/{row.decision.slug}/decide/"
        page = client_of(a_decision_maker()).post(place, self.typed(**parts, **years))
        assert "of it to nobody named £600,000" in page.content.decode()

    def test_what_stays_as_asked_is_not_shown_as_changed(self) -> None:
        self.less("837163", "162837", "400000", "600000")
        decision = Decision.objects.get()
        page = client_of(an_officer()).get(f"/decisions/{decision.slug}/").content.decode()
        assert "£837,163</span></dd>" in page
        assert "The Met £837,163 →" not in page

    def test_the_page_of_the_decision_shows_both(self) -> None:
        self.less("700000", "300000", "400000", "600000")
        decision = Decision.objects.get()
        page = client_of(an_officer()).get(f"/decisions/{decision.slug}/").content.decode()
        assert "£700,000</span>, instead of <del>£837,163</del>" in page
        assert "Decided, of £1,000,000" in page
        assert "£300,000" not in page
        assert "2019/20 £457,219 → £400,000; 2020/21 £742,781 → £600,000; The Met" in page

    def test_the_database_holds_them_to_the_sum_at_commit(self) -> None:
        """A sum lowered without its shares, written as only a paper signed elsewhere may."""
        row, decider = Recommendation.objects.get(), a_decision_maker()
        amended, unsaid = Outcome.APPROVED_AS_AMENDED, {row.figures.get().pk: Decimal(1_000_000)}
        with pytest.raises(IntegrityError, match="does not fit"), acting(by=decider, name="test"):
            approval = Approval.objects.create(
                decision=row.decision,
                version=row.decision.versions.latest("n"),
                stage="decision",
                outcome=amended,
                interests="None.",
                approved_at=clock.now(),
                approved_by=decider,
                role="decision_maker",
                delegation=decider.delegations.first(),
                authority="A paragraph",
            )
            decided = Amended(row, amended, figures=unsaid, signed_on=clock.today())
            record_outcome(approval, OutcomeWords(row, amended, figures=unsaid), decided)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS recommendationoutcome_divided IMMEDIATE")

    def test_the_database_refuses_shares_of_what_was_approved_as_asked(self) -> None:
        papers.decide(papers.again(Decision.objects.get()))
        figure = OutcomeFigure.objects.get()
        year = figure.figure.years.earliest("year")
        with pytest.raises(IntegrityError, match="for no more than was asked"):
            OutcomeYear.objects.create(figure=figure, year_sum=year, amount=1, act=figure.act)


def said(rows: Iterable[Any], *amounts: str) -> dict[int, Decimal]:
    """Return the sums that were said, by the id of their row."""
    pairs = zip(rows, amounts, strict=True)
    return {row.pk: Decimal(amount) for row, amount in pairs if amount}


def text_of(decision: Decision, kind: str) -> str:
    """Return the text of a decision's document, its lines run together."""
    document = decision.documents.get(kind=kind)
    pages = PdfReader(BytesIO(document_store().get(document.sha256))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
