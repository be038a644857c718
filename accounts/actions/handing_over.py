"""A leaver's work, handed over in one act: roles, papers, delegations, and then the account."""

from collections.abc import Mapping
from datetime import date, timedelta

from accounts import events
from accounts.actions.authority import give
from accounts.actions.people import locked, refuse_without_administrator
from accounts.handover import work_of
from accounts.models import Delegation, HandOver, RoleHolding, User
from accounts.permissions import can_manage_person
from accounts.refusals import AccountRefused
from audit import clock
from audit.acts import Act, Actor, action


def live_holdings(user: User) -> list[RoleHolding]:
    """Return the roles that a person holds today or later."""
    today = clock.today()
    rows = user.holdings.select_related("deputy_for")
    return [one for one in rows if one.valid_to is None or one.valid_to >= today]


def live_delegations(user: User) -> list[Delegation]:
    """Return the delegations to a person that are approved and not over."""
    today = clock.today()
    rows = user.delegations.with_parties().filter(approved_at__isnull=False)
    return [one for one in rows if one.valid_to is None or one.valid_to >= today]


@action
def hand_over_person(
    act: Act,
    *,
    user: User,
    last_day: date,
    reason: str,
    successors: Mapping[int, User],
    work: Mapping[str, User],
    by: Actor,
) -> User:
    """Hand over everything that a leaver holds, and close the account, in one act.

    ``last_day`` is theirs, today or earlier. ``successors`` are who follows them in a role, by the
    holding's id (a role left out only ends); ``work`` is who takes each kind of work, by its name,
    and must cover everything there is. Delegations end: a new holder needs one approved. Raises
    NotPermitted unless ``by`` manages people and is somebody else, AccountRefused where something
    would be left with nobody.
    """
    user = locked(user)
    can_manage_person(by, user).or_refuse()
    _refuse_unfit(user, last_day, reason, by, [*successors.values(), *work.values()])
    refuse_without_administrator(besides=user)
    for holding in live_holdings(user):
        _succeed(act, holding, successors.get(holding.pk), last_day)
    for delegation in live_delegations(user):
        delegation.valid_to = max(delegation.valid_from, last_day)
        delegation.save(update_fields=["valid_to"])
    moved = _move(act, user, work)
    user.is_active = False
    user.save(update_fields=["is_active"])
    data = {"reason": reason.strip(), "last_day": last_day, "moved": moved}
    act.record(events.USER_HANDED_OVER, subject=user, data=data)
    act.record(events.USER_DEACTIVATED, subject=user, data={"reason": reason.strip()})
    return user


def _refuse_unfit(
    user: User, last_day: date, reason: str, by: Actor, successors: list[User]
) -> None:
    if not user.is_active:
        raise AccountRefused("This account is closed already.")
    if not reason.strip():
        raise AccountRefused("Handing over needs a reason.", clears="Enter it.")
    if last_day > clock.today():
        raise AccountRefused(
            "The last day is still to come.", clears="Hand over on that day, or after it."
        )
    for one in successors:
        if one.pk == user.pk or not one.is_active:
            reason = f"{one.name} cannot take this over."
            raise AccountRefused(reason, clears="Choose somebody who stays.")
        if one.pk == by.pk:
            reason = "Nobody hands a leaver’s work to themselves."
            raise AccountRefused(reason, clears="Choose another, or ask another administrator.")


def _succeed(act: Act, holding: RoleHolding, successor: User | None, last_day: date) -> None:
    """End a holding, and give the role to the successor from the day after (or today)."""
    last = max(holding.valid_from, last_day)
    holding.valid_to = last
    holding.save(update_fields=["valid_to"])
    data = {"role": holding.role, "title": holding.title, "valid_to": last}
    act.record(events.ROLE_ENDED, subject=holding.user, data=data)
    if successor is None or successor.has_role(holding.role, advice_kind=holding.advice_kind):
        return
    start = min(clock.today(), last + timedelta(days=1))
    give(
        act,
        RoleHolding(
            user=successor,
            role=holding.role,
            advice_kind=holding.advice_kind,
            valid_from=start,
            succeeds=holding,
        ),
    )


def _move(act: Act, user: User, work: Mapping[str, User]) -> list[str]:
    said = []
    for kind, items in work_of(user):
        to = work.get(kind.name)
        if to is None:
            reason = f"Somebody has to take over: {kind.title.lower()}."
            raise AccountRefused(reason, clears="Choose who.")
        if kind.move is not None:
            kind.move(act, user, User.objects.get(pk=to.pk))
        HandOver.objects.create(user=user, to=to, kind=kind.name, moved_on=clock.today())
        said.append(f"{kind.title} to {to.email}: {', '.join(items)}")
    return said
