"""How the papers of a series go, as the governance officer sets it."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from accounts.models import AdviceKind, Role, User
from audit.forms import DayField, Radios, WordsField
from decisions.models import Series
from decisions.models.series import ADVISING_ROLES, DECIDING_ROLES, ENDORSING_ROLES

SMALL = {"inputmode": "numeric", "class": "govuk-input--width-2"}
GIVERS = [
    (f"{kind.value}:{role}", f"{Role(role).label} gives {kind.label.lower()} advice")
    for kind in AdviceKind
    for role in ADVISING_ROLES
]


class PersonField(forms.ModelChoiceField[User]):
    """One of the people with an open account, by name; nobody in particular when left empty."""

    def __init__(self, **options: Any) -> None:
        people = User.objects.active().order_by("name")
        super().__init__(people, required=False, **options)


class SeriesForm(forms.Form):
    """Who decides and advises in a series, and in how many working days."""

    decision_maker_title = WordsField(
        label="Decision maker", max_length=200, help_text="As papers address the office."
    )
    decision_maker_role = forms.ChoiceField(
        label="Office that decides", choices=DECIDING_ROLES, widget=Radios
    )
    decision_maker = PersonField(
        label="Decided only by",
        empty_label="Whoever holds the office",
        help_text="A named officer, and whoever holds a delegation as their deputy.",
    )
    required_advice = forms.MultipleChoiceField(
        label="Advice that every paper needs",
        choices=AdviceKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    advice_givers = forms.MultipleChoiceField(
        label="Offices that give advice besides the advisers",
        choices=GIVERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    publish_within = forms.IntegerField(
        label="Publish within",
        min_value=0,
        max_value=30,
        widget=forms.TextInput(SMALL),
        help_text="Working days after the signature.",
    )
    remind_after = forms.IntegerField(
        label="Remind after",
        min_value=1,
        max_value=60,
        widget=forms.TextInput(SMALL),
        help_text="Working days that a paper waits on somebody, and again after as many.",
    )

    def clean_advice_givers(self) -> list[tuple[str, str]]:
        """Return the pairs of a kind of advice and the office that gives it."""
        pairs = [value.split(":") for value in self.cleaned_data["advice_givers"]]
        return [(kind, role) for kind, role in pairs]


class SeriesEndForm(forms.Form):
    """The last day of a series, and which one follows it."""

    ends_on = DayField(
        label="Last day (optional)",
        required=False,
        help_text="Papers begin in it until then. Left empty, it goes on.",
    )
    successor = forms.ModelChoiceField(
        Series.objects.numbered_here(),
        label="Followed by",
        required=False,
        empty_label="None",
        help_text="Papers that have no number by then go on in it.",
    )


class StageForm(forms.Form):
    """One stage of endorsement; left empty, there is none."""

    title = WordsField(label="Office", max_length=100, required=False)
    role = forms.ChoiceField(
        label="Role", choices=ENDORSING_ROLES, initial=Role.CHIEF_EXECUTIVE, required=False
    )
    officer = PersonField(label="Endorsed only by", empty_label="Whoever holds the role")
    marks_optional = False

    def clean(self) -> dict[str, Any]:
        """Ask for the office of a stage that names an officer."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("officer") and not cleaned.get("title"):
            self.add_error("title", "Enter the office, like “Chief executive”.")
        return cleaned


def stages_of(series: Series, data: Any = None) -> BaseFormSet[StageForm]:
    """Return the form of each stage of a series, and two empty ones to add to them."""
    initial = [
        {"title": stage.title, "role": stage.role, "officer": stage.officer}
        for stage in series.stages.all()
    ]
    made = formset_factory(StageForm, extra=2, max_num=9, absolute_max=9)
    return made(data, initial=initial, prefix="stages")
