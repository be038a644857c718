"""An import recorded whole: one move to each account, its lines in one statement; taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Sum
from django.db.models.expressions import DatabaseDefault

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.history import keep_first
from audit.words import day, money
from decisions.actions.edits import made_before, remember
from grants import events
from grants.actions.imports import hold_all_right, not_set_aside, open_import, step, work_in_memory
from grants.actions.matching import clear_matches, hold_all_matched, write_matches
from grants.actions.posting import Posted, accounts_of, balances, in_words, lock, post
from grants.actions.withheld_rows import keep_withheld_back, keep_withheld_rows
from grants.models import (
    NOUGHT,
    Account,
    Allocation,
    Cause,
    Move,
    SpendingImport,
    SpendingLine,
)
from grants.permissions import can_approve_imports
from grants.refusals import GrantRefused
from grants.rules import BOOK, gives_reason, hold_in_force, hold_left
from grants.rules_of_imports import is_by_a_second_person, was_claimed_before

DIGEST = "SELECT grants_import_digest(%s)"
FROM_ROW = (
    "allocation_id", "amount", "net", "vat", "gross", "is_vat_recovered", "received_on", "paid_on",
    "payee", "purpose", "category", "cost_centre", "subjective_code", "invoice_number", "po_number",
    "sap_document", "sap_item",
)  # fmt: skip
ROWS = """
    FROM transient.grants_importrow r
    JOIN unnest(%(allocations)s::bigint[], %(categories)s::text[], %(moves)s::bigint[],
                %(accounts)s::bigint[], %(sums)s::numeric[])
        AS place (allocation, category, move, account, together)
        ON place.allocation = r.allocation_id AND place.category = r.category
    LEFT JOIN grants_import_turns(%(staged)s) before ON before.row_id = r.id
    WHERE r.spending_import_id = %(staged)s AND r.kind = 'line' AND r.faults = '[]'
      AND r.place NOT IN (SELECT a.place FROM grants_importsetaside a
                          WHERE a.spending_import_id = %(staged)s)
      AND r.place NOT IN (SELECT m.place FROM grants_importmatch m
                          WHERE m.is_same AND m.spending_import_id = %(staged)s)
    ORDER BY r.id
"""
STANDING = """
    FROM grants_spendingline l
    LEFT JOIN grants_spendingline gone ON gone.reverses_id = l.id
    LEFT JOIN (SELECT credits_id, sum(effect) AS counts, sum(sign(effect) * net) AS net,
                      sum(sign(effect) * vat) AS vat
               FROM grants_spendingline WHERE credits_id IS NOT NULL GROUP BY credits_id) credited
        ON credited.credits_id = l.id
"""
OF_IMPORT = "l.spending_import_id = %(staged)s AND l.reverses_id IS NULL"
LEFT = "l.amount + coalesce(credited.counts, 0)"
RESTS = f"""
    SELECT l.move_id, coalesce(sum({LEFT}) FILTER (WHERE gone.id IS NULL), 0),
           bool_and(gone.id IS NULL AND credited.credits_id IS NULL)
    {STANDING} WHERE {OF_IMPORT} GROUP BY l.move_id ORDER BY l.move_id
"""
BACK = f"""
    {STANDING}
    JOIN unnest(%(back)s::bigint[], %(moves)s::bigint[], %(rests)s::numeric[])
        AS place (earlier, move, rest) ON place.earlier = l.move_id
    WHERE {OF_IMPORT} AND gone.id IS NULL AND {LEFT} > 0 ORDER BY l.id
"""


@action
def approve_import(
    act: Act, *, staged: SpendingImport, lines: int, amount: Decimal, form_key: UUID, by: User
) -> SpendingImport:
    """Record all lines of a staged file as one act; `lines` and `amount` are what was seen.

    Raises NotPermitted, or GrantRuleBroken when the person staged it (GRT-37), rows are wrong
    (GRT-38), or authority no longer allows it.
    """
    if before := made_before(form_key, SpendingImport):
        return before
    role = can_approve_imports(by).or_refuse().role
    BOOK.hold("GRT-37", holds=is_by_a_second_person(staged, by))
    staged = open_import(staged)
    work_in_memory()
    hold_all_right(staged)
    hold_all_matched(staged)
    hold_claimed_before(staged)
    places = _locked(staged)
    hold_unchanged(staged, lines, amount)
    step(staged, "approved", by)
    posted = [
        post(Cause.SPEND, source=one.available, target=one.used, amount=one.total) for one in places
    ]
    if places:
        _record(staged, places, posted, by)
    write_matches(staged)
    facts = {
        "lines": lines,
        "amount": amount,
        "rows_sha256": staged.rows_sha256,
        "balances": balances(*posted),
    }
    act.record(events.IMPORT_APPROVED, subject=staged, role=role, data=facts)
    return remember(form_key, staged)


def hold_claimed_before(staged: SpendingImport) -> None:
    """Refuse as claimed before what was received once its allocation stood in this register."""
    if not hasattr(staged, "claimed_before"):
        return
    if held := staged.matches.filter(is_same=True).first():
        raise GrantRefused(
            f"{held.place} is a line that was held already, which claims may take up.",
            clears="Drop the import, and read the file again without that row.",
        )
    later = not_set_aside(staged).filter(received_on__gt=F("allocation__allocated_at__date"))
    row = later.order_by("id").first()
    received = row.received_on if row else None
    detail = f"{row} was received on {day(received)}." if received else ""
    BOOK.hold("GRT-61", holds=was_claimed_before(row is None), detail=detail)


@dataclass(frozen=True)
class Place:
    """What an import takes out of one account: `total` pounds for lines of these categories."""

    available: Account
    used: Account
    categories: list[str]
    total: Decimal


def _locked(staged: SpendingImport) -> list[Place]:
    """Return what an import takes out of each account, all locked, where authority allows it."""
    found = not_set_aside(staged).filter(faults=[]).values("allocation", "category")
    sums = found.order_by("allocation", "category").annotate(total=Sum("amount"))
    allocations = Allocation.objects.in_bulk([one["allocation"] for one in sums])
    places: dict[int, Place] = {}
    for one in sums:
        available, used = accounts_of(allocations[one["allocation"]], one["category"])
        before = places.get(available.pk, Place(available, used, [], NOUGHT))
        categories, total = [*before.categories, one["category"]], before.total + one["total"]
        places[available.pk] = Place(before.available, before.used, categories, total)
    if not places and not staged.matches.filter(is_same=True).exists():
        raise GrantRefused(f"{staged.reference} has no line to record.", clears="Drop it.")
    held = lock(*(account for one in places.values() for account in (one.available, one.used)))
    for place in places.values():
        allocation = _allocation_of(place.available)
        hold_in_force(allocation.decision)
        left = held[place.available.pk]
        hold_left(allocation, place.total, left, place.available.category)
    return list(places.values())


def _allocation_of(account: Account) -> Allocation:
    if account.allocation is None:
        raise GrantRefused("There is no such allocation.")
    return account.allocation


def hold_unchanged(staged: SpendingImport, lines: int, amount: Decimal) -> None:
    """Refuse when rows are not as they were read, or not those that were seen."""
    rows = not_set_aside(staged).filter(faults=[])
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, [staged.pk])
        is_same = cursor.fetchone()[0] == staged.rows_sha256
    found = rows.aggregate(lines=Count("id"), total=Sum("amount"))
    now = found["lines"], found["total"] or NOUGHT
    if not is_same or now != (lines, amount):
        raise GrantRefused(
            f"{staged.reference} has changed since you looked: it has {now[0]} lines of "
            f"{money(now[1])}.",
            clears="Look at it again.",
        )


def _record(
    staged: SpendingImport,
    places: list[Place],
    posted: list[Posted],
    by: User,
) -> None:
    given = {
        **{name: f"r.{name}" for name in FROM_ROW},
        "account_id": "place.account",
        "move_id": "place.move",
        "together": "place.together",
        "import_place": "r.place",
        "sap_turn": "coalesce(before.turn, 0)",
    }
    parts = [
        (one.available.allocation_id, category, move.move_id, one.used.pk, one.total)
        for one, move in zip(places, posted, strict=True)
        for category in one.categories
    ]
    names = ("allocations", "categories", "moves", "accounts", "sums")
    columns = dict(zip(names, map(list, zip(*parts, strict=True)), strict=True))
    values = {"staged": staged.pk, **columns}
    _write(staged, given, ROWS, values, by)
    keep_first(SpendingLine.objects.filter(spending_import=staged, reverses__isnull=True))
    keep_withheld_rows(staged)


def _write(
    staged: SpendingImport, given: dict[str, str], source: str, values: dict[str, Any], by: User
) -> None:
    """Write lines in one statement: what is `given` as SQL, the rest as any new line has it."""
    bare = SpendingLine(
        stage="actual",
        account_role="used",
        spending_import=staged,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    fields = [
        one
        for one in SpendingLine._meta.concrete_fields
        if not one.generated
        and not one.primary_key
        and (one.attname in given or not _by_database(bare, one.attname))
    ]
    said = [given.get(one.attname) or f"%(bare_{one.attname})s" for one in fields]
    rest = {f"bare_{one.attname}": getattr(bare, one.attname) for one in fields}
    columns = ", ".join(str(one.column) for one in fields)
    sql = f"INSERT INTO grants_spendingline ({columns}) SELECT {', '.join(said)} {source}"
    with in_words(), connection.cursor() as cursor:
        cursor.execute(sql, {**rest, **values})


def _by_database(line: SpendingLine, name: str) -> bool:
    return isinstance(getattr(line, name), DatabaseDefault)


@action
def reverse_import(
    act: Act, *, staged: SpendingImport, reason: str, form_key: UUID, by: User
) -> SpendingImport:
    """Take back what is still there of an import as one act, each line by one that names it."""
    if before := made_before(form_key, SpendingImport):
        return before
    role = can_approve_imports(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    staged = SpendingImport.objects.prefetch_related("steps").get(pk=staged.pk)
    if staged.state != "approved":
        raise GrantRefused(f"{staged.reference} is {staged.state}: nothing is there to reverse.")
    found = Move.objects.filter(lines__spending_import=staged, lines__reverses__isnull=True)
    moves = found.distinct().select_related("source__allocation", "target__allocation")
    held = lock(*(account for one in moves for account in (one.source, one.target)))
    rests = _rests(staged, moves)
    has_all = all(held[one.move.target_id] >= one.amount for one in rests)
    BOOK.hold("GRT-09", holds=has_all, detail=f"{staged.reference} cannot be, as it stands.")
    posted = [one.given_back(reason) for one in rests]
    step(staged, "reversed", by, reason)
    if rests:
        _take_back(staged, rests, posted, by)
    clear_matches(staged)
    amount = sum((one.amount for one in rests), NOUGHT)
    facts = {"amount": amount, "reason": reason.strip(), "balances": balances(*posted)}
    act.record(events.IMPORT_REVERSED, subject=staged, role=role, data=facts)
    return remember(form_key, staged)


@dataclass(frozen=True)
class Rest:
    """What is still there (pounds) of what an import moved at once; whole where nothing is gone."""

    move: Move
    amount: Decimal
    is_whole: bool

    def given_back(self, reason: str) -> Posted:
        """Post it back where it came from."""
        return post(
            Cause.REVERSAL if self.is_whole else Cause.GIVEN_BACK,
            source=self.move.target,
            target=self.move.source,
            amount=self.amount,
            reverses=self.move if self.is_whole else None,
            reason=reason,
        )


def _rests(staged: SpendingImport, moves: Iterable[Move]) -> list[Rest]:
    with connection.cursor() as cursor:
        cursor.execute(RESTS, {"staged": staged.pk})
        found = {key: rest for key, *rest in cursor.fetchall()}
    rests = [Rest(one, *found[one.pk]) for one in sorted(moves, key=lambda one: one.pk)]
    return [one for one in rests if one.amount > 0]


def _take_back(staged: SpendingImport, rests: list[Rest], posted: list[Posted], by: User) -> None:
    own = {"id", "key", "move_id", "reverses_id", "recorded_at", "recorded_by_id", "draws_on_id"}
    copied = [
        one.attname
        for one in SpendingLine._meta.concrete_fields
        if not one.generated and one.attname not in own
    ]
    given = {name: f"l.{name}" for name in copied} | {
        "move_id": "place.move",
        "reverses_id": "l.id",
        "amount": LEFT,
        "net": "l.net + coalesce(credited.net, 0)",
        "vat": "l.vat + coalesce(credited.vat, 0)",
        "gross": "l.gross + coalesce(credited.net, 0) + coalesce(credited.vat, 0)",
        "together": "place.rest",
    }
    values = {
        "staged": staged.pk,
        "back": [one.move.pk for one in rests],
        "moves": [one.move_id for one in posted],
        "rests": [one.amount for one in rests],
    }
    _write(staged, given, BACK, values, by)
    keep_first(SpendingLine.objects.filter(spending_import=staged, reverses__isnull=False))
    keep_withheld_back(staged)
