"""Forms of the decision maker's box: a note beside a paper, the name of a batch."""

from typing import Any

from django import forms

from audit.forms import Checkboxes, WordsField
from decisions.actions.batches import MOST_IN_BATCH
from decisions.forms.base import KeyedForm, long_text
from decisions.models import PreparedDecision


class NoteForm(forms.Form):
    """The private office's note to the decision maker."""

    note = long_text(
        "Note to the decision maker",
        rows=4,
        max_length=1000,
        required=False,
        help_text="Only the private office, the chief executive and the decision maker see it. "
        "Leave it empty to take it away.",
    )


class BatchForm(KeyedForm):
    """Choose prepared decisions and give the batch a name."""

    prepared = forms.ModelMultipleChoiceField(
        PreparedDecision.objects.none(),
        label="Prepared decisions",
        widget=Checkboxes(),
        error_messages={"required": "Choose at least one prepared decision"},
    )
    name = WordsField(
        label="Name of the batch",
        max_length=100,
        help_text="It stands in the audit trail, for example “Box of 21 November”.",
    )

    def __init__(self, data: Any = None, *, prepared: Any, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["prepared"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = prepared

    def clean_prepared(self) -> Any:
        """Refuse more papers than one batch may hold."""
        chosen = self.cleaned_data["prepared"]
        if len(chosen) > MOST_IN_BATCH:
            raise forms.ValidationError(f"Choose no more than {MOST_IN_BATCH}")
        return chosen
