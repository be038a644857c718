"""Forms for recommendations and their sums."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory

from audit.forms import DayField, MoneyField
from decisions.forms.base import EditForm, KeyedForm, long_text
from decisions.forms.paper import NUMBERED, PartForm, organisation_field
from decisions.models import (
    Decision,
    Direction,
    FigureRole,
    Recommendation,
    RecommendationKind,
)
from decisions.rules import makes_ring
from decisions.shapes import without_number

MOST_FIGURES = 20
NEITHER = "neither"
DIRECTIONS = [
    ("", "As the kind of recommendation says"),
    (Direction.IN, Direction.IN.label),
    (Direction.OUT, Direction.OUT.label),
    (NEITHER, Direction.NEITHER.label),
]


class RecommendationWordsForm(PartForm):
    """What is recommended, in words and facts."""

    kind = forms.ChoiceField(
        choices=RecommendationKind.choices, help_text="What it does in law; money follows from it."
    )
    text = long_text("Recommendation", rows=5, help_text=NUMBERED)
    parent = forms.ModelChoiceField(
        Recommendation.objects.none(),
        label="Under",
        required=False,
        empty_label="None: it stands by itself",
        help_text="To number it 2a, put it under recommendation 2.",
    )
    funded_from = forms.ModelChoiceField(
        Recommendation.objects.none(),
        label="Money drawn from",
        required=False,
        empty_label="Not drawn from another",
        help_text="Money drawn from another recommendation is the same money, not added to it. "
        "What lies under this recommendation, and draws on the same, follows it.",
    )
    own_money = forms.BooleanField(
        label="It is money of its own, beside that of the recommendation it is under",
        required=False,
        help_text="It counts beside that sum. Where both decide one, say this, or choose above the "
        "recommendation it is under.",
    )
    funder = organisation_field("Funder")
    period_start = DayField(label="Period from", required=False, help_text="This day included.")
    period_end = DayField(label="Period to", required=False, help_text="This day included.")
    field_order = ["kind", "text", "parent"]

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, decision=decision, **options)
        self.decision = decision
        others = decision.recommendations.all()
        if isinstance(self, RecommendationForm):
            others = others.exclude(number=self.initial["number"])
        tops = Q(parent=None) | Q(pk=self.initial.get("parent"))
        for name, rows in (("parent", others.filter(tops)), ("funded_from", others)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows

    def clean_text(self) -> str:
        """Leave out a number typed before the words: two would be printed."""
        return without_number(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "The period must not end before it starts")
        parent, source = cleaned.get("parent"), cleaned.get("funded_from")
        if cleaned.get("own_money") and source is not None and source == parent:
            self.add_error("own_money", f"It cannot be drawn from {source} and be its own money")
        return cleaned


class NewRecommendationForm(RecommendationWordsForm, KeyedForm):
    """Add a recommendation."""

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, decision=decision, **options)
        field = self.fields["funded_from"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.empty_label = "As the recommendation it is under; else not drawn from another"


class RecommendationForm(RecommendationWordsForm, EditForm):
    """Change a recommendation."""

    def clean_parent(self) -> Recommendation | None:
        """Refuse to put a recommendation under another while others lie under it."""
        parent: Recommendation | None = self.cleaned_data["parent"]
        row = self.decision.recommendations.get(number=self.initial["number"])
        if parent is not None and parent.pk != row.parent_id and row.children.exists():
            message = f"Others lie under {row}: make them their own first"
            raise forms.ValidationError(message)
        return parent

    def clean_funded_from(self) -> Recommendation | None:
        """Refuse money that would be drawn out of itself."""
        source: Recommendation | None = self.cleaned_data["funded_from"]
        row = self.decision.recommendations.get(number=self.initial["number"])
        if source is not None and makes_ring(row, source):
            message = f"{source} draws on this one already, by itself or by way of others"
            raise forms.ValidationError(message)
        return source


class FigureForm(forms.Form):
    """One sum of a recommendation."""

    amount = MoneyField(label="Sum")
    up_to = forms.BooleanField(label="Up to this sum (a ceiling)", required=False)
    role = forms.ChoiceField(
        label="What the sum is", choices=FigureRole.choices, initial=FigureRole.SUM_DECIDED
    )
    direction = forms.ChoiceField(
        label="Whether it comes in or goes out", choices=DIRECTIONS, required=False
    )
    marks_optional = False


if TYPE_CHECKING:
    FigureForms = BaseFormSet[FigureForm]
else:
    FigureForms = BaseFormSet


class _Figures(FigureForms):
    label = "Sums"

    def add_fields(self, form: FigureForm, index: int | None) -> None:
        """Number each sum, for people who hear the form."""
        super().add_fields(form, index)
        form.fields["amount"].required = False
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Remove this sum"


def sums_typed(figures: FigureForms) -> dict[int, dict[str, Any]]:
    """Return the sums that were typed and not removed, by their number on the page, in order."""
    typed = ((n, form.cleaned_data) for n, form in enumerate(figures.forms, start=1))
    return {n: row for n, row in typed if row.get("amount") and not row.get("DELETE")}


FigureFormSet = formset_factory(
    FigureForm,
    formset=_Figures,
    extra=1,
    can_delete=True,
    can_delete_extra=False,
    max_num=MOST_FIGURES,
    validate_max=True,
)
