"""What a statement of expenditure says of a grant or of one year of it. Sums in pounds.

Only facts of Part 1 are in it, and no payee, purpose or person but those who prepare and certify.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Sum

from audit import clock
from audit.canonical import canonical
from audit.words import day
from decisions.models import OutcomeFigure
from grants.claims import LIVE, allocations_of, claimed_before
from grants.models import (
    NOUGHT,
    Account,
    AccountRole,
    Allocation,
    Award,
    Category,
    Claim,
    ClaimLine,
    ExpenditureStatement,
    LineOutcome,
    SpendingLine,
    Variation,
    month_name,
)
from grants.search import categories_of, open_lines

FORMAT = "expenditure/1"
ENDS = "SELECT grants_statement_ends(%s, %s)"
LINES = """
    SELECT id, received_on, category, effect FROM grants_lines_of_statement(%s, %s) ORDER BY id
"""
UNFINISHED = "SELECT kind, which FROM grants_unfinished(%s, %s)"
HELD = {
    "left": AccountRole.AVAILABLE,
    "reserved": AccountRole.RESERVED,
    "committed": AccountRole.COMMITTED,
    "accrued": AccountRole.ACCRUED,
    "paid": AccountRole.USED,
    "handed_back": AccountRole.HANDED_BACK,
}


@dataclass(frozen=True)
class Listed:
    """The lines of a statement: how many, what they come to, what takes money back, a digest.

    The digest is the SHA-256 (hex) of one text: for each line by number its number, day of
    receipt, category and sum, with spaces between them and a line feed after each.
    """

    number: int
    total: Decimal
    credits: int
    credited: Decimal
    digest: str
    by_category: dict[str, Decimal]


def ends_on(figure: OutcomeFigure, year: int | None) -> date | None:
    """Return the last day of what a statement is about; None where nothing says it."""
    with connection.cursor() as cursor:
        cursor.execute(ENDS, [figure.pk, year])
        found: date | None = cursor.fetchone()[0]
        return found


def listed(figure: OutcomeFigure, year: int | None) -> Listed:
    """Return the lines charged to a grant that were received in a year, or at any time."""
    text, by_category = sha256(), dict.fromkeys(Category.values, NOUGHT)
    number, back, credited = 0, 0, NOUGHT
    with connection.cursor() as cursor:
        cursor.execute(LINES, [figure.pk, year])
        for key, received, category, effect in cursor:
            text.update(f"{key} {received.isoformat()} {category} {effect}\n".encode())
            by_category[category] += effect
            number += 1
            if effect < 0:
                back, credited = back + 1, credited + effect
    total = sum(by_category.values(), NOUGHT)
    return Listed(number, total, back, credited, text.hexdigest(), by_category)


def unfinished(figure: OutcomeFigure, year: int | None) -> dict[str, list[str]]:
    """Return what keeps a statement from being final: claims, lines and months, in words."""
    with connection.cursor() as cursor:
        cursor.execute(UNFINISHED, [figure.pk, year])
        rows = cursor.fetchall()
    found: dict[str, list[str]] = {"claim": [], "approval": [], "awaiting": [], "month": []}
    for kind, which in sorted(rows, key=lambda row: (row[1].rjust(12), row[0])):
        found[kind].append(_named(kind, which))
    return found


def _named(kind: str, which: str) -> str:
    if kind == "month":
        return month_name(date.fromisoformat(which))
    named = {"claim": "claim", "approval": "line to be approved"}
    return f"{named.get(kind, 'Line')} {which}"


def content_of(figure: OutcomeFigure, year: int | None, n: int) -> dict[str, Any]:
    """Return what a statement says, as the register stands now."""
    allocations = allocations_of(figure)
    lines = listed(figure, year)
    claimed = _claimed(allocations, year)
    accruals = list(_accruals(allocations, year))
    held = {name: _balance(allocations, role) for name, role in HELD.items()}
    content = {
        "format": FORMAT,
        "grant": _grant(figure),
        "period": {"year": year, "end": ends_on(figure, year)},
        "stood_on": clock.today(),
        "n": n,
        "sums": {
            "limit": sum(held.values(), NOUGHT),
            "spent": lines.total,
            "spent_in_other_years": held["paid"] - lines.total,
            "reserved": held["reserved"],
            "committed": held["committed"],
            "accrued": held["accrued"],
            "handed_back": held["handed_back"],
            "left": held["left"],
            "claimed": sum((row["claimed"] for row in claimed.values()), NOUGHT),
            "disallowed": sum((row["disallowed"] for row in claimed.values()), NOUGHT),
        },
        "categories": list(_categories(allocations, lines, claimed)),
        "accruals": accruals,
        "claims": list(_claims(figure, year)),
        "lines": {
            "number": lines.number,
            "total": lines.total,
            "credits": lines.credits,
            "credited": lines.credited,
            "digest": lines.digest,
        },
    }
    earlier = ExpenditureStatement.objects.of(figure, year).filter(certified__isnull=False).first()
    if earlier:
        content["replaces"] = {"n": earlier.n, "sums": earlier.said["sums"]}
    return content


def as_text(content: dict[str, Any]) -> str:
    """Return what a statement says as canonical JSON."""
    return canonical(content)


def digest_of(text: str) -> str:
    """Return the SHA-256 (hex) of what a statement says."""
    return sha256(text.encode()).hexdigest()


def figures_of(content: dict[str, Any]) -> str:
    """Return the digest of the figures alone: the same until money or claims change."""
    told = ("sums", "categories", "accruals", "claims", "lines")
    return digest_of(canonical({name: content[name] for name in told}))


def is_as_it_stands(statement: ExpenditureStatement) -> bool:
    """Whether a statement says what the register would say now."""
    now = content_of(statement.figure, statement.year, statement.n)
    return figures_of(now) == figures_of(statement.said)


def _grant(figure: OutcomeFigure) -> dict[str, Any]:
    recommendation = figure.outcome.recommendation
    decision = recommendation.decision
    letter = Award.objects.filter(figure=figure).order_by("-n").first()
    varied = Variation.objects.filter(varied=figure).select_related(
        "varying__outcome__recommendation__decision__series"
    )
    others = {one.varying.outcome.recommendation.decision.reference for one in varied}
    funder = recommendation.funder or decision.funder
    return {
        "reference": f"{decision.reference} recommendation {recommendation.number}",
        "decisions": [decision.reference, *sorted(others)],
        "title": decision.title,
        "funder": funder.name if funder else "",
        "decided": figure.amount + sum((one.difference for one in varied), NOUGHT),
        "letter": letter.reference if letter else "",
        "dated": letter.dated if letter else None,
        "awarded": letter.amount if letter else None,
        "from": letter.period_start if letter else recommendation.period_start,
        "to": letter.period_end if letter else recommendation.period_end,
    }


def _balance(allocations: list[int], role: AccountRole) -> Decimal:
    rows = Account.objects.filter(allocation__in=allocations, role=role).with_balance()
    return sum((vars(row)["balance"] for row in rows), NOUGHT)


def _in_year(column: str, year: int | None) -> Q:
    if year is None:
        return Q()
    return Q(**{f"{column}__range": (date(year, 4, 1), date(year + 1, 3, 31))})


def _claimed(allocations: list[int], year: int | None) -> dict[str, dict[str, Decimal]]:
    back = SpendingLine.objects.filter(reverses=OuterRef("line"))
    refused = Q(~Exists(back), outcome__outcome=LineOutcome.DISALLOWED)
    rows = (
        ClaimLine.objects.filter(
            _in_year("line__received_on", year), line__allocation__in=allocations
        )
        .order_by()
        .values("line__category")
        .annotate(claimed=Sum("amount", filter=LIVE), disallowed=Sum("amount", filter=refused))
    )
    found = {
        row["line__category"]: {name: row[name] or NOUGHT for name in ("claimed", "disallowed")}
        for row in rows
    }
    lines = ClaimLine.objects.filter(refused, line__allocation__in=allocations).values("line")
    credited = SpendingLine.objects.filter(_in_year("received_on", year), credits__in=lines)
    for category, total in credited.order_by().values_list("category").annotate(s=Sum("effect")):
        of_it = found.setdefault(category, {"claimed": NOUGHT, "disallowed": NOUGHT})
        of_it["disallowed"] += total
    before = claimed_before().filter(_in_year("received_on", year), allocation__in=allocations)
    early = before.order_by().values_list("category").annotate(total=Sum("effect"))
    for category, total in early:
        of_it = found.setdefault(category, {"claimed": NOUGHT, "disallowed": NOUGHT})
        of_it["claimed"] += total
    return found


def _categories(
    allocations: list[int], lines: Listed, claimed: dict[str, dict[str, Decimal]]
) -> Iterator[dict[str, Any]]:
    """Yield each category with a limit of its own, or with spending; of both, all columns."""
    limits: dict[str, tuple[Decimal, Decimal]] = {}
    for allocation in Allocation.objects.filter(pk__in=allocations):
        for one in categories_of(allocation):
            limit, left = limits.get(one.category, (NOUGHT, NOUGHT))
            limits[one.category] = limit + one.set_apart, left + one.left
    for category, label in Category.choices:
        spent, told = lines.by_category[category], claimed.get(category)
        if not (spent or told or category in limits):
            continue
        own = limits.get(category)
        yield {
            "category": label,
            "limit": own[0] if own else None,
            "spent": spent,
            **(told or {"claimed": NOUGHT, "disallowed": NOUGHT}),
            "left": own[1] if own else None,
        }


def _accruals(allocations: list[int], year: int | None) -> Iterator[dict[str, Any]]:
    held = open_lines().filter(
        _in_year("received_on", year),
        account_role=AccountRole.ACCRUED,
        allocation__in=allocations,
    )
    for line in held.order_by("id"):
        yield {
            "line": line.reference,
            "category": line.get_category_display(),
            "received_on": line.received_on,
            "amount": vars(line)["open_sum"],
        }


def _claims(figure: OutcomeFigure, year: int | None) -> Iterator[dict[str, Any]]:
    found = Claim.objects.with_steps().filter(_in_year("period_start", year), figure=figure)
    for claim in found.order_by("n"):
        yield {
            "n": claim.n,
            "from": claim.period_start,
            "to": claim.period_end,
            "lines": claim.lines,
            "total": claim.total,
            "paid": claim.paid,
            "state": claim.state,
        }


def said_of(statement: ExpenditureStatement) -> str:
    """Return one sentence about how a statement stands, for whoever holds its document."""
    if statement.standing == "current" and not is_as_it_stands(statement):
        return f"Figures have changed since; as of {day(clock.today())} no later one is certified."
    return ""
