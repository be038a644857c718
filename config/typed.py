"""What was typed into a form survives whatever becomes of the form."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import User
from decisions.actions.working_text import drop_text, holds_words, is_own_address, keep_text
from decisions.forms.typed_by import NAME, person_of
from decisions.views.kept import address_of, filled_in

SIGNED_OUT = (
    "You were signed out before this was saved. What you typed is kept: sign in, and you are back "
    "at it."
)


class KeepsTyped:
    """Middleware: the words of a form are kept before it is answered, and dropped once it acted.

    So a refusal, an error, a page that is gone or a session that has ended loses none of them.
    They are kept for the person whose sign the form bears, whoever is signed in by now.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the words, pass the request on, and drop them where it was answered by going on."""
        sign = request.POST.get(NAME, "") if request.method == "POST" else ""
        is_of_form = sign and not request.path.startswith(reverse("working_text_list"))
        address = address_of(request)
        person = person_of(sign, address) if is_of_form else None
        if person is None:
            return self.get_response(request)
        fields = dict(request.POST.lists())
        if request.user != person and not holds_words(fields):
            return _not_theirs(request, address, is_kept=False)  # and what is kept stays
        kept = keep_text(address=address, fields=fields, by=person)
        if request.user != person:
            return _not_theirs(request, address, is_kept=kept is not None)
        request.typed = kept  # type: ignore[attr-defined]  # pages of errors lead to it
        request.typed_at = filled_in(address)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.status_code == 302 and not _is_kept_still(response):
            drop_text(address=address, by=person)
        return response


def _not_theirs(request: HttpRequest, address: str, *, is_kept: bool) -> HttpResponse:
    """Answer a form whose writer is signed in no more; nothing is done with it but kept."""
    if isinstance(request.user, User):
        return render(request, "errors/another_person.html", {"is_kept": is_kept}, status=403)
    if is_kept:
        messages.info(request, SIGNED_OUT)
        address = filled_in(address)
    return redirect_to_login(address if is_own_address(address) else "/")


def _is_kept_still(response: HttpResponse) -> bool:
    """Return whether it was answered by leading to sign in, or to what is kept."""
    onward = response.headers.get("Location", "")
    return onward.startswith((reverse("account_home"), reverse("working_text_list")))
