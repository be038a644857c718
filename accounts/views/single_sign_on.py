"""Single sign-on: the way to the organisation's own sign-in page, and the way back."""

import logging

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from requests import RequestException

logger = logging.getLogger(__name__)

# What a server that is down, or answers otherwise than OpenID Connect has it, ends in.
UNUSABLE = (RequestException, KeyError, ValueError)


def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to the organisation's sign-in page, by a page that goes there by itself.

    A redirect would not do: browsers hold a form, and every redirect that follows it, to the
    addresses of the security policy, and which ones a sign-in passes is the organisation's affair.
    """
    if request.method != "POST":
        return redirect("account_login")
    try:
        answer: HttpResponseBase = openid_connect.login(request, provider_id)
    except UNUSABLE:
        return _failed(request)
    if answer.status_code != 302:
        return answer
    page = render(request, "socialaccount/leaving.html", {"address": answer.headers["Location"]})
    page.headers["Refresh"] = f"0; url={answer.headers['Location']}"
    return page


def single_sign_on_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Sign in whom the organisation's server vouches for, if it is somebody of the register."""
    try:
        answer: HttpResponseBase = openid_connect.callback(request, provider_id)
    except UNUSABLE:
        return _failed(request)
    return answer


def _failed(request: HttpRequest) -> HttpResponse:
    logger.exception("Single sign-on failed: the OpenID Connect server's answer cannot be used")
    return render(request, "socialaccount/authentication_error.html", status=502)
