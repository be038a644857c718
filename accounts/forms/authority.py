"""The forms of schemes and delegations."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from accounts.actions import Paragraph
from accounts.models import (
    CapPer,
    DelegatedAct,
    Role,
    RoleHolding,
    SchemeParagraph,
    SchemeVersion,
    User,
)
from audit import clock
from audit.forms import Checkboxes, DayField, MoneyField, Radios, WordsField

PARAGRAPHS_CHANGED = "The paragraphs changed since you opened this page: read them again"
NARROW = {"class": "govuk-input--width-5"}


class SchemeForm(forms.Form):
    """A version of the scheme of delegation."""

    title = WordsField(
        label="Title", max_length=200, help_text="For example “Scheme of Delegation and Consent”."
    )
    dated = DayField(label="Date of this version", help_text="The date that it bears.")
    valid_from = DayField(
        label="First day", required=False, help_text="In force from its own date, if left empty."
    )
    valid_to = DayField(label="Last day", required=False, help_text="Until ended, if left empty.")


class ParagraphForm(forms.Form):
    """A paragraph of a scheme: what it lets whom do, and up to how much."""

    number = WordsField(label="Paragraph", max_length=20, widget=forms.TextInput(NARROW))
    acts = forms.MultipleChoiceField(
        label="What may be decided under it", choices=DelegatedAct.choices, widget=Checkboxes()
    )
    limit = MoneyField(
        label="Limit", required=False, help_text="In pounds, for one decision. Empty: no limit."
    )
    office = forms.ChoiceField(
        label="Whose it is",
        required=False,
        choices=[("", "Any office"), *Role.choices],
        help_text="Only holders of this role, and their deputies, can be delegated to under it.",
    )
    words = WordsField(
        label="Its words",
        required=False,
        max_length=5000,
        help_text="As the scheme has them.",
        widget=forms.Textarea({"rows": 4}),
    )

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph that was typed."""
        return Paragraph(**self.cleaned_data)


if TYPE_CHECKING:
    ChoiceOfParagraph = forms.ModelChoiceField[SchemeParagraph]
else:
    ChoiceOfParagraph = forms.ModelChoiceField


class ParagraphChoice(ChoiceOfParagraph):
    """A choice among paragraphs, each by its number, its version and what it covers."""

    def label_from_instance(self, paragraph: SchemeParagraph) -> str:
        """Return how a paragraph stands in the list."""
        open_too = "" if paragraph.version.is_approved else ", proposed"
        return f"{paragraph.number}, {paragraph.version}{open_too}: {paragraph.acts_in_words}"


class ApproveSchemeForm(forms.Form):
    """The approval of a version just as its page shows it; one that changed is shown again."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, version: SchemeVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.digest = version.digest
        self.initial = {**self.initial, "shown": self.digest}

    def clean(self) -> dict[str, Any]:
        """Refuse what was shown before the version changed."""
        if self.cleaned_data.get("shown") != self.digest:
            self.add_error(None, PARAGRAPHS_CHANGED)
            self.data = {**self.data.dict(), "shown": self.digest}  # type: ignore[attr-defined]
        return self.cleaned_data


class DelegationForm(forms.Form):
    """A delegation: under which paragraph, for what, up to how much, and when."""

    paragraph = ParagraphChoice(
        label="Paragraph", queryset=SchemeParagraph.objects.none(), empty_label="Choose a paragraph"
    )
    acts = forms.MultipleChoiceField(
        label="What may be decided",
        required=False,
        choices=DelegatedAct.choices,
        widget=Checkboxes(),
        help_text="Tick less than the paragraph allows, or nothing for all of it.",
    )
    limit = MoneyField(
        label="Limit",
        required=False,
        help_text="In pounds, for one decision. Empty: the paragraph’s own.",
    )
    cap = MoneyField(
        label="Cap", required=False, help_text="In pounds, for all decisions together. Empty: none."
    )
    cap_per = forms.ChoiceField(
        label="The cap is for", required=False, choices=CapPer.choices, widget=Radios()
    )
    deputy_for = forms.ModelChoiceField(
        label="As deputy for",
        required=False,
        queryset=User.objects.none(),
        empty_label="Nobody: in their own right",
    )
    valid_from = DayField(label="First day", required=False, help_text="Today, if left empty.")
    valid_to = DayField(label="Last day", required=False, help_text="Until ended, if left empty.")

    def __init__(self, *args: Any, holder: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = RoleHolding.objects.in_force(clock.today()).filter(deputy_for__isnull=True)
        makers = User.objects.active().filter(
            pk__in=own.filter(role=Role.DECISION_MAKER).values("user")
        )
        makers = makers.exclude(pk=holder.pk)
        self.fields["deputy_for"].queryset = makers  # type: ignore[attr-defined]
        self.fields["paragraph"].queryset = open_paragraphs()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """See that a cap says what it is for."""
        data = self.cleaned_data
        for field, message in _unmatched(data):
            self.add_error(field, message)
        return data


def _unmatched(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if data.get("cap") and not data.get("cap_per"):
        yield "cap_per", "Choose whether the cap is for each year or altogether"
    if data.get("cap_per") and not data.get("cap"):
        yield "cap", "Enter the cap"


def open_paragraphs() -> Any:
    """Return the paragraphs under which a delegation can be proposed today."""
    lasting = Q(version__valid_to__isnull=True) | Q(version__valid_to__gte=clock.today())
    found = SchemeParagraph.objects.filter(lasting, version__declined_at__isnull=True)
    return found.select_related("version").order_by("-version__dated", "number")
