"""Who approved this sum, and for what? One search over all that money is known by. In pounds.

Every word that is typed has to be found in an answer: in its names and references, or as its sum.
A sum is found however it is written, and a number without a unit is read as thousands too, since
papers print them so: "1,150" is £1,150 and £1,150,000. Nothing of Part 2 is found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from audit.forms import MoneyField
from decisions.models import Approval, Decision, OutcomeFigure, Recommendation, SignedDocument
from decisions.models.recommendations import in_part_1
from grants.models import Allocation, Award, SpendingLine
from grants.search import sums_decided

THOUSAND = 1_000
MOST_DIGITS = 9
UNIT = re.compile(r"(?<=[0-9])\s+(?=(?:k|m|mn|bn|thousand|million|billion)\b)", re.IGNORECASE)
SIGN = re.compile(r"£\s+")
SAID_ANYWAY = {"allocation", "recommendation", "line", "invoice", "letter", "po", "£", "for", "to"}
PLAIN = re.compile(r"[£0-9.,]+")


@dataclass(frozen=True)
class Word:
    """A word that was typed, and the sums (pounds) that it may be."""

    text: str
    sums: tuple[Decimal, ...]

    @property
    def number(self) -> int | None:
        """The number it is, where it is one that something may bear."""
        is_number = self.text.isascii() and self.text.isdigit() and len(self.text) <= MOST_DIGITS
        return int(self.text) if is_number else None


@dataclass(frozen=True)
class Known:
    """What one kind of thing is known by: words and sums of its own, numbers, its decision."""

    words: tuple[str, ...]
    sums: tuple[str, ...]
    number: str
    decision: str

    def holding(self, typed: Iterable[Word]) -> Q:
        """Return the condition that every word is found."""
        found = Q()
        for word in typed:
            found &= self._holds(word)
        return found

    def _holds(self, word: Word) -> Q:
        found = Q(**{f"{self.decision}__series__code__iexact": word.text})
        for column in self.words:
            found |= Q(**{f"{column}__icontains": word.text})
        for column in self.sums if word.sums else ():
            found |= Q(**{f"{column}__in": word.sums})
        if word.number is not None:
            found |= Q(**{f"{self.decision}__number": word.number})
            found |= Q(**{self.number: word.number})
        return found


FIGURES = Known(
    words=(
        "outcome__recommendation__text",
        "outcome__recommendation__recipient__name",
        "outcome__recommendation__funder__name",
        "outcome__recommendation__decision__title",
    ),
    sums=("amount",),
    number="outcome__recommendation__number",
    decision="outcome__recommendation__decision",
)
ALLOCATIONS = Known(
    words=(
        *("purpose", "funder__name", "recipient__name", "budget_holder__name"),
        *("beneficiary__name", "decision__title"),
    ),
    sums=("limit", "now"),
    number="n",
    decision="decision",
)
LETTERS = Known(
    words=("reference", "accepted_by", "conditions"),
    sums=("amount",),
    number="n",
    decision="figure__outcome__recommendation__decision",
)
LINES = Known(
    words=(
        "payee",
        "purpose",
        "invoice_number",
        "po_number",
        "journal_number",
        "sap_document",
        "cost_centre",
    ),
    sums=("amount", "net", "gross"),
    number="id",
    decision="allocation__decision",
)


def words_of(typed: str) -> list[Word]:
    """Return what was typed word by word; "1.15 million" is one, "pcd-726-2" is three."""
    text = SIGN.sub("£", UNIT.sub("", typed.strip()))
    if is_slug(text.lower()):
        text = text.replace("-", " ")
    words = [word.strip(",;:“”\"'()") for word in text.split()]
    return [Word(word, _sums(word)) for word in words if word and word.lower() not in SAID_ANYWAY]


def is_slug(text: str) -> bool:
    """Whether a word is the address of a decision or an allocation."""
    known = Decision.objects.with_slug(text).exists()
    return "-" in text and (known or Allocation.objects.with_slug(text).exists())


def _sums(word: str) -> tuple[Decimal, ...]:
    try:
        found = MoneyField(required=False).clean(word)
    except ValidationError:
        return ()
    if found is None:
        return ()
    is_plain = PLAIN.fullmatch(word) and found < THOUSAND * THOUSAND and found % 1 == 0
    return (found, found * THOUSAND) if is_plain else (found,)


# ---------------------------------------------------------------- what is found


def figures_found(words: Iterable[Word]) -> QuerySet[OutcomeFigure]:
    """Return the sums decided that have the words, newest first."""
    return sums_decided().filter(FIGURES.holding(words)).order_by("-id")


def allocations_found(words: Iterable[Word]) -> QuerySet[Allocation]:
    """Return the allocations that have the words, newest first, with their balances."""
    found = Allocation.objects.with_parties().with_balances()
    return found.filter(ALLOCATIONS.holding(words)).order_by("-id")


def letters_found(words: Iterable[Word]) -> QuerySet[Award]:
    """Return the funders' letters that have the words, newest first."""
    decided = sums_decided().order_by().values("pk")
    found = Award.objects.filter(LETTERS.holding(words), figure__in=decided)
    return found.select_related("figure__outcome__recommendation__decision__series").order_by("-id")


def lines_found(words: Iterable[Word]) -> QuerySet[SpendingLine]:
    """Return the spending lines that have the words, newest first."""
    return SpendingLine.objects.with_parties().filter(LINES.holding(words)).order_by("-id")


# ---------------------------------------------------------------- who approved it, and for what


@dataclass(frozen=True)
class Chain:
    """What a sum decided rests on: words, decision, signature, and the document, if one is held.

    `words` is empty where the recommendation is no longer in Part 1.
    """

    figure: OutcomeFigure
    recommendation: Recommendation
    words: str
    approval: Approval
    by_name: str
    document: SignedDocument | None


def chains(figures: Iterable[int]) -> dict[int, Chain]:
    """Return what each of some sums decided rests on, by its key."""
    rows = OutcomeFigure.objects.filter(pk__in=set(figures)).select_related(
        "outcome__recommendation__decision__series",
        "outcome__approval__approved_by",
        "outcome__approval__transcription",
    )
    held = list(rows)
    shown = set(
        Recommendation.objects.filter(
            in_part_1(), pk__in=[row.outcome.recommendation_id for row in held]
        ).values_list("pk", flat=True)
    )
    approvals = {row.outcome.approval.pk: row.outcome.approval for row in held}
    names = {pk: approval.by_name for pk, approval in approvals.items()}
    documents = {
        document.approval_id: document
        for document in SignedDocument.objects.public().filter(approval__in=approvals)
    }
    return {
        row.pk: Chain(
            figure=row,
            recommendation=row.outcome.recommendation,
            words=row.outcome.recommendation.text if row.outcome.recommendation_id in shown else "",
            approval=row.outcome.approval,
            by_name=names[row.outcome.approval_id],
            document=documents.get(row.outcome.approval_id),
        )
        for row in held
    }
