"""The signed document of a statement of expenditure: what it says, laid out, and known again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from audit.canonical import canonical
from audit.findings import Failure
from audit.words import moment
from decisions.documents.content import MARK, Register
from decisions.documents.kept import failures_of
from decisions.documents.known import Known
from decisions.documents.pdfua import SIGNATURE_FIELD
from decisions.documents.sheets import LaidOut, Record, Sheet, dated, html_of, lay_out_sheet
from decisions.documents.typeface import printable
from decisions.documents.verify import CURRENT, SUPERSEDED
from grants.expenditure import said_of
from grants.expenditure_shown import shown
from grants.models import CertifiedStatement, ExpenditureStatement

TEMPLATE = "documents/expenditure.html"


@dataclass(frozen=True)
class Certificate:
    """Everything that the document of one statement says: the statement, who certified it, when.

    `issued_at` is that moment; `evidence` the second factor in words.
    """

    statement: ExpenditureStatement
    register: Register
    prepared_by: str
    certified_by: str
    role: str
    evidence: str
    issued_at: datetime
    is_demonstration: bool
    is_development_key: bool

    @property
    def number(self) -> int:
        """The number of the statement."""
        return self.statement.n

    @property
    def identifier(self) -> str:
        """The document's own identifier."""
        host = urlsplit(self.register.url).netloc.replace(":", "-")
        return f"{MARK}:{host}:{self.statement.slug.lower()}:{self.statement.n}"

    @property
    def reason(self) -> str:
        """Why it is signed, as the signature says it."""
        return f"{self.statement.reference} as certified; {self.identifier}"

    def record(self) -> dict[str, Any]:
        """Return the record that is attached: what was certified, with its digest, by whom."""
        return {
            "identifier": self.identifier,
            "statement": self.statement.said,
            "digest": self.statement.digest,
            "prepared_by": self.prepared_by,
            "prepared_at": self.statement.prepared_at,
            "certified_by": self.certified_by,
            "role": self.role,
            "certified_at": self.issued_at,
            "evidence": self.evidence,
        }


def lay_out_statement(content: Certificate) -> LaidOut:
    """Return the pages of a statement, before any lock is taken. Raises DocumentRefused."""
    statement = content.statement
    values = {
        "content": content,
        "statement": statement,
        "shown": shown(statement.said),
        "prepared_at": moment(statement.prepared_at),
        "certified_at": moment(content.issued_at),
        "mark": statement.reference,
        "dated": dated(content),
        "signature_field": SIGNATURE_FIELD,
    }
    record = Record(
        "expenditure.json",
        canonical(content.record()).encode(),
        f"The record from which {statement.reference} was made",
    )
    facts = {
        "identifier": content.identifier,
        "reference": statement.reference,
        "documentNumber": str(statement.n),
        "register": content.register.url,
    }
    html = printable(html_of(TEMPLATE, values))
    return lay_out_sheet(content, Sheet(html, record, facts))


def known_statement(sha256: str) -> Known | None:
    """Return what the register knows of a file of that SHA-256 (hex), None when of none."""
    rows = CertifiedStatement.objects.filter(sha256=sha256)
    about = "statement__figure__outcome__recommendation__decision__series"
    row = rows.select_related(about).first()
    if row is None:
        return None
    said = said_of(row.statement)
    return Known(
        reference=row.statement.reference,
        version=None,
        state=CURRENT if row.statement.standing == "current" else SUPERSEDED,
        issued_at=row.certified_at,
        notes=(said,) if said else (),
        is_published=False,
    )


def statement_failures() -> Iterator[Failure]:
    """Find documents of statements whose file is gone or was not signed here."""
    about = "statement__figure__outcome__recommendation__decision__series"
    rows = CertifiedStatement.objects.select_related(about).order_by("pk")
    yield from failures_of(rows, lambda row: row.statement.reference)
