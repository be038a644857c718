"""Whatever is wrong with a form, it is shown again with all that was typed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm, BaseFormSet
from django.test import Client
from django.urls import reverse

from decisions.models import Decision
from tests.factories import grants, papers
from tests.factories.people import a_chief_executive, an_adviser
from tests.factories.sign_in import client_of
from tests.pdfs import A_PDF

pytestmark = pytest.mark.django_db


def forms_of(context: Any) -> Iterator[BaseForm]:
    """Yield the form of a page, and the first form of each formset on it."""
    page = context[0] if isinstance(context, list) else context
    found = page.flatten()
    yield found["form"]
    for each in found.values():
        if isinstance(each, BaseFormSet):
            yield each.forms[0] if each.forms else each.empty_form


def boxes(form: BaseForm) -> Iterator[str]:
    """Yield the name of every text box that a form has."""
    for name, field in form.fields.items():
        is_box = isinstance(field.widget, forms.TextInput | forms.Textarea)
        if is_box and not field.widget.is_hidden:
            yield form.add_prefix(name)


def lost(client: Client, place: str) -> list[str]:
    """Send a page back with words in every box, and something amiss; return the boxes that fail."""
    own, *rows = forms_of(client.get(place).context)
    names = [name for form in (own, *rows) for name in boxes(form)]
    typed = {name: f"quagga{n}" for n, name in enumerate(names)}
    sent = {**typed, "form_key": "none", "seen": "none", "step": "review"}
    for row in rows:
        formset = str(row.prefix).rpartition("-")[0]
        sent |= {f"{formset}-TOTAL_FORMS": "1", f"{formset}-INITIAL_FORMS": "0"}
    page = client.post(place, sent)
    assert page.status_code == 200, place
    shown = page.content.decode()
    return [f"{place} {name}" for name, word in typed.items() if word not in shown]


def of_paper(draft: Decision) -> Iterator[str]:
    slug = draft.slug
    section = draft.sections.get(number="2")
    exemption = draft.exemptions.get()
    for name in ("section", "recommendation", "exemption", "consultation", "paper", "link"):
        yield reverse(f"{name}_new", args=[slug])
    yield reverse("decision_words", args=[slug])
    yield reverse("paragraph_new", args=[slug, section.pk])
    yield reverse("section_edit", args=[slug, section.pk])
    yield reverse("paragraph_edit", args=[slug, section.paragraphs.first().pk])  # type: ignore[union-attr]
    yield reverse("recommendation_edit", args=[slug, draft.recommendations.get().pk])
    yield reverse("exemption_edit", args=[slug, exemption.pk])


def test_the_forms_of_a_paper_are_shown_again_as_typed() -> None:
    draft = papers.with_part_2(papers.a_draft())
    officer = client_of(draft.originating_officer)
    assert [box for place in of_paper(draft) for box in lost(officer, place)] == []


def test_advice_an_endorsement_and_its_return_are_shown_again_as_typed() -> None:
    decision = papers.submitted(papers.a_draft())
    adviser = client_of(an_adviser("financial"))
    advice = lost(adviser, reverse("decision_advise", args=[decision.slug, "financial"]))
    chief = client_of(a_chief_executive())
    sent = papers.sent(papers.advised(decision))
    steps = [reverse(f"decision_{name}", args=[sent.slug]) for name in ("endorse", "return")]
    assert advice + [box for place in steps for box in lost(chief, place)] == []


def test_a_file_that_has_to_be_chosen_again_is_said_so() -> None:
    draft = papers.a_draft()
    file = SimpleUploadedFile("plan.pdf", A_PDF)
    typed = {"title": "", "file": file, "part": "1", "form_key": papers.a_key()}
    place = reverse("paper_new", args=[draft.slug])
    page = client_of(draft.originating_officer).post(place, typed)
    assert "Choose the file again: it was not kept." in page.content.decode()


def test_the_forms_of_the_money_are_shown_again_as_typed() -> None:
    line = grants.a_line("100.00")
    finance = client_of(grants.a_finance_officer())
    slug = line.allocation.slug  # type: ignore[union-attr]
    places = [reverse("line_amend", args=[line.pk]), reverse("line_reverse", args=[line.pk])]
    places += [reverse("line_new", args=[slug]), reverse("awaiting_new")]
    assert [box for place in places for box in lost(finance, place)] == []
