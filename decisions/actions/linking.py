"""Links from a paper to others: what it continues, varies, supersedes, resubmits or funds."""

from accounts.models import User
from audit.acts import Act, action
from decisions.actions.edits import close_paper, open_paper, present
from decisions.models import Decision, DecisionLink, LinkKind
from decisions.models.lineage import leads_back
from decisions.refusals import DecisionRefused
from decisions.workflow import Status


def lay_link(
    decision: Decision, *, kind: str, to_decision: Decision | None = None, to_reference: str = ""
) -> DecisionLink:
    """Link a paper within an edit to another decision, or to a reference that is not held here."""
    to_reference = "" if to_decision else " ".join(to_reference.split())
    is_itself = to_decision == decision or _same(to_reference, decision.reference)
    if is_itself or (to_decision is not None and to_decision.number is None):
        raise DecisionRefused(
            "A link leads to another decision that has its number.",
            clears="Link it once that paper has been submitted.",
        )
    if to_decision is not None:
        _fits(decision, LinkKind(kind), to_decision)
    link, _ = DecisionLink.objects.get_or_create(
        from_decision=decision,
        kind=kind,
        to_decision=to_decision,
        to_reference=to_reference,
    )
    return link


def _same(one: str, other: str) -> bool:
    return one.replace(" ", "").casefold() == other.replace(" ", "").casefold()


def _fits(decision: Decision, kind: LinkKind, to: Decision) -> None:
    """Refuse a link that contradicts another, or what has become of the decision it leads to."""
    others = decision.links.filter(to_decision=to).exclude(kind__in=[kind, LinkKind.FUNDS])
    other = others.first() if kind != LinkKind.FUNDS else None
    if other is not None:
        raise DecisionRefused(
            f"{decision.reference} is linked to {to.reference} already: it "
            f"{other.get_kind_display().lower()} it.",
            clears="Remove that link first, if this one is right.",
        )
    if leads_back(decision, to, kind):
        raise DecisionRefused(
            f"{to.reference} comes after {decision.reference} itself, by the links that it has: "
            "this one would lead back to where they began.",
            clears="Remove a link between the two first.",
        )
    if kind in (LinkKind.VARIES, LinkKind.SUPERSEDES) and to.status == Status.WITHDRAWN:
        raise DecisionRefused(
            f"{to.reference} was withdrawn, so that there is nothing to vary or supersede.",
            clears="A paper that asks for the same again resubmits it.",
        )


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
