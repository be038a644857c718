"""Nothing invisible gets into a title, a text or a name."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.test import Client

import accounts.forms
import decisions.forms
from audit.forms import WordsField
from decisions.importers.reader import read_text
from tests.factories import papers
from tests.factories.people import an_officer
from tests.factories.sign_in import client_of

NOT_KEPT = {
    ("FindForm", "q"),
    ("StepUpForm", "code"),
    ("InvitationForm", "password"),
    ("InvitationForm", "again"),
    ("SourceForm", "text"),  # the reader takes what is invisible out, with a warning
    ("FilterForm", "q"),
}
TURNING = [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
OTHER = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u061c", "\u2028", "\ufff9", "\U000e0041"]
WITHOUT_EFFECT = ["\u00ad", "\u200b", "\u200e", "\u200f", "\u2060", "\ufeff"]


@pytest.mark.parametrize("unseen", [*TURNING, *OTHER])
def test_an_invisible_character_is_refused(unseen: str) -> None:
    with pytest.raises(ValidationError):
        WordsField().clean(f"Grant of £12{unseen}34")


def test_the_refusal_names_the_character_and_says_what_to_do() -> None:
    with pytest.raises(ValidationError) as refused:
        WordsField().clean("Grant of £12\u202e34")
    assert "U+202E right-to-left override" in refused.value.messages[0]
    assert "paste them as plain text" in refused.value.messages[0]


@pytest.mark.parametrize("unseen", WITHOUT_EFFECT)
def test_what_has_no_effect_is_left_out(unseen: str) -> None:
    assert WordsField().clean(f"{unseen}Co{unseen}operation {unseen}") == "Cooperation"


def test_joiners_are_kept() -> None:
    assert WordsField().clean("می\u200cخواهم 👩\u200d🚒") == "می\u200cخواهم 👩\u200d🚒"


def test_only_a_box_of_several_lines_takes_line_breaks() -> None:
    box = WordsField(widget=django_forms.Textarea)
    assert box.clean("One.\r\n\r\n\tTwo.") == "One.\r\n\r\n\tTwo."
    with pytest.raises(ValidationError):
        WordsField().clean("One.\nTwo.")


def forms_of_ours() -> Iterator[type[django_forms.Form]]:
    """Return every form of accounts and decisions."""
    names = [name for _, name, _ in pkgutil.iter_modules(decisions.forms.__path__)]
    modules = [importlib.import_module(f"decisions.forms.{name}") for name in names]
    for module in [accounts.forms, *modules]:
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, django_forms.Form):
                yield found


def test_every_box_for_words_refuses_what_is_invisible() -> None:
    boxes = {
        (form.__name__, name)
        for form in forms_of_ours()
        for name, field in form.base_fields.items()
        if type(field) is django_forms.CharField and not field.widget.is_hidden
    }
    assert boxes - NOT_KEPT == set()


@pytest.mark.django_db
def test_a_title_that_is_turned_round_is_not_kept() -> None:
    client: Client = client_of(an_officer())
    draft = papers.a_draft()
    typed = {"title": "Grant \u202eof", "form_key": papers.a_key(), "series": draft.series_id}
    page = client.post("/decisions/new/", typed).content.decode()
    assert "U+202E" in page
    assert "paste them as plain text" in page


@pytest.mark.parametrize("page", ["PCD 1\nGrant of £12\u202e34", "PCD 1\nGrant of £12&#8238;34"])
def test_the_reader_takes_it_out_and_says_so(page: str) -> None:
    paper = read_text(page)
    assert paper.title == "Grant of £1234"
    assert [one.message for one in paper.warnings if one.code == "invisible-removed"] == [
        "An invisible character that turns text round was removed. (U+202E right-to-left override.)"
    ]
