"""What anybody may take to check the register: its checkpoints, its keys and the verifier."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from audit.exporters.published import published_checkpoints, published_keys
from audit.offline import verify_register

VERIFIER = Path(verify_register.__file__)
A_MINUTE = 60


@require_safe
@cache_control(public=True, max_age=A_MINUTE)
def checkpoints(request: HttpRequest) -> HttpResponseBase:
    """Give every signed checkpoint, as JSON Lines."""
    return StreamingHttpResponse(published_checkpoints(), content_type="application/jsonl")


@require_safe
@cache_control(public=True, max_age=A_MINUTE)
def keys(request: HttpRequest) -> HttpResponseBase:
    """Give the public keys that sign or signed checkpoints."""
    return HttpResponse(published_keys(), content_type="application/json")


@require_safe
@cache_control(public=True, max_age=A_MINUTE)
def verifier(request: HttpRequest) -> HttpResponseBase:
    """Give the offline verifier, as a file to keep."""
    named = {"Content-Disposition": f'attachment; filename="{VERIFIER.name}"'}
    return HttpResponse(VERIFIER.read_bytes(), "text/x-python; charset=utf-8", headers=named)
