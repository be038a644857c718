"""Write the current signed document of a decision to a file."""

import os
import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.acts import SYSTEM
from decisions.actions.reading import hand_out_part_2
from decisions.documents.kept import document_store
from decisions.documents.refusals import DocumentNotFound
from decisions.models import Decision, DocumentKind, SignedDocument


class Command(BaseCommand):
    """Take the document from the store; nothing is made anew."""

    help = "Write the current signed document of a decision, e.g. PCD-726, to a file."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the reference, the file and which of the two documents is wanted."""
        parser.add_argument("reference", metavar="REFERENCE", help="PCD-726, pcd-726 or 'PCD 726'")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--restricted",
            action="store_const",
            const=DocumentKind.RESTRICTED,
            default=DocumentKind.PUBLIC,
            dest="kind",
            help="the document that holds Part 2; the file is for its owner alone (0600),"
            " and the reading is recorded",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or say why there is none."""
        document = _current(options["reference"], options["kind"])
        try:
            data = document_store().get(document.sha256)
            if document.is_restricted:
                hand_out_part_2(document=document, by=SYSTEM)
                _write_for_owner(options["file"], data)
            else:
                options["file"].write_bytes(data)
        except (DocumentNotFound, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Wrote {options['file']}: {document.title} of {document.decision.reference}, "
            f"{len(data):,} bytes, SHA-256 {document.sha256}."
        )


def _current(reference: str, kind: DocumentKind) -> SignedDocument:
    slug = re.sub(r"[\s-]+", "-", reference.strip().lower())
    decision = Decision.objects.with_slug(slug).first()
    if decision is None:
        raise CommandError(f"The register has no decision {reference}.")
    document = decision.documents.filter(kind=kind).latest_first().first()
    if document is None:
        what = "signed" if kind == DocumentKind.PUBLIC else "restricted"
        raise CommandError(f"{decision.reference} has no {what} document yet.")
    return document


def _write_for_owner(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        os.fchmod(descriptor, 0o600)
        stream.write(data)
