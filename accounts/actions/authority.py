"""Giving and ending roles and delegations."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from accounts import events
from accounts.actions.people import locked, refuse_without_administrator
from accounts.models import AdviceKind, DelegatedAct, Delegation, Role, RoleHolding, User
from accounts.permissions import can_grant_delegation, can_grant_role
from accounts.refusals import AccountRefused
from audit import clock
from audit.acts import Act, Actor, action


@action
def grant_role(
    act: Act,
    *,
    user: User,
    role: Role | str,
    by: Actor,
    advice_kind: AdviceKind | str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleHolding:
    """Give a person a role from a day (today) until a day (inclusive; None: until ended).

    An adviser's role has a kind of advice, no other role has one. Raises NotPermitted unless
    ``by`` is an administrator other than the person, AccountRefused when the role is held then.
    """
    user = locked(user)
    can_grant_role(by, user).or_refuse()
    start = valid_from or clock.today()
    _refuse_unfit_role(user, Role(role), str(advice_kind), start, valid_to)
    holding = RoleHolding.objects.create(
        user=user, role=role, advice_kind=advice_kind, valid_from=start, valid_to=valid_to
    )
    data = {"role": str(role), "advice_kind": str(advice_kind), "title": holding.title}
    period = {"valid_from": start, "valid_to": valid_to}
    act.record(events.ROLE_GRANTED, subject=user, data={**data, **period})
    return holding


def _refuse_unfit_role(
    user: User, role: Role, advice_kind: str, start: date, end: date | None
) -> None:
    if not user.is_active:
        raise AccountRefused("This account is closed.", clears="Open it again first.")
    if (role is Role.ADVISER) != bool(advice_kind):
        raise AccountRefused("Advisers, and only they, have a kind of advice.", clears="Choose it.")
    if end is not None and end < start:
        raise AccountRefused("The last day is before the first.", clears="Change the dates.")
    same = user.holdings.filter(role=role, advice_kind=advice_kind)
    if any(start <= (held.valid_to or start) and _before(held.valid_from, end) for held in same):
        raise AccountRefused("This role is held already then.", clears="End that holding first.")


def _before(start: date, end: date | None) -> bool:
    return end is None or start <= end


@action
def end_role(
    act: Act, *, holding: RoleHolding, by: Actor, valid_to: date | None = None
) -> RoleHolding:
    """End a role after a day (inclusive; yesterday when not given, so that it ends at once).

    A role that began today or later and is ended at once keeps its first day. Refused for one's
    own role and for the last administrator's.
    """
    user = locked(holding.user)
    holding = RoleHolding.objects.select_for_update().get(pk=holding.pk)
    can_grant_role(by, user).or_refuse()
    last = valid_to or max(holding.valid_from, _yesterday())
    if last < holding.valid_from:
        raise AccountRefused("The last day is before the first.", clears="Change the date.")
    if holding.valid_to is not None and holding.valid_to <= last:
        raise AccountRefused("This role has ended already.")
    if holding.role == Role.ADMINISTRATOR:
        refuse_without_administrator(besides=user)
    holding.valid_to = last
    holding.save(update_fields=["valid_to"])
    data = {"role": holding.role, "title": holding.title, "valid_to": last}
    act.record(events.ROLE_ENDED, subject=user, data=data)
    return holding


def _yesterday() -> date:
    return date.fromordinal(clock.today().toordinal() - 1)


@action
def grant_delegation(
    act: Act,
    *,
    holder: User,
    scheme_title: str,
    scheme_dated: date,
    scheme_paragraph: str,
    acts: Sequence[DelegatedAct | str],
    by: Actor,
    limit: Decimal | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    deputy_for: User | None = None,
) -> Delegation:
    """Record authority under a paragraph of a dated scheme; ``limit`` in pounds, None: without.

    Raises NotPermitted unless ``by`` is a governance officer other than the holder, AccountRefused
    for facts that do not fit together.
    """
    holder = locked(holder)
    can_grant_delegation(by, holder).or_refuse()
    delegation = Delegation(
        holder=holder,
        scheme_title=scheme_title.strip(),
        scheme_dated=scheme_dated,
        scheme_paragraph=scheme_paragraph.strip(),
        acts=[DelegatedAct(one).value for one in acts],
        limit=limit,
        valid_from=valid_from or clock.today(),
        valid_to=valid_to,
        deputy_for=deputy_for,
    )
    _refuse_unfit_delegation(delegation)
    delegation.save()
    data = {
        "authority": delegation.authority,
        "acts": delegation.acts,
        "limit": limit,
        "valid_from": delegation.valid_from,
        "valid_to": valid_to,
        "deputy_for": deputy_for.email if deputy_for else None,
    }
    act.record(events.DELEGATION_GRANTED, subject=holder, data=data)
    return delegation


def _refuse_unfit_delegation(delegation: Delegation) -> None:
    if not (delegation.scheme_title and delegation.scheme_paragraph and delegation.acts):
        raise AccountRefused("A delegation names scheme, paragraph and acts.", clears="Enter them.")
    if delegation.valid_to is not None and delegation.valid_to < delegation.valid_from:
        raise AccountRefused("The last day is before the first.", clears="Change the dates.")
    if delegation.limit is not None and delegation.limit <= 0:
        raise AccountRefused("A limit is above nought.", clears="Enter it, or leave it out.")
    if delegation.deputy_for_id == delegation.holder_id:
        raise AccountRefused("Nobody is their own deputy.", clears="Choose somebody else.")


@action
def end_delegation(
    act: Act, *, delegation: Delegation, by: Actor, valid_to: date | None = None
) -> Delegation:
    """End a delegation after a day (inclusive; yesterday when not given, or its first day)."""
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    can_grant_delegation(by, delegation.holder).or_refuse()
    last = valid_to or max(delegation.valid_from, _yesterday())
    if last < delegation.valid_from:
        raise AccountRefused("The last day is before the first.", clears="Change the date.")
    if delegation.valid_to is not None and delegation.valid_to <= last:
        raise AccountRefused("This delegation has ended already.")
    delegation.valid_to = last
    delegation.save(update_fields=["valid_to"])
    data = {"authority": delegation.authority, "valid_to": last}
    act.record(events.DELEGATION_ENDED, subject=delegation.holder, data=data)
    return delegation
