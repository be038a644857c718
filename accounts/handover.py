"""Who has a person's work, now that some of it was handed over."""

from accounts.models import HandOver, User
from accounts.work import Work, all_work


def work_of(user: User) -> list[tuple[Work, list[str]]]:
    """Return the kinds of work of which a person has something, each with what it is."""
    found = [(work, work.describe(user)) for work in all_work()]
    return [(work, items) for work, items in found if items]


def now_with(user: User, kind: str) -> User:
    """Return who has a person's work of a kind now: the person, or the last who took it over."""
    seen = {user.pk}
    while moved := HandOver.objects.filter(user=user, kind=kind).select_related("to").last():
        if moved.to_id in seen:
            break
        user = moved.to
        seen.add(user.pk)
    return user


def taken_over_by(user: User, kind: str) -> list[User]:
    """Return the people whose work of a kind this person has now, the person among them."""
    found, frontier = {user.pk: user}, [user]
    while frontier:
        rows = HandOver.objects.filter(to__in=frontier, kind=kind).select_related("user")
        frontier = [row.user for row in rows if row.user_id not in found]
        found |= {one.pk: one for one in frontier}
    return [one for one in found.values() if now_with(one, kind).pk == user.pk]
