"""From authority to what is left, one line for each programme, decision, funder or year. In pounds.

Every pound is in one atom: what a decision authorised, what was made of it, what awaits authority.
Whatever they are grouped by, the same atoms are added up, so that all groupings come to the same.
What a decision authorised is read by `decisions.models.lineage`, and how the money stands is what
allocations show (`with_balances`): this page adds up, and defines nothing of its own.

Financial years: what was charged is of the year in which it was received or is expected, whatever
the allocation. What an allocation has left, or reserved until a second person approves, and what a
decision authorised, is of the year that its period lies in, or of the years that the decision
divided it among, or of no single year.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, ExtractYear

from audit.snapshot import snapshot
from decisions.models import Decision, Organisation, OutcomeFigure, year_name
from decisions.models.lineage import sums_opened, variations
from decisions.rules.paper import year_of
from grants.claims import LIVE, claimed_before
from grants.models import NOUGHT, AccountRole, Allocation, ClaimLine, SpendingLine, Variation
from grants.outlook import outlooks
from grants.plans import Planned
from grants.programmes import Standing, groups_of_decisions, standing_of
from grants.search import open_lines

APRIL = 4
"""The month that a financial year begins in."""


@dataclass(frozen=True)
class Sums:
    """One line of the report (pounds): allocated = reserved + committed + spent + left.

    `claimed` is part of what was spent: what is in a claim that was neither refused nor withdrawn.
    """

    authorised: Decimal = NOUGHT
    money: Standing = field(default_factory=Standing)
    awaiting: Decimal = NOUGHT
    claimed: Decimal = NOUGHT
    plan: Planned = field(default_factory=Planned)

    def __add__(self, other: "Sums") -> "Sums":
        """Add two, sum by sum."""
        return Sums(
            self.authorised + other.authorised,
            self.money + other.money,
            self.awaiting + other.awaiting,
            self.claimed + other.claimed,
            self.plan + other.plan,
        )

    @property
    def cells(self) -> list[tuple[str, Decimal]]:
        """Return the sums from authority to what is left, each with its heading."""
        money = self.money
        return [
            ("Authorised", self.authorised),
            ("Allocated", money.allocated),
            ("Reserved", money.reserved),
            ("Committed", money.committed),
            ("Spent", money.spent),
            ("Claimed", self.claimed),
            ("Left", money.left),
            ("Awaiting authority", self.awaiting),
        ]

    @property
    def plan_cells(self) -> list[tuple[str, Decimal]]:
        """Return the sums from budget to variance, each with its heading."""
        return self.plan.cells(self.money.spent)

    @property
    def is_planned(self) -> bool:
        """Whether anybody planned any of it by month."""
        return bool(self.plan.profile or self.plan.to_come)

    @property
    def is_nothing(self) -> bool:
        """Whether there is no money in it at all."""
        return self == Sums()


@dataclass(frozen=True)
class Atom:
    """Money of one decision, funder and financial year; None where it is of none of a kind."""

    decision: int | None
    funder: int | None
    year: int | None
    sums: Sums


@dataclass(frozen=True)
class Group:
    """A line of the report: `thing` is a Decision, an Organisation or a year; None for the rest."""

    thing: Decision | Organisation | int | None
    label: str
    about: str
    sums: Sums


@dataclass(frozen=True)
class Narrowing:
    """What the report is narrowed to; None and nothing for all."""

    funder: int | None = None
    year: int | None = None

    def holds(self, atom: Atom) -> bool:
        """Whether money is within it."""
        return self.funder in (None, atom.funder) and self.year in (None, atom.year)


def atoms(narrowing: Narrowing | None = None) -> list[Atom]:
    """Return all the money of the register as it stands at one moment, each pound once."""
    with snapshot():
        found = [*_authorised(), *_varied(), *_allocated(), *_claimed(), *_awaiting()]
    return [atom for atom in found if narrowing is None or narrowing.holds(atom)]


def together(found: Iterable[Atom]) -> Sums:
    """Return what atoms come to."""
    return sum((atom.sums for atom in found), Sums())


# ---------------------------------------------------------------- what was authorised


def _standing_decisions() -> QuerySet[Decision]:
    return Decision.objects.decided().filter(revoked_on__isnull=True)


def _authorised() -> Iterator[Atom]:
    """Yield what each decision opened, divided among years as it was decided."""
    rows = sums_opened().filter(outcome__approval__decision__in=_standing_decisions())
    recommendation = "outcome__recommendation"
    rows = rows.annotate(
        funder=Coalesce(
            "opening__source__funder",
            f"{recommendation}__funder",
            f"{recommendation}__decision__funder",
            output_field=BigIntegerField(),
        )
    )
    rows = rows.select_related("figure", recommendation)
    for row in rows.prefetch_related("years__year_sum", "figure__years"):
        decision, funder = row.outcome.recommendation.decision_id, vars(row)["funder"]
        for year, amount in _by_year(row):
            yield Atom(decision, funder, year, Sums(authorised=amount))


def _by_year(row: OutcomeFigure) -> Iterator[tuple[int | None, Decimal]]:
    """Divide a sum decided among financial years; what no year is said of comes last."""
    shares = [(each.year_sum.year, each.amount) for each in row.years.all()]
    if not shares and not row.is_amended:
        shares = [(each.year, each.amount) for each in row.figure.years.all()]
    yield from shares
    rest = row.amount - sum((amount for _, amount in shares), NOUGHT)
    if rest:
        period = row.outcome.recommendation
        yield _year(period.period_start, period.period_end), rest


def _year(start: date | None, end: date | None) -> int | None:
    """Return the financial year that a period lies in; None where in several, or none is said."""
    if start is None or end is None or year_of(start) != year_of(end):
        return None
    return year_of(start)


def _varied() -> Iterator[Atom]:
    """Yield by how much each decision varied what an earlier one had opened."""
    applied = Variation.objects.filter(varying__outcome=OuterRef("pk"))
    found = variations().filter(approval__decision__in=_standing_decisions())
    found = found.annotate(
        whose=Coalesce(
            Subquery(applied.values("varied__opening__source__funder")[:1]),
            "recommendation__funder",
            "recommendation__decision__funder",
            output_field=BigIntegerField(),
        )
    )
    for row in found.select_related("recommendation"):
        told, words = vars(row), row.recommendation
        year = _year(words.period_start, words.period_end)
        yield Atom(words.decision_id, told["whose"], year, Sums(authorised=told["difference"]))


# ---------------------------------------------------------------- what was made of it


def _allocated() -> Iterator[Atom]:
    """Yield how each allocation stands: what was charged by its year, what is left by the period.

    The charges of years are taken out of the allocation's own sums, never beside them: should a
    line be missing from them, its pound stays with the allocation.
    """
    charged = _charged()
    rows = list(Allocation.objects.with_balances())
    yield from _planned(rows)
    for row in rows:
        rest = standing_of(row)
        for year, part in charged.get(row.pk, {}).items():
            rest = replace(rest, committed=rest.committed - part.committed)
            rest = replace(rest, spent=rest.spent - part.spent)
            yield Atom(row.decision_id, row.funder_id, year, Sums(money=part))
        rest = replace(rest, allocated=sum(rest.parts, NOUGHT))
        runs_in = _year(row.period_start, row.period_end)
        yield Atom(row.decision_id, row.funder_id, runs_in, Sums(money=rest))


def _planned(rows: list[Allocation]) -> Iterator[Atom]:
    """Yield what is planned of allocations: by year, what no month has by the period."""
    for each in outlooks((row, standing_of(row).allocated) for row in rows):
        row, year = each.allocation, each.year
        year = _year(row.period_start, row.period_end) if year is None else year
        yield Atom(row.decision_id, row.funder_id, year, Sums(plan=each.planned))


def _charged() -> dict[int, dict[int, Standing]]:
    """Return what is committed and spent of each allocation, by the year of receipt."""
    found: dict[int, dict[int, Standing]] = defaultdict(lambda: defaultdict(Standing))
    paid = SpendingLine.objects.filter(account_role=AccountRole.USED)
    of_a_year = {"year": received_in()}
    for row in _summed(paid.annotate(**of_a_year), "allocation", "year", total=Sum("effect")):
        amount = row["total"]
        found[row["allocation"]][row["year"]] += Standing(amount, spent=amount)
    held = open_lines().annotate(**of_a_year)
    keys = ("allocation", "year", "account_role")
    for row in _summed(held, *keys, total=Sum("open_sum")):
        amount, is_order = row["total"], row["account_role"] == AccountRole.COMMITTED
        part = Standing(amount, committed=amount) if is_order else Standing(amount, spent=amount)
        found[row["allocation"]][row["year"]] += part
    return found


def _claimed() -> Iterator[Atom]:
    """Yield what was claimed of each decision and funder, by the year of receipt."""
    keys = ("line__allocation__decision", "line__allocation__funder", "year")
    lines = ClaimLine.objects.filter(LIVE).annotate(year=received_in("line__"))
    for row in _summed(lines, *keys, total=Sum("amount")):
        decision, funder, year = (row[key] for key in keys)
        yield Atom(decision, funder, year, Sums(claimed=row["total"]))
    early = claimed_before().annotate(year=received_in())
    keys = ("allocation__decision", "allocation__funder", "year")
    for row in _summed(early, *keys, total=Sum("effect")):
        decision, funder, year = (row[key] for key in keys)
        yield Atom(decision, funder, year, Sums(claimed=row["total"]))


def received_in(of: str = "") -> Case:
    """Return the year that the financial year of a line's receipt begins in."""
    year = ExtractYear(f"{of}received_on")
    early = {f"{of}received_on__month__lt": APRIL}
    return Case(When(**early, then=year - 1), default=year)


def _summed(rows: Any, *keys: str, **sums: Any) -> list[dict[str, Any]]:
    return list(rows.order_by().values(*keys).annotate(**sums))


def _awaiting() -> Iterator[Atom]:
    """Yield the spend that no decision covers, by funder and the year of its receipt."""
    waiting = SpendingLine.objects.awaiting().annotate(year=received_in())
    whose = {"whose": F("account__funder")}
    for row in _summed(waiting.annotate(**whose), "whose", "year", total=Sum("amount")):
        yield Atom(None, row["whose"], row["year"], Sums(awaiting=row["total"]))


# ---------------------------------------------------------------- grouped


def grouped(found: Iterable[Atom], by: str) -> list[Group]:
    """Return atoms added up by `programme`, `decision`, `funder` or `year`, empty groups left out.

    The newest comes first, funders by name; what is of none of them comes last.
    """
    return GROUPINGS[by](found)


def _added(found: Iterable[Atom], key: Callable[[Atom], int | None]) -> dict[int | None, Sums]:
    sums: dict[int | None, Sums] = defaultdict(Sums)
    for atom in found:
        sums[key(atom)] += atom.sums
    return {key: each for key, each in sums.items() if not each.is_nothing}


def _rest(sums: dict[int | None, Sums], label: str, about: str) -> list[Group]:
    return [Group(None, label, about, sums[None])] if None in sums else []


def _by_decision(found: Iterable[Atom]) -> list[Group]:
    sums = _added(found, lambda atom: atom.decision)
    rows = Decision.objects.filter(pk__in=[key for key in sums if key]).with_parties()
    groups = [Group(row, row.reference, row.title, sums[row.pk]) for row in rows.order_by("-id")]
    return groups + _rest(sums, *NO_DECISION)


def _by_programme(found: Iterable[Atom]) -> list[Group]:
    """Add up by programme, which bears the name of the decision signed first."""
    of = {pk: min(group) for group in groups_of_decisions() for pk in group}
    held = list(found)
    known = {atom.decision for atom in held if atom.decision}
    sums = _added(held, lambda atom: of.get(atom.decision or 0, atom.decision))
    members = Decision.objects.decided().filter(pk__in={*of, *known}).with_parties()
    first: dict[int, Decision] = {}
    for row in members.order_by("date_signed", "id"):
        first.setdefault(of.get(row.pk, row.pk), row)
    keys = sorted((key for key in sums if key), reverse=True)
    groups = [Group(first[key], first[key].title, _begun(first[key]), sums[key]) for key in keys]
    return groups + _rest(sums, *NO_DECISION)


def _begun(first: Decision) -> str:
    return f"Begun with {first.reference}"


def _by_funder(found: Iterable[Atom]) -> list[Group]:
    sums = _added(found, lambda atom: atom.funder)
    rows = Organisation.objects.filter(pk__in=[key for key in sums if key]).order_by("name")
    groups = [Group(row, row.name, "", sums[row.pk]) for row in rows]
    return groups + _rest(sums, "No funder named", "Decided, and not yet allocated.")


def _by_year_of_money(found: Iterable[Atom]) -> list[Group]:
    sums = _added(found, lambda atom: atom.year)
    years = sorted((key for key in sums if key), reverse=True)
    groups = [Group(year, year_name(year), "", sums[year]) for year in years]
    return groups + _rest(sums, "No single year", "Decided or left for several years together.")


NO_DECISION = ("Under no decision yet", "Spend that awaits authority.")
GROUPINGS: dict[str, Callable[[Iterable[Atom]], list[Group]]] = {
    "programme": _by_programme,
    "decision": _by_decision,
    "funder": _by_funder,
    "year": _by_year_of_money,
}
