"""Kinds of spending line, and the fields that each has of its own."""

from functools import reduce
from operator import and_, or_

from django.db import models
from django.db.models import Q

PAYROLL = "Payroll"  # pay and overtime name nobody


class LineKind(models.TextChoices):
    """What a spending line records."""

    INVOICE = "invoice", "Invoice or order"
    PAY = "pay", "Pay and overtime"
    JOURNAL = "journal", "Journal"
    GRANT_PAYMENT = "grant_payment", "Grant payment"
    CREDIT = "credit", "Credit"


OWN_FIELDS: dict[LineKind, tuple[str, ...]] = {
    LineKind.INVOICE: ("invoice_number", "po_number"),
    LineKind.PAY: ("pay_period",),
    LineKind.JOURNAL: ("journal_number",),
    LineKind.GRANT_PAYMENT: (),
    LineKind.CREDIT: ("invoice_number", "po_number", "why_credited"),
}
NEEDED_FIELDS: dict[LineKind, tuple[str, ...]] = {
    LineKind.PAY: ("pay_period",),
    LineKind.JOURNAL: ("journal_number",),
}
KIND_FIELDS = tuple(dict.fromkeys(name for names in OWN_FIELDS.values() for name in names))


def strange_fields(kind: str) -> list[str]:
    """Return the fields of other kinds, which a line of this kind leaves empty."""
    return [name for name in KIND_FIELDS if name not in OWN_FIELDS[LineKind(kind)]]


def needed_fields(kind: str) -> tuple[str, ...]:
    """Return the fields that a line of this kind fills."""
    return NEEDED_FIELDS.get(LineKind(kind), ())


def fields_of_its_kind(table: str) -> models.CheckConstraint:
    """Return the constraint that a line fills the fields of its kind and no other's."""
    return models.CheckConstraint(
        condition=reduce(or_, map(_is_whole, LineKind)), name=f"{table}_fields_of_its_kind"
    )


def _is_whole(kind: LineKind) -> Q:
    parts = [Q(kind=kind.value)]
    parts += [Q(**{name: ""}) for name in strange_fields(kind)]
    parts += [~Q(**{name: ""}) for name in needed_fields(kind)]
    if kind == LineKind.PAY:
        parts.append(Q(payee=PAYROLL, vat=0))
    if kind == LineKind.CREDIT:
        alone = Q(draws_on__isnull=True, covers__isnull=True)
        parts += [Q(stage="actual", allocation__isnull=False), alone]
        parts.append(Q(credits__isnull=False) | ~Q(why_credited=""))
    else:
        parts.append(Q(credits__isnull=True))
    return reduce(and_, parts)
