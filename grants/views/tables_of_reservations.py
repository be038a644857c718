"""The tables of what waits for a second person, of approval limits and waivers, for a file."""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.timezone import localdate

from accounts.models import User
from grants.exporters.tables import Row, Table
from grants.models import ApprovalLimit, Reservation, Waiver
from grants.search import reserved_now
from grants.views.tables import CHUNK, days, money, under, words

RESERVED = (
    *words("Line", "Stage", "Payee", "Purpose", "Charged to"),
    *days("Entered"),
    *words("By"),
    *money("Reserved"),
)


def reserved_table(_query: QueryDict, _reader: User) -> Table:
    """Return the lines that wait for a second person, oldest first."""
    found = Reservation.objects.waiting()

    def rows() -> Iterator[Row]:
        for one in found.with_parties().iterator(CHUNK):
            told = (one.reference, one.stage_label, one.payee, one.purpose)
            entered = (localdate(one.reserved_at), str(one.reserved_by))
            yield (*told, one.allocation.reference, *entered, one.amount)

    def total() -> Row:
        return under(RESERVED, "Together", reserved=reserved_now()[1])

    return Table("Waiting for approval", "waiting", RESERVED, [], found.count, rows, total)


LIMITS = (*days("From"), *money("Limit"), *words("Reason"), *days("Set"), *words("By"))


def limits_table(_query: QueryDict, _reader: User) -> Table:
    """Return the limits that were set; an empty one says that none is in force from that day."""
    found = ApprovalLimit.objects.select_related("set_by")

    def rows() -> Iterator[Row]:
        for one in found.iterator(CHUNK):
            yield (one.valid_from, one.amount, one.reason, localdate(one.set_at), str(one.set_by))

    def total() -> Row:
        return ("Limits are not added up", *[None] * (len(LIMITS) - 1))

    return Table("Approval limits", "approval-limits", LIMITS, [], found.count, rows, total)


WAIVERS = (
    *words("Waiver", "State", "Rule", "Allocation", "Payee", "Invoice number", "Reason"),
    *days("Until", "Given"),
    *words("By"),
)


def waivers_table(_query: QueryDict, _reader: User) -> Table:
    """Return the waivers, those in force and those that ended, newest first."""
    found = Waiver.objects.order_by("-id")

    def rows() -> Iterator[Row]:
        for one in found.with_parties().iterator(CHUNK):
            told = (one.reference, one.state, one.rule, one.allocation.reference, one.payee)
            given = (one.expires_on, localdate(one.given_at), str(one.given_by))
            yield (*told, one.invoice_number, one.reason, *given)

    def total() -> Row:
        return ("Waivers are not added up", *[None] * (len(WAIVERS) - 1))

    return Table("Waivers", "waivers", WAIVERS, [], found.count, rows, total)
