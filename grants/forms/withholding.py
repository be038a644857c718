"""Forms that put words of a spending line into Part 2, and back."""

from typing import Any

from django import forms

from audit.forms import Checkboxes
from decisions.forms.base import long_text
from decisions.forms.paper import GROUNDS
from decisions.models import Decision
from grants.models import WithheldField

NONE = ("", "Choose a ground")


def grounds_for(decision: Decision | None) -> list[tuple[str, str]]:
    """Return the grounds to choose from: those that the decision claims already come first."""
    known = dict(GROUNDS)
    own = [row.ground for row in decision.exemptions.all()] if decision else []
    first = [(ground, known.pop(ground, ground)) for ground in own]
    return [NONE, *first, *known.items()]


class WithholdingFields(forms.Form):
    """What of an item of spend lies in Part 2, and on which ground; nothing, ordinarily."""

    withheld = forms.MultipleChoiceField(
        label="What is withheld?",
        choices=WithheldField.choices,
        required=False,
        widget=Checkboxes(),
        help_text="Everybody sees the ground in its place. Sum, dates and category stay open.",
    )
    ground = forms.ChoiceField(label="On which ground?", choices=grounds_for(None), required=False)

    def offer_grounds(self, decision: Decision) -> None:
        """Offer the grounds of a decision first."""
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = grounds_for(decision)

    def grounds(self) -> dict[str, str]:
        """Return the ground of each field that was chosen; only of a form that was looked through.

        A file that is withheld has its name with it.
        """
        chosen = list(self.cleaned_data.get("withheld", []))
        if WithheldField.EVIDENCE in chosen and WithheldField.FILE_NAME in chosen:
            chosen.remove(WithheldField.FILE_NAME.value)
        return dict.fromkeys(chosen, self.cleaned_data.get("ground", ""))

    @property
    def asks_withheld(self) -> bool:
        """Whether to unfold what is withheld: once something of it was chosen."""
        return self.is_bound and any(self.data.get(name) for name in ("withheld", "ground"))

    def clean(self) -> dict[str, Any]:
        """Ask for the ground where something is withheld, and the other way about."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("withheld") and not cleaned.get("ground"):
            self.add_error("ground", "Choose the ground on which it is withheld")
        if cleaned.get("ground") and not cleaned.get("withheld"):
            self.add_error("withheld", "Choose what is withheld on that ground")
        return cleaned


class PartForm(forms.Form):
    """Choose fields of a line that change their part, and say why."""

    fields_chosen = forms.MultipleChoiceField(label="What?", widget=Checkboxes())
    reason = long_text(
        "Why?", rows=3, max_length=1000, help_text="Kept in the audit trail: name nothing withheld."
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["fields_chosen"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = choices


class WithholdForm(PartForm):
    """Put fields of a line into Part 2."""

    ground = forms.ChoiceField(label="On which ground?")
    field_order = ["fields_chosen", "ground", "reason"]

    def __init__(self, *args: Any, grounds: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = grounds


class ReleaseForm(PartForm):
    """Put fields of a line back into Part 1."""
