"""Delegations: proposed, approved by another person, ended; and each use counted."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from accounts import events
from accounts.actions.people import locked
from accounts.actions.proposals import approve, decline, end
from accounts.models import (
    CapPer,
    DelegatedAct,
    Delegation,
    DelegationUse,
    Role,
    SchemeParagraph,
    User,
)
from accounts.permissions import (
    ASK_GOVERNANCE,
    can_approve_delegation,
    can_decline_delegation,
    can_grant_delegation,
)
from accounts.powers import OVER_THE_CAP, power_behind
from accounts.refusals import AccountRefused
from audit import clock
from audit.acts import Act, Actor, Subject, action


@action
def propose_delegation(
    act: Act,
    *,
    holder: User,
    paragraph: SchemeParagraph,
    by: Actor,
    acts: Sequence[DelegatedAct | str] = (),
    limit: Decimal | None = None,
    cap: Decimal | None = None,
    cap_per: CapPer | str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    deputy_for: User | None = None,
) -> Delegation:
    """Propose authority under a paragraph of a scheme; it counts once another person approves it.

    ``acts`` and ``limit`` (pounds for one decision) are the paragraph's where left out; ``cap``
    (pounds) is for a financial year's decisions or all of them together. Raises NotPermitted
    unless ``by`` is a governance officer other than the holder, AccountRefused for facts that do
    not fit together.
    """
    holder = locked(holder)
    can_grant_delegation(by, holder).or_refuse()
    delegation = Delegation(
        holder=holder,
        paragraph=paragraph,
        scheme_title=paragraph.version.title,
        scheme_dated=paragraph.version.dated,
        scheme_paragraph=paragraph.number,
        acts=[DelegatedAct(one).value for one in acts] or paragraph.acts,
        limit=paragraph.limit if limit is None else limit,
        cap=cap,
        cap_per=cap_per if cap is not None else "",
        valid_from=valid_from or clock.today(),
        valid_to=valid_to,
        deputy_for=deputy_for,
        proposed_at=clock.now(),
        proposed_by_id=by.pk,
    )
    _refuse_unfit_dates(delegation)
    _refuse_unfit_sums(delegation, paragraph)
    _refuse_unfit_holder(delegation, paragraph)
    delegation.save()
    act.record(events.DELEGATION_PROPOSED, subject=holder, data=_facts(delegation))
    return delegation


def _facts(delegation: Delegation) -> dict[str, object]:
    deputy_for = delegation.deputy_for
    return {
        "authority": delegation.authority,
        "acts": delegation.acts,
        "limit": delegation.limit,
        "cap": delegation.cap,
        "cap_per": delegation.cap_per,
        "valid_from": delegation.valid_from,
        "valid_to": delegation.valid_to,
        "deputy_for": deputy_for.email if deputy_for else None,
    }


def _refuse_unfit_dates(delegation: Delegation) -> None:
    if delegation.valid_to is not None and delegation.valid_to < delegation.valid_from:
        raise AccountRefused("The last day is before the first.", clears="Change the dates.")


def _refuse_unfit_sums(delegation: Delegation, paragraph: SchemeParagraph) -> None:
    if delegation.limit is not None and delegation.limit <= 0:
        raise AccountRefused("A limit is above nought.", clears="Enter it, or leave it out.")
    if delegation.cap is not None and (delegation.cap <= 0 or not delegation.cap_per):
        reason = "A cap is above nought, and for each year or altogether."
        raise AccountRefused(reason, clears="Enter both, or leave them out.")
    beyond = set(delegation.acts) - set(paragraph.acts)
    most = paragraph.limit
    if beyond or (most is not None and (delegation.limit or most) > most):
        raise AccountRefused(
            f"Paragraph {paragraph.number} does not give as much as this.",
            clears="Give acts and a limit within the paragraph’s.",
        )


def _refuse_unfit_holder(delegation: Delegation, paragraph: SchemeParagraph) -> None:
    holder, principal = delegation.holder, delegation.deputy_for
    if principal is not None and principal.pk == holder.pk:
        raise AccountRefused("Nobody is their own deputy.", clears="Choose somebody else.")
    if not holder.is_active:
        raise AccountRefused("This account is closed.", clears="Open it again first.")
    if not paragraph.version.is_open and not paragraph.version.is_approved:
        raise AccountRefused("This version of the scheme was not approved.", clears=ASK_GOVERNANCE)
    of_office = principal or holder
    if paragraph.office and not of_office.has_role(paragraph.office):
        office = Role(paragraph.office).label.lower()
        raise AccountRefused(
            f"Paragraph {paragraph.number} is for the {office}, and {of_office.name} is not one.",
            clears="An administrator can give the role, or choose another paragraph.",
        )


@action
def approve_delegation(act: Act, *, delegation: Delegation, by: Actor) -> Delegation:
    """Approve a delegation that another person proposed; never one's own."""
    delegation = _locked(delegation)
    answer = can_approve_delegation(by, delegation).or_refuse()
    approve(delegation, by)
    data = {"authority": delegation.authority}
    act.record(
        events.DELEGATION_APPROVED, subject=delegation.holder, role=answer.acted_as, data=data
    )
    return delegation


@action
def decline_delegation(act: Act, *, delegation: Delegation, reason: str, by: Actor) -> Delegation:
    """Turn a proposed delegation down, or take one's own proposal back, with a reason."""
    delegation = _locked(delegation)
    answer = can_decline_delegation(by, delegation).or_refuse()
    data = {"authority": delegation.authority, **decline(delegation, reason, by)}
    act.record(
        events.DELEGATION_DECLINED, subject=delegation.holder, role=answer.acted_as, data=data
    )
    return delegation


@action
def end_delegation(
    act: Act, *, delegation: Delegation, by: Actor, valid_to: date | None = None
) -> Delegation:
    """End a delegation after a day (inclusive; yesterday when not given, or its first day)."""
    delegation = _locked(delegation)
    can_grant_delegation(by, delegation.holder).or_refuse()
    data = {"authority": delegation.authority, **end(delegation, valid_to)}
    act.record(events.DELEGATION_ENDED, subject=delegation.holder, data=data)
    return delegation


def _locked(delegation: Delegation) -> Delegation:
    """Return the delegation as it stands, locked until the act ends."""
    found = Delegation.objects.with_parties().select_for_update(of=("self",))
    return found.get(pk=delegation.pk)


def use_delegation(
    *,
    delegation: Delegation,
    about: Subject,
    acts: Iterable[str],
    amount: Decimal,
    is_restricted: bool,
    on: date | None = None,
) -> DelegationUse:
    """Count a use of a delegation inside the act that makes it, against its cap if it has one.

    ``about`` is the approval; ``amount`` is what it decides (pounds); ``is_restricted`` says that
    Part 2 is counted in it; ``on`` is the day of the decision, today unless it was signed
    elsewhere. What a deputy uses counts against the power of their principal too. Raises
    AccountRefused where less than that is left.
    """
    delegation = _locked(delegation)
    kinds, day_used = sorted(acts), on or clock.today()
    facts = {
        "amount": amount,
        "acts": kinds,
        "used_on": day_used,
        "about_label": about._meta.label_lower,
        "about_id": str(about.pk),
        "reference": about.ledger_reference,
        "is_restricted": is_restricted,
    }
    used = _counted(delegation, amount, day_used, facts)
    if delegation.deputy_for_id is not None:
        behind = power_behind(delegation, kinds=kinds, amount=amount, on=day_used)
        _counted(_locked(behind), amount, day_used, facts)
    return used


def _counted(
    delegation: Delegation, amount: Decimal, on: date, facts: dict[str, Any]
) -> DelegationUse:
    last = last_use(delegation, on)
    before = last.after if last else Decimal()
    if delegation.cap is not None and before + amount > delegation.cap:
        raise AccountRefused(OVER_THE_CAP, clears=ASK_GOVERNANCE)
    return DelegationUse.objects.create(
        delegation=delegation,
        stretch=delegation.stretch(on),
        n=last.n + 1 if last else 1,
        previous_n=last.n if last else None,
        before=before,
        after=before + amount,
        cap=delegation.cap,
        **facts,
    )


def last_use(delegation: Delegation, on: date) -> DelegationUse | None:
    """Return the last use in the stretch of time of a day, which the next one continues."""
    return delegation.uses.filter(stretch=delegation.stretch(on)).order_by("-n").first()
