"""Forms of the money: what is typed acts, is refused beside its field, and is never lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from audit.verify import verify
from grants.documents import evidence_store
from grants.models import Allocation, SpendingLine
from tests.factories import grants, papers
from tests.factories.people import a_person
from tests.factories.sign_in import client_of
from tests.grants.typed import PDF, a_file, item, send, spend_at, terms, the_day

pytestmark = pytest.mark.django_db

# ---------------------------------------------------------------- allocating


def allocate_at(number: str = "1") -> str:
    figure = grants.figure_of(grants.a_funded_decision(), number)
    return f"{reverse('allocation_new')}?figure={figure.pk}"


def test_an_allocation_is_made(officer: Client) -> None:
    page = send(officer, allocate_at(), terms("1000.50", recipient="A new charity"))
    assert "Allocated." in page
    assert "£1,000.50" in page
    assert "A new charity" in page


def test_a_chief_finance_officer_allocates_to_a_party_not_named_before() -> None:
    chief = client_of(a_person("cfo", Role.CHIEF_FINANCE_OFFICER))
    assert "A new charity" in send(chief, allocate_at(), terms(recipient="A new charity"))


def test_too_large_an_allocation_is_refused_beside_the_limit(officer: Client) -> None:
    page = send(officer, allocate_at(), terms("1,200,000.01"))
    assert 'href="#id_limit"' in page
    assert "GRT-03" in page
    assert "£1,200,000 is left" in page
    assert 'value="1,200,000.01"' in page


def test_allocating_twice_by_one_form_allocates_once(officer: Client) -> None:
    place, typed = allocate_at(), terms("1200000")
    assert "Allocated." in send(officer, place, typed)
    assert "PCD 726 allocation 1" in send(officer, place, typed)
    assert Allocation.objects.count() == 1


def test_a_form_sent_again_with_other_sums_says_that_they_were_not_recorded(
    officer: Client,
) -> None:
    allocation, typed = grants.an_allocation(), item("10")
    send(officer, spend_at(allocation), typed)
    page = send(officer, spend_at(allocation), typed | {"net": "500", "payee": "Another"})
    assert "nothing was recorded a second time" in page


def test_the_second_to_take_the_same_sum_keeps_what_was_typed(officer: Client) -> None:
    place = allocate_at()
    send(officer, place, terms("1200000"))
    page = send(officer, place, terms("5", purpose="A later thought"))
    assert "GRT-03" in page
    assert "A later thought" in page


def test_a_drawn_sum_is_drawn_out_of_what_is_chosen(officer: Client) -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    first = grants.an_allocation("1150000.00", decision=decision)
    place = f"{reverse('allocation_new')}?figure={grants.figure_of(decision, '2').pk}"
    send(officer, place, terms("570000", funded_from=first.pk))
    assert grants.balances_of(first) == {"left": "580000.00", "passed_on": "570000.00"}


def test_a_drawn_sum_without_a_period_begins_with_that_of_its_source(officer: Client) -> None:
    decision = papers.signed(grants.a_paper_of_a_year())
    place = f"{reverse('allocation_new')}?figure={grants.figure_of(decision, '3').pk}"
    page = " ".join(officer.get(place).content.decode().split())
    assert "Recommendation 2 runs 1 April 2030 to 31 March 2031." in page
    assert 'value="2031"' in page


def test_of_several_places_to_draw_a_sum_from_none_is_chosen_beforehand(officer: Client) -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    grants.an_allocation("1150000.00", decision=decision)
    place = f"{reverse('allocation_new')}?figure={grants.figure_of(decision, '2').pk}"
    typed = terms("570000")
    typed.pop("funded_from", None)
    assert "Drawn out of" in send(officer, place, typed)
    assert decision.allocations.count() == 1


def test_a_bid_shows_no_form_but_why(officer: Client) -> None:
    decision = grants.a_mixed_decision()
    figure = grants.figure_of(decision, "3")
    page = officer.get(reverse("allocation_new"), {"figure": figure.pk}).content.decode()
    assert "GRT-01" in page
    assert 'name="limit"' not in page


def test_a_sum_in_part_2_has_no_page(officer: Client) -> None:
    figure = grants.figure_of(grants.a_mixed_decision(), "4")
    place = reverse("allocation_new")
    assert officer.get(place, {"figure": figure.pk}).status_code == 404


def test_an_allocations_words_are_amended(officer: Client) -> None:
    allocation = grants.an_allocation()
    place = reverse("allocation_amend", args=[allocation.slug])
    shown = officer.get(place).context["form"].shown
    typed = {"purpose": "Put otherwise", "budget_holder": "A council", "seen": shown}
    assert "Put otherwise" in send(officer, place, typed)


def test_two_who_amend_an_allocation_see_both_texts(officer: Client) -> None:
    allocation = grants.an_allocation()
    place = reverse("allocation_amend", args=[allocation.slug])
    shown = officer.get(place).context["form"].shown
    typed = {"purpose": "Put otherwise", "budget_holder": "A council", "seen": shown}
    officer.post(place, {**typed, "purpose": "Put well"})
    page = send(officer, place, typed)
    assert "You, in another window, saved this" in page
    allocation.refresh_from_db()
    assert (allocation.purpose, "Put otherwise" in page) == ("Put well", True)


def test_an_amended_allocation_shows_old_and_new(officer: Client) -> None:
    allocation = grants.an_allocation()
    place = reverse("allocation_amend", args=[allocation.slug])
    shown = officer.get(place).context["form"].shown
    typed = {"purpose": allocation.purpose, "budget_holder": "A council", "seen": shown}
    page = send(officer, place, typed)
    assert "<del>Metropolitan Police Service</del> → <ins>A council</ins>" in page


# ---------------------------------------------------------------- recording


def test_spending_is_recorded(officer: Client) -> None:
    allocation = grants.an_allocation()
    page = send(officer, spend_at(allocation), item("100", vat="20"))
    assert "Recorded." in page
    assert grants.balances_of(allocation) == {"left": "900.00", "paid": "100.00"}
    assert "£120" in page


def test_the_gross_is_added_up_when_left_empty(officer: Client) -> None:
    allocation = grants.an_allocation()
    send(officer, spend_at(allocation), item("100", vat="20", is_vat_recovered="no"))
    assert SpendingLine.objects.get().amount == 120


def test_a_wrong_gross_is_refused_beside_it(officer: Client) -> None:
    page = send(officer, spend_at(grants.an_allocation()), item("100", vat="20", gross="130"))
    assert 'href="#id_gross"' in page
    assert "GRT-08" in page


@pytest.mark.parametrize("words", ["100.001", "NaN", "Infinity", "-1", "1e3", "ten", ""])
def test_what_is_no_sum_is_refused(officer: Client, words: str) -> None:
    send(officer, spend_at(grants.an_allocation()), item(words))
    assert not SpendingLine.objects.exists()


def test_a_payment_is_of_an_actual(officer: Client) -> None:
    typed = item(stage="accrual", **the_day("paid_on"))
    page = send(officer, spend_at(grants.an_allocation()), typed)
    assert "Only an actual has been paid" in page


def test_evidence_is_kept_and_handed_back(officer: Client) -> None:
    send(officer, spend_at(grants.an_allocation()), item(file=a_file(name="../In\u202evoice.pdf")))
    line = SpendingLine.objects.get()
    response = officer.get(reverse("line_evidence", args=[line.pk]))
    assert response.content == PDF
    assert response["Content-Disposition"] == 'attachment; filename="Invoice.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_evidence_outlives_an_error_elsewhere(officer: Client) -> None:
    place = spend_at(grants.an_allocation())
    response = officer.post(place, item("", file=a_file()))
    assert "“invoice.pdf” is attached" in response.content.decode()
    kept = response.context["form"]["kept"].value()
    send(officer, place, item("10", kept=kept))
    assert SpendingLine.objects.get().evidence_name == "invoice.pdf"


def test_nobody_makes_up_evidence_that_was_kept(officer: Client) -> None:
    page = send(officer, spend_at(grants.an_allocation()), item(kept="made-up"))
    assert "Choose the evidence file again" in page


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<html>"),
        ("invoice.pdf", b"<html>"),
        ("picture.png", PDF),
        ("sheet.xlsx", b"PK not one"),
        ("sheet.csv", b"a\0b"),
        ("letter.eml", b"no headers here"),
    ],
)
def test_a_file_of_another_kind_is_refused(officer: Client, name: str, data: bytes) -> None:
    page = send(officer, spend_at(grants.an_allocation()), item(file=a_file(data, name)))
    assert "Choose a file that is PDF" in page
    assert not SpendingLine.objects.exists()


def test_evidence_that_is_gone_is_found_by_verification(officer: Client) -> None:
    send(officer, spend_at(grants.an_allocation()), item(file=a_file()))
    digest = SpendingLine.objects.get().evidence_sha256
    path = evidence_store()._path(digest)
    assert verify().ok
    path.write_bytes(b"another")
    assert [one.kind for one in verify().failures] == ["evidence-missing-or-changed"]
    path.unlink()


# ---------------------------------------------------------------- the lawful way on


REFUSED: dict[str, Callable[[], dict[str, Any]]] = {
    "GRT-05": lambda: item(stage="commitment", **the_day("received_on", -400)),
    "GRT-06": lambda: item(**the_day("received_on", 1)),
    "GRT-07": lambda: item("1000.01"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_refusal_offers_to_record_as_awaiting_authority(officer: Client, code: str) -> None:
    allocation = grants.an_allocation("1000.00", period_start=grants.days_ago(9))
    page = send(officer, spend_at(allocation), REFUSED[code]())
    assert code in page
    assert "The lawful way on" in page


def test_a_closed_allocation_offers_it_too(officer: Client) -> None:
    allocation = grants.an_allocation()
    grants.revoked(allocation.decision)
    page = send(officer, spend_at(allocation), item())
    assert "GRT-04" in page
    assert "The lawful way on" in page


def carried(officer: Client, allocation: Allocation, typed: dict[str, Any]) -> dict[str, str]:
    """Return what the button of a refusal carries on."""
    context = officer.post(spend_at(allocation), typed).context
    return {**dict(context["carried"]()), "funder": str(allocation.funder_id)}


def test_nothing_is_typed_again_but_why(officer: Client) -> None:
    allocation = grants.an_allocation("50.00")
    along = carried(officer, allocation, item("100", vat="20", po_number="PO 7", file=a_file()))
    place = reverse("awaiting_new")
    page = officer.post(place, {**along, "step": "carry"})
    assert "There is a problem" not in page.content.decode()
    key = page.context["form"]["form_key"].value()
    sent = {**along, "step": "carried", "form_key": key, "why": "It had to go on."}
    assert "Recorded as awaiting authority." in send(officer, place, sent)
    line = SpendingLine.objects.get()
    assert (line.po_number, line.evidence_name, str(line.gross)) == (
        "PO 7",
        "invoice.pdf",
        "120.00",
    )


def test_why_is_asked_for_again_when_it_was_left_empty(officer: Client) -> None:
    along = carried(officer, grants.an_allocation("50.00"), item("100"))
    typed = {**along, "step": "carried", "form_key": str(papers.a_key()), "why": ""}
    page = send(officer, reverse("awaiting_new"), typed)
    assert "There is a problem" in page
    assert 'type="hidden" name="payee"' in page
