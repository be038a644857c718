"""Put a new key in place of the one that signs checkpoints."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.actions import rotate_key
from audit.acts import SYSTEM
from audit.models import Register
from audit.refusals import Refused


class Command(BaseCommand):
    """Rotate the key: the old and the new one sign that the new one comes after."""

    help = (
        "Make a new key for checkpoints under VAR_DIR/keys. The old key and the new one sign that "
        "it comes next; both stay published at /check/keys.json."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the reason, and --lost."""
        parser.add_argument("reason", help="why, in a few words; it is on the audit trail")
        parser.add_argument(
            "--lost",
            action="store_true",
            help="the old key is gone for good, so only the new one signs; anybody can see that",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Rotate; CommandError when it is refused."""
        if not Register.objects.exists():
            raise CommandError("Not rotated: the register has not been started.")
        try:
            key = rotate_key(reason=options["reason"], is_lost=options["lost"], by=SYSTEM)
        except Refused as refusal:
            raise CommandError(f"Not rotated: {refusal}") from refusal
        self.stdout.write(f"Key {key.id} signs from now on.")
