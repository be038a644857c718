"""What other decisions are to a decision: which it continues, and which later vary it."""

from dataclasses import dataclass

from decisions.models.decision import Decision
from decisions.models.paper import LinkKind
from decisions.models.querysets import DecisionQuerySet

PASSIVE = {
    LinkKind.VARIES: "Varied by",
    LinkKind.SUPERSEDES: "Superseded by",
    LinkKind.CONTINUES: "Continued by",
    LinkKind.RESUBMITS: "Resubmitted by",
    LinkKind.FUNDS: "Funded by",
}
STANDS = {LinkKind.VARIES, LinkKind.SUPERSEDES}


@dataclass(frozen=True)
class Later:
    """A later decision, and what it is to the one in hand, e.g. "Varied by"."""

    label: str
    decision: Decision
    is_decided: bool


@dataclass(frozen=True)
class Earlier:
    """A decision linked to, by its reference, e.g. "Continues"; none where it is not to be seen."""

    label: str
    reference: str
    decision: Decision | None


def earlier_decisions(decision: Decision, among: DecisionQuerySet) -> list[Earlier]:
    """Return what a decision links to, with its page where the reader may see that."""
    links = list(decision.links.select_related("to_decision__series"))
    seen = set(
        among.filter(pk__in=[link.to_decision_id for link in links]).values_list("pk", flat=True)
    )
    return [
        Earlier(
            link.get_kind_display(),
            link.reference,
            link.to_decision if link.to_decision_id in seen else None,
        )
        for link in links
    ]


def later_decisions(decision: Decision, among: DecisionQuerySet) -> list[Later]:
    """Return the numbered decisions that link to one, of those that the reader may see.

    What would vary or supersede it says so in other words until it is decided.
    """
    links = decision.linked_from.filter(
        from_decision__in=among, from_decision__number__isnull=False
    ).exclude(from_decision__status="withdrawn")
    found = []
    for link in links.select_related("from_decision__series").order_by("id"):
        later, kind = link.from_decision, LinkKind(link.kind)
        label = PASSIVE[kind]
        if kind in STANDS and not later.is_decided:
            label = f"To be {label.lower()}"
        found.append(Later(label, later, later.is_decided))
    return found
