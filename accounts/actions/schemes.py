"""Versions of the scheme of delegation: proposed by one person, approved by another, ended."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from accounts import events
from accounts.actions.proposals import approve, decline, end
from accounts.models import DelegatedAct, Role, SchemeParagraph, SchemeVersion
from accounts.permissions import Permission, can_approve_scheme, can_decline_scheme, may
from accounts.refusals import AccountRefused
from audit import clock
from audit.acts import Act, Actor, action
from audit.words import day

FIXED = "The paragraphs of this version are fixed."


@dataclass(frozen=True)
class Paragraph:
    """A paragraph to keep: its number, acts, limit (pounds; None: no limit), words and office."""

    number: str
    acts: Sequence[DelegatedAct | str]
    limit: Decimal | None = None
    words: str = ""
    office: Role | str = ""


@action
def propose_scheme(
    act: Act,
    *,
    title: str,
    dated: date,
    by: Actor,
    valid_from: date | None = None,
    valid_to: date | None = None,
    paragraphs: Sequence[Paragraph] = (),
) -> SchemeVersion:
    """Propose a version of a scheme, in force from its own date unless another is given.

    Raises NotPermitted unless ``by`` is a governance officer, AccountRefused for a version that
    is kept already or days the wrong way round.
    """
    may(by, Permission.MANAGE_DELEGATIONS).or_refuse()
    version = SchemeVersion(
        title=" ".join(title.split()),
        dated=dated,
        valid_from=valid_from or dated,
        valid_to=valid_to,
        proposed_at=clock.now(),
        proposed_by_id=by.pk,
    )
    _refuse_unfit(version)
    version.save()
    for paragraph in paragraphs:
        _keep(version, paragraph)
    days = {"valid_from": version.valid_from, "valid_to": valid_to}
    kept = [_facts(paragraph) for paragraph in paragraphs]
    act.record(events.SCHEME_PROPOSED, subject=version, data={**days, "paragraphs": kept})
    return version


def _refuse_unfit(version: SchemeVersion) -> None:
    if not version.title:
        raise AccountRefused("A scheme needs its title.", clears="Enter it.")
    if version.valid_to is not None and version.valid_to < version.valid_from:
        raise AccountRefused("The last day is before the first.", clears="Change the dates.")
    same = SchemeVersion.objects.filter(title=version.title, dated=version.dated)
    if same.filter(declined_at__isnull=True).exists():
        raise AccountRefused(
            f"The version of {day(version.dated)} is kept already.", clears="Open it in the list."
        )


@action
def add_paragraph(
    act: Act, *, version: SchemeVersion, paragraph: Paragraph, by: Actor
) -> SchemeParagraph:
    """Add a paragraph to a version that is still only proposed."""
    version = _open(version, by)
    kept = _keep(version, paragraph)
    act.record(events.SCHEME_PARAGRAPH_ADDED, subject=version, data=_facts(paragraph))
    return kept


@action
def remove_paragraph(act: Act, *, paragraph: SchemeParagraph, by: Actor) -> None:
    """Take a paragraph out of a version that is still only proposed."""
    version = _open(paragraph.version, by)
    if paragraph.delegations.exists():
        raise AccountRefused(
            f"A delegation is proposed under paragraph {paragraph.number}.",
            clears="Add another paragraph, or propose the version anew.",
        )
    data = {"paragraph": paragraph.number}
    paragraph.delete()
    act.record(events.SCHEME_PARAGRAPH_REMOVED, subject=version, data=data)


def _open(version: SchemeVersion, by: Actor) -> SchemeVersion:
    """Return the version locked, where somebody may change its paragraphs."""
    may(by, Permission.MANAGE_DELEGATIONS).or_refuse()
    version = SchemeVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_open:
        raise AccountRefused(FIXED, clears="Propose another version.")
    return version


def _keep(version: SchemeVersion, given: Paragraph) -> SchemeParagraph:
    number, acts = given.number.strip(), [DelegatedAct(one).value for one in given.acts]
    if not (number and acts):
        raise AccountRefused("A paragraph has a number and acts.", clears="Enter them.")
    if given.limit is not None and given.limit <= 0:
        raise AccountRefused("A limit is above nought.", clears="Enter it, or leave it out.")
    if version.paragraphs.filter(number=number).exists():
        raise AccountRefused(f"Paragraph {number} is there already.", clears="Remove it first.")
    return SchemeParagraph.objects.create(
        version=version,
        number=number,
        acts=acts,
        limit=given.limit,
        words=given.words.strip(),
        office=given.office,
    )


def _facts(paragraph: Paragraph) -> dict[str, object]:
    facts = asdict(paragraph)
    return {"paragraph": facts.pop("number"), **facts, "acts": [str(one) for one in facts["acts"]]}


@action
def approve_scheme(act: Act, *, version: SchemeVersion, shown: str, by: Actor) -> SchemeVersion:
    """Approve a version that another person proposed: it is in force on its days from now on.

    ``shown`` is the digest of the paragraphs that the page showed (`SchemeVersion.digest`).
    """
    version = SchemeVersion.objects.select_for_update().get(pk=version.pk)
    answer = can_approve_scheme(by, version).or_refuse()
    if shown != version.digest:
        raise AccountRefused(
            "The paragraphs changed since you opened the page.",
            clears="Read them again, then approve them.",
        )
    approve(version, by)
    act.record(events.SCHEME_APPROVED, subject=version, role=answer.acted_as)
    return version


@action
def decline_scheme(act: Act, *, version: SchemeVersion, reason: str, by: Actor) -> SchemeVersion:
    """Turn a proposed version down, or take one's own proposal back, with a reason."""
    version = SchemeVersion.objects.select_for_update().get(pk=version.pk)
    answer = can_decline_scheme(by, version).or_refuse()
    data = decline(version, reason, by)
    act.record(events.SCHEME_DECLINED, subject=version, role=answer.acted_as, data=data)
    return version


@action
def end_scheme(
    act: Act, *, version: SchemeVersion, by: Actor, valid_to: date | None = None
) -> SchemeVersion:
    """End a version after a day (inclusive; yesterday when not given): its delegations end too."""
    may(by, Permission.MANAGE_DELEGATIONS).or_refuse()
    version = SchemeVersion.objects.select_for_update().get(pk=version.pk)
    data = end(version, valid_to)
    act.record(events.SCHEME_ENDED, subject=version, data=data)
    return version
