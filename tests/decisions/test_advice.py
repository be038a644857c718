"""Advice covers a version: what makes it need confirming, and what does not."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Role
from accounts.refusals import NotPermitted
from audit.refusals import Refused
from decisions import actions
from decisions.actions import RecommendationWords, Sum
from decisions.documents.refusals import ContentTooLarge
from decisions.models import (
    Decision,
    Recommendation,
    Section,
    advice_standing,
    changes_between,
    read_content,
)
from decisions.models.differences import _of_sums, kinds_of
from decisions.refusals import NotInTurn
from tests.factories import as_shown, papers
from tests.factories.people import a_chief_executive, a_person, an_adviser, an_officer

pytestmark = pytest.mark.django_db

Edit = Callable[[Decision], object]

ALL = ["financial", "legal"]


def section(decision: Decision, number: str = "1") -> Section:
    return decision.sections.get(number=number)


def words_of(row: Recommendation, **change: object) -> RecommendationWords:
    """Return a recommendation's words with something changed."""
    figures = [Sum(one.amount, up_to=one.up_to, text=one.text) for one in row.figures.all()]
    same: dict[str, object] = {"text": row.text, "kind": row.kind, "figures": figures}
    return RecommendationWords(**(same | change))  # type: ignore[arg-type]


def recommend(**change: object) -> Edit:
    """Return an edit of the recommendation."""

    def edit(decision: Decision) -> object:
        row = decision.recommendations.get()
        return actions.edit_recommendation(
            recommendation=row, words=words_of(row, **change), by=an_officer()
        )

    return edit


def reword(number: str) -> Edit:
    """Return an edit of the paragraph of a section."""
    return lambda decision: actions.edit_paragraph(
        paragraph=section(decision, number).paragraphs.get(), text="Anew.", by=an_officer()
    )


def restrict(decision: Decision) -> object:
    exemption = actions.add_exemption(decision=decision, ground="FOIA 2000 s43(2)", by=an_officer())
    paragraph = section(decision).paragraphs.get()
    return actions.edit_paragraph(
        paragraph=paragraph, text=paragraph.text, part=2, exemption=exemption, by=an_officer()
    )


def swapped(number: str, text: str = "More of it.") -> Edit:
    """Return an edit that puts a new paragraph before the first of a section."""

    def edit(decision: Decision) -> object:
        of, by = section(decision, number), an_officer()
        added = actions.add_paragraph(section=of, text=text, by=by)
        for kind in papers.again(decision).advice_needed:
            as_shown.confirm_advice(decision=decision, kind=kind, by=an_adviser(kind))
        return actions.move_paragraph(paragraph=added, position=1, by=by)

    return edit


def drop_section(number: str) -> Edit:
    return lambda decision: actions.remove_section(
        section=section(decision, number), by=an_officer()
    )


def write(**words: str) -> Edit:
    """Return an edit of the paper's own words."""
    return lambda decision: actions.edit_paper(decision=decision, by=an_officer(), **words)


def say(text: str) -> Edit:
    """Return an edit of the introduction, about whose advice its heading says nothing."""
    return lambda decision: actions.edit_paragraph(
        paragraph=section(decision).paragraphs.get(), text=text, by=an_officer()
    )


def link(decision: Decision) -> object:
    return actions.add_link(
        decision=decision, kind="varies", to_decision=None, to_reference="PCD 386", by=an_officer()
    )


EDITS: dict[str, tuple[Edit, list[str]]] = {
    "a recommendation's words": (recommend(text="accept less"), ALL),
    "a recommendation's kind": (recommend(kind="bid"), ALL),
    "a sum": (recommend(figures=[Sum(Decimal("1.00"))]), ALL),
    "a sum taken away": (recommend(figures=[]), ALL),
    "a ceiling": (recommend(figures=[Sum(Decimal("1200000.00"), text="£1,200,000")]), ALL),
    "a period": (recommend(period_end=date(2020, 3, 31)), ALL),
    "another recommendation": (papers.with_drawn_sum, ALL),
    "a paragraph's part": (restrict, ALL),
    "the financial section": (reword("2"), ["financial"]),
    "the legal section": (reword("3"), ["legal"]),
    "the order of the financial section": (swapped("2"), ["financial"]),
    "the order of the introduction": (swapped("1"), []),
    "the order of paragraphs with sums": (swapped("1", "It costs £5."), ["financial"]),
    "the financial section removed": (drop_section("2"), ["financial"]),
    "the introduction": (reword("1"), []),
    "the title": (
        lambda decision: actions.edit_paper(decision=decision, title="Anew", by=an_officer()),
        [],
    ),
    "the summary": (
        lambda decision: actions.edit_paper(
            decision=decision, executive_summary="Anew", by=an_officer()
        ),
        [],
    ),
    "a sum in the introduction": (say("The whole costs £9,300,000."), ["financial"]),
    "a sum spelt out": (say("The whole costs nine million pounds."), ["financial"]),
    "a sum in the title": (write(title="£9.3m for the centre"), ["financial"]),
    "a sum in the summary": (write(executive_summary="It costs £9.3m."), ["financial"]),
    "a sum in what is asked": (write(asked="Approve £9.3m:"), ["financial"]),
    "the authority relied on": (write(authority_paragraph="9.9"), ["legal"]),
    "retrospective spending": (write(retrospective_reason="It was urgent."), ALL),
    "a link": (link, ["legal"]),
    "a supporting paper": (papers.with_replaced_paper, ["financial"]),
    "a board consulted": (
        lambda decision: actions.record_consultation(
            decision=decision,
            board="Investment board",
            held_on=date(2019, 10, 1),
            outcome="Supported.",
            by=an_officer(),
        ),
        [],
    ),
}


@pytest.mark.parametrize("what", EDITS)
def test_which_advice_a_change_touches(what: str) -> None:
    edit, touched = EDITS[what]
    decision = papers.advised()
    edit(decision)
    assert papers.again(decision).advice_needed == touched


@pytest.mark.parametrize("what", EDITS)
def test_every_change_makes_a_version(what: str) -> None:
    decision = papers.advised()
    EDITS[what][0](decision)
    assert decision.versions.count() > 1


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ("Year\tSum\n2019/20\t£300,000", "Year\tSum\n2019/20\t£9,300,000", ["financial"]),
        ("Year\t£000\n2019/20\t300", "Year\t£000\n2019/20\t9,300", ["financial"]),
        ("Year\tSum\n2019/20\t£300,000", "Yaer\tSum\n2019/20\t£300,000", []),
        ("Site\tDesks\nNorth\t300", "Site\tDesks\nNorth\t301", ["financial"]),
        ("Site\tDesks\nNorht\tten", "Site\tDesks\nNorth\tten", []),
        ("Site\tDesks\nNorth\tten", "Site\tDesks\nSouth\tten", ["financial"]),
    ],
)
def test_numbers_in_a_table_touch_financial_advice(old: str, new: str, touched: list[str]) -> None:
    draft = papers.a_draft()
    table = actions.add_paragraph(section=section(draft), text=old, form="table", by=an_officer())
    decision = papers.advised(papers.submitted(papers.again(draft)))
    actions.edit_paragraph(paragraph=table, text=new, by=an_officer())
    assert papers.again(decision).advice_needed == touched


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("£90,000 a year for two years.", "£90,000 a year for twelve years."),
        ("Ten officers at £5,000 each.", "One hundred officers at £5,000 each."),
        ("It takes half a million.", "It takes two million."),
        ("60% of £10m.", "10% of £10m."),
        ("£300,000 per year.", "£300,000 per month."),
        ("£300,000 in all.", "£300,000 for each partner."),
        ("We ask 1.2m.", "We ask 9.2m."),
        ("We ask 1.5 mn.", "We ask 9.5 mn."),
        ("We ask ₤300.", "We ask ₤9300."),
        ("It costs 300.", "It costs 9300."),
        ("We ask 300000.", "We ask 9300000."),
        ("£1.2m-£1.4m.", "£0.2m-£1.4m."),
        ("At £5, ten at £7.", "Ten at £5, at £7."),
        ("The award is 1500.", "The award is 9500."),
        ("Grant: 500", "Grant: 900"),
        ("Alpha pays £5, Beta £9.", "Beta pays £5, Alpha £9."),
        ("The grant is £5, and refundable.", "The grant is £5, and not refundable."),
        ("£5,000 of capital.", "£5,000 of revenue."),
        ("Paid in arrears: £5,000.", "Paid in advance: £5,000."),
        ("- £9 for Alpha:\n-- £5 for Beta", "- £9 for Alpha:\n- £5 for Beta"),
    ],
)
def test_other_numbers_beside_money_touch_financial_advice(old: str, new: str) -> None:
    assert _of_sums(old, new) == {"financial"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It costs £300,000. The board met.", "It costs £300,000. The board was told."),
        ("The hwole costs £300,000.", "The whole costs £0.3 million."),
        ("The programe costs the £5.", "The programme costs £5."),
    ],
)
def test_a_slip_beside_a_sum_or_words_apart_from_it_touch_nothing(old: str, new: str) -> None:
    assert not _of_sums(old, new)


def test_numbers_that_are_no_money_touch_nothing() -> None:
    assert not _of_sums("The board met twice.", "The board met on 3 May 2019.")


def test_a_slip_beside_a_sum_touches_nothing() -> None:
    draft = papers.a_draft()
    say("The hwole costs £300,000.")(draft)
    decision = papers.advised(papers.submitted(papers.again(draft)))
    say("The whole costs £0.3 million.")(decision)
    assert papers.again(decision).advice_needed == []


def test_a_supporting_paper_replaced_touches_financial_advice() -> None:
    draft = papers.a_draft()
    paper = papers.with_replaced_paper(draft)
    decision = papers.advised(papers.submitted(papers.again(draft)))
    data = b"The case at another price."
    file = actions.KeptFile(actions.document_store().put(data), len(data), "a.txt", "text/plain")
    actions.replace_supporting_paper(paper=paper, file=file, by=an_officer())
    assert papers.again(decision).advice_needed == ["financial"]


def test_whoever_advised_on_a_paper_does_not_take_it_over() -> None:
    both = a_person("both", Role.ADVISER, Role.ORIGINATING_OFFICER, kind="financial")
    decision = papers.submitted()
    as_shown.give_advice(decision=decision, kind="financial", words="Sound.", by=both)
    with pytest.raises(Refused, match="does not take it over"):
        actions.hand_over(decision=decision, to=both, by=an_officer())


def test_an_edit_that_changes_nothing_makes_no_version() -> None:
    decision = papers.advised()
    actions.edit_paper(decision=decision, title=decision.title, by=an_officer())
    assert decision.versions.count() == 1


def test_a_change_that_is_taken_back_touches_nothing() -> None:
    decision = papers.advised()
    recommend(kind="bid")(decision)
    recommend(kind="accept")(decision)
    assert papers.again(decision).advice_needed == []


def test_any_adviser_of_the_kind_confirms() -> None:
    decision = papers.advised()
    reword("3")(decision)
    other = a_person("other_lawyer", Role.ADVISER, kind="legal")
    advice = as_shown.confirm_advice(decision=decision, kind="legal", by=other)
    assert advice.confirms is not None
    assert papers.again(decision).advice_needed == []


def test_advice_that_is_current_is_not_confirmed() -> None:
    decision = papers.advised()
    with pytest.raises(NotInTurn):
        as_shown.confirm_advice(decision=decision, kind="legal", by=an_adviser("legal"))


def test_an_adviser_gives_no_other_kind() -> None:
    decision = papers.submitted()
    with pytest.raises(NotPermitted, match="legal"):
        as_shown.give_advice(decision=decision, kind="legal", words="None.", by=an_adviser())


def test_advice_has_words() -> None:
    decision = papers.submitted()
    with pytest.raises(Refused, match="words"):
        as_shown.give_advice(decision=decision, kind="financial", words=" ", by=an_adviser())


def test_a_paper_is_not_sent_on_while_advice_is_missing() -> None:
    decision = papers.submitted()
    with pytest.raises(NotPermitted, match="Awaiting financial and legal advice"):
        actions.send_to_chief_executive(decision=decision, by=an_officer())


def test_a_paper_is_not_endorsed_while_advice_needs_confirming() -> None:
    decision = papers.sent()
    recommend(kind="bid")(decision)
    with pytest.raises(NotPermitted, match="confirmation"):
        as_shown.endorse(decision=papers.again(decision), by=a_chief_executive())


def test_advice_that_was_asked_for_is_needed_too() -> None:
    draft = papers.a_draft()
    actions.edit_paper(decision=draft, advice_asked=["equality"], by=an_officer())
    assert papers.submitted(draft).advice_needed == ["financial", "legal", "equality"]


def test_advice_asked_for_later_is_needed_too() -> None:
    decision = papers.advised()
    actions.edit_paper(decision=decision, advice_asked=["commercial"], by=an_officer())
    assert papers.again(decision).advice_needed == ["commercial"]


def test_advice_still_stands_after_a_return_that_changed_nothing() -> None:
    decision = papers.advised()
    actions.return_to_draft(decision=decision, reason="A date is wrong.", by=an_officer())
    assert papers.submitted(papers.again(decision)).advice_needed == []


def test_the_standing_names_what_changed() -> None:
    decision = papers.advised()
    reword("3")(decision)
    legal = next(row for row in advice_standing(decision) if row.kind == "legal")
    assert [(one.where, one.what, one.new) for one in legal.touching] == [
        ("Paragraph 3.1", "words", "Anew.")
    ]


def test_a_difference_in_part_2_says_that_it_is() -> None:
    decision = papers.submitted(papers.with_part_2(papers.a_draft()))
    first = decision.versions.get()
    paragraph = section(decision, "2").paragraphs.get(part=2)
    actions.edit_paragraph(
        paragraph=paragraph, text="Less.", part=2, exemption=paragraph.exemption, by=an_officer()
    )
    second = decision.versions.get(n=2)
    (change,) = changes_between(read_content(first), read_content(second))
    assert change.part == 2


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Financial Comments", {"financial"}),
        ("Legal comments", {"legal"}),
        ("GDPR and Data Privacy", {"data_protection"}),
        ("Equality Comments", {"equality"}),
        ("Commercial issues", {"commercial"}),
        ("Introduction and background", set()),
    ],
)
def test_whose_comments_a_section_carries(heading: str, kinds: set[str]) -> None:
    assert kinds_of(heading) == kinds


def test_advice_posted_twice_is_given_once() -> None:
    decision, key = papers.submitted(), papers.a_key()
    for _ in range(2):
        as_shown.give_advice(
            decision=decision, kind="legal", words="None.", form_key=key, by=an_adviser("legal")
        )
    assert decision.advice.count() == 1


def test_a_paper_that_no_document_can_hold_is_refused_at_its_submission() -> None:
    draft = papers.a_draft()
    actions.edit_paper(decision=draft, executive_summary="x" * 60_001, by=an_officer())
    with pytest.raises(ContentTooLarge, match="executive summary has 60,001 characters"):
        papers.submitted(draft)
    assert papers.again(draft).number is None


def test_a_paper_in_advice_does_not_grow_past_what_a_document_can_hold() -> None:
    decision = papers.submitted()
    with pytest.raises(ContentTooLarge):
        actions.edit_paper(decision=decision, executive_summary="x" * 60_001, by=an_officer())
    assert decision.versions.count() == 1
