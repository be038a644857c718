"""A page that does one thing: its words, its form, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import User
from accounts.refusals import AccountRefused
from accounts.views.access import signed_in

Trail = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """A page that does one thing: to what, in which words, and where it lies and leads back."""

    about: str
    title: str
    button: str
    back: str
    trail: Trail
    explanation: str = ""
    done: str = ""
    is_grave: bool = False

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The breadcrumbs."""
        return [("Home", "/"), *self.trail, (self.title, "")]


def of_person(
    person: User,
    title: str,
    button: str,
    explanation: str = "",
    done: str = "",
    *,
    is_grave: bool = False,
) -> Page:
    """Return the page of an act on a person."""
    back = reverse("person_detail", args=[person.pk])
    trail = (("People", reverse("people_list")), (person.name, back))
    return Page(person.name, title, button, back, trail, explanation, done, is_grave)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was posted; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def act_on(
    request: HttpRequest,
    page: Page,
    do: Callable[..., object],
    form: Form | None = None,
    **more: object,
) -> HttpResponse:
    """Show the page with its form and ``more``, or ``do`` with what was typed, and lead back."""
    form = form or Form(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            do(by=signed_in(request), **form.cleaned_data)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, page.done)
            return redirect(page.back)
    return show(request, page, form, **more)


def show(request: HttpRequest, page: Page, form: Form, **more: object) -> HttpResponse:
    """Show the page with its form, and ``more`` of what it is about."""
    return render(request, "accounts/act.html", {"page": page, "form": form, **more})
