"""``sign_in_link``: a link to set a password, when no administrator can make one."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import invite_user, reset_factors
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
            "--lost", metavar="REASON", help="also remove their second factors, for this reason"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the link; CommandError for an address that nobody has."""
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        try:
            if options["lost"]:
                reset_factors(user=user, reason=options["lost"], by=SYSTEM)
            token = invite_user(user=user, by=SYSTEM)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{settings.REGISTER_URL}{invitation_path(user, token)}")
