"""Corrections: nothing signed is edited; words are replaced in an act of their own, and say so."""

from io import BytesIO

import pytest
from django.db import connection
from pypdf import PdfReader

from accounts.refusals import NotPermitted, StepUpRefused
from audit.models import LedgerEntry, LedgerPayload
from audit.refusals import Refused
from audit.verify import verify
from decisions import actions, search
from decisions.documents.issued import known_document
from decisions.documents.kept import document_store
from decisions.models import Decision, PaperVersion, SignedDocument, advice_needed
from decisions.rules import hold, keeps_cells
from tests.decisions.refusing import broken_by
from tests.factories import afterwards, papers
from tests.factories.lasting import settle
from tests.factories.people import (
    a_decision_maker,
    a_governance_officer,
    an_officer,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db
LIST = "3. a crane\n- (a) its hook\n- (b) its goverment chain\n4. a shed"
SLIP = "What Jo Bloggs says under “Introduction and backgruond”."


@pytest.fixture(scope="module", autouse=True)
def _signed(lasting: None) -> None:
    """A published decision with a Part 2 and a slip in its first paragraph and in a list."""
    draft = papers.with_part_2(papers.a_draft("Support against conuty lines"))
    paragraph = draft.sections.get(number="1").paragraphs.get()
    actions.edit_paragraph(paragraph=paragraph, text=SLIP, by=draft.originating_officer)
    section, by = draft.sections.get(number="1"), draft.originating_officer
    actions.add_paragraph(section=section, text=LIST, form="list", by=by)
    papers.published(papers.again(draft))


def decision() -> Decision:
    return papers.again(Decision.objects.get())


def newest(kind: str = "public") -> SignedDocument:
    found = decision().documents.filter(kind=kind).latest_first().first()
    assert found is not None
    return found


def text_of(document: SignedDocument) -> list[str]:
    """Return the text of each page of a document."""
    data = document_store().get(document.sha256)
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


def refusal(where: str, new: str) -> str:
    with pytest.raises(Refused) as refused:
        afterwards.proposed(decision(), where, new)
    return refused.value.code


def test_a_confirmed_correction_is_the_paper_from_then_on() -> None:
    after = afterwards.corrected(decision(), "Title", "Support against county lines")
    settle()
    assert after.title == "Support against county lines"
    assert after.versions.count() == 2


def test_a_numbered_list_is_one_after_it_was_corrected_too() -> None:
    where = "List after paragraph 1.1"
    assert refusal(where, LIST.replace("(b)", "(c)"))
    after = afterwards.corrected(decision(), where, LIST.replace("goverment", "government"))
    shown = client_of(after.originating_officer).get(f"/decisions/{after.slug}/").content.decode()
    page = shown.replace("\n", "")
    under = "<li>its hook</li><li>its government chain</li></ol></li><li>a shed</li></ol>"
    assert 'register-list--decimal-stop" start="3"><li>a crane<ol' in page
    assert under in page
    assert "its government chain" in " ".join(text_of(newest()))


def test_the_search_finds_the_corrected_words_alone() -> None:
    afterwards.corrected(decision(), "Title", "Support against county lines")
    found = Decision.objects.all()
    assert (search.matching(found, "conuty").count(), search.matching(found, "county").count()) == (
        0,
        1,
    )


def test_the_new_document_says_on_its_first_page_what_changed() -> None:
    new = SLIP.replace("backgruond", "background")
    afterwards.corrected(decision(), "Paragraph 1.1", new)
    first, *others = text_of(newest())
    for words in ("Correction 1", "backgruond", "background", "A slip of the pen.", "Officer"):
        assert words in first
    assert "Corrections and releases after the signature" in " ".join(others)


def test_old_documents_stay_and_read_superseded() -> None:
    old = newest()
    afterwards.corrected(decision())
    known = known_document(old.sha256)
    assert known is not None
    assert (known.state, old.standing) == ("superseded", "superseded")
    assert document_store().get(old.sha256)


def test_a_paper_with_part_2_gets_a_new_restricted_document_too() -> None:
    afterwards.corrected(decision())
    assert newest("restricted").n == 2


def test_a_correction_of_part_2_shows_nothing_of_it_in_public() -> None:
    afterwards.corrected(decision(), "Paragraph 2.2", papers.SECRET.replace("Aardvark", "Aadrvark"))
    assert "Aadrvark" in " ".join(text_of(newest("restricted")))
    assert "Correction 1" not in " ".join(text_of(newest()))


def test_words_that_are_withheld_are_printed_in_no_public_document() -> None:
    new = SLIP.replace("Jo Bloggs", "[removed]")
    afterwards.corrected(decision(), "Paragraph 1.1", new, withholds=True)
    pages = " ".join(text_of(newest()))
    assert "Bloggs" not in pages
    assert "not printed again" in pages


def test_after_a_withholding_correction_anyone_may_have_the_new_document_alone() -> None:
    after = afterwards.corrected(decision(), withholds=True)
    assert [one.n for one in after.documents.open_to_anyone(after)] == [2]


def test_what_was_taken_down_and_corrected_is_published_with_its_old_document() -> None:
    by = a_governance_officer()
    actions.take_down(decision=decision(), reason="A misspelt name.", by=by)
    after = afterwards.corrected(decision())
    actions.publish(decision=after, by=by)
    assert {one.n for one in after.documents.open_to_anyone(decision())} == {1, 2}


def test_what_was_taken_down_and_put_back_unchanged_keeps_its_document() -> None:
    by = a_governance_officer()
    actions.take_down(decision=decision(), reason="A name.", by=by)
    actions.publish(decision=decision(), by=by)
    assert [one.n for one in decision().documents.open_to_anyone(decision())] == [1]


def test_a_correction_touches_no_advice() -> None:
    after = afterwards.corrected(decision(), "Recommendation 1", _reworded())
    assert advice_needed(after) == []


def _reworded() -> str:
    words = afterwards.spot(decision(), "Recommendation 1").words
    return words.replace("national", "natoinal")


@pytest.mark.parametrize(
    "new",
    [
        "accept up to £1.3 million of grant for the national centre.",
        "accept £1.2 million of grant for the national centre.",
        "accept up to £1.2 billion of grant for the national centre.",
        "accept up to £1.2 million of grant for the national centre by March.",
        "accept up to £1.2 million of grant for the two national centres.",
        "accept up to £1.2 million of grant a month for the national centre.",
    ],
)
def test_dec_55_a_sum_a_date_or_a_number_is_no_correction(new: str) -> None:
    assert refusal("Recommendation 1", new) == "DEC-55"


def test_dec_85_other_words_are_no_correction() -> None:
    words = afterwards.spot(decision(), "Recommendation 1").words
    assert refusal("Recommendation 1", words.replace("the national", "Mallory’s")) == "DEC-85"


def test_dec_86_a_cell_with_a_sum_stays_where_it_is() -> None:
    old, new = "Year\t2019\t2020\nAlpha\t£3\t–", "Year\t2019\t2020\nAlpha\t–\t£3"
    with pytest.raises(Refused) as refused:
        hold("DEC-86", holds=keeps_cells(old, new))
    assert refused.value.code == "DEC-86"


def test_dec_87_a_deferred_recommendation_is_not_corrected() -> None:
    draft = papers.a_draft("Another")
    words = actions.RecommendationWords(text="note the backgruond.", kind="note")
    actions.add_recommendation(decision=draft, words=words, by=draft.originating_officer)
    waiting = papers.endorsed(papers.again(draft))
    papers.decide(waiting, r2="deferred")
    with pytest.raises(Refused) as refused:
        afterwards.proposed(papers.again(waiting), "Recommendation 2", "note the background.")
    assert refused.value.code == "DEC-87"


def test_dec_56_not_is_no_correction() -> None:
    words = afterwards.spot(decision(), "Recommendation 1").words
    assert refusal("Recommendation 1", f"not {words}") == "DEC-56"


@pytest.mark.parametrize("new", [" ", "Support against conuty lines"])
def test_dec_57_a_correction_replaces_words_by_others(new: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.propose_correction(
            decision=decision(), words=[("title-0", new)], reason="A slip.", by=an_officer()
        )
    assert refused.value.code == "DEC-57"


def test_dec_59_one_correction_is_open_at_a_time() -> None:
    afterwards.proposed(decision())
    assert refusal("Title", "Support against county lines") == "DEC-59"


@pytest.mark.parametrize("key", ["figure-1", "recommendation-999999", "series-0", "section-x"])
def test_there_are_no_other_places_to_correct(key: str) -> None:
    with pytest.raises(Refused, match="not in the paper"):
        actions.propose_correction(
            decision=decision(), words=[(key, "Other words")], reason="A slip.", by=an_officer()
        )


def test_a_correction_needs_a_reason() -> None:
    with pytest.raises(Refused) as refused:
        afterwards.proposed(decision(), reason=" ")
    assert refused.value.code == "DEC-15"


def test_who_proposed_a_correction_does_not_confirm_it() -> None:
    revision = afterwards.proposed(decision())
    with pytest.raises(NotPermitted):
        afterwards.confirm(revision, by=an_officer())


def test_a_governance_officer_proposes_and_does_not_confirm() -> None:
    revision = afterwards.proposed(decision(), by=a_governance_officer())
    with pytest.raises(NotPermitted, match="decision maker"):
        afterwards.confirm(revision, by=a_governance_officer())


def test_nothing_is_corrected_without_a_fresh_second_factor() -> None:
    revision = afterwards.proposed(decision())
    with pytest.raises(StepUpRefused):
        actions.confirm_revision(revision=revision, by=a_decision_maker())


def test_a_declined_correction_changes_nothing_and_another_can_follow() -> None:
    revision = afterwards.proposed(decision())
    actions.decline_revision(revision=revision, reason="It reads well.", by=a_decision_maker())
    settle()
    assert decision().versions.count() == 1
    assert afterwards.corrected(decision()).versions.count() == 2


def test_a_revoked_decision_is_not_corrected() -> None:
    papers.revoke(decision())
    with pytest.raises(NotPermitted, match="revoked"):
        afterwards.proposed(decision())


def test_the_audit_trail_names_the_places_and_never_their_words() -> None:
    afterwards.corrected(decision(), withholds=True)
    events = LedgerEntry.objects.order_by("seq").values_list("event", flat=True)
    assert list(events)[-3:] == [
        "decisions.decision.corrected",
        "decisions.document.issued",
        "decisions.document.issued",
    ]
    kept = LedgerPayload.objects.filter(entry__event__contains="correct")
    assert not any("conuty" in str(payload.payload) for payload in kept)


def test_the_chain_and_its_rows_hold_after_a_correction() -> None:
    afterwards.corrected(decision())
    settle()
    assert not verify().failures


# ---------------------------------------------------------------- raw SQL


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decisions_decision SET title = 'Other'",
        "UPDATE decisions_decision SET executive_summary = 'Other'",
        "UPDATE decisions_paragraph SET text = 'Other'",
        "UPDATE decisions_section SET heading = 'Other'",
        "UPDATE decisions_recommendation SET text = 'Other'",
        "UPDATE decisions_paragraph SET part = 1, exemption_id = NULL WHERE part = 2",
        "INSERT INTO decisions_paperversion (decision_id, n, content, part_1_digest, part_2_salt,"
        " part_2_digest, made_at) SELECT decision_id, 2, content, part_1_digest, part_2_salt,"
        " part_2_digest, made_at FROM decisions_paperversion",
    ],
)
def test_no_words_change_without_a_confirmed_correction(sql: str) -> None:
    assert broken_by(sql) == "decision_paper_frozen"


def test_a_proposal_alone_changes_no_words() -> None:
    afterwards.proposed(decision(), "Title", "Support against county lines")
    sql = "UPDATE decisions_decision SET title = 'Support against county lines'"
    assert broken_by(sql) == "decision_paper_frozen"


def test_a_confirmed_correction_changes_no_other_words() -> None:
    afterwards.corrected(decision(), "Title", "Support against county lines")
    sql = "UPDATE decisions_decision SET title = 'Support against conuty lines'"
    assert broken_by(sql) == "decision_paper_frozen"


ANSWER = """
    INSERT INTO decisions_revisionanswer (decision_id, revision_id, is_confirmed, words,
        answered_at, answered_by_id, role, authority, evidence)
    SELECT decision_id, id, true, '', now(), %s, 'decision_maker', '', 'a code'
    FROM decisions_revision
"""


def test_the_database_lets_nobody_confirm_their_own_proposal() -> None:
    afterwards.proposed(decision())
    assert broken_by(ANSWER, an_officer().pk) == "revisionanswer_by_another"


def test_the_database_takes_no_confirmation_without_its_version() -> None:
    afterwards.proposed(decision())
    assert broken_by(ANSWER, a_decision_maker().pk) == "revisionanswer_makes_a_version"


def test_the_database_takes_no_other_numbers_in_a_correction() -> None:
    sql = f"""
        INSERT INTO decisions_revision (decision_id, n, kind, reason, ground,
                withholds, proposed_at, proposed_by_id, role)
            SELECT id, 1, 'correction', 'A slip', '', false, now(), {an_officer().pk}, ''
            FROM decisions_decision;
        INSERT INTO decisions_reviseditem (revision_id, place, "row", "where", part, old, new)
        SELECT id, 'title', 0, 'Title', 1, 'It costs £100', 'It costs £900' FROM decisions_revision
    """
    assert broken_by(sql) == "reviseditem_keeps_numbers"


def test_versions_of_a_corrected_paper_are_those_of_its_rows() -> None:
    afterwards.corrected(decision())
    latest = PaperVersion.objects.order_by("-n")[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rows_digest = decisions_rows_digest(decision_id) FROM decisions_paperversion"
            " WHERE id = %s",
            [latest.pk],
        )
        assert cursor.fetchone() == (True,)
