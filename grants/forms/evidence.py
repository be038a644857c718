"""The evidence file of a form: kept at once, so that no error elsewhere loses it."""

from typing import Any, cast

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from decisions.actions import KeptFile
from decisions.documents.running import unfit
from grants.documents import KINDS_IN_WORDS, MOST_BYTES, clean_name, evidence_store, kind_of

SALT = "grants.evidence"
HELP = f"{KINDS_IN_WORDS}, up to 10 MB."


class EvidenceForm(forms.Form):
    """A form with a file of evidence; `evidence` is what was kept of it, once the form is valid."""

    file = forms.FileField(label="Evidence", required=False, max_length=255, help_text=HELP)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    keeps_files = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.evidence: KeptFile | None = None

    def clean_kept(self) -> str:
        """Take up the file that an earlier sending of this form brought."""
        token: str = self.cleaned_data["kept"]
        if token:
            try:
                self.evidence = KeptFile(**signing.loads(token, salt=SALT))
            except (signing.BadSignature, TypeError):
                raise forms.ValidationError("Choose the evidence file again") from None
        return token

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse a file that is too large or of another kind than its name says."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if file is None:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 10 MB")
        data = file.read()
        if kind_of(file.name or "", data) is None:
            raise forms.ValidationError(f"Choose a file that is {KINDS_IN_WORDS}")
        if why := unfit(data):
            raise forms.ValidationError(why)
        return file

    def clean(self) -> dict[str, Any]:
        """Keep the file that was sent, and have the form carry it from here on."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if file := cleaned.pop("file", None):
            self.evidence = keep(file)
        cleaned.pop("kept", None)
        if self.evidence:
            self.carry(self.evidence)
        return cleaned

    def carry(self, evidence: KeptFile) -> None:
        """Send what was kept along with the form, and say so beside its field."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("kept")] = signing.dumps(vars(evidence), salt=SALT)
        self.data = data
        self[
            "file"
        ].help_text = (
            f"“{evidence.file_name}” is attached. Choose another file only to replace it. {HELP}"
        )


def keep(file: "UploadedFile[bytes]") -> KeptFile:
    """Put a file that was looked at into the store of evidence."""
    file.seek(0)
    data = file.read()
    name = clean_name(file.name or "")
    kind = kind_of(name, data)
    digest = evidence_store().put(data)
    return KeptFile(digest, len(data), name, kind.media_type if kind else "")
