"""Any order of acts neither makes nor loses money, and does just what a plain account would say.

The ordinary run is short. MONEY_MACHINE=long tries other orders each time, for some minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from audit.refusals import Refused
from decisions.models import Decision
from grants import actions
from grants.models import Account, Allocation, Proposal, SpendingLine
from grants.verify import money_failures
from tests.factories import grants
from tests.machines import machine_settings

DECIDED = {"1": Decimal("1200000.00"), "2": Decimal("570000.00")}
ORDER = ("commitment", "accrual", "actual")
SUMS = st.sampled_from([Decimal(one) for one in ("0.01", "100000.00", "250000.55", "630000.00")])
LIMITS = st.sampled_from([Decimal(one) for one in ("400000.00", "570000.00", "700000.00")])
AWARDED = st.sampled_from([Decimal(one) for one in ("500000.00", "1000000.00", "1500000.00")])
STAGES = st.sampled_from(ORDER)
WHICH = st.integers(min_value=0, max_value=30)


@dataclass(eq=False)
class Pot:
    """An allocation as the model has it."""

    row: Allocation
    number: str
    left: Decimal
    paid: Decimal = Decimal(0)
    passed_on: Decimal = Decimal(0)


@dataclass(eq=False)
class Item:
    """A line as the model has it; `held` is what is left of a commitment or an accrual."""

    row: SpendingLine
    pot: Pot | None
    stage: str
    amount: Decimal
    held: Decimal = Decimal(0)
    parent: "Item | None" = None
    is_reversed: bool = False
    drawn: "list[Item]" = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether it has an account of its own."""
        return self.pot is not None and self.stage != "actual"

    @property
    def can_be_reversed(self) -> bool:
        """Whether it may be taken back, whole."""
        is_whole = not self.holds or self.held == self.amount
        return not self.is_reversed and is_whole and all(one.is_reversed for one in self.drawn)


class Money(RuleBasedStateMachine):
    """Acts of money in any order, each done or refused just as the model says."""

    decision: ClassVar[Decision]

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.pots: list[Pot] = []
        self.items: list[Item] = []
        self.authority = dict(DECIDED)
        self.is_drawn = False
        self.letter: Decimal | None = None
        self.kept = Decimal(0)

    def teardown(self) -> None:
        """Undo the whole run."""
        transaction.savepoint_rollback(self.before)

    def act(self, name: str, *, expected: bool, by: Any = None, **what: Any) -> Any:
        """Do an act; it must be done, or refused, as expected."""
        do: Callable[..., Any] = getattr(actions, name)
        try:
            made = do(form_key=uuid4(), by=by or grants.a_finance_officer(), **what)
        except Refused as refusal:
            assert not expected, str(refusal)  # noqa: PT017 a refusal is an answer here
            return None
        assert expected, f"{name} was let through"
        return made

    def pot(self, which: int) -> Pot | None:
        """Pick an allocation, if there is any."""
        return self.pots[which % len(self.pots)] if self.pots else None

    def item(self, which: int) -> Item | None:
        """Pick a line, if there is any."""
        return self.items[which % len(self.items)] if self.items else None

    @rule(limit=LIMITS)
    def allocate(self, limit: Decimal) -> None:
        """Allocate under the first sum."""
        expected = limit <= self.authority["1"]
        made = self.act(
            "make_allocation",
            expected=expected,
            figure=grants.figure_of(self.decision),
            terms=grants.terms(str(limit)),
        )
        if made:
            self.authority["1"] -= limit
            self.pots.append(Pot(made, "1", limit))

    @rule(which=WHICH, limit=LIMITS)
    def draw(self, which: int, limit: Decimal) -> None:
        """Allocate under the second sum, which is drawn out of an allocation under the first."""
        firsts = [pot for pot in self.pots if pot.number == "1"]
        if not firsts:
            return
        source = firsts[which % len(firsts)]
        covered = self.is_drawn or (source.left >= DECIDED["2"] and not self.beyond)
        made = self.act(
            "make_allocation",
            expected=covered and limit <= self.authority["2"],
            figure=grants.figure_of(self.decision, "2"),
            terms=grants.terms(str(limit)),
            funded_from=source.row,
        )
        if made:
            if not self.is_drawn:
                source.left -= DECIDED["2"]
                source.passed_on += DECIDED["2"]
            self.is_drawn = True
            self.authority["2"] -= limit
            self.pots.append(Pot(made, "2", limit))

    @rule(which=WHICH, stage=STAGES, amount=SUMS)
    def spend(self, which: int, stage: str, amount: Decimal) -> None:
        """Record a line."""
        if pot := self.pot(which):
            made = self.act(
                "record_line",
                expected=amount <= pot.left and not self.beyond,
                allocation=pot.row,
                spend=grants.a_spend(str(amount), stage=stage),
            )
            if made:
                pot.left -= amount
                self.put(Item(made, pot, stage, amount))

    def put(self, item: Item) -> None:
        """Add what a new line brings to where it lies."""
        self.items.append(item)
        if item.holds:
            item.held = item.amount
        elif item.pot:
            item.pot.paid += item.amount

    @rule(which=WHICH, stage=STAGES, amount=SUMS, is_last=st.booleans())
    def convert(self, which: int, stage: str, amount: Decimal, is_last: bool) -> None:
        """Turn a line into the next."""
        item = self.item(which)
        if item is None or item.pot is None:
            return
        forward = item.held > 0 and ORDER.index(stage) > ORDER.index(item.stage)
        more = amount - item.held
        made = self.act(
            "convert_line",
            expected=forward and (more <= 0 or (more <= item.pot.left and not self.beyond)),
            line=item.row,
            spend=grants.a_spend(str(amount), stage=stage),
            is_last=is_last,
        )
        if made:
            if more > 0 or is_last:
                item.pot.left -= more
                item.held = Decimal(0)
            else:
                item.held -= amount
            drawn = Item(made, item.pot, stage, amount, parent=item)
            item.drawn.append(drawn)
            self.put(drawn)

    @rule(which=WHICH)
    def release(self, which: int) -> None:
        """Release what is left of a line."""
        item = self.item(which)
        if item is None or item.pot is None:
            return
        if self.act("release_line", expected=item.held > 0, line=item.row, reason="Not needed."):
            item.pot.left += item.held
            item.held = Decimal(0)

    @rule(which=WHICH)
    def reverse(self, which: int) -> None:
        """Reverse a line."""
        item = self.item(which)
        if item is None:
            return
        expected = item.can_be_reversed
        if self.act("reverse_line", expected=expected, line=item.row, reason="Typed twice."):
            self.take_back(item)

    def take_back(self, item: Item) -> None:
        """Give a line's sum back to where it came from."""
        item.is_reversed = True
        if item.holds:
            item.held = Decimal(0)
        elif item.pot:
            item.pot.paid -= item.amount
        if item.parent:
            item.parent.held += item.amount
        elif item.pot:
            item.pot.left += item.amount

    @rule(giver=WHICH, taker=WHICH, amount=SUMS)
    def vire(self, giver: int, taker: int, amount: Decimal) -> None:
        """Move what is left from one allocation to another."""
        one, other = self.pot(giver), self.pot(taker)
        if one is None or other is None:
            return
        made = self.act(
            "propose_move",
            expected=one is not other and one.number == other.number and amount <= one.left,
            moving=actions.Moving(one.row, amount, "More of the other.", taker=other.row),
        )
        if made:
            self.approve(made)
            one.left -= amount
            other.left += amount

    def approve(self, proposal: Proposal) -> None:
        """Approve what was proposed a moment ago, as another person."""
        by = grants.a_finance_approver()
        what = {"proposal": proposal, "outcome": "approved", "by": by}
        self.act("answer_proposal", expected=True, **what)

    @rule(which=WHICH, amount=SUMS)
    def hand_back(self, which: int, amount: Decimal) -> None:
        """Hand what is left of an allocation back to the funder."""
        pot = self.pot(which)
        if pot is None:
            return
        moving = actions.Moving(pot.row, amount, "Not needed.")
        made = self.act("propose_move", expected=amount <= pot.left, moving=moving)
        if made:
            self.approve(made)
            pot.left -= amount

    @property
    def beyond(self) -> Decimal:
        """What is allocated beyond what the letter awards."""
        short = Decimal(0) if self.letter is None else max(Decimal(0), DECIDED["1"] - self.letter)
        return short - self.kept

    def bind(self) -> None:
        """Keep apart what the letter does not award, as far as it is not allocated."""
        moved = min(self.beyond, self.authority["1"])
        self.kept += moved
        self.authority["1"] -= moved

    @rule(amount=AWARDED)
    def award(self, amount: Decimal) -> None:
        """Record a funder's letter about the first sum: always a fact."""
        figure = grants.figure_of(self.decision)
        letter = grants.a_letter(str(amount))
        self.act("record_award", expected=True, figure=figure, letter=letter)
        self.letter = amount
        self.bind()

    @rule(which=WHICH, amount=SUMS, is_raise=st.booleans())
    def change_limit(self, which: int, amount: Decimal, is_raise: bool) -> None:
        """Raise a limit out of what is not allocated, or lower it to there."""
        pot = self.pot(which)
        if pot is None:
            return
        difference = amount if is_raise else -amount
        if self.act(
            "change_limit",
            expected=amount <= (self.authority[pot.number] if is_raise else pot.left),
            allocation=pot.row,
            difference=difference,
            reason="More or less.",
        ):
            pot.left += difference
            self.authority[pot.number] -= difference
            self.bind()

    @rule(amount=SUMS)
    def wait(self, amount: Decimal) -> None:
        """Record spend that has no authority."""
        made = self.act(
            "record_awaiting",
            expected=True,
            funder=grants.an_organisation(),
            spend=grants.a_spend(str(amount)),
            why="The work had to go on.",
        )
        self.items.append(Item(made, None, "actual", amount))

    @rule(which=WHICH, where=WHICH)
    def cover(self, which: int, where: int) -> None:
        """Charge what waits to an allocation."""
        item, pot = self.item(which), self.pot(where)
        if item is None or pot is None:
            return
        waits = item.pot is None and not item.is_reversed
        made = self.act(
            "cover_line",
            expected=waits and item.amount <= pot.left and not self.beyond,
            line=item.row,
            allocation=pot.row,
        )
        if made:
            item.is_reversed = True
            pot.left -= item.amount
            self.put(Item(made, pot, "actual", item.amount))

    @invariant()
    def shows_what_the_model_says(self) -> None:
        """Every allocation's sums are the model's, and make up what it was given."""
        shown = Allocation.objects.with_balances().in_bulk([pot.row.pk for pot in self.pots])
        for pot in self.pots:
            found: Any = shown[pot.row.pk]
            held = sum((one.held for one in self.items if one.pot is pot), Decimal(0))
            assert (found.left, found.paid, found.passed_on) == (pot.left, pot.paid, pot.passed_on)
            assert found.committed + found.accrued == held
            assert found.now == found.left + found.committed + found.spent + found.passed_on

    @invariant()
    def makes_and_loses_no_money(self) -> None:
        """All accounts together hold nought, what waits is what waits, and all of it agrees."""
        balances = [(one.role, one.present_balance) for one in Account.objects.all()]
        assert sum(balance for _, balance in balances) == 0
        assert sum(balance for role, balance in balances if role == "unawarded") == self.kept
        waiting = [one.amount for one in self.items if one.pot is None and not one.is_reversed]
        assert sum(balance for role, balance in balances if role == "awaiting") == sum(waiting)
        assert list(money_failures()) == []

    @invariant()
    def spends_no_more_than_was_decided(self) -> None:
        """Under each sum, what was committed, accrued, paid and passed on is at most that sum."""
        for number, decided in DECIDED.items():
            pots = [pot for pot in self.pots if pot.number == number]
            held = sum((one.held for one in self.items if one.pot in pots), Decimal(0))
            assert held + sum(pot.paid + pot.passed_on for pot in pots) <= decided

    def commit(self) -> None:
        """Check what the database checks at commit."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    lets_everything_commit = invariant()(commit)


@pytest.mark.django_db
def test_any_order_of_acts_does_what_a_plain_account_says(decided: Decision) -> None:
    Money.decision = decided
    for maker in (grants.a_finance_officer, grants.a_finance_approver):
        maker()
    run_state_machine_as_test(
        Money,
        settings=machine_settings("MONEY_MACHINE", short=(8, 30), long=(150, 60)),
    )
