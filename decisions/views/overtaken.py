"""Pages that were overtaken: the paper, or what is confirmed, changed since they were opened."""

from typing import Any

from django.http import HttpRequest

from accounts.forms import StepUpForm
from audit.words import moment
from decisions.forms.shown import ShownForm
from decisions.models import Decision, Stage, changes_between, latest_version, read_content
from decisions.views.answering import carried
from decisions.views.differences import Difference, differences

SHOWN = "shown"
CHANGED = (
    "The paper changed since you opened this page. Nothing is signed. Read it again below, then "
    "enter a new code."
)


def changed_since(decision: Decision, form: ShownForm) -> list[Difference]:
    """Return what changed since the page of a form was opened; nothing where nothing did."""
    if not form.is_bound or not form.errors or form.overtaken is None:
        return []
    then = decision.versions.filter(n=form.overtaken).first()
    latest = latest_version(decision)
    if then is None or latest is None:
        return []
    return differences(changes_between(read_content(then), read_content(latest)))


def is_as_shown(request: HttpRequest, digest: str) -> bool:
    """Return whether the page that was sent showed just what has this digest."""
    return request.POST.get(SHOWN) == digest


def signed_first(decision: Decision) -> str:
    """Return who signed a paper meanwhile, and when; empty while it waits to be decided."""
    now = Decision.objects.get(pk=decision.pk)
    last = now.approvals.filter(stage=Stage.DECISION).order_by("-sitting").first()
    if not now.is_decided or now.has_deferred or last is None:
        return ""
    who, when = last.by_name, moment(last.approved_at)
    return f"{who} signed {now.reference} first, on {when}. Nothing was signed here."


def second_factor(request: HttpRequest, act_name: str, digest: str) -> tuple[StepUpForm, str]:
    """Return the form of a second factor for what the page shows, and what to say above it.

    It is read only where the page that was sent showed just what has this digest.
    """
    is_sent = request.POST.get("step") == "sign"
    is_same = is_as_shown(request, digest)
    data = request.POST if is_sent and is_same else None
    form = StepUpForm(data, request=request, act_name=act_name, digest=digest)
    return form, CHANGED if is_sent and not is_same else ""


def carried_as_shown(request: HttpRequest, digest: str) -> list[tuple[str, Any]]:
    """Return what was posted for a second page to carry on, with the digest of what it shows."""
    return [*(each for each in carried(request) if each[0] != SHOWN), (SHOWN, digest)]
