"""Forms for the papers behind a decision."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from audit.forms import WordsField
from decisions.documents.brought import KINDS, KINDS_IN_WORDS, UnfitFileError, kind_of
from decisions.forms.base import EditForm, KeyedForm
from decisions.forms.paper import PartForm

HELP = (
    f"Up to 20 MB: {KINDS_IN_WORDS}. It is kept as it is, under its SHA-256. Once the decision is "
    "published anyone can open a file of Part 1, with what it says of who made it."
)


class FileForm(forms.Form):
    """A file, of which only one that is what its name says is taken; `media_type` is its type."""

    file = forms.FileField(
        max_length=200,
        help_text=HELP,
        widget=forms.FileInput({"accept": ",".join(KINDS)}),
    )
    media_type = ""

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too large, or is not what its name says."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            self.media_type = kind_of(file.name or "", file.read()).media_type
        except UnfitFileError as unfit:
            raise forms.ValidationError(str(unfit)) from None
        file.seek(0)
        return file


class PaperForm(PartForm, FileForm, KeyedForm):
    """Add a paper behind the decision."""

    title = WordsField(max_length=300)
    field_order = ["title", "file", "part", "exemption"]


class DescribeForm(PartForm, EditForm):
    """Change what a supporting paper is called, and in which part it lies."""

    title = WordsField(max_length=300)
    field_order = ["title", "part", "exemption"]
