"""Giving and ending roles."""

from datetime import date

from accounts import events
from accounts.actions.people import locked, refuse_without_administrator
from accounts.models import AdviceKind, Role, RoleHolding, User
from accounts.permissions import can_grant_role
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
    deputy_for: User | None = None,
) -> RoleHolding:
    """Give a person a role from a day (today) until a day (inclusive; None: until ended).

    An adviser's role has a kind of advice, no other role has one. A deputy holds the role for
    somebody who holds it in their own right (``deputy_for``). Raises NotPermitted unless ``by`` is
    an administrator other than the person, AccountRefused when the role is held then.
    """
    user = locked(user)
    can_grant_role(by, user).or_refuse()
    start = valid_from or clock.today()
    _refuse_unfit_role(user, Role(role), str(advice_kind), start, valid_to)
    _refuse_unfit_principal(user, Role(role), str(advice_kind), start, deputy_for)
    holding = RoleHolding(
        user=user,
        role=role,
        advice_kind=advice_kind,
        valid_from=start,
        valid_to=valid_to,
        deputy_for=deputy_for,
    )
    return give(act, holding)


def give(act: Act, holding: RoleHolding) -> RoleHolding:
    """Save a holding that fits, within an act, and note it."""
    holding.save()
    deputy_for = holding.deputy_for
    data = {
        "role": str(holding.role),
        "advice_kind": str(holding.advice_kind),
        "title": holding.title,
        "valid_from": holding.valid_from,
        "valid_to": holding.valid_to,
    }
    if deputy_for:
        data["deputy_for"] = deputy_for.email
    act.record(events.ROLE_GRANTED, subject=holding.user, data=data)
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


def _refuse_unfit_principal(
    user: User, role: Role, advice_kind: str, start: date, principal: User | None
) -> None:
    """Refuse a deputy for somebody who does not hold the role in their own right."""
    if principal is None:
        return
    if principal.pk == user.pk:
        raise AccountRefused("Nobody is their own deputy.", clears="Choose somebody else.")
    held = principal.holdings.in_force(start).filter(role=role, advice_kind=advice_kind)
    if not held.filter(deputy_for__isnull=True).exists():
        raise AccountRefused(
            f"{principal.name} does not hold that role in their own right then.",
            clears="Choose whose deputy this is, or another first day.",
        )


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
