"""Load the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audit import register
from audit.refusals import Refused
from decisions.models import Decision
from grants.demonstration import load


class Command(BaseCommand):
    """Load the demonstration's people, papers and spending; does nothing when they are there."""

    help = (
        "Load the demonstration (people, PCD 386, PCD 726 and its spending, papers under way) into "
        "an empty database, through the acts that people use. Does nothing when it is there."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load; CommandError in a live register or where an earlier load broke off."""
        if settings.REGISTER_MODE != "demonstration":
            raise CommandError(
                "This is a live register, which never holds a demonstration. "
                "Set REGISTER_MODE=demonstration and use an empty database."
            )
        try:
            present = register.ensure_mode()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if present is None:
            load(lambda what: self.stdout.write(f"  loading {what} …"))
            self.stdout.write("The demonstration is loaded.")
        elif Decision.objects.filter(title="Mentors in custody 2027/28").exists():
            self.stdout.write("The demonstration is loaded already.")
        else:
            raise CommandError(
                "An earlier loading of the demonstration broke off. Use an empty database: "
                "without DATABASE_URL, stop the server and remove the folder var/."
            )
