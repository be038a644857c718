"""On whom a decision waits, and since when: shown in every list."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import AdviceKind
from audit.words import day
from decisions.models.decision import Decision
from decisions.workflow import Status


@dataclass(frozen=True)
class Waiting:
    """An office (or a named officer) that a decision waits on, for what, and since when."""

    on: str
    for_what: str
    since: datetime


def waiting_on(decision: Decision) -> list[Waiting]:
    """Return on whom the decision waits; empty when on nobody.

    Asks the database nothing more where the officer is already joined (`with_parties`).
    """
    if decision.is_from_elsewhere or decision.revoked_on:
        return []
    return [Waiting(on, what, decision.status_since) for on, what in _waits(decision)]


def _publication(decision: Decision) -> str:
    until = decision.publication_deferred_until
    return f"publication, deferred until {day(until)}" if until else "publication"


def _waits(decision: Decision) -> list[tuple[str, str]]:
    officer = str(decision.originating_officer.name)
    if decision.is_submitted and decision.advice_needed:
        return [
            (f"{AdviceKind(kind).label} adviser", "advice or its confirmation")
            for kind in decision.advice_needed
        ]
    waits = {
        Status.DRAFT: [(officer, "drafting")],
        Status.IN_ADVICE: [(officer, "sending it to the chief executive")],
        Status.WITH_CHIEF_EXECUTIVE: [("Chief executive", "endorsement")],
        Status.AWAITING_DECISION: [("Decision maker", "a decision")],
        Status.SIGNED: [("Governance officer", _publication(decision))],
    }.get(Status(decision.status), [])
    if decision.has_deferred:
        waits = [*waits, ("Decision maker", "what was deferred")]
    return waits
