"""What in a file would run, or reach out, on the computer of whoever opens it.

A file is refused for it rather than changed: it is kept, and published, as it was given. It is
looked into (`looking`) by a child process with little memory and time, as its bytes are anybody's;
what cannot be looked through in those is not kept either.
"""

import json
import subprocess
import sys

from django.conf import settings

from decisions.documents import seen

LONGEST_LOOK = 20.0
SAVE_OFFICE = (
    "Save a copy without it (as .docx, .xlsx, .odt or .ods), or save it as a PDF, and upload that"
)
SAVE_PDF = "Print it to a new PDF (“Print”, then “Save as PDF”) and upload that"
TWO_KINDS = (
    "The file is two kinds at once, a PDF within a zip or an Office file: "
    "save the PDF by itself, or the Office file anew, and upload that"
)
TOO_LARGE = "The file is damaged or far too large inside: open it, save it again, upload that"
_UNSEEABLE = (seen.PROTECTED, seen.UNSEEN)


def unfit(data: bytes) -> str:
    """Return why a file of any kind is not kept, and what to do; empty where nothing would run."""
    is_zip, is_pdf = seen.is_zip(data), seen.is_pdf(data)
    if is_zip and is_pdf:
        return TWO_KINDS
    if not (is_zip or is_pdf):
        return ""
    what = looked_into(data)
    return TOO_LARGE if what == seen.DAMAGED else _refusal(what, is_pdf=is_pdf)


def looked_into(data: bytes) -> str:
    """Return what a child process finds in the bytes within its limits; empty for nothing."""
    home = str(settings.BASE_DIR)
    try:
        child = subprocess.run(
            [sys.executable, "-m", "decisions.documents.looking"],
            input=data,
            capture_output=True,
            timeout=LONGEST_LOOK,
            cwd=home,
            env={"PYTHONPATH": home, "PYTHONWARNINGS": "ignore", "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return seen.UNSEEN
    said: str = json.loads(child.stdout) if child.returncode == 0 else seen.UNSEEN
    return said


def _refusal(what: str, *, is_pdf: bool) -> str:
    why = "nobody could see what is in it" if what in _UNSEEABLE else ""
    why = why or "it could harm whoever opens it"
    said = f"The file holds {what}, which is not kept here: {why}."
    return f"{said} {SAVE_PDF if is_pdf else SAVE_OFFICE}" if what else ""
