"""A release makes public what it names, and shows the very words to who confirms it."""

from decimal import Decimal

import pytest
from django.test import Client

from audit.refusals import Refused
from decisions import actions
from decisions.actions import (
    ConditionWords,
    OutcomeWords,
    RecipientWords,
    RecommendationWords,
    Sum,
)
from decisions.models import Decision, Revision
from decisions.rules import hold, names_all_it_releases
from tests.factories import afterwards, papers
from tests.factories.lasting import settle
from tests.factories.people import a_chief_executive, a_governance_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db
NAMED = ["The hidden section", "approve the hidden thing of £5."]
ALONG = ["Words of a supplier", "approve the thing under it of £3.", "As amended", "Report first."]


@pytest.fixture(scope="module", autouse=True)
def _published(lasting: None) -> None:
    """A published decision: a section and a recommendation of Part 2 with what goes with them."""
    draft = papers.with_part_2(papers.a_draft())
    by, ground = draft.originating_officer, draft.exemptions.get()
    section = actions.add_section(decision=draft, heading=NAMED[0], part=2, exemption=ground, by=by)
    actions.add_paragraph(section=section, text=ALONG[0], by=by)
    supplier = actions.add_organisation(name="A supplier", by=by)
    words = RecommendationWords(
        text=NAMED[1],
        kind="approve",
        part=2,
        exemption=ground,
        figures=[Sum(Decimal(5))],
        recipients=[RecipientWords(supplier, Decimal(5))],
    )
    above = actions.add_recommendation(decision=draft, words=words, by=by)
    words = RecommendationWords(
        ALONG[1], "approve", [Sum(Decimal(3))], parent=above, own_money=True
    )
    actions.add_recommendation(decision=draft, words=words, by=by)
    decision = papers.endorsed(papers.again(draft))
    conditions = [ConditionWords(ALONG[3])]
    outcomes = [
        OutcomeWords(row, "approved_as_amended", words=ALONG[2], conditions=conditions)
        if row.pk == above.pk
        else OutcomeWords(row, "approved")
        for row in actions.undecided(decision)
    ]
    papers.decide(decision, outcomes=outcomes)
    actions.publish(decision=papers.again(decision), by=a_governance_officer())


def decision() -> Decision:
    return papers.again(Decision.objects.get())


def a_release() -> Revision:
    """Propose the release of the section and the recommendation by themselves."""
    wanted = [one.key for one in actions.releasable(decision()) if one.words in NAMED]
    return actions.propose_release(
        decision=decision(),
        items=wanted,
        ground="review",
        reason="It is over.",
        by=a_governance_officer(),
    )


def test_all_that_becomes_public_is_named_in_the_release() -> None:
    named = [item.where for item in a_release().items.all()]
    assert named == [
        "Section 4",
        "Recommendation 2, with its outcome and conditions",
        "Recommendation 2a",
        "Paragraph 4.1",
        "Recommendation 2, recipient 1",
    ]


def test_who_confirms_reads_every_word_that_becomes_public() -> None:
    page = client_of(a_chief_executive()).get(_place(a_release())).content.decode()
    assert [words for words in [*NAMED, *ALONG] if words not in page] == []


def test_who_proposes_reads_every_word_that_becomes_public() -> None:
    place = f"/decisions/{decision().slug}/release/"
    page = client_of(a_governance_officer()).get(place).content.decode()
    assert [words for words in [*NAMED, *ALONG] if words not in page] == []


def test_the_sums_that_become_public_are_shown_to_who_proposes_and_who_confirms() -> None:
    proposed = client_of(a_governance_officer()).get(f"/decisions/{decision().slug}/release/")
    confirmed = client_of(a_chief_executive()).get(_place(a_release()))
    for page in (proposed.content.decode(), confirmed.content.decode()):
        assert "A supplier, £5" in page
        assert "Sums asked for: £3" in page


def test_whoever_proposed_a_release_is_told_who_can_confirm_it() -> None:
    page = client_of(a_governance_officer()).get(_place(a_release())).content.decode()
    assert "Another governance officer, chief executive or decision maker can." in page


def test_nothing_else_becomes_public() -> None:
    afterwards.confirm(a_release())
    settle()
    page = Client().get(f"/register/{decision().slug}/").content.decode()
    assert [words for words in [*NAMED, *ALONG] if words not in page] == []
    assert papers.SECRET not in page


def test_dec_89_a_release_that_names_less_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        hold("DEC-89", holds=names_all_it_releases(is_named=False))
    assert refused.value.code == "DEC-89"


def _place(revision: Revision) -> str:
    return f"/decisions/{decision().slug}/revisions/{revision.n}/"
