"""Finding decisions by words: PostgreSQL full text over Part 1 alone, newest first or best first.

Ranking every match is slow, so only the newest 500 matches are ever ranked.
"""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from decisions.models import (
    Decision,
    DecisionQuerySet,
    Organisation,
    Part,
    Recipient,
    Recommendation,
    in_part_1,
)
from decisions.workflow import Status

RANKED = 500
LONGEST = 200  # characters of a search
MOST_DASHES = 20


def reindex(decision: Decision) -> None:
    """Bring the words of a decision's Part 1 up to date, inside the act that changed them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT decisions_reindex(%s)", [decision.pk])


def query_of(words: str) -> SearchQuery:
    """Return the query for words as people type them: "quoted phrases", or, -without.

    PostgreSQL fails at more than thirty dashes in a row, so of many dashes none is a "without".
    """
    asked = words[:LONGEST]
    if asked.count("-") > MOST_DASHES:
        asked = asked.replace("-", " ")
    return SearchQuery(asked, config="english", search_type="websearch")


def matching(decisions: DecisionQuerySet, words: str) -> DecisionQuerySet:
    """Return the decisions whose Part 1 has the words; all of them when there are no words."""
    if not words.strip():
        return decisions
    return decisions.filter(search_entry__words=query_of(words))


def best(decisions: DecisionQuerySet, words: str) -> DecisionQuerySet:
    """Return the best matches first, out of the newest 500."""
    newest = matching(decisions, words).order_by("-id").values("id")[:RANKED]
    rank = SearchRank(F("search_entry__words"), query_of(words))
    return decisions.filter(id__in=newest).annotate(rank=rank).order_by("-rank", "-id")


def filtered(
    decisions: DecisionQuerySet,
    *,
    status: str = "",
    year: int | None = None,
    funder: int | None = None,
) -> DecisionQuerySet:
    """Return the decisions of a status, signed in a financial year, with a funder.

    `year` is the one that a financial year begins in: 2019 for 2019/20. `funder` is an
    organisation's id: the paper's own, or of any of its recommendations in Part 1.
    """
    if status in Status.values:
        decisions = decisions.filter(status=status)
    if year is not None:
        days = (f"{year}-04-01", f"{year + 1}-03-31")
        decisions = decisions.filter(date_signed__range=days)
    if funder is not None:
        named = Recommendation.objects.filter(in_part_1(), funder=funder)
        found = named.values("decision")
        decisions = decisions.filter(Q(funder=funder) | Q(id__in=found))
    return decisions


def funders_of(decisions: DecisionQuerySet) -> QuerySet[Organisation]:
    """Return the organisations that Part 1 of any of the decisions names as its funder.

    No others: that the register knows an organisation may itself be a fact of Part 2.
    """
    own = decisions.filter(funder=OuterRef("pk"))
    named = Recommendation.objects.filter(
        in_part_1(), decision__in=decisions, funder=OuterRef("pk")
    )
    return Organisation.objects.filter(Exists(own) | Exists(named))


def suggested_names() -> QuerySet[Organisation, str]:
    """Return the names of organisations that Part 1 of any numbered paper names, for who writes.

    No others: that the register knows an organisation may itself be a fact of Part 2, or of
    somebody else's draft.
    """
    own = Decision.objects.filter(funder=OuterRef("pk"), number__isnull=False)
    named = Recommendation.objects.filter(
        in_part_1(),
        Q(funder=OuterRef("pk")) | Q(recipient=OuterRef("pk")),
        decision__number__isnull=False,
    )
    listed = Recipient.objects.filter(
        in_part_1("recommendation__"),
        organisation=OuterRef("pk"),
        part=Part.PART_1,
        recommendation__decision__number__isnull=False,
    )
    found = Organisation.objects.filter(Exists(own) | Exists(named) | Exists(listed))
    return found.values_list("name", flat=True)


def page_after(decisions: DecisionQuerySet, *, before: int | None, size: int = 25) -> list[Any]:
    """Return the next `size` decisions, newest first, that come after the one with id `before`.

    One more than `size` is returned when there is a further page.
    """
    if before is not None:
        decisions = decisions.filter(id__lt=before)
    return list(decisions.order_by("-id")[: size + 1])
