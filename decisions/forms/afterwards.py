"""Forms for what follows the signature: corrections, releases, conditions, decisions on paper."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Delegation
from audit.forms import Checkboxes, DayField, Radios, WordsField
from decisions.actions import KeptFile, Spot
from decisions.documents.files import KINDS_IN_WORDS, MOST_BYTES, file_store, type_of
from decisions.documents.running import unfit
from decisions.forms.base import KeyedForm, long_text
from decisions.models import Part, ReleaseGround, Series

LONGEST_LABEL = 90


def shown(spot: Spot) -> str:
    """Return the place with the beginning of its words."""
    words = " ".join(spot.words.split())
    short = words if len(words) <= LONGEST_LABEL else f"{words[:LONGEST_LABEL]}…"
    return f"{spot.where}: {short}"


class PlacesForm(forms.Form):
    """Choose the places of a paper to correct."""

    place = forms.MultipleChoiceField(
        label="What needs correcting?",
        widget=Checkboxes(),
        error_messages={"required": "Choose what needs correcting"},
    )

    def __init__(self, *args: Any, spots: list[Spot], **options: Any) -> None:
        super().__init__(*args, **options)
        place = self.fields["place"]
        assert isinstance(place, forms.MultipleChoiceField)  # noqa: S101
        place.choices = [(spot.key, shown(spot)) for spot in spots]


class CorrectionForm(KeyedForm):
    """The chosen places with their words, to be put right, and why."""

    reason = long_text(
        "Why it is corrected",
        rows=3,
        max_length=1000,
        help_text="Printed on the corrected document. Do not repeat words that must not be "
        "published.",
    )
    withholds = forms.BooleanField(
        label="The words replaced must not be published again, such as a name left in by mistake",
        required=False,
        help_text="Put [removed] in the place of each name. A recommendation keeps all its words. "
        "Earlier documents then leave the public register; otherwise they stay there, marked "
        "superseded.",
    )

    def __init__(self, *args: Any, spots: list[Spot], **options: Any) -> None:
        super().__init__(*args, **options)
        self.spots = spots
        for spot in spots:
            rows = 1 + len(spot.words) // 80
            self.fields[spot.key] = long_text(
                spot.where, rows=min(max(rows, 2), 12), initial=spot.words
            )
        self.order_fields(["form_key", *(spot.key for spot in spots)])

    def changed_words(self) -> list[tuple[str, str]]:
        """Return what was changed: pairs of a place's key and its new words."""
        typed = self.cleaned_data
        pairs = [(spot, typed[spot.key]) for spot in self.spots]
        return [(spot.key, new) for spot, new in pairs if _plain(new) != _plain(spot.words)]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


class ReleaseForm(KeyedForm):
    """What leaves Part 2, on what ground, and why."""

    items = forms.MultipleChoiceField(
        label="What is released?",
        widget=Checkboxes(),
        error_messages={"required": "Choose what is released"},
    )
    ground = forms.ChoiceField(
        label="On what ground?", choices=ReleaseGround.choices[1:], widget=Radios()
    )
    reason = long_text(
        "Why it is released", rows=3, max_length=1000, help_text="Printed on the new document."
    )

    def __init__(
        self, *args: Any, spots: list[Spot], words: dict[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        items = self.fields["items"]
        assert isinstance(items, forms.MultipleChoiceField)  # noqa: S101
        items.choices = [(spot.key, spot.where) for spot in spots]
        assert isinstance(items.widget, Checkboxes)  # noqa: S101
        items.widget.hints = words


def brought(file: "UploadedFile[bytes] | None") -> "UploadedFile[bytes] | None":
    """Return a file that was brought, once looked at; raise where it is too large or unknown."""
    if file is None:
        return None
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError("The file is larger than 10 MB")
    data = file.read()
    if not type_of(data):
        raise forms.ValidationError(f"Choose a file that is {KINDS_IN_WORDS}")
    if why := unfit(data):
        raise forms.ValidationError(why)
    return file


def kept(file: "UploadedFile[bytes]") -> KeptFile:
    """Keep a file that was looked at, and return what is known of it."""
    file.seek(0)
    data = file.read()
    return KeptFile(file_store().put(data), len(data), file.name or "", type_of(data))


class DischargeForm(KeyedForm):
    """That a condition was met, and the evidence."""

    met_on = DayField(label="Met on", help_text="The day on which the condition was met.")
    note = long_text(
        "How it was met", rows=3, max_length=2000, help_text="What the evidence shows."
    )
    file = forms.FileField(
        label="Evidence", max_length=200, help_text="A PDF, JPEG or PNG, up to 10 MB."
    )

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse a file that is too large or of another kind."""
        return brought(self.cleaned_data.get("file"))


class PaperRecordForm(KeyedForm):
    """Begin the record of a decision that was signed on paper."""

    series = forms.ModelChoiceField(Series.objects.all(), empty_label=None, label="Series")
    title = WordsField(max_length=500, help_text="As it stands on the signed paper.")


class TranscriptionForm(KeyedForm):
    """What the signed paper says, and its scan."""

    file = forms.FileField(
        label="Scan of the signed paper",
        max_length=200,
        help_text="A PDF, JPEG or PNG, up to 10 MB.",
    )
    scan_part = forms.TypedChoiceField(
        label="Who may read the scan?",
        choices=[
            (str(Part.PART_2.value), "Those who may read Part 2"),
            (str(Part.PART_1.value), "Anyone, once the decision is published"),
        ],
        coerce=int,
        initial=str(Part.PART_2.value),
        widget=Radios(
            hints={"1": "Only where nothing on it is restricted: no Part 2, no private signature."}
        ),
    )
    reference = WordsField(max_length=40, help_text="As it is printed, like PCD 386.")
    signed_on = DayField(label="Signed on", help_text="The day on the paper.")
    decided_by = WordsField(
        label="Who signed it", max_length=200, help_text="Name and office, as on the paper."
    )
    authority = WordsField(
        label="Authority then in force",
        max_length=400,
        help_text="The paragraph of the scheme of that day, like “paragraph 4.8 of the Scheme of "
        "Delegation and Consent of October 2016”.",
    )
    delegation = forms.ModelChoiceField(
        Delegation.objects.answered_with_yes().with_parties(),
        label="Delegation held here",
        required=False,
        empty_label="None: it was before this register",
    )
    interests = long_text("Interests recorded", rows=2, required=False, max_length=2000)
    words = long_text("Other words of the decision maker", rows=2, required=False, max_length=2000)

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse a file that is too large or of another kind."""
        return brought(self.cleaned_data.get("file"))


class ConditionFilterForm(forms.Form):
    """Which conditions are listed, and whose."""

    standing = forms.ChoiceField(
        label="Standing",
        required=False,
        choices=[
            ("", "Due and overdue"),
            ("overdue", "Overdue"),
            ("due", "Due"),
            ("discharged", "Discharged"),
        ],
    )
    mine = forms.BooleanField(label="Mine only", required=False)
    after = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
