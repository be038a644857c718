"""Forms that set a rule aside for a while, and end that."""

from typing import Any

from django import forms

from audit import clock
from audit.forms import DayField, Radios, WordsField
from decisions.forms.base import KeyedForm
from grants.forms.spending import reason_field
from grants.models import WAIVABLE, Allocation, longest
from grants.rules import BOOK


class WaiverForm(KeyedForm):
    """Give a waiver of a rule, for lines of an allocation, until a day."""

    rule = forms.ChoiceField(label="Which rule?", widget=Radios())
    allocation = WordsField(max_length=60, help_text="Like PCD 726 allocation 2.")
    payee = WordsField(
        max_length=200, required=False, help_text="Only for lines of one payee, if you name one."
    )
    invoice_number = WordsField(
        max_length=60, required=False, help_text="Only for one invoice, if you name one."
    )
    expires_on = DayField(label="Until which day?", help_text="That day included; 92 days at most.")
    reason = reason_field("Why?", "It is kept with the waiver, for good.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rule = self.fields["rule"]
        assert isinstance(rule, forms.ChoiceField)  # noqa: S101
        rule.choices = [(code, f"{code}: {BOOK.rules[code].text}") for code in WAIVABLE]

    def clean(self) -> dict[str, Any]:
        """Find the allocation by its reference; keep to the longest time."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "allocation" in cleaned:
            slug = cleaned["allocation"].lower().replace(" allocation ", " ")
            found = Allocation.objects.with_slug("-".join(slug.split())).first()
            if found is None:
                self.add_error("allocation", "There is no allocation of this reference")
            cleaned["allocation"] = found
        today, last = clock.today(), cleaned.get("expires_on")
        if last and not today <= last <= longest(today):
            self.add_error("expires_on", "Choose a day from today on, 92 days ahead at most")
        return cleaned


class EndWaiverForm(KeyedForm):
    """End a waiver before its last day."""

    reason = reason_field("Why?", "It is kept with the waiver. Lines that name it stand.")
