"""What a page showed, as its form carries it on: the version of the paper, or a digest."""

from typing import Any

from django.test import Client

from decisions.models import Decision, latest_version


def version_shown(decision: Decision) -> dict[str, str]:
    """Return the field that says which version of the paper a page showed."""
    version = latest_version(decision)
    return {"version_shown": str(version.n)} if version else {}


def carried_by(page: Any) -> dict[str, Any]:
    """Return what the page of a second factor carries of what it showed."""
    carried = page.context["carried"] if page.context and "carried" in page.context else []
    return {name: value for name, value in carried if name == "shown"}


def reviewed(client: Client, place: str, typed: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed with what the page to sign on carries; it is shown first."""
    typed = {name: value for name, value in typed.items() if name != "code"}
    return carried_by(client.post(place, {**typed, "step": "review"}))
