"""Posting a move: locks, then one function of the database. What it may not do, that refuses.

The locks only make writers wait for each other, so that each sees the balance that it is told of;
the statements' own constraints keep the truth without them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import DataError, IntegrityError, connection, models

from audit import clock
from decisions.models import (
    Approval,
    Decision,
    Organisation,
    OutcomeFigure,
    RecommendationOutcome,
    Series,
)
from grants.models import NOUGHT, ONE_PER_ALLOCATION, Account, AccountRole, Allocation, Cause, Move
from grants.refusals import NotThere
from grants.rules import BOOK, hold_left

Row = TypeVar("Row", bound=models.Model)

LOCKS = 7726 << 40  # the advisory locks of accounts; the ledger's own is 7726386

WORDS_FOR = {
    "entry_not_below_nought": "GRT-07",
    "move_under_a_decision_in_force": "GRT-04",
    "move_opens_only_authority": "GRT-01",
    "entry_after_is_a_sum": "GRT-14",
    "move_within_the_letter": "GRT-20",
    "spendingline_of_its_category": "GRT-27",
    "spendingline_within_the_letter": "GRT-21",
    "spendingline_within_the_period": "GRT-05",
    "spendingline_not_before_the_signature": "GRT-06",
    "spendingline_sap_once": "GRT-36",
    "posting_into_an_open_month": "GRT-42",
    "monthclosing_once_it_is_over": "GRT-40",
    "monthclosing_of_an_open_month": "GRT-40",
    "monthclosing_says_why": "GRT-41",
    "proposalanswer_by_a_second_person": "GRT-43",
    "claimstep_submitted_by_a_second_person": "GRT-46",
    "expenditurestatement_of_what_is_over": "GRT-64",
    "certifiedstatement_with_every_claim": "GRT-65",
    "certifiedstatement_with_every_awaiting": "GRT-66",
    "certifiedstatement_with_every_approval": "GRT-66",
    "certifiedstatement_with_every_month": "GRT-67",
    "certifiedstatement_by_a_second_person": "GRT-68",
    "certifiedstatement_as_it_stands": "GRT-69",
    "proposalanswer_with_the_funders_consent": "GRT-44",
    "spendingline_sap_turn_in_order": "GRT-36",
    "spendingline_above_the_limit": "GRT-55",
    "spendingline_of_an_invoice_once": "GRT-53",
    "spendingline_vat_of_a_rate": "GRT-54",
    "spendingline_names_a_waiver_in_force": "GRT-57",
    "waiver_within_its_longest_time": "GRT-58",
    "reservationanswer_by_a_second_person": "GRT-56",
    "sapmatch_adds_up": "GRT-71",
    "sapmatchpart_once": "GRT-72",
    "reconciliationagreement_of_nought": "GRT-73",
    "reconciliationagreement_by_a_second_person": "GRT-74",
    "reconciliationagreement_while_it_is_true": "GRT-75",
    "spendingline_credits_what_is_left": "GRT-49",
    "spendingline_reverses_what_is_left": "GRT-09",
}

BALANCE = """
    SELECT after FROM grants_entry WHERE account_id = %s ORDER BY n DESC LIMIT 1
"""
LOCK = "SELECT account, balance FROM grants_held(%s, %s)"
POST = """
    SELECT move_id, before, after FROM grants_post(%(cause)s, %(source)s, %(target)s, %(amount)s,
        %(opens)s, %(reverses)s, %(reason)s, %(at)s)
"""
STANDING = "SELECT * FROM grants_standing(%s, %s)"
BEGUN = "SELECT grants_recorded_before(%s) AS recorded, s.* FROM grants_standing(%s, %s) s"


@dataclass(frozen=True)
class Change:
    """What a move did to one account: its balance (pounds) before and after."""

    account: str
    old: Decimal
    new: Decimal

    def facts(self) -> dict[str, object]:
        """Return the change as the ledger keeps it."""
        return {"account": self.account, "old": self.old, "new": self.new}


@dataclass(frozen=True)
class Posted:
    """A move as it was posted, and what it did to its two accounts, source first."""

    move_id: int
    changes: tuple[Change, Change]

    @property
    def move(self) -> Move:
        """The move's own row."""
        return Move.objects.get(pk=self.move_id)


def lock(*accounts: Account) -> dict[int, Decimal]:
    """Hold the accounts until the act ends, always in the same order, so that none wait in a ring.

    Returns what each holds (pounds) by its number. An act that posts more than once locks
    everything it will touch first.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [LOCKS, sorted({account.pk for account in accounts})])
        return dict(cursor.fetchall())


def balance_of(account: Account) -> Decimal:
    """Return the present balance (pounds) of an account."""
    with connection.cursor() as cursor:
        cursor.execute(BALANCE, [account.pk])
        found = cursor.fetchone()
    return found[0] if found else NOUGHT


def post(
    cause: Cause,
    *,
    source: Account,
    target: Account,
    amount: Decimal,
    opens: OutcomeFigure | None = None,
    reverses: Move | None = None,
    reason: str = "",
) -> Posted:
    """Move a sum (pounds) between two accounts, within an act that has locked them.

    What the database refuses is a broken rule where there is one that says so in words (the
    decision was revoked a moment ago), else an IntegrityError.
    """
    wanted = {
        "cause": cause.value,
        "source": source.pk,
        "target": target.pk,
        "amount": amount,
        "opens": opens.pk if opens else None,
        "reverses": reverses.pk if reverses else None,
        "reason": reason.strip(),
        "at": clock.now(),
    }
    left, came = _inserted(wanted)
    changes = Change(str(source), *left[1:]), Change(str(target), *came[1:])
    return Posted(left[0], changes)


def _inserted(wanted: dict[str, Any]) -> list[tuple[int, Decimal, Decimal]]:
    with in_words(), connection.cursor() as cursor:
        cursor.execute(POST, wanted)
        rows: list[tuple[int, Decimal, Decimal]] = cursor.fetchall()
        return rows


@contextmanager
def in_words() -> Iterator[None]:
    """Say what the database refuses as the rule that it breaks, where there is one for it."""
    try:
        yield
    except DataError as error:
        raise BOOK.refusal("GRT-14", "All of it together would be more.") from error
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        code = WORDS_FOR.get(getattr(diagnosis, "constraint_name", None) or "")
        if code is None:
            raise
        raise BOOK.refusal(code) from error


def post_spend(
    cause: Cause, *, allocation: Allocation, source: Account, target: Account, amount: Decimal
) -> Posted:
    """Post spending out of an allocation; refuse (GRT-07) more than the source has left."""
    left = lock(source, target)[source.pk]
    hold_left(allocation, amount, left, source.category)
    return post(cause, source=source, target=target, amount=amount)


def balances(*posted: Posted) -> list[dict[str, object]]:
    """Return what the moves of an act did, as the ledger keeps it: first old, last new balance."""
    seen: dict[str, Change] = {}
    for change in (one for each in posted for one in each.changes):
        first = seen.get(change.account, change)
        seen[change.account] = Change(change.account, first.old, change.new)
    return [change.facts() for change in seen.values()]


def account_of_figure(figure: OutcomeFigure) -> Account:
    """Return the authority of a sum decided; made, and empty, before it is opened."""
    return Account.objects.get_or_create(role=AccountRole.AUTHORITY, figure=figure)[0]


def unawarded_of(figure: OutcomeFigure) -> Account:
    """Return what of a sum decided the funder's letter does not award; made when first needed."""
    return Account.objects.get_or_create(role=AccountRole.UNAWARDED, figure=figure)[0]


def account_of_funder(role: AccountRole, funder: Organisation) -> Account:
    """Return the outside account, or what awaits authority, of a funder; made when first needed."""
    return Account.objects.get_or_create(role=role, funder=funder)[0]


def accounts_of(allocation: Allocation, category: str = "") -> tuple[Account, Account]:
    """Return what is left to spend of an allocation on a category, and what was paid of it.

    What is left is that category's own where something is set apart for it, else what is for all.
    Both come with the allocation and its decision as they now stand, as far as the rules of
    spending look at them; what else is asked of these rows is read then.
    """
    return _accounts_in(_standing(STANDING, [allocation.pk, category]))


def begun(
    allocation: Allocation, category: str, form_key: UUID
) -> tuple[int | None, tuple[Account, Account]]:
    """Return the number of the line that a form recorded before, if any, and the accounts.

    Holds back the form's twin until the act ends.
    """
    found = _standing(BEGUN, [form_key, allocation.pk, category])
    return found["recorded"], _accounts_in(found)


def _standing(asked: str, about: list[UUID | int | str]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(asked, about)
        names = [column.name for column in cursor.description]
        values = cursor.fetchone()
    if values is None:
        raise NotThere("There is no such allocation.")
    return dict(zip(names, values, strict=True))


def _accounts_in(found: Mapping[str, Any]) -> tuple[Account, Account]:
    series = _row(Series, found, "series")
    decision = _row(Decision, found, "decision", series=series)
    approval = _row(Approval, found, "approval", decision=decision)
    outcome = _row(RecommendationOutcome, found, "outcome", approval=approval)
    figure = _row(OutcomeFigure, found, "figure", outcome=outcome)
    standing = _row(Allocation, found, "allocation", decision=decision, figure=figure)
    available, used = (
        _row(Account, {**found, f"{role}__role": role}, role, allocation=standing, figure=figure)
        for role in ONE_PER_ALLOCATION
    )
    return available, used


def _row(model: type[Row], found: Mapping[str, Any], name: str, **ties: models.Model) -> Row:
    """Return a row of which only the columns found were read, tied to others."""
    columns = [f.attname for f in model._meta.concrete_fields if f"{name}__{f.attname}" in found]
    values = [found[f"{name}__{column}"] for column in columns]
    row = model.from_db(connection.alias, columns, values)
    for field, other in ties.items():
        setattr(row, field, other)
    return row


def new_account(allocation: Allocation, role: AccountRole, category: str = "") -> Account:
    """Make an account of an allocation."""
    return Account.objects.create(
        allocation=allocation, figure_id=allocation.figure_id, role=role, category=category
    )


def origin_of(account: Account) -> Account | None:
    """Return what is left to spend that a commitment or an accrual came out of; None of others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT grants_origin_of(%s)", [account.pk])
        found = cursor.fetchone()[0]
    return Account.objects.select_related("allocation").filter(pk=found).first()
