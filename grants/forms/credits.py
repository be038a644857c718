"""The form of a credit of a part of a line."""

from typing import Any

from django import forms

from audit import clock
from audit.forms import DayField, MoneyField, WordsField
from decisions.forms.base import KeyedForm
from grants.actions import Credit
from grants.forms.evidence import EvidenceForm
from grants.forms.spending import reason_field
from grants.models import NOUGHT


class CreditForm(EvidenceForm, KeyedForm):
    """What came back of a line, as the credit note has it."""

    net = MoneyField()
    vat = MoneyField(label="VAT", required=False, help_text="Leave empty where there is none.")
    invoice_number = WordsField(max_length=60, required=False, label="Credit note number")
    paid_on = DayField(label="Date it came back", required=False)
    why_credited = reason_field("Why did it come back?")
    field_order = ["net", "vat", "invoice_number", "paid_on", "why_credited", "file"]

    def __init__(self, *args: Any, has_vat: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why_credited"].required = False
        if not has_vat:
            self.fields["net"].label = "Sum"
            del self.fields["vat"]

    def clean_paid_on(self) -> Any:
        """Refuse a day that has not come."""
        paid = self.cleaned_data["paid_on"]
        if paid and paid > clock.today():
            raise forms.ValidationError("The date cannot be in the future")
        return paid

    def credit(self) -> Credit:
        """Return the credit that was typed; only of a valid form."""
        typed = self.cleaned_data
        return Credit(
            net=typed["net"],
            vat=typed.get("vat") or NOUGHT,
            why=typed["why_credited"],
            paid_on=typed["paid_on"],
            invoice_number=typed["invoice_number"],
            evidence=self.evidence,
        )
