"""Forms of imports: a file or pasted rows, which column is which field, what SAP codes mean."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.forms import DayField, Radios, WordsField
from audit.words import day, money
from decisions.forms.base import KeyedForm, long_text
from grants.forms.evidence import EvidenceForm, keep
from grants.forms.spending import reason_field
from grants.models import Allocation, Category, ImportRow

PASTED = "pasted.csv"


class ImportForm(EvidenceForm, KeyedForm):
    """A file of spending, or rows pasted out of a spreadsheet with their headings."""

    pasted = long_text(
        "Or paste rows",
        rows=6,
        required=False,
        help_text="With the row of headings, as they come out of a spreadsheet.",
    )
    claimed_before = WordsField(
        label="Was all of it claimed before this register kept claims?",
        max_length=200,
        required=False,
        help_text="If so, say in which claims, with their references: every line then counts as"
        " spent and claimed, and no claim takes it up again. Else leave it empty.",
    )
    field_order = ["file", "pasted", "claimed_before"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = "File"
        self.fields["file"].help_text = "CSV, Excel (.xlsx) or OpenDocument (.ods), up to 10 MB."

    def clean(self) -> dict[str, Any]:
        """Keep what was sent: a file, else the rows that were pasted as a file."""
        cleaned = super().clean()
        pasted = cleaned.get("pasted")
        if self.evidence is None and pasted:
            self.evidence = keep(SimpleUploadedFile(PASTED, pasted.encode()))
        if self.evidence is None and not self.errors and not self.has_other(cleaned):
            self.add_error("file", "Choose a file, or paste rows")
        return cleaned

    def has_other(self, _cleaned: dict[str, Any]) -> bool:
        """Return whether something else than a file was chosen."""
        return False


class ColumnsForm(EvidenceForm, KeyedForm):
    """Which field each heading of a file is; the file is kept already."""

    claimed_before = WordsField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, headings: list[str], choices: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        del self.fields["file"]
        self.headings = headings
        for n, word in enumerate(headings):
            if word:
                self.fields[f"column_{n}"] = forms.ChoiceField(
                    label=word, choices=[("", "Not used"), *choices], required=False
                )

    def chosen(self) -> dict[str, str]:
        """Return for each field that was chosen its heading, the first where several were."""
        found: dict[str, str] = {}
        for n, word in enumerate(self.headings):
            field = self.cleaned_data.get(f"column_{n}")
            if field:
                found.setdefault(field, word)
        return found

    def carry(self, evidence: Any) -> None:
        """Keep the file that the page came with."""


class SetAsideForm(KeyedForm):
    """Rows to leave out of an import, and why."""

    rows = WordsField(
        max_length=2000,
        label="Rows",
        required=False,
        help_text="Like 12, 15 or Sheet1!12. Leave empty for all rows that are wrong.",
    )
    reason = reason_field("Why are they left out?")

    def places(self) -> list[str]:
        """Return the rows that were named."""
        return [one.strip() for one in self.cleaned_data["rows"].split(",") if one.strip()]


class MatchForm(KeyedForm):
    """For each row that looks like a line keyed by hand: whether it is that line."""

    def __init__(self, *args: Any, rows: Sequence[ImportRow], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places: dict[str, str] = {}
        for row in rows:
            line = row.looks_like
            if line is None or row.amount is None or row.received_on is None:
                continue
            self.places[f"row_{row.pk}"] = row.place
            self.fields[f"row_{row.pk}"] = forms.ChoiceField(
                label=f"Row {row.place}: {row.payee}, {money(row.amount)}, {day(row.received_on)}",
                help_text=f"{line.reference}: {line.purpose}, received {day(line.received_on)}.",
                choices=[("same", f"It is {line.reference}"), ("another", "It is another")],
                widget=Radios(is_inline=True),
            )

    def is_same(self) -> dict[str, bool]:
        """Return for each place whether its row is the line."""
        return {place: self.cleaned_data[key] == "same" for key, place in self.places.items()}


class ImportReasonForm(KeyedForm):
    """Why an import is dropped or taken back."""

    reason = reason_field("Why?")


class ApproveForm(KeyedForm):
    """An import as it was seen: how many lines, and their sum in pounds."""

    lines = forms.IntegerField(widget=forms.HiddenInput)
    amount = forms.DecimalField(widget=forms.HiddenInput, max_digits=14, decimal_places=2)


class SapCodeForm(KeyedForm):
    """What a code of SAP means from a day to another."""

    code = WordsField(max_length=40, label="WBS element, cost centre or cost element")
    means = forms.ChoiceField(
        label="It means",
        choices=[("allocation", "An allocation"), ("category", "A category")],
        widget=Radios(),
    )
    allocation = WordsField(
        max_length=60, label="Allocation", required=False, help_text="Like PCD 726 allocation 2."
    )
    category = forms.ChoiceField(
        label="Category", choices=[("", ""), *Category.choices], required=False
    )
    valid_from = DayField(label="From")
    valid_to = DayField(label="To", help_text="Both days included.")

    def clean(self) -> dict[str, Any]:
        """Find the allocation by its reference; ask for what was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        means = cleaned.get("means")
        if means == "category" and not cleaned.get("category"):
            self.add_error("category", "Choose the category")
        if means == "allocation":
            slug = cleaned.get("allocation", "").lower().replace(" allocation ", " ")
            found = Allocation.objects.with_slug("-".join(slug.split())).first()
            if found is None:
                self.add_error("allocation", "There is no allocation of this reference")
            cleaned["allocation"] = found
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", "It ends before it starts")
        return cleaned
