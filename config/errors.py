"""The pages for what went wrong, and for an act that was refused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts.models import User
from audit.acts import record_refusal
from audit.refusals import Refused

LOOKING = ("GET", "HEAD", "OPTIONS")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the browser sent something the register cannot read (400)."""
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this page is not open to the reader, and why where that is known (403).

    Looking is only refused; a form sent to such a page is an act, and its refusal is recorded.
    """
    if request.method not in LOOKING and isinstance(request.user, User):
        match = request.resolver_match
        record_refusal(
            by=request.user,
            name=(match.url_name if match else None) or "page",
            reason=str(exception),
            about=getattr(exception, "about", None),
        )
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none for this reader (404)."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the register failed (500), with nothing that could fail again."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old to be taken (403)."""
    return render(request, "errors/csrf.html", status=403)


class RefusedActs:
    """Middleware: a refusal that no view caught becomes a page that says why (409)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the refusal in its own words."""
        if not isinstance(exception, Refused):
            return None
        return render(request, "errors/refused.html", {"refusal": exception}, status=409)
