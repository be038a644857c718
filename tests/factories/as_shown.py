"""What a page showed, as its form or an act carries it on: a version of the paper, or a digest."""

from typing import Any

from django.test import Client

from accounts.models import User
from decisions import actions
from decisions.models import Advice, Approval, Decision, PreparedDecision, latest_version


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


def endorse(*, decision: Decision, by: User, **more: Any) -> Approval:
    """Endorse a paper on the version that its page shows now, unless another is said."""
    return actions.endorse(decision=decision, by=by, **_last(decision) | more)


def give_advice(*, decision: Decision, kind: str, words: str, by: User, **more: Any) -> Advice:
    """Give advice on the version that the page shows now, unless another is said."""
    said: dict[str, Any] = {"kind": kind, "words": words, **_last(decision), **more}
    return actions.give_advice(decision=decision, by=by, **said)


def confirm_advice(*, decision: Decision, kind: str, by: User, **more: Any) -> Advice:
    """Confirm advice on the version that the page shows now, unless another is said."""
    return actions.confirm_advice(decision=decision, kind=kind, by=by, **_last(decision) | more)


def prepare_decision(*, decision: Decision, by: User, **what: Any) -> PreparedDecision:
    """Prepare a decision just as its page shows it."""
    shown = actions.decision_digest(decision=decision, **what)
    return actions.prepare_decision(decision=decision, shown=shown, by=by, **what)


def _last(decision: Decision) -> dict[str, Any]:
    version = latest_version(decision)
    return {"version_shown": version.n if version else 0}
