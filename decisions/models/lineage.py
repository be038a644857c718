"""A programme: the decisions that continue, vary or supersede one another, and their authority.

`programme_of` follows the links both ways, so that any decision leads to all the others. Its
`total` is what the decided and unrevoked ones opened. Each pound is counted once: a sum drawn from
another is part of that one and adds nothing, and a recommendation that varies restates a sum that
an earlier decision opened, so that it adds (or takes) the difference from the figure that it gives
as decided earlier, and nothing where it gives none.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from decisions.models.approvals import GRANTED, OutcomeFigure, RecommendationOutcome
from decisions.models.decision import Decision
from decisions.models.paper import DecisionLink, LinkKind
from decisions.models.recommendations import Figure, FigureRole, RecommendationKind, in_part_1
from decisions.models.steps import StepTaken
from decisions.workflow import Status

LINEAGE = (LinkKind.CONTINUES, LinkKind.VARIES, LinkKind.SUPERSEDES)
OPENING_KINDS = (
    RecommendationKind.ACCEPT,
    RecommendationKind.APPROVE_SPEND,
    RecommendationKind.APPROVE,
    RecommendationKind.AWARD,
)
NOTHING = Decimal("0.00")
# UNION, not UNION ALL: a circle of links ends where it began.
RELATED = """
    WITH RECURSIVE pair (a, b) AS (
        SELECT from_decision_id, to_decision_id FROM decisions_decisionlink
        WHERE kind = ANY (%(kinds)s) AND to_decision_id IS NOT NULL
          AND (NOT %(public)s OR 2 = (
              SELECT count(*) FROM decisions_decision
              WHERE id IN (from_decision_id, to_decision_id) AND status = 'published'))
    ), member (id) AS (
        SELECT %(start)s::bigint
        UNION
        SELECT CASE WHEN pair.a = member.id THEN pair.b ELSE pair.a END
        FROM member JOIN pair ON member.id IN (pair.a, pair.b)
    )
    SELECT id FROM member
"""

ONWARD = """
    WITH RECURSIVE onward (id) AS (
        SELECT %(start)s::bigint
        UNION
        SELECT link.to_decision_id FROM decisions_decisionlink link
        JOIN onward ON link.from_decision_id = onward.id
        WHERE link.to_decision_id IS NOT NULL AND (link.kind = 'funds') = %(is_funds)s
    )
    SELECT EXISTS (SELECT FROM onward WHERE id = %(end)s)
"""


@dataclass(frozen=True)
class Member:
    """One decision of a programme: the authority (pounds) it opened, nothing unless it stands.

    `running` is the programme's total up to and with this decision.
    """

    decision: Decision
    opened: Decimal
    running: Decimal

    @property
    def stands(self) -> bool:
        """Whether it is decided and not revoked."""
        return stands(self.decision)


@dataclass(frozen=True)
class Programme:
    """The decisions of a programme in the order in which they were signed, undecided ones last."""

    members: Sequence[Member]

    @property
    def first(self) -> Decision:
        """The decision that it began with, whose name it bears."""
        return self.members[0].decision

    @property
    def total(self) -> Decimal:
        """The authority (pounds) that all of them opened."""
        return self.members[-1].running if self.members else NOTHING


def programme_of(
    decision: Decision, *, with_part_2: bool = False, published_only: bool = False
) -> Programme:
    """Return the programme that a decision belongs to, itself alone where it has no links.

    Sums of Part 2 are left out unless `with_part_2`. It holds drafts too: whoever shows it keeps
    back what the reader may not see (`visible_to`), which never changes the total. For anyone,
    `published_only` follows the links between published decisions and no others.
    """
    related = _related(decision, published_only=published_only)
    rows = Decision.objects.filter(pk__in=related).with_parties()
    found = sorted(rows, key=_place)
    opened = authority_opened(found, with_part_2=with_part_2, published_only=published_only)
    members, running = [], NOTHING
    for each in found:
        own = opened.get(each.pk, NOTHING)
        running += own
        members.append(Member(each, own, running))
    return Programme(members)


def is_linked_in_public(decision: Decision) -> bool:
    """Return whether a published decision belongs to a programme of more than itself."""
    here = Q(from_decision=decision, to_decision__status=Status.PUBLISHED)
    there = Q(to_decision=decision, from_decision__status=Status.PUBLISHED)
    return DecisionLink.objects.filter(here | there, kind__in=LINEAGE).exists()


def authority_opened(
    decisions: Iterable[Decision], *, with_part_2: bool = False, published_only: bool = False
) -> dict[int, Decimal]:
    """Return the authority (pounds) that each decision opened, by its id; none for the others.

    With `published_only`, what was signed further and is not published yet opened none.
    """
    standing = [each.pk for each in decisions if stands(each)]
    rows = sums_opened(with_part_2=with_part_2).filter(
        outcome__approval__decision__in=standing,
    )
    varied = variations(with_part_2=with_part_2).filter(approval__decision__in=standing)
    if published_only:
        unpublished = StepTaken.objects.unpublished().filter(decision__in=standing).values("act")
        rows = rows.exclude(outcome__approval__act__in=unpublished)
        varied = varied.exclude(approval__act__in=unpublished)
    sums = rows.order_by().values_list("outcome__approval__decision").annotate(Sum("amount"))
    opened = defaultdict(lambda: NOTHING, sums)
    for row in varied.select_related("approval"):
        opened[row.approval.decision_id] += vars(row)["difference"]
    return opened


def sums_opened(*, with_part_2: bool = False) -> QuerySet[OutcomeFigure]:
    """Return the sums decided that open authority of their own, by whatever decision."""
    rows = OutcomeFigure.objects.filter(
        outcome__outcome__in=GRANTED,
        outcome__recommendation__kind__in=OPENING_KINDS,
        outcome__recommendation__funded_from__isnull=True,
        figure__role=FigureRole.SUM_DECIDED,
    )
    return rows if with_part_2 else rows.filter(in_part_1("outcome__recommendation__"))


def variations(*, with_part_2: bool = False) -> QuerySet[RecommendationOutcome]:
    """Return the outcomes that vary what was decided earlier, each with its `difference`."""
    decided = OutcomeFigure.objects.filter(
        outcome=OuterRef("pk"), figure__role=FigureRole.SUM_DECIDED
    )
    earlier = Figure.objects.filter(
        recommendation=OuterRef("recommendation"), role=FigureRole.EARLIER
    )
    rows = RecommendationOutcome.objects.filter(
        outcome__in=GRANTED,
        recommendation__kind=RecommendationKind.VARY,
        recommendation__funded_from__isnull=True,
    )
    rows = rows.annotate(
        difference=_total(decided.values("outcome")) - _total(earlier.values("recommendation"))
    ).filter(difference__isnull=False)
    return rows if with_part_2 else rows.filter(in_part_1("recommendation__"))


def _total(rows: "QuerySet[Any, Any]") -> Subquery:
    return Subquery(rows.order_by().annotate(total=Sum("amount")).values("total"))


def opens(kind: str, sums: Iterable[tuple[str, Decimal]]) -> Decimal:
    """Return what a recommendation opens by itself (pounds), by the roles and sums of its figures.

    What varies opens its difference from what was decided earlier; below nought, it takes that.
    """
    held = list(sums)
    decided = sum((s for role, s in held if role == FigureRole.SUM_DECIDED), NOTHING)
    earlier = [s for role, s in held if role == FigureRole.EARLIER]
    if kind == RecommendationKind.VARY and earlier:
        return decided - sum(earlier, NOTHING)
    return decided if kind in OPENING_KINDS else NOTHING


def stands(decision: Decision) -> bool:
    """Return whether a decision is decided and not revoked, so that its authority counts."""
    return decision.is_decided and decision.revoked_on is None


def leads_back(decision: Decision, to: Decision, kind: str) -> bool:
    """Return whether a link from one decision to another would close a ring of links.

    What a decision funds comes after it, what it otherwise links to before: two kinds of chain.
    """
    ends = {"start": to.pk, "end": decision.pk, "is_funds": kind == LinkKind.FUNDS}
    with connection.cursor() as cursor:
        cursor.execute(ONWARD, ends)
        return bool(cursor.fetchone()[0])


def _related(decision: Decision, *, published_only: bool) -> list[int]:
    wanted: dict[str, list[str] | int | bool] = {
        "kinds": [str(kind) for kind in LINEAGE],
        "start": decision.pk,
        "public": published_only,
    }
    with connection.cursor() as cursor:
        cursor.execute(RELATED, wanted)
        return [found for (found,) in cursor.fetchall()]


def _place(decision: Decision) -> tuple[bool, date, int]:
    """Return where a decision stands in its programme."""
    signed = decision.date_signed if decision.is_decided else None
    return signed is None, signed or date.max, decision.pk
