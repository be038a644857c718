"""Adding people, and opening and closing their accounts."""

from accounts import events
from accounts.models import Role, User
from accounts.permissions import Permission, can_manage_person, may
from accounts.refusals import AccountRefused
from audit import clock
from audit.acts import Act, Actor, action


def locked(user: User) -> User:
    """Return the person's row as it is now, locked until the act ends."""
    return User.objects.select_for_update().get(pk=user.pk)


@action
def create_user(act: Act, *, email: str, name: str, by: Actor) -> User:
    """Add a person, who cannot sign in before an invitation is accepted. Returns the person.

    Raises NotPermitted unless ``by`` is an administrator, AccountRefused for an address in use.
    """
    may(by, Permission.MANAGE_PEOPLE).or_refuse()
    address, full_name = email.strip().lower(), " ".join(name.split())
    if not full_name:
        raise AccountRefused("A person needs a name.", clears="Enter it.")
    if User.objects.filter(email=address).exists():
        raise AccountRefused(f"{address} belongs to somebody already.", clears="Open their page.")
    user = User(email=address, name=full_name, created_at=clock.now())
    user.set_unusable_password()
    user.save()
    act.record(events.USER_CREATED, subject=user, data={"name": full_name})
    return user


@action
def rename_user(act: Act, *, user: User, name: str, by: Actor) -> User:
    """Change a person's name. Entries made before keep the name as it stood."""
    user = locked(user)
    can_manage_person(by, user).or_refuse()
    change_name(act, user, name)
    return user


def change_name(act: Act, user: User, name: str) -> None:
    """Give a locked person another name, and note it where it differs."""
    old, new = user.name, " ".join(name.split())
    if not new:
        raise AccountRefused("A person needs a name.", clears="Enter it.")
    if new != old:
        user.name = new
        user.save(update_fields=["name"])
        act.record(events.USER_RENAMED, subject=user, data={"old": old, "new": new})


@action
def deactivate_user(act: Act, *, user: User, reason: str, by: Actor) -> User:
    """Close an account: nobody signs in with it, and its roles count no longer.

    Refused for one's own account, for the last administrator, and without a reason.
    """
    user = locked(user)
    can_manage_person(by, user).or_refuse()
    if not reason.strip():
        raise AccountRefused("Closing an account needs a reason.", clears="Enter it.")
    if not user.is_active:
        raise AccountRefused("This account is closed already.")
    refuse_without_administrator(besides=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    act.record(events.USER_DEACTIVATED, subject=user, data={"reason": reason.strip()})
    return user


@action
def reactivate_user(act: Act, *, user: User, by: Actor) -> User:
    """Open a closed account again, with the roles that are still in force."""
    user = locked(user)
    can_manage_person(by, user).or_refuse()
    if user.is_active:
        raise AccountRefused("This account is open already.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    act.record(events.USER_REACTIVATED, subject=user)
    return user


def refuse_without_administrator(*, besides: User) -> None:
    """Raise AccountRefused when nobody but ``besides`` is an administrator today."""
    others = User.objects.holding(Role.ADMINISTRATOR).exclude(pk=besides.pk)
    if besides.has_role(Role.ADMINISTRATOR) and not others.exists():
        raise AccountRefused(
            "The register needs an administrator.", clears="Make somebody else one first."
        )
