"""Text that was typed and not saved outlives a session, an error and a page that is gone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from audit import clock
from audit.models import LedgerEntry
from decisions import actions
from decisions.actions.working_text import MOST_BYTES, MOST_TEXTS, keep_text, texts_kept
from decisions.events import PART_2_READ
from decisions.forms.typed_by import sign_of
from decisions.models import KEPT_FOR, Decision, WorkingText
from tests.decisions.test_conflicts import paragraph_page, read, sent
from tests.factories import papers
from tests.factories.people import a_decision_maker, a_person, an_adviser, an_officer
from tests.factories.sign_in import PASSWORD, client_of, code, give_app, give_password

pytestmark = pytest.mark.django_db

MINE = "What I typed before the session ended, with Aardvark’s price."
LIST = "/working-text/"


def typed_in(client: Client, place: str, **typed: Any) -> dict[str, Any]:
    """Return what a browser would send of a form: what it shows, whose it is, what is typed."""
    answer = client.get(place)
    sign = answer.content.decode().partition('name="typed_by" value="')[2].partition('"')[0]
    return {**sent(answer.context["form"]), "typed_by": sign, **typed}


def sent_signed_out(officer: Client, draft: Decision, **typed: Any) -> tuple[str, Any]:
    """Send a paragraph from a browser whose session has ended; return its page and the answer."""
    place = paragraph_page(draft)
    form = typed_in(officer, place, **{"text": MINE, **typed})
    officer.logout()
    return place, officer.post(place, form)


def sign_in(client: Client, user: User, onward: str) -> Any:
    """Sign in with password and code, and follow where that leads."""
    give_password(give_app(user))
    client.post(onward, {"login": user.email, "password": PASSWORD})
    return client.post(reverse("mfa_authenticate"), {"code": code()}, follow=True)


def test_a_form_sent_after_the_session_ended_is_there_again(
    officer: Client, draft: Decision
) -> None:
    _, answer = sent_signed_out(officer, draft)
    assert "What you typed is kept: sign in" in read(officer.get(answer["Location"]))
    back = sign_in(officer, draft.originating_officer, answer["Location"])
    assert back.context["form"]["text"].value() == MINE
    assert "This is what you typed on" in read(back)


def test_what_came_back_is_saved_as_ever_and_then_forgotten(
    officer: Client, draft: Decision
) -> None:
    place, _ = sent_signed_out(officer, draft)
    officer = client_of(draft.originating_officer)
    form = officer.get(f"{place}?words=kept")
    officer.post(place, typed_in(officer, place) | sent(form.context["form"]))
    assert draft.sections.get(number="2").paragraphs.get().text == MINE
    assert not WorkingText.objects.exists()


def test_what_gave_way_to_another_text_is_forgotten(officer: Client, draft: Decision) -> None:
    place = paragraph_page(draft)
    form = typed_in(officer, place, text=MINE)
    paragraph = draft.sections.get(number="2").paragraphs.get()
    actions.edit_paragraph(paragraph=paragraph, text="Theirs.", by=draft.originating_officer)
    officer.post(place, form)
    officer.post(place, {"stands": "theirs", "typed_by": form["typed_by"]})
    assert not WorkingText.objects.exists()


def test_a_change_made_while_signed_out_is_not_overwritten(
    officer: Client, draft: Decision
) -> None:
    place, _ = sent_signed_out(officer, draft)
    paragraph = draft.sections.get(number="2").paragraphs.get()
    actions.edit_paragraph(paragraph=paragraph, text="Theirs.", by=draft.originating_officer)
    officer = client_of(draft.originating_officer)
    form = sent(officer.get(f"{place}?words=kept").context["form"])
    assert "Changed while you were writing" in read(officer.post(place, form))


def test_who_has_to_set_up_a_second_factor_first_loses_nothing(draft: Decision) -> None:
    writer, place = draft.originating_officer, paragraph_page(draft)
    client = Client()
    client.force_login(writer)
    answer = client.post(place, {"text": MINE, "typed_by": sign_of(writer, place)})
    assert answer["Location"] == reverse("account_set_up")
    assert [kept.address for kept in texts_kept(writer)] == [place]


def test_another_person_who_signs_in_never_sees_it(officer: Client, draft: Decision) -> None:
    place, answer = sent_signed_out(officer, draft)
    other = client_of(an_adviser("financial"))
    for page in (answer["Location"], f"{place}?words=kept", LIST, paragraph_page(draft)):
        assert MINE not in other.get(page, follow=True).content.decode()


def test_a_form_of_another_person_in_the_same_browser_changes_nothing(
    officer: Client, draft: Decision
) -> None:
    place = paragraph_page(draft)
    form = typed_in(officer, place, text=MINE)
    other = client_of(an_officer("Another"))
    answer = other.post(place, form)
    assert (answer.status_code, MINE in answer.content.decode()) == (403, False)
    assert [kept.address for kept in texts_kept(draft.originating_officer)] == [place]


def test_a_sign_is_good_for_its_own_address_alone(draft: Decision) -> None:
    sign = sign_of(draft.originating_officer, paragraph_page(draft))
    Client().post(f"/decisions/{draft.slug}/edit/words/", {"text": MINE, "typed_by": sign})
    assert not WorkingText.objects.exists()


def test_an_empty_form_sent_signed_out_drops_nothing(officer: Client, draft: Decision) -> None:
    place, _ = sent_signed_out(officer, draft)
    sign = sign_of(draft.originating_officer, place)
    Client().post(place, {"text": "", "typed_by": sign})
    assert [kept.address for kept in texts_kept(draft.originating_officer)] == [place]


@pytest.mark.parametrize("address", ["//else.example/", "/\\else.example/", "/decisions/\0/"])
def test_text_is_kept_of_no_address_but_a_plain_one_of_the_register(
    officer: Client, draft: Decision, address: str
) -> None:
    writer = draft.originating_officer
    kept = officer.post(reverse("working_text"), {"address": address, "text": MINE})
    dropped = officer.post(reverse("working_text_discard"), {"address": address})
    assert (kept.status_code, dropped["Location"]) == (400, LIST)
    assert keep_text(address=address, fields={"text": [MINE]}, by=writer) is None


def test_a_signed_form_at_an_address_with_a_nul_is_not_found(
    officer: Client, draft: Decision
) -> None:
    sign = sign_of(draft.originating_officer, "/nothing/\0/")
    answer = officer.post("/nothing/%00/", {"text": MINE, "typed_by": sign})
    assert answer.status_code == 404


def test_a_forged_sign_keeps_nothing(draft: Decision) -> None:
    form = {"text": MINE, "typed_by": f"{draft.originating_officer.pk}:1:forged"}
    Client().post(paragraph_page(draft), form)
    assert not WorkingText.objects.exists()


def test_a_worn_out_token_offers_the_page_with_the_words(draft: Decision) -> None:
    officer = Client(enforce_csrf_checks=True)
    officer.cookies = client_of(draft.originating_officer).cookies
    place = paragraph_page(draft)
    answer = officer.post(place, typed_in(officer, place, text=MINE))
    assert (answer.status_code, f'href="{place}?words=kept"' in answer.content.decode()) == (
        403,
        True,
    )


def test_what_is_gone_meanwhile_can_still_be_read_and_copied(
    officer: Client, draft: Decision
) -> None:
    place = paragraph_page(draft)
    form = typed_in(officer, place, text=MINE)
    paragraph = draft.sections.get(number="2").paragraphs.get()
    actions.remove_paragraph(paragraph=paragraph, by=draft.originating_officer)
    answer = officer.post(place, form)
    assert answer.status_code == 404
    assert "What you typed is kept" in read(answer)
    page = f"{LIST}{texts_kept(draft.originating_officer)[0].number}/"
    assert f'href="{page}"' in answer.content.decode()
    assert MINE in read(officer.get(page))
    assert "Officer removed this paragraph on" in read(officer.get(page))


def test_what_is_gone_meanwhile_can_be_added_anew(officer: Client, draft: Decision) -> None:
    place = paragraph_page(draft)
    form = typed_in(officer, place, text=MINE)
    section = draft.sections.get(number="2")
    actions.remove_paragraph(paragraph=section.paragraphs.get(), by=draft.originating_officer)
    officer.post(place, form)
    number = texts_kept(draft.originating_officer)[0].number
    onward = officer.post(f"{LIST}{number}/anew/")["Location"]
    officer.post(onward, sent(officer.get(onward).context["form"]))
    assert section.paragraphs.get().text == MINE


def test_reading_it_again_is_a_reading_of_part_2_where_there_is_one(
    officer: Client, draft: Decision
) -> None:
    sent_signed_out(officer, draft)
    papers.with_part_2(draft)
    officer = client_of(draft.originating_officer)
    readings = LedgerEntry.objects.filter(event=PART_2_READ.name)
    before = readings.count()
    officer.get(f"{LIST}{texts_kept(draft.originating_officer)[0].number}/")
    assert readings.count() == before + 1


def test_text_from_earlier_is_offered_with_what_differs(officer: Client, draft: Decision) -> None:
    place, _ = sent_signed_out(officer, draft)
    page = read(client_of(draft.originating_officer).get(place))
    assert "You have text from" in page
    assert "I typed before the session ended" in page


def test_text_that_says_what_the_page_says_is_not_offered(officer: Client, draft: Decision) -> None:
    place = paragraph_page(draft)
    officer.post(reverse("working_text"), typed_in(officer, place, address=place))
    assert WorkingText.objects.count() == 1
    assert "You have text from" not in read(officer.get(place))


def test_what_a_script_keeps_is_offered_and_can_be_discarded(
    officer: Client, draft: Decision
) -> None:
    place = paragraph_page(draft)
    form = typed_in(officer, place, text=MINE, address=place)
    assert officer.post(reverse("working_text"), form).json()["at"]
    assert "You have text from" in read(officer.get(place))
    officer.post(reverse("working_text_discard"), {"address": place})
    assert "You have text from" not in read(officer.get(place))


def test_sums_that_were_typed_come_back(officer: Client, draft: Decision) -> None:
    place = f"/decisions/{draft.slug}/edit/recommendations/new/"
    sums = {
        "figures-TOTAL_FORMS": "1",
        "figures-INITIAL_FORMS": "0",
        "figures-0-amount": "1.2 million",
        "figures-0-role": "sum_decided",
    }
    form = {**typed_in(officer, place, text=MINE), **sums, "address": place}
    officer.post(reverse("working_text"), form)
    assert "Sum: £1,200,000" in read(officer.get(place))
    figures = officer.get(f"{place}?words=kept").context["figures"]
    assert figures.forms[0]["amount"].value() == "1.2 million"


def test_outcomes_that_were_typed_come_back() -> None:
    decision = papers.endorsed()
    maker = client_of(a_decision_maker())
    place = f"/decisions/{decision.slug}/decide/"
    row = decision.recommendations.get()
    typed = {f"r{row.pk}-outcome": "approved", "words": MINE, "address": place}
    maker.post(reverse("working_text"), typed)
    context = maker.get(f"{place}?words=kept").context
    assert context["form"]["words"].value() == MINE
    assert context["rows"][0][0]["outcome"].value() == "approved"


def test_a_form_that_was_saved_is_kept_no_more(officer: Client, draft: Decision) -> None:
    place = f"/decisions/{draft.slug}/edit/sections/new/"
    form = typed_in(officer, place, heading="Equality comments")
    officer.post(place, form)
    answer = officer.post(reverse("working_text"), {**form, "address": place})  # a late one
    assert answer.status_code == 413
    assert not WorkingText.objects.exists()


def test_a_script_is_told_why_nothing_is_kept(officer: Client, draft: Decision) -> None:
    place = paragraph_page(draft)
    keep = reverse("working_text")
    assert officer.post(keep, {"address": "https://else.example/"}).status_code == 400
    long = {"address": place, "text": "x" * MOST_BYTES}
    assert officer.post(keep, long).status_code == 413
    officer.logout()
    assert officer.post(keep, {"address": place}).status_code == 401


def test_the_database_holds_no_word_of_it_and_no_code(officer: Client, draft: Decision) -> None:
    form = {"address": paragraph_page(draft), "text": MINE, "code": "123456"}
    officer.post(reverse("working_text"), form)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM transient.decisions_workingtext t")
        assert "typed" not in cursor.fetchone()[0]
    assert "code" not in texts_kept(draft.originating_officer)[0].fields


def test_home_says_that_something_is_not_saved(officer: Client, draft: Decision) -> None:
    sent_signed_out(officer, draft)
    page = read(client_of(draft.originating_officer).get("/"))
    assert "You have typed something that is not saved: 1 form" in page


def test_a_bare_button_leaves_nothing_behind(draft: Decision) -> None:
    officer = draft.originating_officer
    assert not keep_text(address="/", fields={"form_key": [str(papers.a_key())]}, by=officer)


def test_a_reason_typed_on_the_pages_of_people_comes_back() -> None:
    person, administrator = an_officer(), a_person("admin", Role.ADMINISTRATOR)
    client = client_of(administrator)
    place = f"/people/{person.pk}/close/"
    form = typed_in(client, place, reason=MINE)
    client.logout()
    client.post(place, form)
    page = client_of(administrator).get(f"{place}?words=kept")
    assert page.context["form"]["reason"].value() == MINE


def test_old_text_goes_and_so_does_the_oldest_of_much() -> None:
    officer = an_officer()
    keep_text(address="/old/", fields={"text": ["Old"]}, by=officer)
    WorkingText.objects.update(kept_at=clock.now() - KEPT_FOR - timedelta(days=1))
    for n in range(MOST_TEXTS + 1):
        keep_text(address=f"/{n}/", fields={"text": ["New"]}, by=officer)
    kept = {each.address for each in texts_kept(officer)}
    assert (len(kept), {"/old/", "/0/"} & kept) == (MOST_TEXTS, set())


def test_text_that_says_what_the_page_says_is_no_longer_listed(
    officer: Client, draft: Decision
) -> None:
    place = paragraph_page(draft)
    form = typed_in(officer, place)
    keep_text(address=place, fields={k: [v] for k, v in form.items()}, by=draft.originating_officer)
    assert WorkingText.objects.count() == 1
    officer.get(f"{place}?words=kept")
    assert not WorkingText.objects.exists()
