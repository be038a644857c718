"""Recording a line, or sending it for another person's approval where it is above the limit."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from audit.words import money
from grants import actions
from grants.actions import Spend
from grants.models import SpendingLine, approval_limit
from grants.rules_of_approval import is_under_the_limit
from grants.views.crumbs import place_of_line, place_of_reservation


def recorded(
    request: HttpRequest,
    record: Callable[[], SpendingLine],
    *,
    spend: Spend,
    done: str = "Recorded.",
    **reserving: Any,
) -> str:
    """Record a line, or reserve its sum until it is approved; say which, and return its address."""
    if is_under_the_limit(spend.gross, approval_limit()):
        place = place_of_line(record())
        messages.success(request, done)
        return place
    made = actions.reserve_line(spend=spend, **reserving)
    waits = f"{made.reference} waits for another person’s approval."
    messages.success(request, f"{waits} {money(made.amount)} is reserved for it.")
    return place_of_reservation(made)
