"""Forms of the page *Import a decision*: the source, and every field of what was understood."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from audit.forms import DayField, MoneyField, Radios, WordsField
from decisions.documents import zipped
from decisions.forms.base import KeyedForm
from decisions.imported_paper import (
    ImportedFigure,
    ImportedKind,
    ImportedPaper,
    ImportedParagraph,
    ImportedRecommendation,
    ImportedSection,
    Received,
    problems_of,
)
from decisions.models import RecommendationKind

LONGEST_PASTE = 300_000
LONGEST_MARKUP = 2_000_000
MOST_ROWS = 200
MOST_TEXT_ROWS = 16
CHARACTERS_IN_A_ROW = 52
TOO_LONG = "This is longer than any decision: paste one page only"
DRAFT, PUBLISHED = "draft", "published"
KEPT_AS = {
    DRAFT: "As a draft of mine, to go the whole way here",
    PUBLISHED: "As published elsewhere: recorded, but not approved here",
}
_NUMBERED = re.compile(r"^\s*(?P<number>[0-9]{1,2}(?:\.[0-9]{1,3}){1,3})\.?\s+(?P<text>.*)$", re.S)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def _text_box(label: str, rows: int, *, required: bool = False, hint: str = "") -> WordsField:
    widget = _Fitting(rows)
    return WordsField(label=label, widget=widget, required=required, help_text=hint)


class _Fitting(forms.Textarea):
    """A text box as high as what is in it, within reason."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self.least = least

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give it the rows that its text needs."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        lines = str(value or "").split("\n")
        needed = sum(len(line) // CHARACTERS_IN_A_ROW + 1 for line in lines)
        context["widget"]["attrs"]["rows"] = max(self.least, min(needed, MOST_TEXT_ROWS))
        return context


class SourceForm(forms.Form):
    """The paper to read: a file, or pasted.

    `markup` is what the clipboard held of a paste that was not changed since: with its numbers,
    lists and tables, which plain text has lost. It comes only with JavaScript.
    """

    file = forms.FileField(
        label="A Word document",
        required=False,
        widget=forms.FileInput({"accept": ".docx,.txt"}),
        help_text="A Word document (.docx) up to 20 MB, or plain text (.txt) up to 1 MB.",
    )
    text = forms.CharField(
        label="Or its words",
        widget=forms.Textarea({"rows": 16, "spellcheck": "false", "data-pasted": "id_markup"}),
        required=False,
        help_text="Select and copy all of the document or the public page, and paste it here.",
    )
    markup = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    marks_optional = False

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all, and what is far too long to be a decision."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text, file = cleaned.get("text"), cleaned.get("file")
        if not text and not file and not self.errors:
            self.add_error("text", "Choose a Word document, or paste the words of a paper")
        if text and len(text) > LONGEST_PASTE:
            self.add_error("text", TOO_LONG)
        if len(cleaned.get("markup") or "") > LONGEST_MARKUP:
            cleaned["markup"] = ""
        if file and file.size > zipped.MOST_BYTES:
            self.add_error("file", "The file is larger than 20 MB: take the pictures out of it")
        return cleaned


NOT_OF_A_DRAFT = "Of a decision published elsewhere. Leave it empty for a draft."


class PaperForm(KeyedForm):
    """What the page says about the paper as a whole."""

    source = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    left_out = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    reference = WordsField(
        required=False,
        help_text="Like PCD 726. It is kept if it is free. Empty: the next number, at submission.",
    )
    title = WordsField(required=False, help_text="Without the reference.")
    date_signed = DayField(label="Date signed", required=False, help_text=NOT_OF_A_DRAFT)
    date_published = DayField(label="Date published", required=False, help_text=NOT_OF_A_DRAFT)
    decided_by = WordsField(label="Decided by", required=False, help_text=NOT_OF_A_DRAFT)
    executive_summary = _text_box("Executive summary", 3)
    asked = WordsField(label="What is asked", required=False)
    exemptions = _text_box("Exemptions", 2, hint="One ground on each line.")
    kept_as = forms.ChoiceField(label="How to keep it", widget=Radios())
    marks_optional = False

    def __init__(self, *args: Any, choices: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kept_as"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(value, KEPT_AS[value]) for value in choices]
        field.initial = choices[0]

    def clean_reference(self) -> str:
        """Return the reference in its one spelling."""
        return " ".join(self.cleaned_data["reference"].upper().split())


class RecommendationRow(forms.Form):
    """One recommendation, without its sums."""

    number = WordsField(required=False)
    parent = WordsField(label="Under", required=False)
    kind = forms.ChoiceField(choices=RecommendationKind.choices, initial=RecommendationKind.OTHER)
    text = _text_box("Words", 2, required=True)
    funded_from = WordsField(label="Money drawn from", required=False)
    period_start = DayField(label="Period from", required=False)
    period_end = DayField(label="Period to", required=False)
    marks_optional = False
    figures: "BaseFormSet[FigureRow]"


class FigureRow(forms.Form):
    """One sum that the recommendation decides."""

    amount = MoneyField(label="Sum", required=False)
    up_to = forms.BooleanField(label="Up to (a ceiling)", required=False)
    text = WordsField(label="As printed", required=False)
    marks_optional = False


class SectionRow(forms.Form):
    """One section with its paragraphs in one box."""

    number = WordsField(required=False)
    heading = WordsField(required=False)
    paragraphs = _text_box(
        "Paragraphs", 3, hint="Each with its number; a blank line between two paragraphs."
    )
    marks_optional = False


RecommendationRows = formset_factory(
    RecommendationRow, extra=1, can_delete=True, max_num=MOST_ROWS, validate_max=True
)
FigureRows = formset_factory(FigureRow, extra=1, max_num=MOST_ROWS, validate_max=True)
SectionRows = formset_factory(
    SectionRow, extra=1, can_delete=True, max_num=MOST_ROWS, validate_max=True
)


def _label_leave_out(rows: "BaseFormSet[Any]", what: str) -> None:
    """Say what ticking the box does."""
    for row in rows.forms:
        row.fields["DELETE"].label = f"Leave this {what} out"


class Correction:
    """All the forms of the page together: from a paper just read, or from what was posted."""

    def __init__(
        self,
        *,
        choices: Sequence[str],
        data: QueryDict | None = None,
        paper: ImportedPaper | None = None,
        received: Received | None = None,
    ) -> None:
        shown = paper or ImportedPaper()
        came = received or Received("")
        self.paper = PaperForm(data, choices=choices, initial=_paper_shown(shown, came))
        self.recommendations = RecommendationRows(
            data,
            prefix="recommendations",
            initial=None if data else [_recommendation_shown(r) for r in shown.recommendations],
        )
        _label_leave_out(self.recommendations, "recommendation")
        for number, row in enumerate(self.recommendations.forms):
            figures = shown.recommendations[number : number + 1]
            row.figures = FigureRows(
                data,
                prefix=f"figures-{number}",
                initial=None if data else [_figure_shown(f) for r in figures for f in r.figures],
            )
        self.sections = SectionRows(
            data,
            prefix="sections",
            initial=None if data else [_section_shown(s) for s in shown.sections],
        )
        _label_leave_out(self.sections, "section")

    @property
    def parts(self) -> list[Any]:
        """Every form and formset, in the order of the page."""
        figures = [row.figures for row in self.recommendations.forms]
        return [self.paper, self.recommendations, *figures, self.sections]

    def is_valid(self) -> bool:
        """Whether everything typed can be kept; says what cannot."""
        valid = [part.is_valid() for part in self.parts]  # each of them, to show every error
        if not all(valid):
            return False
        problems = problems_of(self.corrected())
        for problem in problems:
            self.paper.add_error(None, problem)
        return not problems

    def corrected(self) -> ImportedPaper:
        """The paper as it was corrected; the forms are valid."""
        typed = self.paper.cleaned_data
        return ImportedPaper(
            reference=typed["reference"] or None,
            title=typed["title"] or None,
            date_signed=typed["date_signed"],
            date_published=typed["date_published"],
            decided_by=typed["decided_by"] or None,
            executive_summary=_lines(typed["executive_summary"]) or None,
            asked=typed["asked"] or None,
            recommendations=tuple(_recommendations(self.recommendations.forms)),
            sections=tuple(_sections(self.sections.forms)),
            exemptions=tuple(dict.fromkeys(typed["exemptions"].split("\n"))) if typed["exemptions"]
            else (),
        )  # fmt: skip


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _typed(rows: Iterable[forms.Form]) -> Iterable[Mapping[str, Any]]:
    """What was typed in the rows that are filled in and not left out."""
    for row in rows:
        if row.has_changed() and not row.cleaned_data.get("DELETE"):
            yield row.cleaned_data


def _recommendations(rows: Sequence[RecommendationRow]) -> Iterable[ImportedRecommendation]:
    kept = [row for row in rows if row.has_changed() and not row.cleaned_data.get("DELETE")]
    for position, row in enumerate(kept, start=1):
        typed = row.cleaned_data
        yield ImportedRecommendation(
            number=typed["number"] or str(position),
            parent=typed["parent"] or None,
            text=_lines(typed["text"]),
            kind=ImportedKind(typed["kind"]),
            figures=tuple(_figures(row.figures.forms)),
            funded_from=typed["funded_from"] or None,
            period_start=typed["period_start"],
            period_end=typed["period_end"],
        )


def _figures(rows: Iterable[FigureRow]) -> Iterable[ImportedFigure]:
    for typed in _typed(rows):
        if typed["amount"]:
            yield ImportedFigure(typed["amount"], typed["up_to"], typed["text"])


def _sections(rows: Iterable[SectionRow]) -> Iterable[ImportedSection]:
    for position, typed in enumerate(_typed(rows), start=1):
        number = typed["number"] or str(position)
        yield ImportedSection(
            number, typed["heading"] or None, tuple(_paragraphs(number, typed["paragraphs"]))
        )


def _paragraphs(section: str, text: str) -> Iterable[ImportedParagraph]:
    blocks = (block.strip() for block in _BLANK_LINE.split(_lines(text)))
    for position, block in enumerate(filter(None, blocks), start=1):
        match = _NUMBERED.match(block)
        if match is not None:
            yield ImportedParagraph(match["number"], match["text"].strip())
        else:
            yield ImportedParagraph(f"{section}.{position}", block)


def _paper_shown(paper: ImportedPaper, received: Received) -> dict[str, Any]:
    return {
        "source": received.text,
        "left_out": "\n".join(received.left_out),
        "reference": paper.reference,
        "title": paper.title,
        "date_signed": paper.date_signed,
        "date_published": paper.date_published,
        "decided_by": paper.decided_by,
        "executive_summary": paper.executive_summary,
        "asked": paper.asked,
        "exemptions": "\n".join(paper.exemptions),
    }


def _recommendation_shown(each: ImportedRecommendation) -> dict[str, Any]:
    return {
        "number": each.number,
        "parent": each.parent,
        "kind": each.kind.value,
        "text": each.text,
        "funded_from": each.funded_from,
        "period_start": each.period_start,
        "period_end": each.period_end,
    }


def _figure_shown(figure: ImportedFigure) -> dict[str, Any]:
    return {"amount": figure.amount, "up_to": figure.up_to, "text": figure.text}


def _section_shown(section: ImportedSection) -> dict[str, Any]:
    paragraphs = [f"{each.number} {each.text}" for each in section.paragraphs]
    return {
        "number": section.number,
        "heading": section.heading,
        "paragraphs": "\n\n".join(paragraphs),
    }
