"""Verification of the whole register from inside: chain, payloads, rows, history, checkpoints.

Reads what is stored and recomputes it; writes nothing. Every difference is one Failure that names
the entry, or the table and key. Which tables are read comes from the database's catalogue, never
from a list. Kinds of failure: docs/ledger-format.md.
"""

from collections.abc import Callable, Iterable

from django.db import DatabaseError, transaction

from audit.checks import further_failures
from audit.findings import Failure, Report, first_line
from audit.models import LedgerEntry, Register
from audit.snapshot import snapshot
from audit.structure import structure_failures
from audit.verify_chain import (
    chain_failures,
    checkpoint_failures,
    orphan_failures,
    succession_failures,
)
from audit.verify_rows import history_failures, row_failures
from audit.writers import writer_failures

NOT_STARTED = Failure(
    "register-not-started",
    "The register in this database has not been started, so there is nothing to verify. Start it "
    "with manage.py start_register, or a demonstration with manage.py load_demo.",
)

CHECKS = (
    orphan_failures,
    row_failures,
    history_failures,
    writer_failures,
    checkpoint_failures,
    succession_failures,
    structure_failures,
    further_failures,
)


def verify() -> Report:
    """Verify everything, in one read-only snapshot of the database, and return what was found."""
    report = Report()
    with snapshot():
        if not (Register.objects.exists() or LedgerEntry.objects.exists()):
            report.failures.append(NOT_STARTED)
            return report
        report.failures.extend(_run("chain_failures", lambda: chain_failures(report)))
        for check in CHECKS:
            report.failures.extend(_run(check.__name__, check))
    return report


def _run(name: str, check: Callable[[], Iterable[Failure]]) -> list[Failure]:
    """Run a check to its end or to what stops it, which is a finding and never a traceback.

    A stored 'infinity' stops a check that reads dates, a dropped column one that names it.
    """
    found: list[Failure] = []
    try:
        with transaction.atomic():
            found.extend(check())
    except (DatabaseError, ValueError, OverflowError) as error:
        detail = f"The check {name} could not be finished: {first_line(error)}."
        found.append(Failure("check-stopped", detail, None, None, name))
    return found
