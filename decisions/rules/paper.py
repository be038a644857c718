"""The rules that a paper holds to before it is submitted, and what is doubted of it."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from audit.rulebook import NamedRule
from decisions.models import Decision, Recommendation
from decisions.rules.book import OFFICER, RULES, When, rule
from decisions.rules.sums import asked


@rule("DEC-01", When.SUBMISSION, OFFICER)
def has_title(decision: Decision) -> bool:
    """A paper has a title before it is submitted."""
    return bool(decision.title.strip())


@rule("DEC-02", When.SUBMISSION, OFFICER)
def has_summary(decision: Decision) -> bool:
    """A paper has an executive summary before it is submitted."""
    return bool(decision.executive_summary.strip())


@rule("DEC-03", When.SUBMISSION, OFFICER)
def has_recommendation(decision: Decision) -> bool:
    """A paper makes at least one recommendation before it is submitted."""
    return decision.recommendations.exists()


@rule("DEC-08", When.WARNING, OFFICER)
def draws_within(source: Recommendation, drawn: Iterable[Recommendation]) -> bool:
    """What is drawn from a recommendation is no more than it asks for."""
    most = asked(source)
    return not most or sum((asked(row) for row in drawn), Decimal()) <= most


@rule("DEC-16", When.WARNING, OFFICER)
def has_consent(decision: Decision) -> bool:
    """The head of unit consents to a paper first; it is recorded with the title and summary."""
    return bool(decision.head_of_unit)


AT_SUBMISSION: dict[str, Callable[[Decision], bool]] = {
    "DEC-01": has_title,
    "DEC-02": has_summary,
    "DEC-03": has_recommendation,
}


def unmet(decision: Decision) -> list[NamedRule]:
    """Return the rules that stand between a paper and its submission."""
    return [RULES[code] for code, holds in AT_SUBMISSION.items() if not holds(decision)]


def warnings(decision: Decision) -> list[NamedRule]:
    """Return the rules that the paper does not keep to and that block nothing."""
    rows = list(decision.recommendations.prefetch_related("figures"))
    drawn = {row.pk: [one for one in rows if one.funded_from_id == row.pk] for row in rows}
    within = all(draws_within(row, drawn[row.pk]) for row in rows)
    held = {"DEC-08": within, "DEC-16": has_consent(decision)}
    return [RULES[code] for code, holds in held.items() if not holds]
