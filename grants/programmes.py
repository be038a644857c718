"""Programmes with their money: what each decision authorised, and what became of it. In pounds.

The decisions of a programme, and the authority that each opened, are read by `decisions`
(`programme_of`: every pound counted once); here stands what was allocated and spent of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, prefetch_related_objects

from accounts.models import User
from audit.words import money
from decisions.models import (
    Decision,
    DecisionLink,
    FigureRole,
    LinkKind,
    Part,
    Recommendation,
    year_name,
)
from decisions.models.lineage import LINEAGE, Member, programme_of
from decisions.wording.disagreements import Passage, disagreements
from decisions.workflow import Status
from grants.claims import claimed_by_decision
from grants.models import NOUGHT, Allocation
from grants.outlook import outlooks
from grants.plans import Planned

READ_FOR_SUMS = ("recommendations__figures__years__decided", "sections__paragraphs")


@dataclass(frozen=True)
class Standing:
    """How the money (pounds) under one decision stands: its parts together.

    allocated = reserved + committed + spent + left.
    """

    allocated: Decimal = NOUGHT
    reserved: Decimal = NOUGHT
    committed: Decimal = NOUGHT
    spent: Decimal = NOUGHT
    left: Decimal = NOUGHT

    def __add__(self, other: "Standing") -> "Standing":
        """Add two, sum by sum."""
        return Standing(
            self.allocated + other.allocated,
            self.reserved + other.reserved,
            self.committed + other.committed,
            self.spent + other.spent,
            self.left + other.left,
        )

    @property
    def parts(self) -> tuple[Decimal, ...]:
        """What was allocated, in its parts."""
        return self.reserved, self.committed, self.spent, self.left

    @property
    def passed_on(self) -> Decimal:
        """Nothing: what one allocation passed to another is counted with the other."""
        return NOUGHT


@dataclass(frozen=True)
class Row:
    """One decision of a programme with its authority and its money; `links` leads to the others."""

    member: Member
    money: Standing
    claimed: Decimal
    plan: Planned
    links: tuple[DecisionLink, ...]

    @property
    def plan_cells(self) -> list[tuple[str, Decimal]]:
        """Return the sums from budget to variance, each with its heading."""
        return self.plan.cells(self.money.spent)

    @property
    def unallocated(self) -> Decimal:
        """What it authorised (pounds) and nobody has allocated yet."""
        return max(NOUGHT, self.member.opened - self.money.allocated)


@dataclass(frozen=True)
class ProgrammeMoney:
    """A programme as a page shows it: its decisions in order, the whole, and what contradicts."""

    rows: Sequence[Row]
    total: Decimal
    claimed: Decimal
    plan: Planned
    contradictions: tuple[str, ...]

    @property
    def first(self) -> Decision:
        """The decision that it began with, whose name it bears."""
        return self.rows[0].member.decision

    @property
    def money(self) -> Standing:
        """How all of its money stands."""
        return sum((row.money for row in self.rows), Standing())

    @property
    def plan_cells(self) -> list[tuple[str, Decimal]]:
        """Return the sums of the whole from budget to variance, each with its heading."""
        return self.plan.cells(self.money.spent)

    @property
    def is_planned(self) -> bool:
        """Whether anybody planned any of it by month."""
        return bool(self.plan.profile or self.plan.to_come)


def programme_money(decision: Decision, reader: User) -> ProgrammeMoney:
    """Return the programme of a decision, with the decisions in it that the reader may see.

    The total is of all that stands, which anyone may see who sees money; a paper that the reader
    may not see has opened none.
    """
    whole = programme_of(decision)
    ids = [member.decision.pk for member in whole.members]
    visible = set(
        Decision.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True)
    )
    members = [member for member in whole.members if member.decision.pk in visible]
    money, plans = _money_of(ids)
    claimed = claimed_by_decision(ids)
    links = _links_of(ids)
    rows = [
        Row(each, money[key], claimed.get(key, NOUGHT), plans[key], tuple(links.get(key, ())))
        for each in members
        for key in [each.decision.pk]
    ]
    told = tuple(contradictions(members, rows))
    plan = sum(plans.values(), Planned())
    return ProgrammeMoney(rows, whole.total, sum(claimed.values(), NOUGHT), plan, told)


def _money_of(decisions: Iterable[int]) -> tuple[dict[int, Standing], dict[int, Planned]]:
    """Return how the money of decisions stands, and what is planned of it."""
    found: dict[int, Standing] = defaultdict(Standing)
    plans: dict[int, Planned] = defaultdict(Planned)
    rows = list(Allocation.objects.filter(decision__in=decisions).with_balances())
    for row in rows:
        found[row.decision_id] += standing_of(row)
    for each in outlooks((row, standing_of(row).allocated) for row in rows):
        plans[each.allocation.decision_id] += each.planned
    return found, plans


def standing_of(allocation: Allocation) -> Standing:
    """Return how an allocation stands that was read `with_balances`.

    What it passed on counts with the allocation that has it now.
    """
    held = vars(allocation)
    parts = [held[name] for name in ("reserved", "committed", "spent", "left")]
    return Standing(sum(parts, NOUGHT), *parts)


def _links_of(decisions: Sequence[int]) -> dict[int, list[DecisionLink]]:
    links = DecisionLink.objects.filter(
        from_decision__in=decisions, to_decision__in=decisions, kind__in=LINEAGE
    )
    found: dict[int, list[DecisionLink]] = defaultdict(list)
    for link in links.select_related("to_decision__series").order_by("id"):
        found[link.from_decision_id].append(link)
    return found


def contradictions(members: Sequence[Member], rows: Sequence[Row]) -> Iterator[str]:
    """Say what in a programme does not fit together, one sentence each."""
    by_id = {member.decision.pk: member.decision for member in members}
    prefetch_related_objects(list(by_id.values()), *READ_FOR_SUMS)
    links = [link for row in rows for link in row.links]
    for link in links:
        yield from _dead_end(by_id, link)
        yield from _years_differ(by_id, link)
    yield from _superseded_twice(by_id, links)
    if ring := _ring(links):
        names = ", ".join(by_id[pk].reference for pk in ring if pk in by_id)
        yield f"The links of {names} lead back to where they began."
    for member in members:
        yield from _sums_disagree(member.decision)


def _dead_end(by_id: dict[int, Decision], link: DecisionLink) -> Iterator[str]:
    here, there = by_id.get(link.from_decision_id), by_id.get(link.to_decision_id or 0)
    if here is None or there is None or not here.is_decided:
        return
    kind = link.get_kind_display().lower()
    if there.status == Status.WITHDRAWN:
        yield f"{here.reference} {kind} {there.reference}, which was withdrawn."
    elif there.revoked_on and link.kind != LinkKind.SUPERSEDES:
        yield f"{here.reference} {kind} {there.reference}, which has been revoked."
    elif not there.is_decided:
        yield f"{here.reference} {kind} {there.reference}, which is not decided."


def _years_differ(by_id: dict[int, Decision], link: DecisionLink) -> Iterator[str]:
    """Say in which financial years a decision has other sums than the one that it continues."""
    here, there = by_id.get(link.from_decision_id), by_id.get(link.to_decision_id or 0)
    if here is None or there is None or link.kind != LinkKind.CONTINUES:
        return
    now, then = _by_year(here), _by_year(there)
    for key in sorted(now.keys() & then.keys()):
        if now[key] != then[key]:
            year, sums = year_name(key[0]), (money(now[key]), money(then[key]))
            yield (
                f"For {year}, {here.reference} has {sums[0]} and {there.reference}, which it"
                f" continues, has {sums[1]}."
            )


def _by_year(decision: Decision) -> dict[tuple[int, str], Decimal]:
    """Return the sums (pounds) of Part 1 by year and direction, as decided, each pound once."""
    found: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for row in _in_part_1(decision):
        if row.funded_from_id:
            continue
        for figure in row.figures.all():
            if figure.role == FigureRole.SUM_DECIDED:
                for each in figure.years.all():
                    decided = next((one.amount for one in each.decided.all()), each.amount)
                    found[each.year, figure.direction] += decided
    return found


def _in_part_1(decision: Decision) -> list[Recommendation]:
    """Return the recommendations that lie in Part 1, and under none of Part 2; reads nothing."""
    rows = {row.pk: row for row in decision.recommendations.all()}
    hidden = {row.pk for row in rows.values() if row.part == Part.PART_2}
    while found := {row.pk for row in rows.values() if row.parent_id in hidden} - hidden:
        hidden |= found
    return [row for row in rows.values() if row.pk not in hidden]


def _superseded_twice(by_id: dict[int, Decision], links: Sequence[DecisionLink]) -> Iterator[str]:
    by_target: dict[int, list[str]] = defaultdict(list)
    for link in links:
        if link.kind == LinkKind.SUPERSEDES and link.from_decision_id in by_id:
            by_target[link.to_decision_id or 0].append(by_id[link.from_decision_id].reference)
    for target, sources in by_target.items():
        if len(sources) > 1 and target in by_id:
            yield f"{' and '.join(sources)} each supersede {by_id[target].reference}."


def _ring(links: Sequence[DecisionLink]) -> list[int]:
    """Return the decisions on a ring of links; none where every chain has an end."""
    leads = defaultdict(set)
    for link in links:
        leads[link.from_decision_id].add(link.to_decision_id or 0)
    while ends := {to for tos in leads.values() for to in tos} - leads.keys():
        leads = {start: left for start, tos in leads.items() if (left := tos - ends)}  # type: ignore[assignment]
    return sorted(leads)


def _sums_disagree(decision: Decision) -> Iterator[str]:
    """Say which sums in Part 1 of a paper are close and not equal: 386's £3.6m and £3.7m."""
    recommendations = [
        Passage(
            f"recommendation {row.number}",
            row.text,
            frozenset(figure.amount for figure in row.figures.all()),
        )
        for row in _in_part_1(decision)
    ]
    paragraphs = [
        Passage(f"paragraph {paragraph.number}", paragraph.text)
        for section in decision.sections.all()
        if section.part == Part.PART_1
        for paragraph in section.paragraphs.all()
        if paragraph.part == Part.PART_1
    ]
    summary = Passage("the summary", decision.executive_summary)
    for other, decided in disagreements(recommendations, summary, paragraphs):
        yield f"{decision.reference}: {other} and {decided} disagree."


@dataclass(frozen=True)
class Listed:
    """A programme in the list: where it began, and how many decisions it has."""

    first: Decision
    count: int


def programmes(reader: User) -> list[Listed]:
    """Return the programmes of two decisions or more that the reader may see, latest first."""
    visible = set(Decision.objects.visible_to(reader).values_list("pk", flat=True))
    groups = [group & visible for group in groups_of_decisions()]
    firsts = {min(group): len(group) for group in groups if len(group) > 1}
    rows = Decision.objects.filter(pk__in=firsts).with_parties().order_by("-id")
    return [Listed(row, firsts[row.pk]) for row in rows]


def groups_of_decisions() -> list[set[int]]:
    """Return the ids of decisions that links hold together, group by group."""
    group_of: dict[int, set[int]] = {}
    pairs = DecisionLink.objects.filter(kind__in=LINEAGE, to_decision__isnull=False)
    for one, other in pairs.values_list("from_decision", "to_decision"):
        joined = group_of.get(one, {one}) | group_of.get(other or 0, {other or 0})
        for each in joined:
            group_of[each] = joined
    return list({id(group): group for group in group_of.values()}.values())


def is_linked(decision: Decision) -> bool:
    """Whether a decision belongs to a programme of more than itself."""
    links = DecisionLink.objects.filter(kind__in=LINEAGE, to_decision__isnull=False)
    return links.filter(Q(from_decision=decision) | Q(to_decision=decision)).exists()
