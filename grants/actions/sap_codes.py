"""What codes of SAP mean: kept by finance, each from a day to another."""

from datetime import date
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions.actions.edits import made_before, remember
from grants import events
from grants.models import Allocation, SapCode
from grants.permissions import can_record_spending


@action
def record_sap_code(
    act: Act,
    *,
    code: str,
    allocation: Allocation | None,
    category: str,
    valid_from: date,
    valid_to: date,
    form_key: UUID,
    by: User,
) -> SapCode:
    """Record what a code means, an allocation or a category; the last recorded of a day counts."""
    if before := made_before(form_key, SapCode):
        return before
    role = can_record_spending(by).or_refuse().role
    made = SapCode.objects.create(
        code=code.strip(),
        allocation=allocation,
        category="" if allocation else category,
        valid_from=valid_from,
        valid_to=valid_to,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    means = allocation.reference if allocation else made.get_category_display()
    facts = {"means": means, "from": valid_from, "to": valid_to}
    act.record(events.SAP_CODE_RECORDED, subject=made, role=role, data=facts)
    return remember(form_key, made)
