"""What a person holds besides roles: the apps above say what there is, and how it moves.

``register_work("dotted.path.of.a.Work")`` at start-up. The page of a leaver shows each kind that
has something; ``accounts.actions.hand_over_person`` moves it within its own act. Descriptions are
references, never words of a paper: an administrator reads them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from accounts.models import User
    from audit.acts import Act


@dataclass(frozen=True)
class Work:
    """A kind of work that can be handed over.

    ``describe`` returns what a person has of it, as references. ``move`` makes it another's inside
    an act that is open (person, successor) and refuses a successor who cannot have it; None for
    what stays as it is and is only followed (``accounts.handover.now_with``). ``role`` is the role
    that a successor holds, or follows in; ``unfit`` returns the keys of those who cannot have it.
    """

    name: str
    title: str
    describe: "Callable[[User], list[str]]"
    move: "Callable[[Act, User, User], object] | None" = None
    role: str = ""
    unfit: "Callable[[User], set[int]] | None" = None


_paths: list[str] = []


def register_work(path: str) -> None:
    """Add a kind of work: the dotted path of a :class:`Work`."""
    if path not in _paths:
        _paths.append(path)


def all_work() -> tuple[Work, ...]:
    """Return every kind of work, in the order registered. Raises ImportError for a wrong path."""
    return tuple(import_string(path) for path in _paths)
