"""Forms that close months, ask that one is opened again, and answer what was proposed."""

from typing import Any

from django import forms

from decisions.forms.base import KeyedForm, long_text
from grants.forms.answers import SecondPersonForm
from grants.forms.spending import reason_field
from grants.models import Proposal, ProposalOutcome

CHANGED = "The exceptions have changed since this page was opened. Read them again, then close it"


class CloseForm(KeyedForm):
    """Close months with the exceptions that the page shows; `now` is the digest of them."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    words = long_text(
        "Why may they stand?",
        rows=3,
        max_length=1000,
        required=False,
        help_text="It is kept with the closing, for good.",
    )

    def __init__(self, *args: Any, now: str, has_exceptions: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now = now
        self.initial["shown"] = now
        if not has_exceptions:
            del self.fields["words"]

    def clean(self) -> dict[str, Any]:
        """Refuse to close with other exceptions than were shown; show those there are now."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("shown") != self.now:
            self.data = {**self.data.dict(), "shown": self.now}  # type: ignore[attr-defined]
            raise forms.ValidationError(CHANGED)
        return cleaned


class ReopenForm(KeyedForm):
    """Propose that a month is opened again."""

    reason = reason_field("Why must it be opened again?", "Another person reads it and answers.")


HINTS = {
    ProposalOutcome.APPROVED.value: "It is carried out at once.",
    ProposalOutcome.TURNED_DOWN.value: "Nothing happens, and it is kept.",
    ProposalOutcome.TAKEN_BACK.value: "Nothing happens, and it is kept.",
}


class AnswerForm(SecondPersonForm):
    """Answer what another proposed, or take one's own proposal back."""

    def __init__(self, *args: Any, proposal: Proposal, is_own: bool, **options: Any) -> None:
        offered = {
            ProposalOutcome.APPROVED.value: f"Approve: {proposal.what}",
            ProposalOutcome.TURNED_DOWN.value: "Turn it down",
        }
        super().__init__(
            *args,
            offered=offered,
            own=ProposalOutcome.TAKEN_BACK.value,
            is_own=is_own,
            hints=HINTS,
            needed="Needed where you turn it down.",
            **options,
        )
