"""Two people write in one place: nothing is overwritten, and nothing that was typed is lost."""

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from audit.models import LedgerEntry
from decisions import actions
from decisions.actions import RecommendationWords, Sum
from decisions.events import PART_2_READ
from decisions.models import Decision, Recommendation
from tests.factories import papers

pytestmark = pytest.mark.django_db

TEXT = "What is to be said under “Financial comments”."
THEIRS = "What is to be said under “Financial comments” by finance."
MINE = "What must be said under “Financial comments”."


def paragraph_page(draft: Decision) -> str:
    paragraph = draft.sections.get(number="2").paragraphs.get()
    return f"/decisions/{draft.slug}/edit/paragraphs/{paragraph.pk}/"


def filled(client: Client, place: str, **typed: Any) -> dict[str, Any]:
    """Return what a browser would send of a form as it was opened, with what is typed."""
    return {**sent(client.get(place).context["form"]), **typed}


def sent(form: Any) -> dict[str, Any]:
    """Return what a browser would send of a form."""
    found = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, date):
            for part in ("day", "month", "year"):
                found[f"{bound.html_name}_{part}"] = getattr(value, part)
        elif value is not None and value is not False:
            found[bound.html_name] = value
    return found


def read(answer: Any) -> str:
    """Return the words of a page."""
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def changed_meanwhile(draft: Decision, text: str = THEIRS) -> None:
    paragraph = draft.sections.get(number="2").paragraphs.get()
    actions.edit_paragraph(paragraph=paragraph, text=text, by=draft.originating_officer)


def text_of(draft: Decision) -> str:
    return draft.sections.get(number="2").paragraphs.get().text


def overtaken(officer: Client, draft: Decision) -> tuple[str, Any]:
    """Send a paragraph that was changed meanwhile; return the address and the answer."""
    place = paragraph_page(draft)
    typed = filled(officer, place, text=MINE)
    changed_meanwhile(draft)
    return place, officer.post(place, typed)


def test_both_texts_are_shown_with_who_and_what_differs(officer: Client, draft: Decision) -> None:
    _, answer = overtaken(officer, draft)
    page = read(answer)
    assert "You, in another window, saved this on" in page
    assert "under “Financial comments” (only here: by finance) ." in page
    assert "What (only here: must) be said" in page
    assert text_of(draft) == THEIRS


def test_ones_own_text_can_be_kept(officer: Client, draft: Decision) -> None:
    place, answer = overtaken(officer, draft)
    form = answer.context["form"]
    assert officer.post(place, sent(form)).status_code == 302
    assert text_of(draft) == MINE


def test_the_other_text_can_be_left_standing(officer: Client, draft: Decision) -> None:
    place, _ = overtaken(officer, draft)
    answer = officer.post(place, {"stands": "theirs"}, follow=True)
    assert "Left as it was." in read(answer)
    assert text_of(draft) == THEIRS


def test_a_third_text_meanwhile_is_not_overwritten_either(officer: Client, draft: Decision) -> None:
    place, answer = overtaken(officer, draft)
    again = sent(answer.context["form"])
    changed_meanwhile(draft, "A third text.")
    assert "As it stands now (only here: A third text)" in read(officer.post(place, again))
    assert text_of(draft) == "A third text."


def test_the_same_text_twice_is_no_conflict(officer: Client, draft: Decision) -> None:
    place = paragraph_page(draft)
    typed = filled(officer, place, text=THEIRS)
    changed_meanwhile(draft)
    assert officer.post(place, typed).status_code == 302


def test_what_only_the_other_changed_is_taken_over(officer: Client, draft: Decision) -> None:
    place = f"/decisions/{draft.slug}/edit/words/"
    typed = filled(officer, place, title="My title")
    actions.edit_paper(decision=draft, asked="Asked otherwise:", by=draft.originating_officer)
    answer = officer.post(place, typed)
    form = answer.context["form"]
    assert "taken over into the boxes below: What is asked, now “Asked otherwise:”" in read(answer)
    assert (form["title"].value(), form["asked"].value()) == ("My title", "Asked otherwise:")


def test_a_mistake_is_put_right_before_both_texts_are_shown(
    officer: Client, draft: Decision
) -> None:
    place = paragraph_page(draft)
    typed = filled(officer, place, text=MINE, part="2")
    changed_meanwhile(draft)
    answer = officer.post(place, typed)
    assert "Choose the exemption" in read(answer)
    assert answer.context["form"]["text"].value() == MINE


def sums_page(officer: Client, draft: Decision) -> tuple[str, dict[str, Any]]:
    """Return the address of the first recommendation and what its page would send."""
    place = f"/decisions/{draft.slug}/edit/recommendations/{draft.recommendations.get().pk}/"
    context = officer.get(place).context
    beside = [context[name] for name in ("figures", "years", "recipients")]
    forms = [form for rows in beside for form in (rows.management_form, *rows.forms)]
    typed: dict[str, Any] = {}
    for form in (context["form"], *forms):
        typed |= sent(form)
    return place, typed


def raised(row: Recommendation, amount: str, text: str = "") -> None:
    words = RecommendationWords(
        text=text or row.text, kind=row.kind, figures=[Sum(Decimal(amount), up_to=True)]
    )
    actions.edit_recommendation(
        recommendation=row, words=words, by=row.decision.originating_officer
    )


def test_a_sum_changed_meanwhile_stands_against_ones_own(officer: Client, draft: Decision) -> None:
    place, typed = sums_page(officer, draft)
    raised(draft.recommendations.get(), "1300000.00")
    page = read(officer.post(place, {**typed, "figures-0-amount": "1,400,000"}))
    assert "(only here: £1,300,000)" in page
    assert "(only here: £1,400,000)" in page
    assert str(draft.recommendations.get().figures.get().amount) == "1300000.00"


def test_a_sum_that_only_the_other_changed_is_taken_over(officer: Client, draft: Decision) -> None:
    place, typed = sums_page(officer, draft)
    raised(draft.recommendations.get(), "1300000.00")
    answer = officer.post(place, {**typed, "text": "accept it."})
    shown = answer.context["figures"].forms[0]["amount"].value()
    assert (answer.context["form"]["text"].value(), str(shown)) == ("accept it.", "1,300,000")


def test_another_text_in_part_2_is_a_recorded_reading(officer: Client, draft: Decision) -> None:
    draft = papers.with_part_2(draft)
    paragraph = draft.sections.get(number="2").paragraphs.get(part=2)
    place = f"/decisions/{draft.slug}/edit/paragraphs/{paragraph.pk}/"
    typed = filled(officer, place, text="Mine")
    actions.edit_paragraph(
        paragraph=paragraph,
        text="Theirs",
        part=2,
        exemption=paragraph.exemption,
        by=draft.originating_officer,
    )
    readings = LedgerEntry.objects.filter(event=PART_2_READ.name)
    before = readings.count()
    assert "Theirs" in read(officer.post(place, typed))
    assert readings.count() == before + 1
