"""How a page with a form answers: act and go on, or show the form again with all that was typed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.db import connection
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from audit.refusals import Refused
from decisions.actions.edits import was_posted_by
from decisions.forms.base import EditForm
from decisions.models import Decision, FormPost
from decisions.views.conflict import THEIRS, Edited, conflict
from decisions.views.kept import offer

LEFT = "Left as it was. What you had written is not kept."
NOT_CARRIED = {"csrfmiddlewaretoken", "code", "credential", "step"}


@dataclass(frozen=True)
class FormPage:
    """A page with one form: its title, what its button says, where it leads back and on to.

    `edits` is the record that it changes, if any.
    """

    title: str
    decision: Decision | None = None
    label: str = "Save"
    back: str = "/"
    lead: str = ""
    warning: str = ""
    done: str = ""
    is_grave: bool = False
    template: str = "decisions/form.html"
    edits: Edited | None = None
    context: dict[str, Any] = field(default_factory=dict)


def answer(
    request: HttpRequest,
    form: BaseForm,
    page: FormPage,
    act: Callable[[dict[str, Any]], str | None],
    *,
    is_ready: bool = True,
) -> HttpResponse:
    """Act on a form that was sent whole, and go to where `act` says or else to `page.back`.

    A refusal is shown above the form, which keeps what was typed. `is_ready` is False when another
    part of the page (a formset) is not valid. A form that was overtaken is shown with both texts.
    """
    if gives_way(request, form):
        messages.success(request, LEFT)
        return redirect(page.back)
    if request.method == "POST" and form.is_valid() and is_ready:
        try:
            onward = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if page.done:
                messages.success(request, page.done)
            return redirect(onward or page.back)
    context = {"form": form, "page": page, "decision": page.decision, **page.context}
    if isinstance(form, EditForm) and form.is_overtaken and (is_ready or _is_whole(form)):
        context["conflict"] = conflict(request, form, page.edits, page.decision)
    context["kept"] = offer(request, form, page.context)
    return render(request, page.template, context)


def _is_whole(form: EditForm) -> bool:
    """Return whether the formsets beside an overtaken form are in order, so that both are shown."""
    return bool(form.beside) and all(each.is_valid() for each in form.beside)


def gives_way(request: HttpRequest, form: BaseForm) -> bool:
    """Return whether the person, shown both texts, chose to leave the other one."""
    return isinstance(form, EditForm) and request.POST.get("stands") == THEIRS


def made_already(request: HttpRequest, of: Decision | None = None) -> Decision | None:
    """Return the decision that this very form of the reader's acted on before, sent once more.

    With `of`, only that decision; any other form's key is left for the act to refuse.

    A button pressed twice, or a page gone back to: the act is done, so that it may be refused by
    now, but nobody did anything wrong.
    """
    key = _form_key(request)
    post = key and FormPost.objects.filter(key=key).first()
    if not post:
        return None
    if not isinstance(request.user, User) or not was_posted_by(post, request.user):
        return None
    row = apps.get_model(post.made)._default_manager.get(pk=post.made_id)
    made = row if isinstance(row, Decision) else getattr(row, "decision", None)
    return made if of is None or made == of else None


def _form_key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


@contextmanager
def in_turn(request: HttpRequest) -> Iterator[None]:
    """Answer posts of one form one after the other.

    A button pressed twice waits for what the first press did, so that it spends no code of its own
    that was spent already, and counts as no wrong one.
    """
    key = _form_key(request)
    if key is None:
        yield
        return
    _lock("pg_advisory_lock", key)
    try:
        yield
    finally:
        _lock("pg_advisory_unlock", key)


def _lock(function: str, key: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 1))", [str(key)])


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was posted, for a second page to carry on; never a code, nor where it stands."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in NOT_CARRIED
        for value in values
    ]


def act_and_return(
    request: HttpRequest, back: str, act: Callable[[], object], done: str
) -> HttpResponse:
    """Act on a bare button (move, remove), and go back with what came of it."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(back)
