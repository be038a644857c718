"""Tests that walk the app's models: classification, history, deletion, references, factories."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CASCADE

from decisions import actions
from decisions.models import (
    CLASSIFICATION,
    Belongs,
    Decision,
    Mail,
    SearchEntry,
    WaitedOn,
    WorkingText,
)
from tests.factories import papers
from tests.factories.people import an_officer

DERIVED = (
    SearchEntry,
    WaitedOn,
    Mail,
    WorkingText,
)  # what lies outside the register, in schema transient


def own_models() -> list[type[models.Model]]:
    """Return the app's models, their history left out."""
    every = apps.get_app_config("decisions").get_models()
    return [model for model in every if not model.__name__.startswith("Historical")]


def names_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


@pytest.mark.parametrize("model", own_models())
def test_every_field_is_classified(model: type[models.Model]) -> None:
    assert set(CLASSIFICATION[model.__name__]) == names_of(model)


def test_no_model_is_classified_that_is_none() -> None:
    assert set(CLASSIFICATION) == {model.__name__ for model in own_models()}


def test_the_whole_content_is_part_2() -> None:
    assert CLASSIFICATION["PaperVersion"]["content"] == Belongs.PART_2


@pytest.mark.parametrize("model", own_models())
def test_a_row_is_tracked_or_only_grows(model: type[models.Model]) -> None:
    only_grows = "act" in names_of(model)
    assert only_grows != hasattr(model, "history") or model in DERIVED


@pytest.mark.parametrize("model", own_models())
def test_nothing_is_deleted_along(model: type[models.Model]) -> None:
    keys = [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    cascades = [key.name for key in keys if key.remote_field.on_delete is CASCADE]
    assert bool(cascades) == (model in DERIVED)


@pytest.mark.parametrize("model", own_models())
def test_every_constraint_is_named_for_what_holds(model: type[models.Model]) -> None:
    names = [constraint.name for constraint in model._meta.constraints]
    assert all("_" in name and not name.startswith("decisions_") for name in names)


@pytest.mark.parametrize("model", own_models())
def test_every_moment_has_its_person(model: type[models.Model]) -> None:
    names = names_of(model)
    moments = {name.removesuffix("_at") for name in names if name.endswith("_at")}
    alone = {stem for stem in moments if f"{stem}_by" not in names}
    assert alone <= {"made", "issued"} or model in DERIVED


@pytest.mark.django_db
def test_no_reference_on_the_ledger_gives_words_away() -> None:
    decision = papers.signed(papers.with_part_2(papers.a_draft()))
    section = decision.sections.get(number="2")
    rows: list[Any] = [
        decision,
        section,
        section.paragraphs.get(part=2),
        decision.recommendations.get(),
        decision.recommendations.get().figures.get(),
        *decision.approvals.all(),
        *decision.documents.all(),
        *decision.advice.all(),
        *decision.steps.all(),
    ]
    references = [str(row.ledger_reference) for row in rows]
    assert all(one.startswith("PCD 726") and len(one) < 80 for one in references)


@pytest.mark.django_db
def test_every_edit_is_in_history_with_its_act() -> None:
    draft = papers.a_draft("First")
    actions.edit_paper(decision=draft, title="Second", by=an_officer())
    titles = [row.title for row in Decision.history.filter(id=draft.pk).order_by("history_id")]
    acts = {row.act for row in Decision.history.filter(id=draft.pk)}
    assert titles[0] == "First"
    assert titles[-1] == "Second"
    assert None not in acts
