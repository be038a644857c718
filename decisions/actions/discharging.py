"""Discharging a condition: saying that it was met, with the evidence."""

from datetime import date
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions import events
from decisions.actions.edits import made_before, remember
from decisions.actions.supporting import KeptFile
from decisions.models import Condition, ConditionDischarge, Decision
from decisions.permissions_afterwards import can_discharge
from decisions.rules import gives_reason, hold, is_met_in_its_time


@action
def discharge_condition(
    act: Act,
    *,
    condition: Condition,
    note: str,
    met_on: date,
    file: KeptFile,
    form_key: UUID | None = None,
    by: User,
) -> ConditionDischarge:
    """Record that a condition was met on a day, by evidence that is kept; once, and for good."""
    decision = Decision.objects.locked(condition.outcome.approval.decision)
    if before := made_before(form_key, ConditionDischarge):
        return before
    condition = Condition.objects.select_related("outcome__approval__decision__series").get(
        pk=condition.pk
    )
    role = can_discharge(by, condition).or_refuse().role
    hold("DEC-15", holds=gives_reason(note))
    in_time = is_met_in_its_time(decision.date_signed, met_on, clock.today())
    hold("DEC-61", holds=in_time)
    discharge = ConditionDischarge.objects.create(
        condition=condition,
        note=note.strip(),
        met_on=met_on,
        file_name=file.file_name[:200],
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        discharged_at=clock.now(),
        discharged_by=by,
        role=role,
    )
    data = {"condition": condition.pk, "met_on": met_on, "sha256": file.sha256}
    act.record(events.CONDITION_DISCHARGED, subject=decision, role=role, data=data)
    return remember(form_key, discharge)
