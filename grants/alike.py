"""Lines that look like another: the same invoice of the same payee, however it was typed."""

from decimal import Decimal

from django.db import connection

from grants.models import SpendingLine

SAME = "SELECT grants_same_invoice(%s, %s, %s, %s)"


def same_invoice(
    payee: str, invoice: str, gross: Decimal, drawn_on: SpendingLine | None = None
) -> list[SpendingLine]:
    """Return the lines that hold an invoice of a payee for a gross sum already, however typed."""
    if not invoice:
        return []
    with connection.cursor() as cursor:
        source = drawn_on.pk if drawn_on else None
        cursor.execute(SAME, [payee, invoice, gross, source])
        found = [key for (key,) in cursor.fetchall()]
    return list(SpendingLine.objects.with_parties().filter(pk__in=found).order_by("id"))
