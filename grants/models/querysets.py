"""Questions about many allocations or spending lines, in words. Sums are in pounds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from decisions.models import Decision

if TYPE_CHECKING:
    from grants.models.allocation import Allocation
    from grants.models.lines import SpendingLine

NOUGHT = Value(Decimal("0.00"), output_field=models.DecimalField(max_digits=14, decimal_places=2))


class AllocationQuerySet(models.QuerySet["Allocation"]):
    """Reading of allocations."""

    def again(self, allocation: Allocation) -> Allocation:
        """Return the allocation as it now stands, with what its rules look at."""
        return self.select_related("decision__series", "funder").get(pk=allocation.pk)

    def with_parties(self) -> Self:
        """Join what every list shows."""
        return self.select_related(
            "decision__series", "funder", "recipient", "budget_holder", "beneficiary"
        )

    def with_slug(self, slug: str) -> Self:
        """Return the allocation of a slug ("pcd-726-2"); none when it is no slug."""
        of_decision, _, n = slug.rpartition("-")
        if not (n.isascii() and n.isdigit() and len(n) < 6):
            return self.none()
        return self.filter(decision__in=Decision.objects.with_slug(of_decision), n=int(n))

    def with_balances(self) -> Self:
        """Add what the page shows of each, pounds.

        `left` to spend, `reserved` until a second person approves, `committed`, `accrued`, `paid`,
        `spent` (accrued and paid), `passed_on` to other recommendations, `vired` and `carried`
        forward in less out, `changed` by which the limit was raised since, `handed_back` to the
        funder,
        and `now`, the limit as it stands:
        limit + changed + vired + carried - handed_back = now
        now = left + reserved + committed + spent + passed_on.
        """
        return self.annotate(
            left=_balance("available"),
            reserved=_balance("reserved"),
            committed=_balance("committed"),
            accrued=_balance("accrued"),
            paid=_balance("used"),
            passed_on=-_moved("sub_allocation"),
            vired=_moved("virement"),
            carried=_moved("carry_forward"),
            handed_back=_balance("handed_back"),
            changed=_moved("limit"),
        ).annotate(
            spent=F("accrued") + F("paid"),
            now=F("limit") + F("changed") + F("vired") + F("carried") - F("handed_back"),
        )


def _balance(role: str) -> Coalesce:
    accounts = apps.get_model("grants", "Account")._default_manager
    found = (
        accounts.filter(allocation=OuterRef("pk"), role=role)
        .with_balance()
        .order_by()
        .values("allocation")
        .annotate(together=Sum("balance"))
        .values("together")
    )
    return Coalesce(Subquery(found), NOUGHT)


def _moved(cause: str) -> Coalesce:
    entries = apps.get_model("grants", "Entry")._default_manager
    found = (
        entries.filter(
            account__allocation=OuterRef("pk"), account__role="available", move__cause=cause
        )
        .order_by()
        .values("account__allocation")
        .annotate(together=Sum("amount"))
        .values("together")
    )
    return Coalesce(Subquery(found), NOUGHT)


class SpendingLineQuerySet(models.QuerySet["SpendingLine"]):
    """Reading of spending lines."""

    def again(self, line: SpendingLine) -> SpendingLine:
        """Return the line as it now stands, with what its rules look at."""
        return self.select_related(
            "allocation__decision__series", "account__funder", "move", "reversal"
        ).get(pk=line.pk)

    def with_parties(self) -> Self:
        """Join what every list shows."""
        return self.select_related(
            "allocation__decision__series",
            "account__funder",
            "move",
            "recorded_by",
            "reverses",
            "reversal",
            "covers",
            "draws_on",
            "waiver__allocation__decision__series",
        )

    def awaiting(self) -> Self:
        """Return the lines that await authority, oldest first."""
        taken_back = self.model._default_manager.filter(reverses=OuterRef("pk"))
        return self.filter(
            ~Exists(taken_back), allocation__isnull=True, reverses__isnull=True
        ).order_by("id")

    def matching(self, words: str) -> Self:
        """Return lines whose payee, purpose, invoice or PO number holds the words."""
        found = Q()
        for word in words.split():
            found &= (
                Q(payee__icontains=word)
                | Q(purpose__icontains=word)
                | Q(invoice_number__icontains=word)
                | Q(po_number__icontains=word)
                | Q(journal_number__icontains=word)
            )
        return self.filter(found)
