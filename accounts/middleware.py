"""Leads whoever signed in without a second factor to setting one up, before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts.models import User
from accounts.second_factor import has_second_factor

WITHOUT_FACTOR = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_set_up",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "healthz",
}


class SecondFactorMiddleware:
    """Every account that can sign in needs a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Return the way to the set-up page for a person without a second factor."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in WITHOUT_FACTOR or not isinstance(request.user, User):
            return None
        return None if has_second_factor(request.user) else redirect("account_set_up")
