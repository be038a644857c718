"""Forms of claims: drawn up, submitted, answered by the funder, withdrawn."""

import re

from django import forms

from audit.forms import DayField, WordsField
from decisions.forms.base import KeyedForm, long_text
from grants.forms.spending import reason_field

NUMBER = re.compile(r"(?:line\s*)?(\d{1,12})", re.IGNORECASE)


class ClaimForm(KeyedForm):
    """The period of a new claim."""

    start = DayField(label="From")
    end = DayField(
        label="To",
        help_text="Both days included, in one financial year. What was received earlier in the"
        " year and not claimed comes with it.",
    )


class SubmitForm(KeyedForm):
    """When a claim was submitted, and under which reference."""

    taken_on = DayField(label="Submitted on")
    reference = WordsField(label="Reference", max_length=100, required=False)


class LineNumbersField(forms.CharField):
    """Numbers of lines, with commas, spaces or new lines between them: "12, 15" or "Line 12"."""

    def to_python(self, value: object) -> list[int]:  # type: ignore[override]
        """Return the numbers; refuse what is none, and say which."""
        found = []
        for word in re.split(r"[,;\n]+", super().to_python(value) or ""):
            if not word.strip():
                continue
            number = NUMBER.fullmatch(word.strip())
            if number is None:
                message = f"“{word.strip()}” is not the number of a line. Type numbers like 12, 15"
                raise forms.ValidationError(message)
            found.append(int(number.group(1)))
        return found


class AnswerClaimForm(KeyedForm):
    """What the funder paid of a claim."""

    taken_on = DayField(label="Paid, or answered, on")
    reference = WordsField(
        label="Reference of the payment or letter", max_length=100, required=False
    )
    disallowed = LineNumbersField(
        label="Lines that were disallowed",
        required=False,
        help_text="Their numbers, like 12, 15. They are to be charged elsewhere.",
    )
    carried = LineNumbersField(
        label="Lines carried forward to a later claim",
        required=False,
        help_text="Their numbers, like 12, 15. All other lines were paid.",
    )
    words = long_text(
        "What did the funder say?",
        rows=3,
        max_length=1000,
        required=False,
        help_text="Needed where a line was not paid.",
    )


class WithdrawForm(KeyedForm):
    """Withdraw a draft."""

    reason = reason_field("Why?", "It is kept with the claim, for good.")
