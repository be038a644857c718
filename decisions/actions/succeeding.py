"""A new decision in place of a signed one: it varies it, or supersedes it."""

from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions import events, search
from decisions.actions.drafting import begin
from decisions.actions.edits import made_before, remember
from decisions.actions.linking import lay_link
from decisions.actions.recommendations import RecommendationWords, lay_recommendation
from decisions.actions.steps import take
from decisions.models import (
    GRANTED,
    Approval,
    Decision,
    LinkKind,
    Outcome,
    Recommendation,
    latest_version,
    paper_content,
    part_1_of,
    read_content,
)
from decisions.permissions import can_revoke
from decisions.permissions_afterwards import can_succeed


@action
def begin_successor(
    act: Act, *, decision: Decision, kind: str, form_key: UUID | None = None, by: User
) -> Decision:
    """Begin a draft that varies or supersedes a signed decision, linked to it.

    Title, lead-in, funder and the recommendations of Part 1 are carried over, with their kinds and
    words; their sums are asked for anew.
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Decision):
        return before
    can_succeed(by, decision).or_refuse()
    words = {"title": decision.title, "asked": decision.asked, "funder": decision.funder}
    new = begin(act, series=decision.series, officer=by, words=words)
    lay_link(new, kind=LinkKind(kind), to_decision=decision)
    _carry_recommendations(decision, new)
    search.reindex(new)
    return remember(form_key, new)


def _carry_recommendations(old: Decision, new: Decision) -> None:
    """Lay the recommendations of Part 1 anew, under the same numbers and parents.

    Those that were rejected, and what lies under them, are not carried: there is nothing of them
    to vary or to put anything in place of.
    """
    version = latest_version(old)
    content = part_1_of(read_content(version) if version else paper_content(old))
    rows = {row.pk: row for row in old.recommendations.select_related("parent", "funder")}
    rejected = set(
        old.recommendations.filter(outcomes__outcome=Outcome.REJECTED).values_list("pk", flat=True)
    )
    made: dict[str, Recommendation] = {}
    for shown in content["recommendations"]:
        row = rows[shown["id"]]
        if row.pk in rejected or row.parent_id in rejected:
            rejected.add(row.pk)
            continue
        parent = made.get(row.parent.number) if row.parent else None
        words = RecommendationWords(row.text, row.kind, parent=parent, funder=row.funder)
        made[row.number] = lay_recommendation(new, words, number=row.number)


def superseded_by_signing(decision: Decision, by: User) -> list[Decision]:
    """Return the decisions that signing this one revokes: those that its maker may revoke."""
    links = decision.links.filter(kind=LinkKind.SUPERSEDES, to_decision__isnull=False)
    older = [link.to_decision for link in links.select_related("to_decision__series")]
    return [one for one in older if one is not None and can_revoke(by, one)]


def supersede(act: Act, approval: Approval, by: User) -> None:
    """Revoke what a decision supersedes, in the act that signs it; nothing where it grants none."""
    decision = approval.decision
    if approval.outcome not in GRANTED:
        return
    for older in superseded_by_signing(decision, by):
        locked = Decision.objects.locked(older)
        role = can_revoke(by, locked).or_refuse().role
        take(
            act,
            locked,
            "revoke",
            event=events.DECISION_REVOKED,
            by=by,
            role=role,
            reason=f"Superseded by {decision.reference}.",
            in_favour_of=decision,
            change={"revoked_on": clock.today()},
            data={"in_favour_of": decision.reference, "evidence": approval.evidence},
        )
