"""Tags and filters for pages: money, dates, and the small components.

Load with ``{% load register %}``. The larger components are templates in
``templates/components/``, included with ``{% include "components/…" with … only %}``;
the gallery at ``/components/`` shows each of them in every state.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseForm, BaseFormSet
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from audit import clock, words

register = template.Library()

LONG_WAIT_DAYS = 10


@register.filter
def money(amount: Decimal | int | str | None) -> str:
    """Write pounds as "£1,200,000"; decimal strings of a paper's content are accepted."""
    return "" if amount is None or amount == "" else words.money(Decimal(amount))


def _as_date(value: date | datetime | str) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Write a date, a moment or an ISO date string as "28 October 2019"."""
    return words.day(_as_date(value)) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment as "28 October 2019 at 5:04pm", UK time."""
    return words.moment(value) if value else ""


@register.simple_tag
def period(start: date | str | None, end: date | str | None) -> str:
    """Write inclusive dates as "28 October 2019 to 31 March 2020"."""
    return words.period(_as_date(start) if start else None, _as_date(end) if end else None)


@register.filter
def paragraphs(text: str) -> SafeString:
    """Set text as HTML paragraphs, one for each stretch between blank lines, its lines apart."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    lines = [(linebreaksbr(part),) for part in parts if part]
    return format_html_join("\n", '<p class="govuk-body">{}</p>', lines)


@register.filter
def as_json(value: Any) -> str:
    """Write a value as JSON, to be put in a data attribute (the template escapes it)."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def short_digest(digest: str) -> str:
    """Shorten a hexadecimal digest to its first twelve characters."""
    return f"{digest[:12]}…" if len(digest) > 12 else digest


@register.filter
def starts_with(text: str, beginning: str) -> bool:
    """Say whether a text starts with another."""
    return text.startswith(beginning)


@register.simple_tag
def status_tag(text: str, colour: str = "") -> SafeString:
    """Draw a status: its words always, a GOV.UK tag colour beside them."""
    modifier = f" govuk-tag--{colour}" if colour else ""
    return format_html('<strong class="govuk-tag{}">{}</strong>', modifier, text)


@register.simple_tag
def count(number: int, noun: str) -> SafeString:
    """Draw a number in a badge, with the (plural) noun for those who cannot see the badge."""
    modifier = "" if number else " register-count--none"
    return format_html(
        '<span class="register-count{}">{}<span class="govuk-visually-hidden"> {}</span></span>',
        modifier,
        number,
        noun.removesuffix("s") if number == 1 else noun,
    )


@register.inclusion_tag("components/waiting.html")
def waiting(on: str, since: date | datetime | None = None) -> dict[str, object]:
    """Say on whom something waits and since when; a long wait stands out."""
    if since is None:
        return {"on": on, "since": None}
    began, today = _as_date(since), clock.today()
    return {
        "on": on,
        "since": words.day(began),
        "how_long": words.days_since(began, today),
        "is_long": (today - began).days > LONG_WAIT_DAYS,
    }


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*steps: str) -> dict[str, object]:
    """Draw breadcrumbs from text, address, text, address, …; the last may have no address."""
    pairs = [
        (steps[i], steps[i + 1] if i + 1 < len(steps) else "") for i in range(0, len(steps), 2)
    ]
    return {"steps": pairs}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: "BaseForm | BaseFormSet[Any] | list[Any] | None") -> dict[str, object]:
    """List what is wrong in forms, formsets and lists of them, each line leading to its field."""
    errors: list[tuple[str, str]] = []
    for form in chain.from_iterable(each if isinstance(each, list) else [each] for each in forms):
        if isinstance(form, BaseFormSet):
            errors += [(str(message), "") for message in form.non_form_errors()]
            errors += [error for each in form.forms for error in _errors_of(each)]
        elif form:
            errors += _errors_of(form)
    return {"errors": errors}


def _errors_of(form: BaseForm) -> list[tuple[str, str]]:
    at = getattr(form, "whole_errors_at", "")
    whole = [(str(message), f"#{at}" if at else "") for message in form.non_field_errors()]
    return whole + [
        (str(message), "" if field.is_hidden else f"#{getattr(field, 'error_target', '')}")
        for field in form
        for message in getattr(field, "messages", field.errors)
    ]


@register.inclusion_tag("components/digest.html")
def digest(value: str, label: str = "SHA-256") -> dict[str, str]:
    """Show a whole digest that can be copied."""
    return {"value": value, "label": label}


@register.simple_tag
def part_2_mark(ground: str = "") -> SafeString:
    """Mark what follows as Part 2, with the exemption it rests on."""
    why = f" – exempt under {ground}" if ground else ""
    return format_html('<strong class="register-part-2__mark">Part 2, restricted{}</strong>', why)
