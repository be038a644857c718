"""An edit against a freeze: no word changes after the endorsement that is under way."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from audit.acts import acting
from decisions import actions, events
from decisions.actions import endorsing
from decisions.actions.steps import take
from decisions.models import Decision, Paragraph, latest_version
from tests.concurrency.races import Meeting, Outcome, at_once, function_source, without
from tests.factories import as_shown, papers
from tests.factories.people import a_chief_executive, an_officer

pytestmark = pytest.mark.django_db(transaction=True)

TRIGGER = "decisions_refuse_frozen"
LATE = "Slipped in late."


class Freeze:
    """An endorsement that waits, frozen but not committed, until an edit has begun."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.decision = papers.sent()
        self.frozen, self.edited = Meeting(), Meeting()
        self.chief, self.officer = a_chief_executive(), an_officer()
        monkeypatch.setattr(endorsing, "take", self._take)

    def _take(self, *args: object, **kwargs: object) -> object:
        taken = take(*args, **kwargs)  # type: ignore[arg-type]
        self.frozen.wait()
        self.edited.wait()
        return taken

    def endorse(self) -> object:
        """Endorse, slowly."""
        return as_shown.endorse(decision=self.decision, by=self.chief)

    def edit(self) -> object:
        """Edit a paragraph by the action, once the freeze is under way."""
        paragraph = self.paragraph()
        self.frozen.wait()
        return actions.edit_paragraph(paragraph=paragraph, text=LATE, by=self.officer)

    def slip(self) -> object:
        """Edit a paragraph past the actions, once the freeze is under way."""
        paragraph = self.paragraph()
        self.frozen.wait()
        with acting(by=self.officer, name="slip") as act:
            paragraph.text = LATE
            paragraph.save()
            act.record(events.DECISION_EDITED, subject=self.decision, data={"what": "a paragraph"})
        self.edited.wait()
        return paragraph

    def paragraph(self) -> Paragraph:
        """Return the first paragraph."""
        return Paragraph.objects.filter(section__decision=self.decision).earliest("id")

    def race(self, edit: Callable[[], object]) -> list[Outcome]:
        """Endorse and edit at once."""
        return at_once(self.endorse, edit)


@pytest.fixture
def freeze(monkeypatch: pytest.MonkeyPatch) -> Freeze:
    return Freeze(monkeypatch)


def endorsed_text(decision: Decision) -> str:
    version = latest_version(decision)
    return version.content if version else ""


def test_an_edit_waits_for_the_freeze_and_is_told(freeze: Freeze) -> None:
    _, refusal = freeze.race(freeze.edit)
    assert "marked “Awaiting decision”" in str(refusal)
    assert freeze.paragraph().text != LATE


def test_an_edit_past_the_actions_is_refused_by_the_database(freeze: Freeze) -> None:
    _, refusal = freeze.race(freeze.slip)
    assert isinstance(refusal, IntegrityError)
    assert freeze.paragraph().text != LATE


def test_what_was_endorsed_is_what_stands(freeze: Freeze) -> None:
    freeze.race(freeze.slip)
    assert freeze.paragraph().text in endorsed_text(freeze.decision)


def test_without_the_triggers_lock_the_edit_slips_past(freeze: Freeze) -> None:
    source = function_source(TRIGGER)
    with without(source.replace(" FOR SHARE", ""), source):
        freeze.race(freeze.slip)
    assert papers.again(freeze.decision).is_frozen
    assert freeze.paragraph().text == LATE
    assert LATE not in endorsed_text(freeze.decision)
