"""The form of the page on which anyone can check a document."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from decisions.documents.verify import LARGEST_FILE

MEGABYTE = 1_000_000


class CheckForm(forms.Form):
    """One file, to be read and forgotten."""

    file = forms.FileField(
        label="The PDF to check",
        help_text=f"The file itself, as you received it. Up to {LARGEST_FILE // MEGABYTE} MB.",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
        error_messages={"required": "Choose a PDF to check."},
    )
    marks_optional = False

    def clean_file(self) -> Any:
        """Refuse a file that is larger than any document."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            message = f"The file must be smaller than {LARGEST_FILE // MEGABYTE} MB."
            raise forms.ValidationError(message)
        return file
