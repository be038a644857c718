"""Forms for what the rules doubt of a paper, and for what its series asks of it."""

from django import forms

from accounts.models import AdviceKind
from audit.forms import Radios
from decisions.forms.base import EditForm, KeyedForm, long_text
from decisions.models import RecommendationKind, RequirementForm


class AnswerForm(EditForm, KeyedForm):
    """Answer a warning."""

    words = long_text(
        "Your answer",
        rows=5,
        max_length=2000,
        help_text="Why the paper can go on as it is. Advisers, the chief executive and the "
        "decision maker read it, and it is printed in your declaration on the signed document.",
    )


class NewRequirementForm(forms.Form):
    """Ask for something in the papers of a series."""

    recommendation_kind = forms.ChoiceField(
        label="In which papers",
        choices=[("", "Every paper"), *RecommendationKind.choices],
        required=False,
        help_text="Every paper, or those with a recommendation of one kind.",
    )
    form = forms.ChoiceField(
        label="What they need", choices=RequirementForm.choices, widget=Radios()
    )
    subject = forms.ChoiceField(label="On what", choices=AdviceKind.choices, widget=Radios())
