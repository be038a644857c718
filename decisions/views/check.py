"""The public page that says whether a file is a document that this register issued."""

from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from decisions.documents.issued import known_document
from decisions.documents.verify import verify_bytes
from decisions.forms.check import CheckForm

AT_ONCE = BoundedSemaphore(2)
LONGEST_WAIT = 15.0
BUSY = "Other files are being checked. Please try again in a minute."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Take a file, say what it is, and keep nothing of it."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if not form.is_bound or not form.is_valid():
        return render(request, "decisions/check.html", {"form": form})
    if not AT_ONCE.acquire(timeout=LONGEST_WAIT):
        form.add_error("file", BUSY)
        return render(request, "decisions/check.html", {"form": form}, status=503)
    try:
        file = form.cleaned_data["file"]
        verdict = verify_bytes(file.read(), lookup=known_document)
    finally:
        AT_ONCE.release()
    context = {"form": CheckForm(), "verdict": verdict, "name": file.name}
    return render(request, "decisions/check.html", context)
