"""Writing a paper on the pages."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from decisions import actions
from decisions.actions import RecommendationWords, Sum
from decisions.models import Decision, FormPost
from decisions.shapes import without_number
from tests.factories import papers
from tests.factories.grants import an_organisation
from tests.factories.people import an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db

PART_1 = {"part": "1", "exemption": ""}
ROWS = {"figures": "1", "years": "2", "recipients": "2"}
NO_SUMS = {f"{rows}-TOTAL_FORMS": count for rows, count in ROWS.items()}
NO_SUMS |= {f"{rows}-INITIAL_FORMS": "0" for rows in ROWS}
RECOMMENDATION = {
    **PART_1,
    **NO_SUMS,
    "kind": "accept",
    "text": "accept the grant.",
    "parent": "",
    "funded_from": "",
    "funder": "Home Office",
    "period_start_day": "28",
    "period_start_month": "10",
    "period_start_year": "2019",
    "figures-0-amount": "1.2 million",
    "figures-0-up_to": "on",
    "figures-0-role": "sum_decided",
}
CHANGED = {**RECOMMENDATION, "figures-INITIAL_FORMS": "1"}


@pytest.fixture
def draft() -> Decision:
    """Return an officer's draft."""
    return papers.a_draft()


@pytest.fixture
def officer(draft: Decision) -> Client:
    """Return the client of the draft's officer."""
    return client_of(draft.originating_officer)


def key() -> str:
    return str(papers.a_key())


def page(draft: Decision, place: str = "") -> str:
    return f"/decisions/{draft.slug}/edit/{place}"


SEEN = re.compile(r'name="seen" value="(\w*)"')


def words(officer: Client, draft: Decision, **typed: str) -> str:
    """Post the form of title and summary; return the page, or "" when it was saved."""
    seen = SEEN.search(officer.get(page(draft, "words/")).content.decode())
    form = {"title": "A pilot", "seen": seen[1] if seen else "", **typed}
    answer = officer.post(page(draft, "words/"), form)
    return "" if answer.status_code == 302 else answer.content.decode()


DAY = {
    f"head_of_unit_consented_on_{part}": value
    for part, value in (("day", "2"), ("month", "10"), ("year", "2019"))
}


def test_the_head_of_units_consent_is_recorded(officer: Client, draft: Decision) -> None:
    assert words(officer, draft, head_of_unit="B. Deputy, Head of Unit", **DAY) == ""
    draft = papers.again(draft)
    assert draft.head_of_unit == "B. Deputy, Head of Unit"
    assert str(draft.head_of_unit_consented_on) == "2019-10-02"


def test_a_consent_needs_its_day_and_its_name(officer: Client, draft: Decision) -> None:
    assert "Enter the day on which they consented" in words(officer, draft, head_of_unit="B.")
    assert "Enter who consented" in words(officer, draft, **DAY)


def test_a_paper_is_begun_once_though_its_form_is_posted_twice() -> None:
    client = client_of(an_officer())
    form = {"series": papers.a_series().pk, "title": "A pilot", "form_key": key()}
    first = client.post("/decisions/new/", form)
    assert client.post("/decisions/new/", form)["Location"] == first["Location"]
    assert Decision.objects.count() == 1


def test_the_words_of_the_paper_are_changed(officer: Client, draft: Decision) -> None:
    seen = officer.get(page(draft, "words/")).context["form"]["seen"].value()
    words = {"title": "Better", "executive_summary": "So.", "funder": "Home Office", "seen": seen}
    officer.post(page(draft, "words/"), words)
    changed = papers.again(draft)
    assert (changed.title, str(changed.funder)) == ("Better", "Home Office")


def test_a_change_made_meanwhile_is_not_overwritten(officer: Client, draft: Decision) -> None:
    seen = officer.get(page(draft, "words/")).context["form"]["seen"].value()
    actions.edit_paper(decision=draft, title="Another window", by=draft.originating_officer)
    answer = officer.post(page(draft, "words/"), {"title": "This window", "seen": seen})
    assert "Changed while you were writing" in answer.content.decode()
    assert 'value="This window"' in answer.content.decode()
    assert papers.again(draft).title == "Another window"


def test_a_section_is_added_once(officer: Client, draft: Decision) -> None:
    form = {"heading": "Equality comments", "form_key": key(), **PART_1}
    for _ in range(2):
        officer.post(page(draft, "sections/new/"), form)
    assert draft.sections.filter(heading="Equality comments").count() == 1
    assert FormPost.objects.count() == 1


def test_a_paragraph_is_added_with_its_number(officer: Client, draft: Decision) -> None:
    section = draft.sections.get(number="2")
    form = {"text": "The costs are known.", "form_key": key(), **PART_1}
    officer.post(page(draft, f"sections/{section.pk}/paragraphs/new/"), form)
    assert section.paragraphs.last().number == "2.2"  # type: ignore[union-attr]


def test_part_2_without_an_exemption_says_where_one_is_claimed(
    officer: Client, draft: Decision
) -> None:
    page = officer.get(f"/decisions/{draft.slug}/edit/papers/new/").content.decode()
    assert "none is claimed yet" in page


def test_part_2_needs_an_exemption(officer: Client, draft: Decision) -> None:
    section = draft.sections.get(number="2")
    form = {"text": "Secret.", "form_key": key(), "part": "2", "exemption": ""}
    answer = officer.post(page(draft, f"sections/{section.pk}/paragraphs/new/"), form)
    assert "Choose the exemption" in answer.content.decode()


def test_a_recommendation_is_added_with_its_sum(officer: Client, draft: Decision) -> None:
    officer.post(page(draft, "recommendations/new/"), {**RECOMMENDATION, "form_key": key()})
    added = draft.recommendations.get(number="2")
    assert [(f"{row.amount}", row.up_to) for row in added.figures.all()] == [("1200000.00", True)]
    assert str(added.funder) == "Home Office"


@pytest.mark.parametrize("rows", ["figures", "years", "recipients"])
def test_a_form_grows_by_a_row_and_keeps_what_was_typed(
    officer: Client, draft: Decision, rows: str
) -> None:
    counts = {f"{each}-TOTAL_FORMS": "4" for each in ("figures", "years", "recipients")}
    form = {**RECOMMENDATION, **counts, "text": "", "more": rows, "form_key": key()}
    answer = officer.post(page(draft, "recommendations/new/"), form).content.decode()
    assert f'name="{rows}-TOTAL_FORMS" value="5"' in answer
    assert 'value="1.2 million"' in answer
    assert "There is a problem" not in answer
    assert not draft.recommendations.filter(number="2").exists()


def test_a_period_that_ends_before_it_starts_is_refused(officer: Client, draft: Decision) -> None:
    ends = {"period_end_day": "1", "period_end_month": "1", "period_end_year": "2019"}
    form = {**RECOMMENDATION, **ends, "form_key": key()}
    answer = officer.post(page(draft, "recommendations/new/"), form)
    assert "must not end before it starts" in answer.content.decode()


def test_a_sum_is_removed_from_a_recommendation(officer: Client, draft: Decision) -> None:
    row = draft.recommendations.get(number="1")
    place = page(draft, f"recommendations/{row.pk}/")
    seen = officer.get(place).context["form"]["seen"].value()
    form = {**CHANGED, "figures-0-DELETE": "on", "seen": seen}
    officer.post(place, form)
    assert not row.figures.exists()


SHARES = {
    "period_end_day": "31",
    "period_end_month": "3",
    "period_end_year": "2021",
    "years-0-of": "1",
    "years-0-year": "2019",
    "years-0-amount": "457,219",
    "years-1-of": "1",
    "years-1-year": "2020",
    "years-1-amount": "742,781",
    "recipients-0-name": "The Met",
    "recipients-0-amount": "",
    "recipients-1-name": papers.HIDDEN,
    "recipients-1-amount": "362,837",
}


def shared(officer: Client, draft: Decision, **typed: str) -> str:
    """Send the first recommendation with recipients and years, otherwise where said; what comes."""
    hidden = str(papers.with_part_2(draft).exemptions.get().pk)
    place = page(draft, f"recommendations/{draft.recommendations.get(number='1').pk}/")
    seen = officer.get(place).context["form"]["seen"].value()
    form = {**CHANGED, **SHARES, "recipients-1-place": hidden, "seen": seen, **typed}
    return officer.post(place, form, follow=True).content.decode()


def test_recipients_and_years_are_shown_where_they_were_typed(
    officer: Client, draft: Decision
) -> None:
    shown = re.sub(r"<[^>]+>|\s+", " ", shared(officer, draft))
    for words in (f"{papers.HIDDEN}, £362,837", "The Met", "2019/20 £457,219", "2020/21 £742,781"):
        assert words in re.sub(" +", " ", shown).replace(" ,", ",")
    row = draft.recommendations.get(number="1")
    context = officer.get(page(draft, f"recommendations/{row.pk}/")).context
    assert [each["year"] for each in context["years"].initial] == [2019, 2020]
    assert context["recipients"].initial[1]["name"] == papers.HIDDEN


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"years-1-amount": "1"}, "come to £457,220, and the sum is £1,200,000"),
        ({"years-1-year": "2019"}, "2019/20 stands twice for sum 1"),
        ({"period_end_year": "2020"}, "2020/21 lies outside the period"),
        ({"years-1-year": ""}, "Choose the financial year of this sum"),
        ({"recipients-1-name": "the met"}, "Name each recipient once"),
        ({"recipients-1-name": ""}, "Name the recipient"),
    ],
)
def test_what_does_not_fit_is_said_where_it_was_typed(
    officer: Client, draft: Decision, typed: dict[str, str], message: str
) -> None:
    assert message in shared(officer, draft, **typed)
    assert not draft.recommendations.get(number="1").recipients.exists()


def test_a_sum_saved_unchanged_is_printed_as_before(officer: Client, draft: Decision) -> None:
    row = draft.recommendations.get(number="1")
    words = RecommendationWords(
        text=row.text,
        kind=row.kind,
        figures=[Sum(Decimal("1200000.00"), text="£1.2 million", direction="out")],
    )
    actions.edit_recommendation(recommendation=row, words=words, by=draft.originating_officer)
    place = page(draft, f"recommendations/{row.pk}/")
    seen = officer.get(place).context["form"]["seen"].value()
    officer.post(place, {**CHANGED, "figures-0-direction": "out", "seen": seen})
    figure = row.figures.get()
    assert (figure.text, figure.direction, figure.up_to) == ("£1.2 million", "out", True)


@pytest.mark.parametrize(("way", "order"), [("down", [2, 1, 3]), ("up", [1, 2, 3])])
def test_a_section_is_moved(officer: Client, draft: Decision, way: str, order: list[int]) -> None:
    first = draft.sections.get(number="1")
    ids = list(draft.sections.values_list("pk", flat=True))
    officer.post(page(draft, f"sections/{first.pk}/move/"), {way: "1"})
    assert list(draft.sections.values_list("pk", flat=True)) == [ids[n - 1] for n in order]


def test_a_recommendation_is_made_part_of_the_one_above(officer: Client, draft: Decision) -> None:
    row = papers.with_drawn_sum(draft).recommendations.get(number="2")
    assert "Make part of 1" in officer.get(page(draft)).content.decode()
    officer.post(page(draft, f"recommendations/{row.pk}/move/"), {"in": "1"})
    row.refresh_from_db()
    assert row.number == "1a"


def test_what_has_others_under_it_is_not_put_under_another(
    officer: Client, draft: Decision
) -> None:
    row = papers.with_drawn_sum(draft).recommendations.get(number="2")
    words = RecommendationWords(text="and this.", parent=row)
    actions.add_recommendation(decision=draft, words=words, by=draft.originating_officer)
    first = draft.recommendations.get(number="1")
    place = page(draft, f"recommendations/{row.pk}/")
    seen = officer.get(place).context["form"]["seen"].value()
    form = {**RECOMMENDATION, "parent": str(first.pk), "seen": seen}
    assert "make them their own first" in officer.post(place, form).content.decode()


@pytest.mark.parametrize("items", ["sections", "recommendations"])
def test_a_part_of_the_paper_is_removed_after_asking(
    officer: Client, draft: Decision, items: str
) -> None:
    rows = getattr(draft, items)
    place = page(draft, f"{items}/{rows.first().pk}/remove/")
    before = rows.count()
    assert "Remove" in officer.get(place).content.decode()
    officer.post(place, {"form_key": key()})
    assert rows.count() == before - 1


def test_what_is_drawn_on_is_not_removed(officer: Client, draft: Decision) -> None:
    papers.with_drawn_sum(draft)
    row = draft.recommendations.get(number="1")
    place = page(draft, f"recommendations/{row.pk}/remove/")
    answer = officer.post(place, {"form_key": key()})
    assert "draws on it" in answer.content.decode()


def test_an_exemption_a_link_and_a_consultation_are_added(officer: Client, draft: Decision) -> None:
    ground = {"ground": "FOIA 2000 s40", "reason": "It names people."}
    officer.post(page(draft, "exemptions/new/"), ground)
    officer.post(page(draft, "links/new/"), {"kind": "continues", "reference": "PCD 386"})
    day = {"held_on_day": "1", "held_on_month": "10", "held_on_year": "2019"}
    consulted = {"board": "Oversight", "outcome": "Content.", "form_key": key(), **day}
    for _ in range(2):
        officer.post(page(draft, "consultations/new/"), consulted)
    assert draft.consultations.count() == 1
    text = officer.get(page(draft)).content.decode()
    for words in ("FOIA 2000 s40", "Continues PCD 386", "Oversight, 1 October 2019"):
        assert words in text


def test_another_officer_is_told_whose_paper_it_is() -> None:
    decision = papers.submitted()
    answer = client_of(an_officer("second")).get(page(decision))
    assert answer.status_code == 403
    assert "Officer’s paper" in answer.content.decode()


def test_a_row_of_another_paper_is_not_found(officer: Client, draft: Decision) -> None:
    other = papers.a_draft("Another")
    section = other.sections.first()
    assert section is not None
    assert officer.get(page(draft, f"sections/{section.pk}/")).status_code == 404


@pytest.fixture
def readings() -> Callable[[], int]:
    """Return a function that counts the readings of Part 2 on the audit trail."""
    return lambda: papers.payloads().count("decisions.part_2.read")


def test_opening_a_draft_with_part_2_is_a_reading(
    officer: Client, draft: Decision, readings: Callable[[], int]
) -> None:
    officer.get(page(draft))
    assert readings() == 0
    papers.with_part_2(draft)
    officer.get(page(draft))
    assert readings() == 1


def suggested(officer: Client, draft: Decision) -> set[str]:
    """Return the names of organisations that the form of a recommendation suggests."""
    answer = officer.get(page(draft, "recommendations/new/"))
    return set(re.findall(r'<option value="([^"]+ Ltd)"', answer.content.decode()))


@pytest.mark.parametrize(
    ("is_submitted", "part", "names"),
    [(True, 1, {"Hush Ltd"}), (True, 2, set()), (False, 1, set())],
)
def test_only_names_in_part_1_of_submitted_papers_are_suggested(
    officer: Client, draft: Decision, is_submitted: bool, part: int, names: set[str]
) -> None:
    other = papers.with_part_2(papers.a_draft("Another"))
    words = RecommendationWords(
        text="award the grant.",
        kind="award",
        recipient=an_organisation("Hush Ltd"),
        part=part,
        exemption=other.exemptions.get() if part == 2 else None,
    )
    actions.add_recommendation(decision=other, words=words, by=other.originating_officer)
    if is_submitted:
        papers.submitted(papers.again(other))
    assert suggested(officer, draft) == names


def test_a_ring_of_sources_is_refused_on_its_form(officer: Client, draft: Decision) -> None:
    draft = papers.with_drawn_sum(draft)
    first, second = draft.recommendations.order_by("position")
    place = page(draft, f"recommendations/{first.pk}/")
    seen = officer.get(place).context["form"]["seen"].value()
    typed = {**RECOMMENDATION, "funded_from": second.pk, "seen": seen}
    answer = officer.post(place, typed)
    assert "Recommendation 2 draws on this one already" in answer.content.decode()
    first.refresh_from_db()
    assert first.funded_from is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("4. The grant is new.", "The grant is new."),
        ("4.1 The grant is new.", "The grant is new."),
        ("(2) The grant is new.", "The grant is new."),
        ("1.2 million people live there.", "1.2 million people live there."),
        ("2019 was the first year.", "2019 was the first year."),
        ("12 months of licences.", "12 months of licences."),
    ],
)
def test_a_number_typed_before_words_is_not_a_second_one(typed: str, kept: str) -> None:
    assert without_number(typed) == kept


def test_only_what_can_be_split_is_offered_to_be(officer: Client, draft: Decision) -> None:
    for paragraph in draft.sections.get(number="2").paragraphs.all():
        actions.edit_paragraph(
            paragraph=paragraph, text="It is one sentence.", by=draft.originating_officer
        )
    page = officer.get(f"/decisions/{draft.slug}/edit/").content.decode()
    whole = [row.pk for row in draft.sections.get(number="2").paragraphs.all()]
    assert not any(f"/paragraphs/{pk}/split/" in page for pk in whole)


def test_money_is_drawn_from_what_it_lies_under_or_its_own_and_not_both(
    officer: Client, draft: Decision
) -> None:
    first, place = draft.recommendations.get(), page(draft, "recommendations/new/")
    typed = {**RECOMMENDATION, "parent": first.pk, "own_money": "on", "form_key": key()}
    both = officer.post(place, {**typed, "funded_from": first.pk}).content.decode()
    assert "It cannot be drawn from Recommendation 1 and be its own money" in both
    officer.post(place, typed)
    assert draft.recommendations.get(number="1a").own_money
