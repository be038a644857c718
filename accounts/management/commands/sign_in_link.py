"""``sign_in_link``: a link to set a password, when no administrator can make one."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import ask_restoration, invite_user
from accounts.invitations import invitation_path
from accounts.models import User
from audit.acts import SYSTEM
from audit.refusals import Refused


class Command(BaseCommand):
    """Print a link with which a person sets a password, once, within three days."""

    help = "Print a link with which a person sets a password. It is on the audit trail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address, and whether second factors go too."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument(
            "--lost",
            metavar="REASON",
            help="their second factor is lost: ask for it to be restored, and say how it was made "
            "sure who they are. Another administrator, or a governance officer, confirms it",
        )
        parser.add_argument(
            "--asked-by", metavar="EMAIL", help="with --lost: the administrator who asks"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the link; CommandError for an address that nobody has."""
        user = _person(options["email"])
        try:
            said = self._ask(user, options) if options["lost"] else self._link(user)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(said)

    def _link(self, user: User) -> str:
        token = invite_user(user=user, by=SYSTEM)
        return f"{settings.REGISTER_URL}{invitation_path(user, token)}"

    def _ask(self, user: User, options: dict[str, Any]) -> str:
        if not options["asked_by"]:
            raise CommandError("Say with --asked-by which administrator asks.")
        asker = _person(options["asked_by"])
        ask_restoration(user=user, reason=options["lost"], asked_by=asker, by=SYSTEM)
        return (
            f"Asked. Another administrator, or a governance officer, opens the page of {user.name} "
            "under People, confirms it within three days, and is given the link."
        )


def _person(address: str) -> User:
    user = User.objects.filter(email=address.strip().lower()).first()
    if user is None:
        raise CommandError(f"Nobody has the address {address}.")
    return user
