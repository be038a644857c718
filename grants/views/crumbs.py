"""The pages above a money page, by label and address."""

from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from decisions.models import OutcomeFigure, Recommendation
from grants.models import (
    Allocation,
    Claim,
    ExpenditureStatement,
    Proposal,
    Reconciliation,
    Reservation,
    SapMatch,
    SpendingImport,
    SpendingLine,
    Waiver,
    month_name,
)
from grants.months import slug_of, year_of
from grants.views.answering import Crumbs


def to_money() -> Crumbs:
    """Return the way to the start of the money pages."""
    return [("Money", reverse("grants_home"))]


def to_allocations() -> Crumbs:
    """Return the way to the list of allocations."""
    return [*to_money(), ("Allocations", reverse("allocation_list"))]


def to_allocation(allocation: Allocation) -> Crumbs:
    """Return the way to an allocation."""
    return [*to_allocations(), (allocation.reference, place_of(allocation))]


def to_awaiting() -> Crumbs:
    """Return the way to the list of what awaits authority."""
    return [*to_money(), ("Awaiting authority", reverse("awaiting_list"))]


def to_line(line: SpendingLine) -> Crumbs:
    """Return the way to a line: by its allocation, or by what awaits authority."""
    above = to_allocation(line.allocation) if line.allocation else to_awaiting()
    return [*above, (line.reference, place_of_line(line))]


def place_of(allocation: Allocation) -> str:
    """Return the address of an allocation's page."""
    return reverse("allocation_detail", args=[allocation.slug])


def place_of_line(line: SpendingLine) -> str:
    """Return the address of a line's page."""
    return reverse("line_detail", args=[line.pk])


def to_awards() -> Crumbs:
    """Return the way to the list of grants accepted."""
    return [*to_money(), ("Awards", reverse("award_list"))]


def to_award(figure: OutcomeFigure) -> Crumbs:
    """Return the way to the letters about a grant accepted."""
    return [*to_awards(), (named(figure), place_of_award(figure.pk))]


def named(figure: OutcomeFigure) -> str:
    """Return what people call a sum decided: "PCD 726 recommendation 1"."""
    recommendation = figure.outcome.recommendation
    return f"{recommendation.decision.reference} recommendation {recommendation.number}"


def place_of_award(figure: int) -> str:
    """Return the address of the letters about a grant accepted, by the sum's key."""
    return reverse("award_detail", args=[figure])


def place_of_money(recommendation: Recommendation) -> str:
    """Return where its decision's page shows the money under it."""
    return f"{reverse('decision_detail', args=[recommendation.decision.slug])}#money"


def to_imports() -> Crumbs:
    """Return the way to the list of imports."""
    return [*to_money(), ("Imports", reverse("import_list"))]


def to_import(staged: SpendingImport) -> Crumbs:
    """Return the way to an import."""
    return [*to_imports(), (staged.reference, place_of_import(staged))]


def place_of_import(staged: SpendingImport) -> str:
    """Return the address of an import's page."""
    return reverse("import_detail", args=[staged.pk])


def to_months(month: date | None = None) -> Crumbs:
    """Return the way to the months of a financial year."""
    year = f"?year={year_of(month)}" if month else ""
    return [*to_money(), ("Months", reverse("month_list") + year)]


def to_month(month: date) -> Crumbs:
    """Return the way to a month."""
    return [*to_months(month), (month_name(month), place_of_month(month))]


def place_of_months_of(allocation: Allocation) -> str:
    """Return the address of an allocation's months."""
    return reverse("allocation_months", args=[allocation.slug])


def place_of_month(month: date) -> str:
    """Return the address of a month's page."""
    return reverse("month_detail", args=[slug_of(month)])


def to_reservations() -> Crumbs:
    """Return the way to the list of what waits for a second person."""
    return [*to_money(), ("Waiting for approval", reverse("reservation_list"))]


def place_of_reservation(reservation: Reservation) -> str:
    """Return the address of a reservation's page."""
    return reverse("reservation_detail", args=[reservation.pk])


def to_reconciling(month: date) -> Crumbs:
    """Return the way to a month's reconciliation with SAP."""
    return [*to_month(month), ("Reconciliation", place_of_reconciling(month))]


def place_of_reconciling(month: date) -> str:
    """Return the address of a month's reconciliation with SAP."""
    return reverse("reconciliation_detail", args=[slug_of(month)])


def place_of_statement(made: Reconciliation) -> str:
    """Return the address of a statement of reconciliation."""
    return reverse("reconciliation_statement", args=[made.pk])


def place_of_match(match: SapMatch) -> str:
    """Return the address of the list that a match is in."""
    part = match.parts.filter(item__isnull=False).select_related("item__export").first()
    month = part.item.export.month if part and part.item else localdate(match.matched_at)
    return reverse("reconciliation_detail", args=[slug_of(month)])


def to_waivers() -> Crumbs:
    """Return the way to the list of waivers."""
    return [*to_money(), ("Waivers", reverse("waiver_list"))]


def place_of_waiver(waiver: Waiver) -> str:
    """Return the address of a waiver's page."""
    return reverse("waiver_detail", args=[waiver.pk])


def place_of_proposal(proposal: Proposal) -> str:
    """Return the address of a proposal's page."""
    return reverse("proposal_detail", args=[proposal.pk])


def place_about(proposal: Proposal) -> str:
    """Return the address of what a proposal is about."""
    if proposal.closing is not None:
        return place_of_month(proposal.closing.month)
    return place_of(proposal.giver) if proposal.giver else ""


def place_of_expenditure(statement: ExpenditureStatement) -> str:
    """Return the address of a statement of expenditure."""
    return reverse("statement_detail", args=[statement.pk])


def to_claims() -> Crumbs:
    """Return the way to the list of claims."""
    return [*to_money(), ("Claims", reverse("claim_list"))]


def to_claim(claim: Claim) -> Crumbs:
    """Return the way to a claim."""
    return [*to_claims(), (claim.reference, place_of_claim(claim))]


def place_of_claim(claim: Claim) -> str:
    """Return the address of a claim's page."""
    return reverse("claim_detail", args=[claim.pk])
