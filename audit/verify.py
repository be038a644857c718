"""Verification of the whole register from inside: chain, payloads, rows, history, checkpoints.

Reads what is stored and recomputes it; writes nothing. Every difference is one Failure that names
the entry, or the table and key. Which tables are read comes from the database's catalogue, never
from a list. Kinds of failure: docs/ledger-format.md.
"""

from audit.checks import further_failures
from audit.findings import Report
from audit.snapshot import snapshot
from audit.structure import structure_failures
from audit.verify_chain import chain_failures, checkpoint_failures, orphan_failures
from audit.verify_rows import history_failures, row_failures

CHECKS = (
    orphan_failures,
    row_failures,
    history_failures,
    checkpoint_failures,
    structure_failures,
    further_failures,
)


def verify() -> Report:
    """Verify everything, in one read-only snapshot of the database, and return what was found."""
    report = Report()
    with snapshot():
        report.failures.extend(chain_failures(report))
        for check in CHECKS:
            report.failures.extend(check())
    return report
