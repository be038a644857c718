"""How a money page with a form answers: act and go on, or say beside the field what is in the way.

Nothing that was typed is ever lost: a refusal shows the form again as it was, its file kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from audit.refusals import Refused
from decisions.forms.base import EditForm
from decisions.views.answering import LEFT, gives_way
from decisions.views.conflict import Edited, conflict
from decisions.views.kept import offer

Form = TypeVar("Form", bound=BaseForm)
Crumbs = list[tuple[str, str]]

# Beside which field a broken rule is shown: the first of them that the form has.
FIELDS = {
    "GRT-02": ("funded_from",),
    "GRT-03": ("limit", "amount"),
    "GRT-05": ("received_on", "allocation"),
    "GRT-06": ("received_on",),
    "GRT-07": ("net", "amount", "allocation"),
    "GRT-26": ("net", "allocation"),
    "GRT-27": ("category",),
    "GRT-28": ("taker",),
    "GRT-29": ("ground",),
    "GRT-30": ("withheld", "fields_chosen"),
    "GRT-31": ("fields_chosen",),
    "GRT-17": ("amount",),
    "GRT-08": ("gross",),
    "GRT-10": ("stage",),
    "GRT-11": ("period_start",),
    "GRT-12": ("taker",),
    "GRT-13": ("received_on",),
    "GRT-14": ("limit", "amount", "net"),
    "GRT-15": ("reason", "why"),
    "GRT-18": ("vat",),
    "GRT-21": ("received_on",),
    "GRT-22": ("varied",),
    "GRT-23": ("varied",),
    "GRT-25": ("accepted_on", "told_on"),
    "GRT-41": ("words",),
    "GRT-45": ("end",),
    "GRT-47": ("kind",),
    "GRT-53": ("why_so",),
    "GRT-54": ("why_so",),
    "GRT-57": ("waiver",),
    "GRT-58": ("expires_on",),
    "GRT-48": ("is_firm", "payee"),
    "GRT-49": ("net",),
    "GRT-50": ("why_credited",),
    "GRT-44": ("consent_reference",),
}


@dataclass(frozen=True)
class MoneyPage:
    """A page with one form: its title, what its button says, where it leads back to.

    `crumbs` are the pages above it, by label and address; `edits` is the record that it changes.
    """

    title: str
    back: str
    crumbs: Crumbs = field(default_factory=list)
    label: str = "Save"
    caption: str = ""
    lead: str = ""
    warning: str = ""
    done: str = ""
    is_grave: bool = False
    template: str = "grants/form.html"
    edits: Edited | None = None
    context: dict[str, Any] = field(default_factory=dict)


def answer(
    request: HttpRequest,
    form: Form,
    page: MoneyPage,
    act: Callable[[Form], str],
) -> HttpResponse:
    """Act on a form that was sent whole, and go to the address that `act` returns."""
    refusal = None
    if gives_way(request, form):
        messages.success(request, LEFT)
        return redirect(page.back)
    if request.method == "POST" and form.is_valid():
        try:
            onward = act(form)
        except Refused as refused:
            refusal = refused
            form.add_error(field_of(form, refusal.code), str(refusal))
        else:
            if page.done:
                messages.success(request, page.done)
            return redirect(onward)
    return shown(request, form, page, refusal)


def shown(
    request: HttpRequest, form: BaseForm, page: MoneyPage, refusal: Refused | None = None
) -> HttpResponse:
    """Show the page with its form; above it both texts, where it was overtaken."""
    crumbs = [("Home", "/"), *page.crumbs, (page.title, "")]
    context = {"form": form, "page": page, "crumbs": crumbs, "refusal": refusal, **page.context}
    if isinstance(form, EditForm) and form.is_overtaken:
        context["conflict"] = conflict(request, form, page.edits, None)
    context["kept"] = offer(request, form, page.context)
    return render(request, page.template, context)


def field_of(form: BaseForm, code: str) -> str | None:
    """Return the field of a form that a rule is about; None for the form as a whole."""
    return next((name for name in FIELDS.get(code, ()) if name in form.fields), None)
