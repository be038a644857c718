"""What every page stands in: the body's name, the mode, and the way round for this reader."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from accounts.permissions import Permission
from audit import clock
from audit.register import present


@dataclass(frozen=True)
class Link:
    """One address in the navigation; `is_here` when the page read belongs to it."""

    label: str
    url: str
    is_here: bool = False


class Frame:
    """The frame of a page, worked out only where a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._path = request.path
        self._user: User | AnonymousUser = getattr(request, "user", AnonymousUser())

    @cached_property
    def body(self) -> str:
        """The name of the body whose register this is, empty before it is started."""
        register = present()
        return register.body if register else ""

    @property
    def is_demonstration(self) -> bool:
        """Whether nothing here is real."""
        return bool(settings.REGISTER_MODE == "demonstration")

    @property
    def home(self) -> str:
        """Where the register's name leads: what needs me, or the public register."""
        return reverse("home" if self._user.is_authenticated else "register_list")

    @cached_property
    def navigation(self) -> list[Link]:
        """The main pages that this reader may open."""
        return [self._link(label, name) for label, name in self._pages()]

    def _pages(self) -> Iterator[tuple[str, str]]:
        if self._user.is_authenticated:
            yield "Home", "home"
            if self._user.has_perm(Permission.VIEW_DECISIONS):
                yield "Decisions", "decision_list"
            if self._user.has_perm(Permission.VIEW_GRANTS):
                yield "Money", "grants_home"
            if self._user.has_perm(Permission.VIEW_AUDIT_TRAIL):
                yield "Audit trail", "audit_list"
            if self._user.has_perm(Permission.VIEW_PEOPLE):
                yield "People", "people_list"
        yield "Public register", "register_list"
        yield "Check a document", "check"

    def _link(self, label: str, name: str) -> Link:
        url = reverse(name)
        is_here = self._path == url if url == "/" else self._path.startswith(url)
        return Link(label, url, is_here)

    @property
    def account(self) -> list[Link]:
        """The links of the reader's account."""
        if self._user.is_authenticated:
            return [Link("Your account", reverse("account_home"))]
        return [Link("Sign in", reverse("account_login"))]

    @property
    def sign_out(self) -> str:
        """Where the sign-out button posts."""
        return reverse("account_logout")

    @property
    def roles(self) -> str:
        """The roles that the reader holds today, in words."""
        if not isinstance(self._user, User):
            return ""
        return ", ".join(sorted(role.label for role in self._user.roles_on(clock.today())))

    @property
    def footer(self) -> list[Link]:
        """The links at the foot of every page."""
        return [
            Link("Public register", reverse("register_list")),
            Link("Check a document", reverse("check")),
        ]


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Return the context that `base.html` needs."""
    return {"frame": Frame(request)}
