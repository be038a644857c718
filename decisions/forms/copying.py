"""Beginning a paper from another."""

from typing import Any

from django import forms

from decisions.forms.base import KeyedForm
from decisions.models import Series


class CopyForm(KeyedForm):
    """In which series; and whether Part 2 comes too, where it may be read."""

    series = forms.ModelChoiceField(
        Series.objects.numbered_here(), empty_label=None, label="Series of the new paper"
    )
    with_part_2 = forms.BooleanField(
        required=False,
        label="Copy Part 2 too",
        help_text="It stays Part 2. Copying it is a reading, and is recorded in the audit trail.",
    )
    marks_optional = False

    def __init__(self, *args: Any, offers_part_2: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not offers_part_2:
            del self.fields["with_part_2"]
