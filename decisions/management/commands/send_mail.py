"""Send the mail that acts queued, and remind people of what still waits on them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.actions.mailing import remind, send_waiting, unsent


class Command(BaseCommand):
    """Send mail: run it by a timer, every few minutes."""

    help = (
        "Queue reminders that are due, then send all mail that waits. For a timer, every few "
        "minutes; several may run at once. Exit 1: some mail could not be sent (it is tried again)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --no-reminders."""
        parser.add_argument("--no-reminders", action="store_true", help="send what waits, no more")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Remind, send, and say what happened."""
        if not options["no_reminders"]:
            self.stdout.write(f"Reminders queued: {remind()}.")
        sent, failed = send_waiting()
        self.stdout.write(f"Sent: {sent}, to {settings.MAIL_GOES_TO}.")
        waiting, given_up = unsent()
        if waiting or given_up:
            self.stdout.write(f"Waiting to be tried again: {waiting}. Given up: {given_up}.")
        if failed:
            raise CommandError("The mail server did not take all of it. Check the EMAIL_ settings.")
