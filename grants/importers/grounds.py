"""What rows are held against: allocations with what is left of them, and what SAP codes mean."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from django.db import connection

from audit import clock
from grants.models import Allocation, SapCode
from grants.paper_part_2 import withheld_names
from grants.rules import is_in_force

LEFT = """
    SELECT a.allocation_id, a.category, coalesce(
        (SELECT e.after FROM grants_entry e WHERE e.account_id = a.id ORDER BY e.n DESC LIMIT 1), 0)
    FROM grants_account a WHERE a.role = 'available'
"""
LETTERS = """
    SELECT p.id, l.period_start, l.period_end,
           coalesce(grants_beyond_letter(p.root), 0) > 0
    FROM (SELECT id, grants_root_of(figure_id) AS root FROM grants_allocation) p
    LEFT JOIN LATERAL (SELECT a.period_start, a.period_end FROM grants_award a
                       WHERE a.figure_id = p.root ORDER BY a.n DESC LIMIT 1) l ON true
"""


@dataclass
class Ground:
    """An allocation as the rules of spending look at it.

    `lefts` (pounds) by the category that they are set apart for, or empty, go down row by row.
    `days` is what was found wrong with a day of receipt, for those asked about.
    """

    allocation: Allocation
    is_in_force: bool
    decided_on: date | None
    letter_start: date | None
    letter_end: date | None
    is_beyond_letter: bool
    lefts: dict[str, Decimal]
    days: dict[date, tuple[str, str] | None] = field(default_factory=dict)

    @cached_property
    def withheld_names(self) -> dict[str, str]:
        """The grounds on which Part 2 of its decision withholds recipients, by plain name."""
        return withheld_names(self.allocation.decision)

    @cached_property
    def grounds_of_paper(self) -> list[str]:
        """The grounds that its decision claims."""
        return list(self.allocation.decision.exemptions.values_list("ground", flat=True))

    def apart(self, category: str) -> str:
        """Return the category if something is set apart for it, else nothing."""
        return category if category in self.lefts else ""


@dataclass
class Grounds:
    """All that rows are held against, read once for a file."""

    today: date = field(default_factory=clock.today)
    by_reference: dict[str, Ground] = field(default_factory=dict)
    by_id: dict[int, Ground] = field(default_factory=dict)
    codes: dict[str, list[SapCode]] = field(default_factory=dict)

    def allocation(self, reference: str) -> Ground | None:
        """Return the allocation of a reference, however it is spaced."""
        return self.by_reference.get(_plain(reference))

    def charged_by(self, code: str, on: date) -> Ground | None:
        """Return the allocation that a WBS element or cost centre means on a day."""
        for one in self._holding(code, on):
            if one.allocation_id:
                return self.by_id.get(one.allocation_id)
        return None

    def category_of(self, code: str, on: date) -> str | None:
        """Return the category that a cost element means on a day."""
        return next((one.category for one in self._holding(code, on) if one.category), None)

    def _holding(self, code: str, on: date) -> list[SapCode]:
        found = self.codes.get(_plain(code), [])
        return [one for one in found if one.valid_from <= on <= one.valid_to]


@lru_cache(maxsize=1_000)
def _plain(text: str) -> str:
    return "".join(text.lower().split())


def grounds() -> Grounds:
    """Return all allocations and SAP codes as they now stand."""
    found = Grounds()
    with connection.cursor() as cursor:
        cursor.execute(LETTERS)
        letters = {pk: rest for pk, *rest in cursor.fetchall()}
        cursor.execute(LEFT)
        lefts: dict[int, dict[str, Decimal]] = {}
        for pk, category, left in cursor.fetchall():
            lefts.setdefault(pk, {})[category] = left
    allocations = Allocation.objects.select_related(
        "decision__series", "figure__outcome__approval__decision"
    )
    for allocation in allocations:
        start, end, is_beyond = letters[allocation.pk]
        ground = Ground(
            allocation=allocation,
            is_in_force=is_in_force(allocation.decision),
            decided_on=allocation.figure.decided_on,
            letter_start=start,
            letter_end=end,
            is_beyond_letter=is_beyond,
            lefts=lefts[allocation.pk],
        )
        found.by_id[allocation.pk] = ground
        found.by_reference[_plain(allocation.reference)] = ground
        found.by_reference[_plain(allocation.slug)] = ground
    for code in SapCode.objects.order_by("-id"):
        found.codes.setdefault(_plain(code.code), []).append(code)
    return found
