"""Forms for the paper's own words, its sections and paragraphs, and where they lie."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from accounts.models import AdviceKind
from audit import clock
from audit.forms import Checkboxes, DayField, Radios, WordsField
from decisions.forms.base import EditForm, KeyedForm, long_text
from decisions.forms.grid import GridField, is_being_laid
from decisions.models import (
    Decision,
    Exemption,
    Part,
    Series,
)
from decisions.search import suggested_names
from decisions.shapes import ParagraphForm as Form
from decisions.shapes import pieces_of, without_number

PART_HINTS = {
    "1": "Published with the decision.",
    "2": "Restricted: read only by those who need it, and every reading is recorded.",
}
GROUNDS = (
    ("FOIA 2000 s43(2)", "FOIA 2000 s43(2): commercial interests"),
    ("FOIA 2000 s40", "FOIA 2000 s40: personal information"),
    ("FOIA 2000 s42", "FOIA 2000 s42: legal professional privilege"),
    ("Specified Information Order 2011 para 2(2)", "Specified Information Order 2011, para 2(2)"),
)


NESTING = (
    "One item on each line. A dash and a space before an item lay it under the item above; two "
    "dashes, one level deeper. Begin items with “1.”, “(a)” or “i.” to number them."
)


NUMBERED = "Without its number: its place gives it."


class NewPaperForm(KeyedForm):
    """Begin a paper."""

    series = forms.ModelChoiceField(
        Series.objects.numbered_here(),
        empty_label=None,
        label="Series",
    )
    title = WordsField(
        max_length=500, help_text="As it is to be published. It can be changed until the decision."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_use = Series.objects.numbered_here().in_use(clock.today())
        cast("forms.ModelChoiceField[Series]", self.fields["series"]).queryset = in_use


class SuggestedInput(forms.TextInput):
    """A text box that suggests names; others may be typed."""

    template_name = "django/forms/widgets/suggested.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the names that may be suggested to anybody who writes."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_names"
        context["widget"]["attrs"]["list"] = list_id
        context["widget"]["names"] = suggested_names()
        return context


def organisation_field(label: str, help_text: str = "") -> WordsField:
    """Return a field for the name of an organisation, known or new."""
    return WordsField(
        label=label, max_length=200, required=False, widget=SuggestedInput, help_text=help_text
    )


class WordsForm(EditForm):
    """The paper's title, summary and lead-in, its funder and the advice asked."""

    title = WordsField(max_length=500)
    executive_summary = long_text("Executive summary", rows=10, required=False)
    asked = long_text(
        "What is asked",
        rows=2,
        required=False,
        max_length=1000,
        help_text="The line before the recommendations, like “The Deputy Mayor is asked to:”.",
    )
    funder = organisation_field("Funder", "Whoever gives the grant, such as the Home Office.")
    advice_asked = forms.MultipleChoiceField(
        label="Advice asked beyond what every paper needs",
        choices=AdviceKind.choices,
        widget=Checkboxes(),
        required=False,
    )
    head_of_unit = WordsField(
        label="Head of unit who consents",
        max_length=200,
        required=False,
        help_text="Name and office. It is printed in your declaration on the signed document.",
    )
    head_of_unit_consented_on = DayField(
        label="Consent given on", required=False, help_text="The day of the head of unit’s consent."
    )
    authority_paragraph = WordsField(
        label="Paragraph of the scheme relied on",
        max_length=200,
        required=False,
        help_text="The paragraph of the Scheme of Delegation and Consent under which this is to "
        "be decided, like 4.8. It is printed in your declaration.",
    )
    retrospective_reason = long_text(
        "Why money is spent before the decision, or at risk",
        rows=3,
        required=False,
        max_length=2000,
        help_text="Only where it is. It is printed in your declaration.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a consent, and for whose it is."""
        cleaned = super().clean()
        name, day = cleaned.get("head_of_unit"), cleaned.get("head_of_unit_consented_on")
        if name and not day and "head_of_unit_consented_on" not in self.errors:
            self.add_error("head_of_unit_consented_on", "Enter the day on which they consented")
        if day and not name and "head_of_unit" not in self.errors:
            self.add_error("head_of_unit", "Enter who consented")
        return cleaned


NONE_CLAIMED = (
    "Part 2 rests on an exemption, and none is claimed yet. To put this in Part 2, claim one "
    "first: on the paper’s page, under “Exemptions for Part 2”."
)


class PartForm(forms.Form):
    """Part 1 or Part 2; Part 2 rests on one of the paper's exemptions."""

    part = forms.TypedChoiceField(
        choices=[(str(value), label) for value, label in Part.choices],
        coerce=int,
        initial="1",
        widget=Radios(hints=PART_HINTS),
    )
    exemption = forms.ModelChoiceField(
        Exemption.objects.none(),
        required=False,
        empty_label="None: it is in Part 1",
        help_text="Needed for Part 2. Exemptions are claimed on the paper’s page.",
    )

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, **options)
        exemption = self.fields["exemption"]
        assert isinstance(exemption, forms.ModelChoiceField)  # noqa: S101
        exemption.queryset = decision.exemptions.all()
        if not exemption.queryset.exists():
            exemption.help_text = NONE_CLAIMED

    def clean(self) -> dict[str, Any]:
        """Ask for the exemption of Part 2."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("part") == Part.PART_2 and not cleaned.get("exemption"):
            self.add_error("exemption", "Choose the exemption that Part 2 rests on")
        return cleaned


class SectionWords(PartForm):
    """A section's heading and part."""

    heading = WordsField(max_length=300, help_text=NUMBERED)
    field_order = ["heading", "part", "exemption"]

    def clean_heading(self) -> str:
        """Leave out a number typed before the heading: two would be printed."""
        return without_number(self.cleaned_data["heading"])


class ParagraphWords(PartForm):
    """A paragraph's words and part."""

    text = long_text("Paragraph", rows=8, help_text=NUMBERED)
    field_order = ["text", "part", "exemption"]

    def clean_text(self) -> str:
        """Leave out a number typed before the words, not before a list: two would be printed."""
        text: str = self.cleaned_data["text"]
        return text if pieces_of("", text)[0][0] == Form.LIST else without_number(text)


class ListWords(PartForm):
    """A list's items and part."""

    text = long_text("Items", rows=8, help_text=NESTING)
    field_order = ["text", "part", "exemption"]


class TableWords(PartForm):
    """A table's cells and part."""

    text = GridField(
        label="Table",
        help_text="The first row holds the headings. Rows and columns left empty are not kept.",
    )
    field_order = ["text", "part", "exemption"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].required = not is_being_laid(self.data)


class NewSectionForm(SectionWords, KeyedForm):
    """Add a section."""


class SectionForm(SectionWords, EditForm):
    """Change a section."""


class NewParagraphForm(ParagraphWords, KeyedForm):
    """Add a paragraph."""


class ParagraphForm(ParagraphWords, EditForm):
    """Change a paragraph."""


class NewListForm(ListWords, KeyedForm):
    """Add a list."""


class ListForm(ListWords, EditForm):
    """Change a list."""


class NewTableForm(TableWords, KeyedForm):
    """Add a table."""


class TableForm(TableWords, EditForm):
    """Change a table."""


class SplitForm(EditForm):
    """Choose between which of its sentences a paragraph is split."""

    at = forms.TypedChoiceField(coerce=int, label="Split it", widget=Radios())

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["at"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = list(choices)


class PlaceForm(KeyedForm):
    """Choose where a paragraph goes; values are "section" or "section-before which"."""

    to = forms.ChoiceField(label="Put it", error_messages={"required": "Choose where to put it"})

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "Choose a place"), *choices]


class ExemptionForm(forms.Form):
    """Claim an exemption for Part 2."""

    ground = forms.ChoiceField(choices=GROUNDS, widget=Radios())
    reason = long_text(
        "Why it applies",
        rows=3,
        max_length=1000,
        help_text="Published: say why without giving away what is withheld.",
    )
    review_on = DayField(
        label="Review on",
        required=False,
        help_text="When to ask again whether it still applies: needed before the paper goes on.",
    )


class ChangeExemptionForm(ExemptionForm, EditForm):
    """Change an exemption; a ground that was imported stays as it was written."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        written = self.initial.get("ground")
        if written and written not in dict(GROUNDS):
            ground = self.fields["ground"]
            assert isinstance(ground, forms.ChoiceField)  # noqa: S101
            ground.choices = [*GROUNDS, (written, written)]


class ConsultationForm(KeyedForm):
    """Record that a board was consulted."""

    board = WordsField(max_length=200, help_text="Boards advise; they decide nothing.")
    held_on = DayField(label="Held on")
    outcome = long_text("What it said", rows=4, max_length=2000)
