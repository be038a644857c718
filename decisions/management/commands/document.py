"""Write the current signed document of a decision to a file."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.documents.refusals import DocumentNotFound
from decisions.documents.store import DocumentStore
from decisions.models import Decision


class Command(BaseCommand):
    """Take the document from the store; nothing is made anew."""

    help = "Write the current signed document of a decision, e.g. PCD-726, to a file."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the reference and the file."""
        parser.add_argument("reference", metavar="REFERENCE", help="PCD-726, pcd-726 or 'PCD 726'")
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or say why there is none."""
        reference = options["reference"]
        slug = re.sub(r"[\s-]+", "-", reference.strip().lower())
        decision = Decision.objects.with_slug(slug).first()
        if decision is None:
            raise CommandError(f"The register has no decision {reference}.")
        document = decision.documents.order_by("-n").first()
        if document is None:
            raise CommandError(f"{decision.reference} has no signed document yet.")
        try:
            data = DocumentStore(settings.VAR_DIR / "documents").get(document.sha256)
            options["file"].write_bytes(data)
        except (DocumentNotFound, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Wrote {options['file']}: document {document.n} of {decision.reference}, "
            f"{len(data):,} bytes, SHA-256 {document.sha256}."
        )
