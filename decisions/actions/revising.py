"""After the signature: a correction of words, or a release out of Part 2.

Nothing signed is edited. A revision is proposed by one person and confirmed by another with a
fresh second factor; only that act changes the words it names (decisions/sql/0024), and it ends in
a new version of the paper and new signed documents that say what changed.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from django.db import models

from accounts import step_up
from accounts.models import Delegation, StepUp, User
from audit import clock
from audit.acts import Act, action
from audit.canonical import canonical
from decisions import events, search
from decisions.actions.edits import change, made_before, present, remember
from decisions.actions.outcomes import undecided
from decisions.actions.released import becoming_public, words_released
from decisions.actions.revised_content import WORDS, revised_content
from decisions.actions.signing import issue_documents, prepare_documents
from decisions.actions.spots import Spot, recipients_of, releasable, spots_of
from decisions.actions.versions import make_version
from decisions.models import (
    Decision,
    Paragraph,
    Part,
    Place,
    RevisedItem,
    Revision,
    RevisionAnswer,
    RevisionKind,
    latest_version,
    read_content,
)
from decisions.permissions_afterwards import (
    can_answer_revision,
    can_correct,
    can_decline_revision,
    can_release,
)
from decisions.refusals import DecisionRefused
from decisions.rules import (
    Manner,
    gives_reason,
    hold,
    is_decided_already,
    is_only_one,
    keeps_cells,
    keeps_quantities,
    keeps_sense,
    names_all_it_releases,
    puts_slips_right,
    releases_something,
    replaces_words,
    stands_as_proposed,
)

CONFIRM = "decisions.confirm_revision"


@action
def propose_correction(
    act: Act,
    *,
    decision: Decision,
    words: Sequence[tuple[str, str]],
    reason: str,
    withholds: bool = False,
    form_key: UUID | None = None,
    by: User,
) -> Revision:
    """Propose other words for places of a signed paper: pairs of `Spot.key` and the new words.

    With `withholds`, the words replaced are not printed again, and “[removed]” can stand in their
    place. Raises NotPermitted or RuleBroken: slips of the pen alone are corrected.
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Revision, of=decision):
        return before
    role = can_correct(by, decision).or_refuse().role
    known = {spot.key: spot for spot in spots_of(decision)}
    pairs = [(_known(known, key), new.strip()) for key, new in words]
    hold("DEC-57", holds=replaces_words((spot.words, new) for spot, new in pairs))
    for spot, new in pairs:
        _hold_slip(decision, spot, spot.words, new, withholds=withholds)
    revision = _proposed(decision, RevisionKind.CORRECTION, reason, by, role, withholds=withholds)
    for spot, new in pairs:
        _item(revision, spot, old=spot.words, new=new)
    return _noted(act, revision, form_key)


def _hold_slip(
    decision: Decision, named: Spot | RevisedItem, old: str, new: str, *, withholds: bool
) -> None:
    """Refuse other words that are more than a slip of the pen put right."""
    detail = f"({named.where}.)"
    is_recommendation = named.place == Place.RECOMMENDATION
    waiting = {row.pk for row in undecided(decision)} if is_recommendation else set()
    hold("DEC-87", holds=is_decided_already(is_decided=named.row not in waiting), detail=detail)
    hold("DEC-55", holds=keeps_quantities(old, new), detail=detail)
    hold("DEC-56", holds=keeps_sense(old, new), detail=detail)
    hold("DEC-86", holds=keeps_cells(old, new), detail=detail)
    manner = Manner(is_recommendation, withholds)
    hold("DEC-85", holds=puts_slips_right(old, new, manner), detail=detail)


@action
def propose_release(
    act: Act,
    *,
    decision: Decision,
    items: Sequence[str],
    ground: str,
    reason: str,
    form_key: UUID | None = None,
    by: User,
) -> Revision:
    """Propose that places of a paper (by `Spot.key`) leave Part 2, on a ground and for a reason.

    Whatever becomes public with them is named too (`becoming_public`).
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Revision, of=decision):
        return before
    role = can_release(by, decision).or_refuse().role
    known = {spot.key: spot for spot in releasable(decision)}
    named = [_known(known, key) for key in items]
    spots = becoming_public(decision, [spot.key for spot in named])
    hold("DEC-58", holds=releases_something(len(spots)) and bool(ground))
    kind = RevisionKind.RELEASE
    revision = _proposed(decision, kind, reason, by, role, ground=ground)
    for spot in spots:
        _item(revision, spot)
    return _noted(act, revision, form_key)


def _known(known: dict[str, Spot], key: str) -> Spot:
    if key not in known:
        raise DecisionRefused(
            "That place is not in the paper as it stands.", clears="Load the page again."
        )
    return known[key]


def _proposed(
    decision: Decision, kind: str, reason: str, by: User, role: str, **more: object
) -> Revision:
    hold("DEC-15", holds=gives_reason(reason))
    waiting = decision.revisions.filter(answer__isnull=True).count()
    hold("DEC-59", holds=is_only_one(waiting))
    return Revision.objects.create(
        decision=decision,
        n=decision.revisions.count() + 1,
        kind=kind,
        reason=reason.strip(),
        proposed_at=clock.now(),
        proposed_by=by,
        role=role,
        **more,
    )


def _item(revision: Revision, spot: Spot, old: str = "", new: str = "") -> None:
    RevisedItem.objects.create(
        revision=revision,
        place=spot.place,
        row=spot.row,
        where=spot.where,
        part=spot.part,
        old=old,
        new=new,
    )


def _noted(act: Act, revision: Revision, form_key: UUID | None) -> Revision:
    """Write down which places are named, never their words."""
    data = {"revision": revision.n, "kind": revision.kind, "places": _places(revision)}
    subject = revision.decision
    act.record(events.REVISION_PROPOSED, subject=subject, role=revision.role, data=data)
    return remember(form_key, revision)


def _places(revision: Revision) -> list[str]:
    return [f"{item.place}-{item.row}" for item in revision.items.all()]


def revision_digest(*, revision: Revision) -> str:
    """Return the SHA-256 (hex) of what is confirmed: what a second factor is bound to."""
    version = present(latest_version(revision.decision))
    facts = {
        "act": CONFIRM,
        "reference": revision.decision.reference,
        "revision": revision.n,
        "kind": revision.kind,
        "reason": revision.reason,
        "part_1_digest": version.part_1_digest,
        "part_2_digest": version.part_2_digest,
        "released": {} if revision.is_correction else words_released(revision),
        "items": [[row.place, row.row, row.old, row.new] for row in revision.items.all()],
    }
    return sha256(canonical(facts).encode()).hexdigest()


@action
def confirm_revision(
    act: Act,
    *,
    revision: Revision,
    proof: StepUp | None = None,
    form_key: UUID | None = None,
    by: User,
) -> RevisionAnswer:
    """Confirm a correction or a release: a new version and new signed documents come of it.

    Needs `proof`, a fresh second factor for `CONFIRM` bound to `revision_digest`. Raises
    NotPermitted, RuleBroken, StepUpRefused or DocumentRefused; then nothing has changed.
    """
    decision = Decision.objects.locked(revision.decision)
    if before := made_before(form_key, RevisionAnswer, of=decision):
        return before
    revision = _of(decision, revision)
    role = can_answer_revision(by, revision).or_refuse().role
    digest = revision_digest(revision=revision)
    used = step_up.consume(act, by=by, act_name=CONFIRM, digest=digest, proof=proof)
    answer = RevisionAnswer.objects.create(
        decision=decision,
        revision=revision,
        is_confirmed=True,
        answered_at=clock.now(),
        answered_by=by,
        role=role,
        authority=_authority(by) if revision.is_correction else "",
        evidence=used.in_words,
    )
    signed = read_content(present(latest_version(decision)))
    _carry_out(decision, revision)
    remember(form_key, answer)
    version = make_version(decision, revised_content(signed, revision))
    search.reindex(decision)
    data = {
        "revision": revision.n,
        "places": _places(revision),
        "version": version.n,
        "part_1_digest": version.part_1_digest,
        "part_2_digest": version.part_2_digest,
        "evidence": answer.evidence,
    }
    event = events.DECISION_CORRECTED if revision.is_correction else events.PART_2_RELEASED
    act.record(event, subject=decision, role=role, data=data)
    issue_documents(act, answer, prepare_documents(answer))
    return answer


def _of(decision: Decision, revision: Revision) -> Revision:
    """Return the revision anew, with the locked decision."""
    found = present(decision.revisions.select_related("proposed_by").filter(pk=revision.pk).first())
    found.decision = decision
    return found


def _authority(by: User) -> str:
    delegation = Delegation.objects.held_by(by).in_force(clock.today()).first()
    return delegation.authority if delegation else ""


def _carry_out(decision: Decision, revision: Revision) -> None:
    if not revision.is_correction:
        is_named = set(words_released(revision)) == set(_places(revision))
        hold("DEC-89", holds=names_all_it_releases(is_named=is_named))
    for item in revision.items.all():
        row = decision if item.row == 0 else present(_row(decision, item.place, item.row))
        if revision.is_correction:
            column = WORDS[Place(item.place)]
            hold("DEC-60", holds=stands_as_proposed(is_same=getattr(row, column) == item.old))
            _hold_slip(decision, item, item.old, item.new, withholds=revision.withholds)
            change(row, {column: item.new})
        elif getattr(row, "part", None) != Part.PART_1:
            change(row, {"part": Part.PART_1, "exemption": None})


def _row(decision: Decision, place: str, pk: int) -> models.Model | None:
    rows: dict[str, Iterable[models.Model]] = {
        Place.SECTION: decision.sections.filter(pk=pk),
        Place.PARAGRAPH: Paragraph.objects.filter(section__decision=decision, pk=pk),
        Place.RECOMMENDATION: decision.recommendations.filter(pk=pk),
        Place.RECIPIENT: recipients_of(decision).filter(pk=pk),
        Place.PAPER: decision.supporting_papers.filter(pk=pk),
    }
    return next(iter(rows[place]), None)


@action
def decline_revision(
    act: Act, *, revision: Revision, reason: str, form_key: UUID | None = None, by: User
) -> RevisionAnswer:
    """Decline a correction or a release, or take one's own back: nothing changes."""
    decision = Decision.objects.locked(revision.decision)
    if before := made_before(form_key, RevisionAnswer, of=decision):
        return before
    revision = _of(decision, revision)
    role = can_decline_revision(by, revision).or_refuse().role
    hold("DEC-15", holds=gives_reason(reason))
    answer = RevisionAnswer.objects.create(
        decision=decision,
        revision=revision,
        is_confirmed=False,
        words=reason.strip(),
        answered_at=clock.now(),
        answered_by=by,
        role=role,
    )
    data = {"revision": revision.n, "reason": reason.strip()}
    act.record(events.REVISION_DECLINED, subject=decision, role=role, data=data)
    return remember(form_key, answer)
