"""Authority kept like money: accounts, moves between them, and the statement of each.

Hidden from people behind *allocation* and *spending line*. A move takes a positive sum from one
account to another and has exactly two entries, one in each statement. The entries of a statement
are numbered and each carries the balance before and after, tied to the one before it by a foreign
key: whoever writes, and however many at once, a balance that may not go below nought does not.
The ties that Django cannot say stand in `grants/sql/0003_ties_of_money.sql`.
"""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, NullIf, Sign

from audit.fields import ActField
from decisions.models import Organisation, OutcomeFigure
from decisions.models.constraints import MOST, one_of, positive_sum
from grants.models.allocation import Allocation
from grants.models.category import Category

NOUGHT = Decimal("0.00")


class AccountRole(models.TextChoices):
    """What the balance of an account is."""

    OUTSIDE = "outside", "Outside"
    AUTHORITY = "authority", "Decided, not yet allocated"
    UNAWARDED = "unawarded", "Decided, not awarded"
    AVAILABLE = "available", "Left to spend"
    RESERVED = "reserved", "Reserved until approved"
    COMMITTED = "committed", "Committed"
    ACCRUED = "accrued", "Accrued"
    USED = "used", "Paid"
    HANDED_BACK = "handed_back", "Handed back"
    AWAITING = "awaiting", "Awaiting authority"


OF_FUNDER = (AccountRole.OUTSIDE, AccountRole.AWAITING)
OF_FIGURE = (AccountRole.AUTHORITY, AccountRole.UNAWARDED)
OF_ALLOCATION = (
    AccountRole.AVAILABLE,
    AccountRole.RESERVED,
    AccountRole.COMMITTED,
    AccountRole.ACCRUED,
    AccountRole.USED,
    AccountRole.HANDED_BACK,
)
ONE_PER_ALLOCATION = (AccountRole.AVAILABLE, AccountRole.USED)


class AccountQuerySet(models.QuerySet["Account"]):
    """Reading of accounts."""

    def with_balance(self) -> Self:
        """Add `balance` (pounds): what the last entry of the statement leaves, nought before it."""
        last = Entry.objects.filter(account=models.OuterRef("pk")).order_by("-n")
        return self.annotate(
            balance=Coalesce(models.Subquery(last.values("after")[:1]), models.Value(NOUGHT))
        )


class Account(models.Model):
    """One thing that has a balance in pounds. Append-only; only *outside* may be below nought.

    `figure` is the sum decided that everything in it was authorised by; a commitment and an
    accrual each have an account of their own, whose balance is what is left of them, and so has
    a line that waits for a second person. What is left
    to spend may be set apart for a `category`; without one it is for all that have none set apart.
    """

    role = models.CharField(max_length=12, choices=AccountRole.choices)
    figure = models.ForeignKey(
        OutcomeFigure, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    category = models.CharField(max_length=16, choices=Category.choices, blank=True)
    funder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    outside = models.GeneratedField(
        expression=models.ExpressionWrapper(
            Q(role=AccountRole.OUTSIDE), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    act = ActField()

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("account", "role", AccountRole.values),
            models.CheckConstraint(
                condition=Q(category="")
                | Q(role=AccountRole.AVAILABLE, category__in=Category.values),
                name="account_category_of_what_is_left",
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=OF_FUNDER,
                    funder__isnull=False,
                    figure__isnull=True,
                    allocation__isnull=True,
                )
                | Q(
                    role__in=OF_FIGURE,
                    funder__isnull=True,
                    figure__isnull=False,
                    allocation__isnull=True,
                )
                | Q(
                    role__in=OF_ALLOCATION,
                    funder__isnull=True,
                    figure__isnull=False,
                    allocation__isnull=False,
                ),
                name="account_stands_for_one_thing",
            ),
            models.UniqueConstraint(
                fields=["funder", "role"],
                condition=Q(funder__isnull=False),
                name="account_once_per_funder",
            ),
            models.UniqueConstraint(
                fields=["figure", "role"],
                condition=Q(role__in=OF_FIGURE),
                name="account_once_per_figure",
            ),
            models.UniqueConstraint(
                fields=["allocation", "role", "category"],
                condition=Q(role__in=(*ONE_PER_ALLOCATION, AccountRole.HANDED_BACK)),
                name="account_once_per_allocation",
            ),
            models.UniqueConstraint(fields=["id", "role"], name="account_id_and_role"),
            models.UniqueConstraint(fields=["id", "allocation"], name="account_id_and_allocation"),
        ]

    def __str__(self) -> str:
        role = self.get_role_display().lower()
        of = f", {self.get_category_display().lower()}" if self.category else ""
        return f"{self.owner}: {role}{of}"

    @property
    def owner(self) -> str:
        """What the account is of: an allocation, a sum decided, a funder."""
        if self.allocation is not None:
            return self.allocation.reference
        if self.figure is not None:
            return self.figure.ledger_reference
        return str(self.funder)

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this account."""
        return str(self)

    @property
    def present_balance(self) -> Decimal:
        """What the last entry of its statement leaves, in pounds."""
        last = self.entries.order_by("-n").values_list("after", flat=True).first()
        return NOUGHT if last is None else last


class Cause(models.TextChoices):
    """Why a sum moved."""

    OPENING = "opening", "Authority opened"
    SUB_ALLOCATION = "sub_allocation", "Drawn by another recommendation"
    ALLOCATION = "allocation", "Allocated"
    VARIATION = "variation", "Varied by a decision"
    AWARD = "award", "Bound by the funder's letter"
    LIMIT = "limit", "Limit changed"
    VIREMENT = "virement", "Virement"
    CARRY_FORWARD = "carry_forward", "Carried forward"
    HAND_BACK = "hand_back", "Handed back"
    HAND_BACK_UNDONE = "hand_back_undone", "Hand-back corrected"
    RESERVATION = "reservation", "Reserved until approved"
    COMMITMENT = "commitment", "Committed"
    ACCRUAL = "accrual", "Accrued"
    SPEND = "spend", "Spent"
    RELEASE = "release", "Released"
    AWAITING = "awaiting", "Recorded as awaiting authority"
    REVERSAL = "reversal", "Reversed"
    GIVEN_BACK = "given_back", "Given back"


_R = AccountRole
PERMITTED: dict[Cause, tuple[tuple[AccountRole, AccountRole], ...]] = {
    Cause.OPENING: ((_R.OUTSIDE, _R.AUTHORITY),),
    Cause.SUB_ALLOCATION: ((_R.AVAILABLE, _R.AUTHORITY), (_R.AUTHORITY, _R.AUTHORITY)),
    Cause.ALLOCATION: ((_R.AUTHORITY, _R.AVAILABLE),),
    Cause.VARIATION: ((_R.OUTSIDE, _R.AUTHORITY), (_R.AUTHORITY, _R.OUTSIDE)),
    Cause.AWARD: ((_R.AUTHORITY, _R.UNAWARDED), (_R.UNAWARDED, _R.AUTHORITY)),
    Cause.LIMIT: ((_R.AUTHORITY, _R.AVAILABLE), (_R.AVAILABLE, _R.AUTHORITY)),
    Cause.VIREMENT: ((_R.AVAILABLE, _R.AVAILABLE),),
    Cause.CARRY_FORWARD: ((_R.AVAILABLE, _R.AVAILABLE),),
    Cause.HAND_BACK: ((_R.AVAILABLE, _R.HANDED_BACK),),
    Cause.HAND_BACK_UNDONE: ((_R.HANDED_BACK, _R.AVAILABLE),),
    Cause.RESERVATION: (
        (_R.AVAILABLE, _R.RESERVED),
        (_R.COMMITTED, _R.RESERVED),
        (_R.ACCRUED, _R.RESERVED),
    ),
    Cause.COMMITMENT: ((_R.AVAILABLE, _R.COMMITTED),),
    Cause.ACCRUAL: ((_R.AVAILABLE, _R.ACCRUED), (_R.COMMITTED, _R.ACCRUED)),
    Cause.SPEND: ((_R.AVAILABLE, _R.USED), (_R.COMMITTED, _R.USED), (_R.ACCRUED, _R.USED)),
    Cause.RELEASE: (
        (_R.COMMITTED, _R.AVAILABLE),
        (_R.ACCRUED, _R.AVAILABLE),
        (_R.RESERVED, _R.AVAILABLE),
        (_R.RESERVED, _R.COMMITTED),
        (_R.RESERVED, _R.ACCRUED),
    ),
    Cause.AWAITING: ((_R.OUTSIDE, _R.AWAITING),),
    Cause.REVERSAL: (
        (_R.COMMITTED, _R.AVAILABLE),
        (_R.ACCRUED, _R.AVAILABLE),
        (_R.ACCRUED, _R.COMMITTED),
        (_R.USED, _R.AVAILABLE),
        (_R.USED, _R.COMMITTED),
        (_R.USED, _R.ACCRUED),
        (_R.AWAITING, _R.OUTSIDE),
        (_R.AVAILABLE, _R.USED),
    ),
    Cause.GIVEN_BACK: ((_R.USED, _R.AVAILABLE),),
}
OPENS = (Cause.OPENING, Cause.SUB_ALLOCATION)


def _permitted() -> Q:
    ways = (
        Q(cause=cause, source_role=source, target_role=target)
        for cause, ends in PERMITTED.items()
        for source, target in ends
    )
    return reduce(or_, ways)


class Move(models.Model):
    """A positive sum (pounds) taken from one account to another, with one cause. Append-only.

    `opens` is the sum decided that an opening opens, whole; `reverses` the move that a reversal
    takes back, whole, the way it came.
    """

    cause = models.CharField(max_length=16, choices=Cause.choices)
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="moves_out")
    source_role = models.CharField(max_length=12, choices=AccountRole.choices)
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="moves_in")
    target_role = models.CharField(max_length=12, choices=AccountRole.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    taken = models.GeneratedField(
        expression=F("amount") * -1,
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )
    opens = models.OneToOneField(
        OutcomeFigure, on_delete=models.PROTECT, null=True, blank=True, related_name="opening"
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    reason = models.TextField(blank=True)
    moved_at = models.DateTimeField()
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=_permitted(), name="move_permitted"),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="move_between_two_accounts"
            ),
            positive_sum("move"),
            models.CheckConstraint(
                condition=Q(cause__in=OPENS, opens__isnull=False)
                | (~Q(cause__in=OPENS) & Q(opens__isnull=True)),
                name="move_opens_a_sum_decided",
            ),
            models.CheckConstraint(
                condition=Q(cause=Cause.REVERSAL, reverses__isnull=False)
                | (~Q(cause=Cause.REVERSAL) & Q(reverses__isnull=True)),
                name="move_reverses_a_move",
            ),
            models.UniqueConstraint(fields=["id", "amount"], name="move_id_and_amount"),
            models.UniqueConstraint(
                fields=["id", "source", "target", "amount"], name="move_way_and_amount"
            ),
        ]
        indexes = [models.Index(fields=["moved_at"], name="move_moved_at")]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}: £{self.amount:,.2f}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this move."""
        return f"Move {self.pk}"


class Entry(models.Model):
    """One line of an account's statement: its number, the sum moved, the balance before and after.

    Append-only. Sums in pounds; `amount` is below nought where the sum left the account.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    n = models.PositiveIntegerField()
    previous_n = models.GeneratedField(
        expression=NullIf(F("n") - 1, models.Value(0)),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="entries")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    sign = models.GeneratedField(
        expression=Sign(F("amount")), output_field=models.SmallIntegerField(), db_persist=True
    )
    before = models.DecimalField(max_digits=14, decimal_places=2)
    after = models.DecimalField(max_digits=14, decimal_places=2)
    outside = models.BooleanField()
    act = ActField()

    class Meta:
        ordering = ["account", "n"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["account", "n"], name="entry_n_once"),
            models.UniqueConstraint(fields=["account", "n", "after"], name="entry_leaves_balance"),
            models.UniqueConstraint(fields=["move", "sign"], name="entry_once_per_side"),
            models.UniqueConstraint(fields=["move", "account", "amount"], name="entry_of_move"),
            models.CheckConstraint(condition=Q(n__gte=1), name="entry_n_from_one"),
            models.CheckConstraint(
                condition=Q(n__gt=1) | Q(before=0), name="entry_first_from_nought"
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="entry_moves_something"),
            models.CheckConstraint(
                condition=Q(after=F("before") + F("amount")), name="entry_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(after__gte=0) | Q(outside=True), name="entry_not_below_nought"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{column}__gt": -MOST, f"{column}__lt": MOST}),
                    name=f"entry_{column}_is_a_sum",
                )
                for column in ("amount", "before", "after")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}, entry {self.n}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this entry."""
        return f"{self.account} entry {self.n}"
