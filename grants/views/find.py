"""Who approved this sum, and for what? Each answer with the whole chain behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.words import day, money, period
from decisions.models import OutcomeFigure
from grants.find import (
    Chain,
    Word,
    allocations_found,
    chains,
    figures_found,
    letters_found,
    lines_found,
    words_of,
)
from grants.models import Allocation, Award, SpendingLine
from grants.templatetags.grants import status_of
from grants.views.access import money_page
from grants.views.crumbs import named, place_of, place_of_award, to_money

MOST = 10  # answers of each kind
MOST_TYPED = 200  # characters


@dataclass(frozen=True)
class Answer:
    """Something that was found: what it is, its sum (pounds), and the sum decided it rests on."""

    label: str
    url: str
    amount: Decimal
    about: str
    figure: int | None
    why: str = ""
    chain: Chain | None = None


@dataclass(frozen=True)
class Answers:
    """The answers of one kind, and how many there are beside those shown."""

    title: str
    found: list[Answer]
    count: int


@require_safe
@money_page
def money_find(request: HttpRequest) -> HttpResponse:
    """Find sums decided, allocations, letters and spending by anything that they are known by."""
    typed = request.GET.get("q", "").replace("\x00", "")[:MOST_TYPED]
    words = words_of(typed)
    kinds = [kind for kind in answers(words) if kind.count] if words else []
    context = {
        "crumbs": [("Home", "/"), *to_money(), ("Who approved it?", "")],
        "typed": typed,
        "kinds": kinds,
        "count": sum(kind.count for kind in kinds),
        "read_as": _read_as(words),
        "most": MOST,
    }
    return render(request, "grants/money_find.html", context)


def answers(words: list[Word]) -> list[Answers]:
    """Return all that is found, each with what it rests on."""
    found = [
        _some("Sums decided", figures_found(words), _figure),
        _some("Allocations", allocations_found(words), _allocation),
        _some("Letters of award", letters_found(words), _letter),
        _some("Spending", lines_found(words), _line),
    ]
    by_figure = chains(each.figure for kind in found for each in kind.found if each.figure)
    return [Answers(kind.title, _with_chains(kind.found, by_figure), kind.count) for kind in found]


def _some(title: str, rows: QuerySet[Any], told: Callable[[Any], Answer]) -> Answers:
    shown = [told(row) for row in rows[: MOST + 1]]
    count = rows.count() if len(shown) > MOST else len(shown)
    return Answers(title, shown[:MOST], count)


def _with_chains(found: Iterable[Answer], by_figure: dict[int, Chain]) -> list[Answer]:
    return [Answer(**{**vars(each), "chain": by_figure.get(each.figure or 0)}) for each in found]


def _figure(row: OutcomeFigure) -> Answer:
    recommendation = row.outcome.recommendation
    decision = recommendation.decision
    url = reverse("decision_detail", args=[decision.slug])
    place = f"{url}#recommendation-{recommendation.number}"
    return Answer(named(row), place, row.amount, decision.title, row.pk)


def _allocation(row: Allocation) -> Answer:
    runs = period(row.period_start, row.period_end)
    about = f"{row.purpose}; {row.funder}, {runs}. {money(vars(row)['left'])} is left."
    return Answer(row.reference, place_of(row), vars(row)["now"], about, row.figure_id)


def _letter(row: Award) -> Answer:
    about = f"{named(row.figure)}; accepted by {row.accepted_by} on {day(row.accepted_on)}."
    label, url = f"Letter {row.reference}", place_of_award(row.figure_id)
    return Answer(label, url, row.amount, about, row.figure_id)


def _line(row: SpendingLine) -> Answer:
    numbers = [("invoice", row.invoice_number), ("PO", row.po_number)]
    numbers += [("journal", row.journal_number), ("SAP", row.sap_document)]
    told = "".join(f"; {name} {number}" for name, number in numbers if number)
    about = f"{status_of(row)[0]}: {row.purpose}{told}; {day(row.received_on)}."
    url = reverse("line_detail", args=[row.pk])
    figure = row.allocation.figure_id if row.allocation else None
    label, why = f"{row.reference}: {row.payee}", reverse("line_why", args=[row.pk])
    return Answer(label, url, row.effect, about, figure, why)


def _read_as(words: Iterable[Word]) -> list[str]:
    """Say which sums were looked for beside words."""
    return [" or ".join(money(amount) for amount in word.sums) for word in words if word.sums]
