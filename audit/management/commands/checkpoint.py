"""Sign the head of the audit trail, for a timer that runs every day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.actions import checkpoint
from audit.acts import SYSTEM
from audit.models import Register
from audit.refusals import Refused


class Command(BaseCommand):
    """Sign a checkpoint: exit 0 with its number, 1 when the chain is not as it was written."""

    help = (
        "Recompute the audit trail since the last checkpoint and sign its head. It is published at "
        "/check/checkpoints.jsonl. Run it once a day."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Sign; CommandError when nothing may be signed."""
        if not Register.objects.exists():
            raise CommandError("Not signed: the register has not been started.")
        try:
            signed = checkpoint(by=SYSTEM)
        except Refused as refusal:
            raise CommandError(f"Not signed: {refusal}") from refusal
        self.stdout.write(f"Signed entry {signed.seq} with key {signed.key_id}.")
