"""A paper begun from another: its words come, what was decided on it does not."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Role, User
from audit.models import LedgerEntry
from audit.refusals import Refused
from decisions import actions, rules
from decisions.actions import RecommendationWords, Sum
from decisions.models import Decision, Series, paper_content
from tests.factories import papers
from tests.factories.people import a_person, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def second() -> User:
    return an_officer("second")


def copy(decision: Decision, *, with_part_2: bool = False) -> Decision:
    new = actions.copy_paper(
        decision=decision, series=decision.series, with_part_2=with_part_2, by=second()
    )
    return papers.again(new)


def test_the_words_sums_and_sources_come_along() -> None:
    old = papers.signed(papers.with_drawn_sum(papers.a_draft()))
    carried = ("title", "asked", "executive_summary")
    before, after = paper_content(old), paper_content(copy(old))
    assert [after[name] for name in carried] == [before[name] for name in carried]
    for name in ("recommendations", "sections"):
        assert without_ids(after[name]) == without_ids(before[name])


def without_ids(rows: list[dict[str, object]]) -> list[object]:
    return [
        {
            name: without_ids(value) if name == "paragraphs" else value  # type: ignore[arg-type]
            for name, value in row.items()
            if name != "id"
        }
        for row in rows
    ]


def test_what_was_decided_and_stands_around_it_stays_behind() -> None:
    draft = papers.a_draft()
    by = an_officer()
    actions.add_link(decision=draft, kind="continues", to_reference="PCD 1", by=by)
    new = copy(papers.signed(papers.again(draft)))
    left = (new.links, new.supporting_papers, new.advice, new.approvals, new.versions)
    assert not any(rows.exists() for rows in left)
    assert (new.number, new.status, new.authority_paragraph) == (None, "draft", "")
    assert new.originating_officer == second()


def test_sums_and_dates_are_to_be_looked_at_until_they_change() -> None:
    draft = papers.a_draft()
    row = draft.recommendations.get()
    figures = [Sum(Decimal(1_200_000), up_to=True)]
    words = RecommendationWords(
        text=row.text,
        kind=row.kind,
        figures=figures,
        period_start=date(2019, 10, 1),
        period_end=date(2020, 3, 31),
    )
    actions.edit_recommendation(recommendation=row, words=words, by=an_officer())
    new = copy(papers.again(draft_shown(draft)))
    assert [each.words for each in rules.look(new).found if each.code == "DEC-73"] == [
        "its sums (£1,200,000) and its period (1 October 2019 to 31 March 2020) are those of the"
        " paper that it was begun from."
    ]
    less = RecommendationWords(text="accept £9.", kind=row.kind, figures=[Sum(Decimal(9))])
    actions.edit_recommendation(recommendation=new.recommendations.get(), words=less, by=second())
    assert not [each for each in rules.look(new).found if each.code == "DEC-73"]


def draft_shown(draft: Decision) -> Decision:
    """Submit a draft, so that other officers may read it."""
    return papers.submitted(papers.again(draft))


def test_part_2_stays_behind_unless_it_is_asked_for() -> None:
    old = papers.submitted(papers.with_part_2(papers.a_draft()))
    new = actions.copy_paper(decision=old, series=old.series, by=an_officer())
    assert not paper_content(new)["publication"]["has_part_2"]
    assert papers.SECRET not in str(paper_content(new))
    assert not new.exemptions.exists()


def test_part_2_that_is_copied_stays_part_2_and_is_a_reading() -> None:
    old = papers.submitted(papers.with_part_2(papers.a_draft()))
    new = actions.copy_paper(decision=old, series=old.series, with_part_2=True, by=an_officer())
    paragraph = new.sections.get(number="2").paragraphs.get(part=2)
    assert paragraph.text == papers.SECRET
    assert paragraph.exemption == new.exemptions.get()
    assert new.exemptions.get().review_on is None
    events = LedgerEntry.objects.order_by("-seq").values_list("event", flat=True)[:2]
    assert set(events) == {"decisions.part_2.read", "decisions.decision.drafted"}


def test_part_2_is_not_copied_by_who_may_not_read_it() -> None:
    old = papers.submitted(papers.with_part_2(papers.a_draft()))
    with pytest.raises(Refused, match="Part 2 is restricted"):
        copy(old, with_part_2=True)
    page = client_of(second()).get(f"/decisions/{old.slug}/copy/").content.decode()
    assert "Copy Part 2 too" not in page


def test_a_paper_is_begun_from_the_page_of_another() -> None:
    old = papers.submitted()
    client = client_of(second())
    assert "Begin a paper from this one" in client.get(f"/decisions/{old.slug}/").content.decode()
    typed = {"series": Series.objects.get().pk, "form_key": papers.a_key()}
    for _ in range(2):
        answer = client.post(f"/decisions/{old.slug}/copy/", typed)
    (new,) = Decision.objects.filter(begun_from=old)
    assert answer["Location"] == f"/decisions/{new.slug}/edit/"


def test_an_adviser_begins_no_paper() -> None:
    old = papers.submitted()
    adviser = a_person("adviser", Role.FINANCE_OFFICER)
    page = client_of(adviser).get(f"/decisions/{old.slug}/").content.decode()
    assert "Begin a paper from this one" not in page
