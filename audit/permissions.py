"""Who may look at the audit trail: Django's own permission API is asked, deny by default."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

VIEW_LEDGER = "audit.view_ledgerentry"

NOT_YOURS = (
    "The audit trail is read by auditors and governance officers. Ask an administrator if your "
    "work needs it."
)

View = Callable[..., HttpResponse]


def may_view_ledger(view: View) -> View:
    """Let only people who may read the audit trail reach a page; others are told why."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm(VIEW_LEDGER):
            raise PermissionDenied(NOT_YOURS)
        return view(request, *args, **kwargs)

    return guarded
