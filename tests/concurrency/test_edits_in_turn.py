"""Two edits of one paragraph, sent at once from pages that showed the same."""

import pytest
from django.conf import settings as django_settings
from django.test import Client

from decisions.actions.sections import edit_paragraph
from decisions.models import Decision, Paragraph
from decisions.views import sections
from tests.concurrency.races import Meeting, at_once
from tests.factories import papers
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db(transaction=True)

TURNS = "config.turns.EditsInTurn"


def saved(draft: Decision, monkeypatch: pytest.MonkeyPatch) -> int:
    """Send two edits at once; return how many were saved over what they had been shown."""
    meeting = Meeting(patience=0.5)

    def slowly(**given: object) -> Paragraph:
        meeting.wait()
        return edit_paragraph(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(sections, "edit_paragraph", slowly)
    place = f"/decisions/{draft.slug}/edit/paragraphs/{Paragraph.objects.all()[0].pk}/"
    clients = [client_of(draft.originating_officer) for _ in range(2)]
    seen = clients[0].get(place).context["form"].shown

    def send(client: Client, text: str) -> int:
        return client.post(place, {"text": text, "part": "1", "seen": seen}).status_code

    answers = at_once(*(lambda c=c, n=n: send(c, f"Text {n}.") for n, c in enumerate(clients)))
    return answers.count(302)


def test_only_one_of_two_edits_sent_at_once_is_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    assert saved(papers.a_draft(), monkeypatch) == 1


def test_without_turns_one_edit_overwrites_the_other(
    monkeypatch: pytest.MonkeyPatch, settings: pytest.FixtureRequest
) -> None:
    names = [name for name in django_settings.MIDDLEWARE if name != TURNS]
    monkeypatch.setattr(django_settings, "MIDDLEWARE", names)
    assert saved(papers.a_draft(), monkeypatch) == 2
