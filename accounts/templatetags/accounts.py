"""Tags for pages that ask for a code. Load with ``{% load accounts %}``."""

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.timezone import localdate

from accounts.models import User
from accounts.recording import person_of
from accounts.second_factor import app_of
from accounts.step_up import demonstration_code as code_of

register = template.Library()


@register.inclusion_tag("accounts/_demonstration_code.html", takes_context=True)
def demonstration_code(context: dict[str, Any]) -> dict[str, object]:
    """Show the demonstration person's present code, where one is asked for; nothing when live."""
    person = person_of(context["request"])
    if settings.REGISTER_MODE != "demonstration" or person is None or app_of(person) is None:
        return {"shown": False}
    return {"shown": True, "code": code_of(person)}


@register.simple_tag
def as_deputy(person: User, role: str, at: datetime, advice_kind: str = "") -> str:
    """Return ", as deputy for …" where a person acted in a role only as a deputy, else ""."""
    deputy = person.as_deputy(role, on=localdate(at), advice_kind=advice_kind)
    return f", {deputy}" if deputy else ""


@register.simple_tag
def single_sign_on_name() -> str:
    """Return what the organisation's own sign-in is called, "" where none is set up."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(apps[0]["name"]) if apps else ""
