"""Tags of money. Load with ``{% load grants %}``; decisions' pages load these and nothing else."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from accounts.models import Role
from accounts.permissions import held
from audit import clock
from audit.templatetags.register import status_tag
from audit.words import days_since
from decisions.models import (
    GRANTED,
    Decision,
    OutcomeFigure,
    RecommendationKind,
    RecommendationOutcome,
    in_part_1,
)
from decisions.models.lineage import OPENING_KINDS
from decisions.workflow import Source
from grants.exporters.tables import MOST_ROWS
from grants.models import NOUGHT, Allocation, LineStage, SpendingLine
from grants.permissions import can_allocate, can_view_grants
from grants.programmes import is_linked
from grants.rules import is_in_force, is_in_part_1
from grants.search import (
    PAGING,
    awaiting_by_funder,
    reserved_now,
    sums_decided,
    sums_to_allocate,
    total_to_allocate,
)

register = template.Library()

STAGE_COLOURS: dict[str, str] = {
    LineStage.COMMITMENT: "blue",
    LineStage.ACCRUAL: "purple",
    LineStage.ACTUAL: "green",
}
PARTS = ("spent", "committed", "reserved", "passed_on", "left")
WIDE = Decimal(100)
FILES = (("csv", "CSV"), ("xlsx", "Excel (XLSX)"))
WHY_NONE = {
    "bid": "A bid asks for money and opens none: the decision that accepts the grant does.",
    "note": "To note opens no money.",
    "delegate": "A delegation lets somebody act; it opens no money by itself.",
    "approve_in_principle": "Approval in principle opens no money: the full approval does.",
    "carry_forward": "Carrying forward opens no money in this register yet.",
    "vary": "What it varies is another decision's sum: it raises or lowers that one.",
    "determine": "A determination opens no money.",
    "other": "It neither accepts a grant nor approves spending, so it opens no money.",
}


@register.filter
def pounds(amount: Decimal | None) -> str:
    """Write pounds for a column of figures: always with pence, so that the points line up."""
    if amount is None:
        return ""
    sign = "−" if amount < 0 else ""
    return f"{sign}£{abs(amount):,.2f}"


@register.filter
def of_key(values: dict[int, int], key: int) -> int | None:
    """Return the value of a key; None where there is none."""
    return values.get(key)


@register.filter
def age(moment: datetime) -> str:
    """Say how long ago something was recorded: "today", "12 days ago", "3 months ago"."""
    days = (clock.today() - localtime(moment).date()).days
    for length, name in ((365, "years"), (30, "months")):
        if days >= 2 * length:
            return f"{days // length} {name} ago"
    since = days_since(localtime(moment).date(), clock.today())
    return since if since == "today" else f"{since} ago"


@register.inclusion_tag("components/export_links.html", takes_context=True)
def export_links(context: Context, table: str, what: str, **of: str) -> dict[str, object]:
    """Offer a table as files, narrowed as the page is; `of` adds what the table is of."""
    query = context["request"].GET.copy()
    for name in PAGING:
        query.pop(name, None)
    for name, value in of.items():
        query[name] = value
    asked = f"?{query.urlencode()}" if query else ""
    files = [
        {"label": label, "url": reverse("money_export", args=[table, ending]) + asked}
        for ending, label in FILES
    ]
    return {"what": what, "files": files, "most": [f"{MOST_ROWS[ending]:,}" for ending, _ in FILES]}


@register.inclusion_tag("grants/_bar.html")
def money_bar(balances: Any) -> dict[str, object]:
    """Draw how the money stands as a bar; the table beside it says the same in figures."""
    sums = [(name, getattr(balances, name) or NOUGHT) for name in PARTS]
    whole = sum((amount for _, amount in sums), NOUGHT)
    parts, at = [], Decimal(0)
    for name, amount in sums:
        width = (amount * WIDE / whole) if whole else NOUGHT
        if width > 0:
            parts.append({"name": name, "x": f"{at:.3f}", "width": f"{width:.3f}"})
        at += width
    return {"parts": parts}


@register.simple_tag
def line_status(line: SpendingLine) -> SafeString:
    """Draw the stage of a line, and whether it awaits authority, or was or is a reversal."""
    return status_tag(*status_of(line))


def status_of(line: SpendingLine) -> tuple[str, str]:
    """Return how a line stands, in words, and the colour of its tag."""
    if line.is_reversal:
        return "Reversal", "grey"
    if line.is_reversed:
        return "Charged since" if _is_covered(line) else "Reversed", "grey"
    if line.is_credit:
        return "Credit", "turquoise"
    if line.is_awaiting:
        return "Awaiting authority", "orange"
    return line.get_stage_display(), STAGE_COLOURS[line.stage]


def _is_covered(line: SpendingLine) -> bool:
    return line.allocation_id is None and hasattr(line, "covered_by")


@register.inclusion_tag("grants/_money_under.html", takes_context=True)
def money_under(context: Context, decision: Decision) -> dict[str, object]:
    """Show the money under a decision to those who may see it: what is allocated, what opens none.

    Nothing before the decision is signed, and nothing of Part 2.
    """
    user = context["user"]
    if not (decision.is_decided and can_view_grants(user)):
        return {}
    allocations = Allocation.objects.filter(decision=decision)
    figures = sums_decided().filter(
        outcome__recommendation__decision=decision,
        outcome__recommendation__kind__in=OPENING_KINDS,
    )
    sums = figures.order_by("outcome__recommendation__position")
    return {
        "decision": decision,
        "allocations": allocations.with_parties().with_balances().order_by("n"),
        "sums": [one for one in sums if vars(one)["left"]] if is_in_force(decision) else [],
        "has_sums": bool(sums),
        "is_linked": is_linked(decision),
        "why_none": _why_none(decision),
        "varying": _varying(decision),
        "bids": _bids(decision),
        "is_from_elsewhere": decision.source == Source.ELSEWHERE,
        "allocating": can_allocate(user),
    }


def _varying(decision: Decision) -> list[OutcomeFigure]:
    """Return the sums by which a decision varies others, each with how it was applied, if ever."""
    found = sums_decided().filter(
        outcome__recommendation__decision=decision,
        outcome__recommendation__kind=RecommendationKind.VARY,
        outcome__recommendation__funded_from__isnull=True,
    )
    rows = found.select_related("applied_as__varied__outcome__recommendation__decision__series")
    return list(rows.order_by("outcome__recommendation__position"))


def _bids(decision: Decision) -> list[RecommendationOutcome]:
    """Return the bids that a decision approved, each with how it ended, if it did."""
    found = RecommendationOutcome.objects.filter(
        in_part_1("recommendation__"),
        recommendation__decision=decision,
        recommendation__kind=RecommendationKind.BID,
        outcome__in=GRANTED,
    )
    rows = found.select_related("recommendation", "bid_end")
    return list(rows.order_by("recommendation__position"))


def _why_none(decision: Decision) -> list[tuple[str, str]]:
    """Return the recommendations with a sum that open no money, each with why."""
    rows = decision.recommendations.filter(in_part_1(), figures__isnull=False).distinct()
    outcomes = {
        row.recommendation_id: row
        for approval in decision.approvals.all()
        for row in approval.outcomes.all()
    }
    found = []
    for row in rows.order_by("position"):
        outcome = outcomes.get(row.pk)
        if row.kind not in OPENING_KINDS:
            found.append((str(row), WHY_NONE[row.kind]))
        elif outcome and outcome.outcome in ("rejected", "deferred", "noted"):
            words = f"It was {outcome.get_outcome_display().lower()}, so it opens no money."
            found.append((str(row), words))
    return found


@register.inclusion_tag("grants/_money_waiting.html", takes_context=True)
def money_waiting(context: Context) -> dict[str, object]:
    """Show on the home page of finance what waits in the money; nothing to other offices."""
    finance = (Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.CHIEF_FINANCE_OFFICER)
    if not held(context["user"], *finance):
        return {}
    waiting = awaiting_by_funder()
    reserved_count, reserved_total = reserved_now()
    return {
        "is_finance": True,
        "reserved_count": reserved_count,
        "reserved_total": reserved_total,
        "sums_count": sums_to_allocate().count(),
        "sums_total": total_to_allocate(),
        "waiting_count": sum(row["lines"] for row in waiting),
        "waiting_total": sum((row["total"] for row in waiting), NOUGHT),
    }


@register.simple_tag
def drawn_out_of(figure: OutcomeFigure) -> str:
    """Say which recommendation a sum is drawn from; empty where from none."""
    source = figure.outcome.recommendation.funded_from
    is_shown = source is not None and is_in_part_1(source)
    return f"drawn from {str(source).lower()}, so not added to it" if is_shown else ""
