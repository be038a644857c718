"""A form that was overtaken: whatever was changed where, its boxes hold both people's words."""

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from decisions.forms.base import EditForm

NAMES = ("title", "asked", "summary")
TEXTS = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b\r\nc", "d"]) for name in NAMES})


class WordsForm(EditForm):
    """Three boxes."""

    title = forms.CharField(required=False)
    asked = forms.CharField(required=False)
    summary = forms.CharField(required=False, widget=forms.Textarea)


def sent_on(base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]) -> WordsForm:
    """Return the form that was made from `base`, sent with `mine` when `theirs` stands."""
    form = WordsForm({**mine, "seen": WordsForm(initial=base).shown}, initial=theirs)
    assert form.is_valid() or form.is_overtaken
    return form


@given(base=TEXTS, theirs=TEXTS, mine=TEXTS)
def test_it_is_overtaken_only_where_words_would_be_lost(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    assert sent_on(base, theirs, mine).is_overtaken == (base != theirs and mine != theirs)


@given(base=TEXTS, theirs=TEXTS, mine=TEXTS)
def test_a_box_holds_ones_own_words_or_else_the_others(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    form = sent_on(base, theirs, mine)
    form.let_merge()
    shown = {name: form[name].value() for name in NAMES}
    assert shown == {n: mine[n] if mine[n] != base[n] else theirs[n] for n in NAMES}


@given(base=TEXTS, theirs=TEXTS, mine=TEXTS)
def test_what_is_shown_then_can_be_saved(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    form = sent_on(base, theirs, mine)
    form.let_merge()
    again = {name: form[name].value() for name in (*NAMES, "seen")}
    assert WordsForm(again, initial=theirs).is_valid()
