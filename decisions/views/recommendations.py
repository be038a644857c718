"""Recommendations and their sums, in a paper that is being written."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.models import User
from decisions.actions.recommendations import (
    RecipientWords,
    RecommendationWords,
    Sum,
    add_recommendation,
    edit_recommendation,
)
from decisions.actions.registry import add_organisation
from decisions.forms.deciding import hush
from decisions.forms.recommendations import (
    NEITHER,
    FigureFormSet,
    NewRecommendationForm,
    RecommendationForm,
    RecommendationWordsForm,
    sums_typed,
)
from decisions.forms.rows import asks_for_more, with_another
from decisions.forms.shares import (
    MOST_YEARS,
    OPEN,
    RecipientFormSet,
    YearFormSet,
    kept,
    years_hold,
)
from decisions.models import (
    Decision,
    Direction,
    Figure,
    Part,
    Recipient,
    Recommendation,
    YearSum,
    direction_of,
    paper_content,
)
from decisions.views.access import of_decision, reader
from decisions.views.answering import FormPage, answer
from decisions.views.conflict import Edited
from decisions.views.drafting import edit_page, note_reading, organisation, paper_for

TEMPLATE = "decisions/recommendation_form.html"
WORDS = (
    "text",
    "kind",
    "parent",
    "period_start",
    "period_end",
    "funded_from",
    "own_money",
    "part",
    "exemption",
)


@dataclass(frozen=True)
class Beside:
    """What stands beside a recommendation's own words on its page: sums, years, recipients."""

    figures: Any
    years: Any
    recipients: Any

    @classmethod
    def of(
        cls, posted: QueryDict | None, decision: Decision, row: Recommendation | None
    ) -> "Beside":
        """Return the formsets as posted, or as they stand for a recommendation."""
        sums, years, recipients = _rows(row) if row else ([], [], [])
        figures = FigureFormSet(posted, prefix="figures", initial=sums)
        count = max(len(figures.forms), 1)
        return cls(
            figures,
            YearFormSet(posted, prefix="years", initial=years, form_kwargs={"sums": count}),
            RecipientFormSet(
                posted, prefix="recipients", initial=recipients, form_kwargs={"decision": decision}
            ),
        )

    @property
    def formsets(self) -> list[Any]:
        """All of them, in the order of the page."""
        return [self.figures, self.years, self.recipients]

    def holds(self, form: RecommendationWordsForm) -> bool:
        """Whether all was typed well, and the years of each sum come to it, inside the period.

        What is wrong in the form itself is the form's to say.
        """
        valid = [each.is_valid() for each in self.formsets]
        if not all(valid) or not form.is_valid():
            return all(valid)
        sums = {n: row["amount"] for n, row in sums_typed(self.figures).items()}
        period = (form.cleaned_data["period_start"], form.cleaned_data["period_end"])
        return years_hold(self.years, sums, *period)

    def sums(self, texts: Mapping[Decimal, str]) -> list[Sum]:
        """Return the sums as typed, each printed as it was where it is the same."""
        return [
            Sum(
                row["amount"],
                row["up_to"],
                texts.get(row["amount"], ""),
                row["role"],
                {"": None, NEITHER: Direction.NEITHER.value}.get(
                    row["direction"], row["direction"]
                ),
                [(year["year"], year["amount"]) for year in kept(self.years) if year["of"] == n],
            )
            for n, row in sums_typed(self.figures).items()
        ]

    def receivers(self, decision: Decision, by: User) -> list[RecipientWords]:
        """Return the recipients as typed."""
        grounds = {str(row.pk): row for row in decision.exemptions.all()}
        found = []
        for row in kept(self.recipients):
            ground = grounds.get(row["place"])
            part = Part.PART_2 if ground else Part.PART_1
            named = add_organisation(name=row["name"], by=by)
            found.append(RecipientWords(named, row["amount"], part, ground))
        return found


def _words(
    typed: dict[str, Any],
    beside: Beside,
    decision: Decision,
    by: User,
    texts: Mapping[Decimal, str] = MappingProxyType({}),
) -> RecommendationWords:
    return RecommendationWords(
        **{name: typed[name] for name in WORDS},
        funder=organisation(typed["funder"], by),
        recipients=beside.receivers(decision, by),
        figures=beside.sums(texts),
    )


def _page(
    decision: Decision, title: str, beside: Beside, done: str, edits: Edited | None = None
) -> FormPage:
    return FormPage(
        title,
        decision,
        back=edit_page(decision),
        done=done,
        template=TEMPLATE,
        edits=edits,
        context={
            "figures": beside.figures,
            "years": beside.years,
            "recipients": beside.recipients,
        },
    )


@login_required
def recommendation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a recommendation at the end."""
    decision, user = paper_for(request, slug), reader(request)
    posted = _posted(request)
    form = NewRecommendationForm(posted, decision=decision)
    beside = Beside.of(posted, decision, None)
    page = _page(decision, "Add a recommendation", beside, "Recommendation added.")

    def add(typed: dict[str, Any]) -> None:
        words = _words(typed, beside, decision, user)
        add_recommendation(decision=decision, words=words, form_key=typed["form_key"], by=user)

    return answer(request, form, page, add, is_ready=_is_ready(form, beside))


@login_required
def recommendation_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a recommendation and its sums."""
    decision, user = paper_for(request, slug), reader(request)
    row = of_decision(decision.recommendations, pk)
    part = _part(row)
    if part == Part.PART_2 and request.method == "GET":
        note_reading(decision, user, content=paper_content(decision))
    posted = _posted(request)
    beside = Beside.of(posted, decision, row)
    form = RecommendationForm(
        posted, decision=decision, initial=_shown(row), beside=beside.formsets
    )
    page = _page(decision, str(row), beside, "Recommendation saved.", _edited(row, part))
    texts = {each.amount: each.text for each in row.figures.all()}

    def change(typed: dict[str, Any]) -> None:
        words = _words(typed, beside, decision, user, texts)
        edit_recommendation(recommendation=row, words=words, by=user)

    return answer(request, form, page, change, is_ready=_is_ready(form, beside))


def _posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, with one more row where that was asked for."""
    return with_another(request.POST, MOST_YEARS) if request.method == "POST" else None


def _is_ready(form: RecommendationWordsForm, beside: Beside) -> bool:
    """Return whether it may be saved; one that only asks for a row is not told what is wrong."""
    if not form.is_bound:
        return True
    if asks_for_more(form.data):
        for each in (form, *beside.formsets):
            hush(each)
        return False
    return beside.holds(form)


def _part(row: Recommendation) -> int:
    """Return the part of all that the page shows of a recommendation."""
    own = Part.PART_2 if row.is_restricted else Part.PART_1
    return max([own, *row.recipients.values_list("part", flat=True)])


def _edited(row: Recommendation, part: int) -> Edited:
    figures = row.figures.values("pk")
    parts = [
        Figure.history.filter(recommendation_id=row.pk),
        Recipient.history.filter(recommendation_id=row.pk),
        YearSum.history.filter(figure_id__in=figures),
    ]
    return Edited(row, parts, part)


def _shown(row: Recommendation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("number", *WORDS)} | {
        "parent": row.parent_id,
        "funded_from": row.funded_from_id,
        "exemption": row.exemption_id,
        "funder": row.funder.name if row.funder else "",
    }


Shown = list[dict[str, Any]]


def _rows(row: Recommendation) -> tuple[Shown, Shown, Shown]:
    """Return the sums, the years and the recipients of a recommendation as its page shows them."""
    figures = list(row.figures.prefetch_related("years"))
    sums = [
        {name: getattr(one, name) for name in ("amount", "up_to", "role")}
        | {"direction": _direction(row, one)}
        for one in figures
    ]
    years = [
        {"of": n, "year": each.year, "amount": each.amount}
        for n, one in enumerate(figures, start=1)
        for each in one.years.all()
    ]
    recipients = [
        {"name": one.organisation.name, "amount": one.amount, "place": str(one.exemption_id or "")}
        for one in row.recipients.select_related("organisation")
    ]
    if row.recipient:
        recipients = [{"name": row.recipient.name, "amount": None, "place": OPEN}]
    return sums, years, recipients


def _direction(row: Recommendation, figure: Figure) -> str:
    """Return a sum's direction as the form has it: nothing where it is that of its kind."""
    if figure.direction == direction_of(row.kind):
        return ""
    return figure.direction or NEITHER
