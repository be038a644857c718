"""What people do with the audit trail itself."""

from audit.acts import Act, Actor, action
from audit.events import LEDGER_VERIFIED
from audit.findings import Report


@action
def record_verification(act: Act, *, by: Actor, report: Report) -> None:
    """Note on the audit trail that somebody verified it, and what came of it."""
    count = len(report.failures)
    outcome = "all as written" if report.ok else f"{count} difference{'s' if count != 1 else ''}"
    data = {"outcome": outcome, "entries": report.entries, "head": report.head}
    act.record(LEDGER_VERIFIED, data=data)
