"""Forms that record spending, turn it into what it became, and take it back."""

from typing import Any

from django import forms

from accounts.models import User
from audit import clock
from audit.forms import DayField, MoneyField, Radios, WordsField
from audit.words import day, money
from decisions.forms.base import EditForm, KeyedForm, long_text
from decisions.models import Organisation
from grants.actions import Spend
from grants.forms.evidence import EvidenceForm
from grants.forms.withholding import WithholdingFields
from grants.models import (
    NOUGHT,
    PAYROLL,
    Allocation,
    Category,
    LineKind,
    LineStage,
    SpendingLine,
    Waiver,
    needed_fields,
    strange_fields,
)
from grants.search import known_organisations

STAGE_HINTS = {
    LineStage.COMMITMENT.value: "Ordered or contracted, not yet received.",
    LineStage.ACCRUAL.value: "Received, not yet paid.",
    LineStage.ACTUAL.value: "Paid, or posted for payment.",
}
YES_NO = (("yes", "Yes"), ("no", "No"))
CARRIED = (
    *("stage", "payee", "purpose", "category", "received_on", "paid_on", "net", "vat", "gross"),
    *("is_vat_recovered", "cost_centre", "subjective_code", "invoice_number", "po_number"),
    *("kind", "pay_period", "journal_number", "is_firm", "why_credited", "why_so"),
)
PAYEES = {
    LineKind.JOURNAL: ("Whose cost it is", "The unit or body that the journal charges for."),
    LineKind.GRANT_PAYMENT: ("Recipient", "Who the grant was paid to."),
}
NO_VAT = ("vat", "gross", "is_vat_recovered")  # fields that pay does without


def reason_field(label: str, help_text: str = "") -> WordsField:
    """Return a field for why something is done."""
    return long_text(label, rows=3, max_length=1000, help_text=help_text)


class SpendFields(EvidenceForm, WithholdingFields):
    """An item of spend, with the fields that its kind has."""

    kinds: tuple[LineKind, ...] = tuple(LineKind)
    kind = forms.ChoiceField(choices=LineKind.choices, required=False, widget=forms.HiddenInput)
    stage = forms.ChoiceField(choices=LineStage.choices, widget=Radios(hints=STAGE_HINTS))
    received_on = DayField(
        label="Date of receipt",
        help_text="When goods or service were received, or are expected. It decides the year.",
    )
    payee = WordsField(max_length=200)
    is_firm = forms.BooleanField(label="This is a firm, not a person", required=False)
    purpose = WordsField(max_length=300)
    category = forms.ChoiceField(choices=[("", "Choose"), *Category.choices])
    net = MoneyField()
    vat = MoneyField(label="VAT", required=False, help_text="Leave empty where there is none.")
    gross = MoneyField(required=False, help_text="Leave empty to have net and VAT added up.")
    is_vat_recovered = forms.TypedChoiceField(
        label="Is the VAT recovered?",
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=Radios(is_inline=True),
        help_text="VAT that is recovered does not count against the limit.",
    )
    paid_on = DayField(label="Date of payment", required=False, help_text="Of an actual, if known.")
    invoice_number = WordsField(max_length=60, required=False)
    po_number = WordsField(label="PO number", max_length=60, required=False)
    why_credited = reason_field("Why did it come back?")
    pay_period = WordsField(max_length=40, help_text="Like “March 2020” or “Period 12”.")
    journal_number = WordsField(label="SAP journal reference", max_length=60)
    cost_centre = WordsField(label="Cost centre or WBS", max_length=40, required=False)
    subjective_code = WordsField(max_length=40, required=False)
    why_so = long_text(
        "Why is it right?",
        rows=2,
        max_length=1000,
        required=False,
        help_text="In a sentence: it is kept with the line, for whoever checks it.",
    )
    waiver = forms.ModelChoiceField(
        Waiver.objects.none(),
        required=False,
        empty_label="None",
        help_text="Only where a rule stands in the way that somebody waived for this allocation.",
    )

    def __init__(self, *args: Any, of_kind: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        said = of_kind or self.data.get("kind") or self.initial.get("kind")
        self.of_kind = LineKind(said) if said in self.kinds else LineKind.INVOICE
        self.initial = {**self.initial, "kind": self.of_kind.value}
        dropped = set(strange_fields(self.of_kind))
        if self.of_kind == LineKind.PAY:
            dropped |= {"payee", "is_firm", *NO_VAT}
            self.fields["net"].label = "Sum"
        elif self.of_kind in PAYEES:
            self.fields["payee"].label, self.fields["payee"].help_text = PAYEES[self.of_kind]
        elif self.of_kind == LineKind.CREDIT:
            dropped.add("stage")
            self.fields["received_on"].label = "Date that it concerns"
            self.fields["received_on"].help_text = "It decides the year that the money is of."
            self.fields["invoice_number"].label = "Credit note number"
            self.fields["paid_on"].label = "Date it came back"
        for name in dropped:
            del self.fields[name]
        for name in needed_fields(self.of_kind):
            self.fields[name].required = True

    def offer_waivers(self, allocation: Allocation | None, user: User) -> None:
        """Offer the waivers that this person may name on a line of an allocation."""
        if allocation is not None and "waiver" in self.fields:
            waiver = self.fields["waiver"]
            assert isinstance(waiver, forms.ModelChoiceField)  # noqa: S101
            waiver.queryset = Waiver.objects.usable_by(user, allocation).with_parties()
            self.has_waivers = waiver.queryset.exists()

    has_waivers = False

    @property
    def asks_why(self) -> bool:
        """Whether to ask why the line is right: once a rule has warned."""
        return self.is_bound and ("why_so" in self.errors or bool(self.data.get("why_so")))

    @property
    def asks_firm(self) -> bool:
        """Whether to ask if the payee is a firm: once it was taken for a person."""
        return self.is_bound and ("is_firm" in self.errors or bool(self.data.get("is_firm")))

    def clean(self) -> dict[str, Any]:
        """Add up the gross where it was left empty; a payment is of an actual, and has happened."""
        cleaned = super().clean()
        cleaned["kind"] = self.of_kind
        if self.of_kind == LineKind.CREDIT:
            cleaned["stage"] = LineStage.ACTUAL
        if self.of_kind == LineKind.PAY:
            cleaned |= {"payee": PAYROLL, "is_vat_recovered": True}
        net, vat = cleaned.get("net"), cleaned.get("vat") or NOUGHT
        cleaned["vat"] = vat
        if "gross" not in self.errors and cleaned.get("gross") is None and net is not None:
            cleaned["gross"] = net + vat
        paid = cleaned.get("paid_on")
        if paid and cleaned.get("stage") not in (None, LineStage.ACTUAL):
            self.add_error("paid_on", "Only an actual has been paid: leave the date empty")
        elif paid and paid > clock.today():
            self.add_error("paid_on", "The date of payment cannot be in the future")
        return cleaned

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Return what was typed, in words; only of a form that was looked through."""
        typed = self.cleaned_data
        net, vat, gross = (money(typed[name]) for name in ("net", "vat", "gross"))
        found = {
            "Kind": self.of_kind.label,
            "Stage": LineStage(typed["stage"]).label,
            "Date of receipt": day(typed["received_on"]),
            "Payee": typed["payee"],
            "Purpose": typed["purpose"],
            "Category": Category(typed["category"]).label,
            "Sum": f"{gross}: net {net}, VAT {vat}" if typed["vat"] else net,
            "Pay period": typed.get("pay_period", ""),
            "SAP journal reference": typed.get("journal_number", ""),
            "Invoice number": typed.get("invoice_number", ""),
            "PO number": typed.get("po_number", ""),
            "Evidence": self.evidence.file_name if self.evidence else "",
        }
        return [(name, words) for name, words in found.items() if words]

    def spend(self) -> Spend:
        """Return the item of spend that was typed; only of a valid form."""
        found = {name: self.cleaned_data.get(name) for name in CARRIED}
        typed: dict[str, Any] = {name: each for name, each in found.items() if each is not None}
        waiver = self.cleaned_data.get("waiver")
        typed["waiver_id"] = waiver.pk if waiver else None
        return Spend(**typed, evidence=self.evidence, withheld=self.grounds())


class SpendForm(SpendFields, KeyedForm):
    """Record an item of spend against an allocation."""


class ConvertForm(SpendFields, KeyedForm):
    """Turn what is left of a commitment or an accrual into what it became."""

    is_last = forms.TypedChoiceField(
        label="Is this the last of it?",
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=Radios(
            hints={
                "yes": "What is then left over goes back to the allocation.",
                "no": "What is then left over stays for the next delivery or invoice.",
            }
        ),
    )

    def __init__(self, *args: Any, line: SpendingLine, **options: Any) -> None:
        super().__init__(*args, of_kind=line.kind, **options)
        later = LineStage.choices[LineStage.values.index(line.stage) + 1 :]
        stage = self.fields["stage"]
        assert isinstance(stage, forms.ChoiceField)  # noqa: S101
        stage.choices = later


class AwaitingForm(SpendFields, KeyedForm):
    """Record spend that no decision covers yet."""

    kinds = tuple(kind for kind in LineKind if kind != LineKind.CREDIT)

    why = reason_field(
        "Why was it spent or ordered without authority?",
        "In a sentence: it is kept with the line, and read when a decision is asked to cover it.",
    )
    funder = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Funder",
        empty_label="Choose",
        help_text="Whose grant it is hoped will pay for it.",
    )
    field_order = ["why", "funder"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        funder = self.fields["funder"]
        assert isinstance(funder, forms.ModelChoiceField)  # noqa: S101
        funder.queryset = known_organisations()


class ReasonForm(KeyedForm):
    """Say why a line is released or reversed."""

    reason = reason_field("Why?", "It is kept with the line, for good.")


class AmendLineForm(EvidenceForm, EditForm):
    """Correct what may still change of a line that was posted."""

    purpose = WordsField(max_length=300)
    po_number = WordsField(label="PO number", max_length=60, required=False)
    field_order = ["purpose", "po_number", "file"]

    def __init__(self, *args: Any, line: SpendingLine, **options: Any) -> None:
        super().__init__(*args, **options)
        if "po_number" in strange_fields(line.kind):
            del self.fields["po_number"]


class CoverForm(KeyedForm):
    """Choose the allocation that now covers a line."""

    allocation = forms.ModelChoiceField(
        Allocation.objects.none(), empty_label=None, widget=Radios(), label="Allocation"
    )

    def __init__(self, *args: Any, choices: list[tuple[Allocation, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["allocation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Allocation.objects.filter(pk__in=[one.pk for one, _ in choices])
        field.choices = [(str(one.pk), f"{one.reference}: {one.purpose}") for one, _ in choices]
        assert isinstance(field.widget, Radios)  # noqa: S101
        field.widget.hints = {str(one.pk): hint for one, hint in choices}
