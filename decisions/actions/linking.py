"""Links from a paper to others: what it continues, varies, supersedes, resubmits or funds."""

from accounts.models import User
from audit.acts import Act, action
from decisions.actions.edits import close_paper, open_paper, present
from decisions.models import Decision, DecisionLink, LinkKind
from decisions.rules import hold, links


def lay_link(
    decision: Decision, *, kind: str, to_decision: Decision | None = None, to_reference: str = ""
) -> DecisionLink:
    """Link a paper within an edit to another decision, or to a reference that is not held here."""
    to_reference = "" if to_decision else " ".join(to_reference.split())
    hold("DEC-100", holds=links.leads_elsewhere(decision, to_decision, to_reference))
    if to_decision is not None:
        _fits(decision, LinkKind(kind), to_decision)
    link, _ = DecisionLink.objects.get_or_create(
        from_decision=decision,
        kind=kind,
        to_decision=to_decision,
        to_reference=to_reference,
    )
    return link


def _fits(decision: Decision, kind: LinkKind, to: Decision) -> None:
    """Refuse a link that contradicts another, or what has become of the decision it leads to."""
    others = decision.links.filter(to_decision=to).exclude(kind__in=[kind, LinkKind.FUNDS])
    other = others.first() if kind != LinkKind.FUNDS else None
    already = f"it {other.get_kind_display().lower()} it" if other else ""
    linked = f"{decision.reference} is linked to {to.reference} already: {already}."
    hold("DEC-101", holds=links.is_one_thing(already), detail=linked)
    after = f"{to.reference} comes after {decision.reference} itself, by the links that it has."
    hold("DEC-102", holds=links.leads_on(decision, to, kind), detail=after)
    withdrawn = f"{to.reference} was withdrawn."
    hold("DEC-103", holds=links.has_something_to_change(to, kind), detail=withdrawn)


@action
def add_link(
    act: Act,
    *,
    decision: Decision,
    kind: str,
    to_decision: Decision | None = None,
    to_reference: str = "",
    by: User,
) -> DecisionLink:
    """Link the paper to a decision it continues, varies, supersedes, resubmits or funds."""
    decision = open_paper(decision, by)
    link = lay_link(decision, kind=kind, to_decision=to_decision, to_reference=to_reference)
    close_paper(act, decision, f"link to {link.reference}")
    return link


@action
def remove_link(act: Act, *, link: DecisionLink, by: User) -> None:
    """Take a link off the paper."""
    decision = open_paper(link.from_decision, by)
    link = present(decision.links.filter(pk=link.pk).first())
    reference = link.reference
    link.delete()
    close_paper(act, decision, f"link to {reference} removed")
