"""``start_register``: make a live register in an empty database."""

import re
from argparse import ArgumentParser
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.actions import create_user, grant_role, invite_user
from accounts.invitations import invitation_path
from accounts.models import Role, User
from audit import register
from audit.acts import SYSTEM
from audit.refusals import Refused
from decisions.actions import start_series
from decisions.models import Series

NEXT = (
    "Next they add a governance officer, a chief executive and a decision maker. The governance "
    "officer proposes the scheme and its delegations, and the chief executive approves them "
    "(docs/people-and-authority.md)."
)
EXAMPLE = (
    'manage.py start_register --body "Office of examples" --series PCD --next-number 1 '
    '--administrator "Jo Field <jo.field@example.org>" --administrator second@example.org'
)


class Command(BaseCommand):
    """Start a live register: whose it is, its first series, and who gives others their roles."""

    help = "Start a live register in an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the body, the series and the administrators."""
        parser.add_argument("--body", required=True, help="the name of the body that decides")
        parser.add_argument("--series", required=True, help="the code of its series, like PCD")
        parser.add_argument("--series-title", help="the series in words")
        parser.add_argument("--next-number", type=int, required=True, help="first number to give")
        parser.add_argument(
            "--administrator",
            action="append",
            required=True,
            metavar="EMAIL",
            help="somebody who adds people and gives roles: an address, or “Name <address>”; "
            "name two or more. Each says their own name with their first password",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Start it, or take up a start that broke off; CommandError says what stands in the way."""
        code, number = options["series"], options["next_number"]
        people = _people(options["administrator"])
        _check(options["body"], code, number)
        try:
            self._start(options["body"], code, options["series_title"] or code, number)
            links = {address: _administrator(address, name) for address, name in people.items()}
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The register of {options['body']} is started.")
        self.stdout.write("Give each administrator their link, which sets a password once:")
        for address, link in links.items():
            self.stdout.write(f"  {address}  {link}")
        self.stdout.write(NEXT)

    def _start(self, body: str, code: str, title: str, number: int) -> None:
        if register.ensure_mode() is None:
            register.start(body=body.strip())
        elif User.objects.holding(Role.ADMINISTRATOR).exists():
            raise CommandError("This database holds a register that was started already.")
        if not Series.objects.filter(code=code).exists():
            start_series(code=code, title=title, next_number=number, by=SYSTEM)


def _people(given: list[str]) -> dict[str, str]:
    """Return the name of each administrator by address: as given, or made of the address."""
    people: dict[str, str] = {}
    for one in given:
        name, address = parseaddr(one) if "<" in one else ("", one)
        address = address.strip().lower()
        try:
            validate_email(address)
        except ValidationError as wrong:
            raise CommandError(f"{one} is not an e-mail address.") from wrong
        people.setdefault(address, name.strip() or _name_from(address))
    if len(people) < 2:
        raise CommandError(
            "Name two administrators or more: nobody changes their own account. "
            f"For example: {EXAMPLE}"
        )
    return people


def _name_from(address: str) -> str:
    """Return a name made of an address ("jo.field@…" is Jo Field), else the address itself."""
    words = re.findall(r"[^\W\d_]+", address.partition("@")[0])
    is_name = any(len(word) > 1 for word in words)
    return " ".join(word.capitalize() for word in words) if is_name else address


def _check(body: str, code: str, number: int) -> None:
    if settings.REGISTER_MODE != "live":
        raise CommandError(
            "REGISTER_MODE is demonstration. Set REGISTER_MODE=live (and DATABASE_URL, or an empty "
            "VAR_DIR): a demonstration never turns into a live register."
        )
    if not body.strip() or not body.isprintable():
        raise CommandError("--body needs the name of the body that decides, on one line.")
    if not re.fullmatch(r"[A-Z]{2,12}", code):
        raise CommandError("--series needs two to twelve capital letters, like PCD.")
    if number < 1:
        raise CommandError("--next-number needs a number from 1.")


def _administrator(address: str, name: str) -> str:
    user = User.objects.filter(email=address).first()
    user = user or create_user(email=address, name=name, by=SYSTEM)
    if not user.has_role(Role.ADMINISTRATOR):
        grant_role(user=user, role=Role.ADMINISTRATOR, by=SYSTEM)
    token = invite_user(user=user, by=SYSTEM)
    return f"{settings.REGISTER_URL}{invitation_path(user, token)}"
