"""Versions of the scheme of delegation: the list, one version, and what is done to it."""

from functools import partial

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import actions, forms
from accounts.models import Delegation, SchemeParagraph, SchemeVersion
from accounts.permissions import (
    Permission,
    can_approve_scheme,
    can_decline_scheme,
    may,
)
from accounts.proposals import STATE_COLOURS, delegations_awaiting
from accounts.refusals import AccountRefused
from accounts.views.access import needs, signed_in
from accounts.views.acts import Page, act_on, sent
from audit import clock


@needs(Permission.VIEW_DELEGATIONS)
def scheme_list(request: HttpRequest) -> HttpResponse:
    """The versions of schemes, what is proposed, and the delegations in force today."""
    in_force = Delegation.objects.in_force(clock.today()).with_parties()
    versions = SchemeVersion.objects.annotate(paragraph_count=Count("paragraphs"))
    context = {
        "versions": [(one, STATE_COLOURS[one.state]) for one in versions],
        "waiting": Delegation.objects.waiting().with_parties(),
        "delegations": in_force.order_by("holder__name", "scheme_paragraph"),
        "for_me": delegations_awaiting(signed_in(request)),
        "may_manage": may(request.user, Permission.MANAGE_DELEGATIONS),
    }
    return render(request, "accounts/scheme_list.html", context)


@needs(Permission.MANAGE_DELEGATIONS)
def scheme_new(request: HttpRequest) -> HttpResponse:
    """Propose a version of a scheme."""
    form = forms.SchemeForm(sent(request))
    if form.is_valid():
        try:
            version = actions.propose_scheme(by=signed_in(request), **form.cleaned_data)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The version was proposed. Now add its paragraphs.")
            return redirect("scheme_detail", pk=version.pk)
    page = Page(
        "Schemes and delegations",
        "Propose a version of a scheme",
        "Propose it",
        reverse("scheme_list"),
        (("Schemes and delegations", reverse("scheme_list")),),
        "It counts once the chief executive has approved it.",
    )
    return render(request, "accounts/act.html", {"page": page, "form": form})


@needs(Permission.VIEW_DELEGATIONS)
def scheme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: its paragraphs, the delegations under them, and what may be done about it."""
    version = get_object_or_404(
        SchemeVersion.objects.select_related("proposed_by", "approved_by", "declined_by"), pk=pk
    )
    manages = may(request.user, Permission.MANAGE_DELEGATIONS)
    delegations = Delegation.objects.filter(paragraph__version=version).with_parties()
    context = {
        "version": version,
        "colour": STATE_COLOURS[version.state],
        "paragraphs": version.paragraphs.all(),
        "delegations": [(one, STATE_COLOURS[one.state]) for one in delegations],
        "may_change": manages and version.is_open,
        "acts": _acts(request, version),
    }
    return render(request, "accounts/scheme_detail.html", context)


def _acts(request: HttpRequest, version: SchemeVersion) -> list[dict[str, object]]:
    rows: list[tuple[str, str, object, bool]] = []
    if version.is_open:
        approve, decline = (
            can_approve_scheme(request.user, version),
            can_decline_scheme(request.user, version),
        )
        rows = [("Approve", "scheme_approve", approve, False)]
        rows += [("Turn down, or take back", "scheme_decline", decline, True)]
    elif version.is_approved:
        manages = may(request.user, Permission.MANAGE_DELEGATIONS)
        rows = [("End this version", "scheme_end", manages, True)]
    return [
        {
            "label": label,
            "url": reverse(url, args=[version.pk]),
            "answer": answer,
            "is_grave": bad,
            "is_main": not bad,
        }
        for label, url, answer, bad in rows
    ]


def _page(
    version: SchemeVersion,
    title: str,
    button: str,
    explanation: str,
    done: str,
    *,
    is_grave: bool = False,
) -> Page:
    back = reverse("scheme_detail", args=[version.pk])
    trail = (("Schemes and delegations", reverse("scheme_list")), (str(version), back))
    return Page(str(version), title, button, back, trail, explanation, done, is_grave)


@needs(Permission.MANAGE_DELEGATIONS)
def scheme_paragraph_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a paragraph to a proposed version."""
    version = get_object_or_404(SchemeVersion, pk=pk)
    form = forms.ParagraphForm(sent(request))
    page = _page(version, "Add a paragraph", "Add it", "", "The paragraph was added.")

    def add(*, by: object, **_typed: object) -> None:
        actions.add_paragraph(version=version, paragraph=form.paragraph, by=signed_in(request))

    return act_on(request, page, add, form)


@needs(Permission.MANAGE_DELEGATIONS)
def scheme_paragraph_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paragraph out of a proposed version."""
    paragraph = get_object_or_404(SchemeParagraph.objects.select_related("version"), pk=pk)
    title = f"Remove paragraph {paragraph.number}"
    done = "The paragraph was removed."
    page = _page(paragraph.version, title, "Remove it", "", done, is_grave=True)
    return act_on(request, page, partial(actions.remove_paragraph, paragraph=paragraph))


@needs(Permission.APPROVE_DELEGATIONS, Permission.MANAGE_DELEGATIONS)
def scheme_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a proposed version."""
    version = get_object_or_404(SchemeVersion, pk=pk)
    can_approve_scheme(request.user, version).or_refuse_page(version)
    page = _page(
        version,
        "Approve this version",
        "Approve",
        "These paragraphs can then no longer change, and delegations under them can be used.",
        "The version was approved.",
    )
    approve = partial(actions.approve_scheme, version=version)
    form = forms.ApproveSchemeForm(sent(request), version=version)
    return act_on(request, page, approve, form, paragraphs=version.paragraphs.all())


@needs(Permission.APPROVE_DELEGATIONS, Permission.MANAGE_DELEGATIONS)
def scheme_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a proposed version down, or take it back."""
    version = get_object_or_404(SchemeVersion, pk=pk)
    can_decline_scheme(request.user, version).or_refuse_page(version)
    page = _page(
        version,
        "Turn this version down",
        "Turn it down",
        "It stays in the list as not approved. Another can be proposed in its place.",
        "The version was turned down.",
        is_grave=True,
    )
    decline = partial(actions.decline_scheme, version=version)
    return act_on(request, page, decline, forms.ReasonForm(sent(request)))


@needs(Permission.MANAGE_DELEGATIONS)
def scheme_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a version."""
    version = get_object_or_404(SchemeVersion, pk=pk)
    page = _page(
        version,
        "End this version",
        "End it",
        "No delegation under it can be used after its last day.",
        "The version was ended.",
        is_grave=True,
    )
    end = partial(actions.end_scheme, version=version)
    return act_on(request, page, end, forms.EndForm(sent(request)))
