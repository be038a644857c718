"""Tags that draw a decision's standing. Load with ``{% load decision %}``."""

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from audit.templatetags.register import status_tag, waiting
from decisions.forms.typed_by import NAME, sign_of
from decisions.models import Decision, items_of, pieces_of, rows_of, runs_of, waiting_on
from decisions.views.kept import Offer, address_of, offer
from decisions.workflow import Status

register = template.Library()

COLOURS: dict[str, str] = {
    Status.DRAFT: "grey",
    Status.IN_ADVICE: "blue",
    Status.WITH_CHIEF_EXECUTIVE: "purple",
    Status.AWAITING_DECISION: "orange",
    Status.TRANSCRIBED: "orange",
    Status.SIGNED: "green",
    Status.PUBLISHED: "green",
    Status.WITHDRAWN: "red",
}


UNCONFIRMED = {
    Status.DRAFT: "being recorded",
    Status.TRANSCRIBED: "awaiting confirmation",
}

register.filter("runs", lambda text: runs_of(items_of(text)))
register.filter("pieces", lambda text: pieces_of("", text))
register.filter("rows", rows_of)


@register.simple_tag(takes_context=True)
def typed_by(context: Context, address: str = "") -> SafeString:
    """Sign a form with who it is made for, so that what is typed into it is kept for them.

    `address` is where it is sent, where that is not the page's own.
    """
    request = context.get("request")
    person = getattr(request, "user", None)
    if request is None or not isinstance(person, User):
        return mark_safe("")
    sign = sign_of(person, address or address_of(request))
    return format_html('<input type="hidden" name="{}" value="{}">', NAME, sign)


@register.simple_tag(takes_context=True)
def typed_earlier(context: Context, form: BaseForm) -> Offer | None:
    """Return what is kept of a form; one that its address asks to fill in is filled in with it."""
    return offer(context["request"], form, {})


@register.simple_tag
def decision_status(decision: Decision) -> SafeString:
    """Draw where a decision stands; one that was revoked, or decided elsewhere, says so."""
    if decision.revoked_on:
        return status_tag("Revoked", "red")
    if decision.is_from_elsewhere and decision.is_decided:
        return status_tag("Published elsewhere" if decision.is_published else "Taken down", "grey")
    if decision.is_signed_on_paper and decision.status in UNCONFIRMED:
        return status_tag(f"Signed on paper, {UNCONFIRMED[Status(decision.status)]}", "blue")
    if decision.is_signed_on_paper and decision.is_decided:
        published = ", published" if decision.is_published else _taken_down(decision)
        return status_tag(f"Signed on paper{published}", "blue")
    if _taken_down(decision):
        return status_tag(f"Signed{_taken_down(decision)}", "orange")
    return status_tag(decision.get_status_display(), COLOURS[decision.status])


def _taken_down(decision: Decision) -> str:
    is_down = decision.status == Status.SIGNED and decision.date_published is not None
    return ", taken down" if is_down else ""


@register.simple_tag
def decision_urgency(decision: Decision) -> SafeString | str:
    """Draw that a decision goes before others, while anything still waits."""
    is_past = decision.is_decided or decision.status == Status.WITHDRAWN
    return status_tag("Urgent", "red") if decision.is_urgent and not is_past else ""


@register.inclusion_tag("components/waiting.html")
def decision_waiting(decision: Decision) -> dict[str, object]:
    """Say on whom a decision waits, for what, and since when; nothing when on nobody."""
    waits = waiting_on(decision)
    if not waits:
        return {}
    for_what = {
        each.for_what: [one.on for one in waits if one.for_what == each.for_what] for each in waits
    }
    on = "; ".join(f"{_and(offices)}: {what}" for what, offices in for_what.items())
    return waiting(on, waits[0].since)


def _and(offices: list[str]) -> str:
    first, *others = offices
    named = [first, *(f"{other[:1].lower()}{other[1:]}" for other in others)]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
