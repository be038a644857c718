"""Lets only people with a permission reach a page; others are told why."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.permissions import Permission, may

View = Callable[..., HttpResponse]


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Return a decorator for views: any one of the permissions opens the page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            answers = [may(request.user, permission) for permission in permissions]
            if not any(answers):
                answers[0].or_refuse_page()
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in; the page's decorator has seen to it that somebody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied("You are not signed in. Sign in first.")
    return request.user
