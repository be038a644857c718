"""The audit trail: the list, one entry, and verification."""

import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audit.actions import record_verification
from audit.acts import Actor
from audit.filters import LedgerFilterForm
from audit.models import Checkpoint, LedgerEntry, LedgerQuerySet
from audit.permissions import may_view_ledger
from audit.story import payload_of, tell
from audit.verify import verify

PAGE = 50
LONG = 50
CODE = re.compile(r"[a-z]+(_[a-z]+)+")  # a status or a kind as stored


@require_GET
@may_view_ledger
def audit_list(request: HttpRequest) -> HttpResponse:
    """Show the audit trail, newest first, fifty at a time, filtered as asked."""
    form = LedgerFilterForm(request.GET or None)
    entries = LedgerEntry.objects.told()
    if form.is_bound and form.is_valid():
        entries = filtered(entries, form.cleaned_data)
    before = request.GET.get("before", "")
    page = list(entries.before(int(before) if before.isdecimal() else None)[: PAGE + 1])
    older = page[PAGE - 1].seq if len(page) > PAGE else None
    context = {
        "form": form,
        "entries": tell(page[:PAGE]),
        "older": _address(request, before=str(older)) if older else "",
        "newer": _address(request) if before else "",
        "is_filtered": any(form.data.get(name) for name in form.fields) if form.is_bound else False,
    }
    return render(request, "audit/audit_list.html", context)


def filtered(entries: LedgerQuerySet, chosen: dict[str, Any]) -> LedgerQuerySet:
    """Narrow entries by what a person chose; dates are whole days, both included."""
    if chosen["about"]:
        entries = entries.filter(subject_reference__icontains=chosen["about"])
    if chosen["by"]:
        entries = entries.filter(actor_name__icontains=chosen["by"])
    if chosen["event"]:
        entries = entries.filter(event=chosen["event"])
    if chosen["since"]:
        entries = entries.filter(at__gte=_midnight(chosen["since"]))
    if chosen["until"] and chosen["until"] < date.max:
        entries = entries.filter(at__lt=_midnight(chosen["until"] + timedelta(days=1)))
    return entries


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _address(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    query.update(changes)
    return f"?{query.urlencode()}"


@require_GET
@may_view_ledger
def audit_entry(request: HttpRequest, seq: int) -> HttpResponse:
    """Show one entry: what happened, what it says, which rows it lists, how it is chained."""
    entry = get_object_or_404(LedgerEntry.objects.told(), seq=seq)
    payload = payload_of(entry)
    same_act = LedgerEntry.objects.told().filter(act=entry.act).exclude(seq=seq).order_by("seq")
    context = {
        "entry": entry,
        "told": tell([entry])[0],
        "facts": _facts(payload.get("data", {})),
        "tables": payload.get("rows", []),
        "same_act": tell(same_act[:50]),
        "checkpoint": Checkpoint.objects.filter(entry_id=seq).first(),
        "head": LedgerEntry.objects.values_list("seq", flat=True).first(),
        "hash": bytes(entry.hash).hex(),
        "previous_hash": bytes(entry.previous_hash).hex(),
        "payload_digest": bytes(entry.payload_digest).hex(),
    }
    return render(request, "audit/audit_entry.html", context)


def _facts(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what an entry says, old before new before the rest; what is empty only of those."""
    change = {key: data[key] for key in ("old", "new") if key in data}
    rest = {key: value for key, value in data.items() if value not in (None, "")}
    return [(_label(key), _words(value)) for key, value in (change | rest).items()]


def _label(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "":
        return "–"
    if isinstance(value, dict) and len(value) > LONG:
        return f"{len(value)} items"
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return value.replace("_", " ") if CODE.fullmatch(value) else value


@require_http_methods(["GET", "POST"])
@may_view_ledger
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Verify now and show what was found; that it was done is itself recorded."""
    report = None
    if request.method == "POST":
        report = verify()
        record_verification(by=cast("Actor", request.user), report=report)
    context = {"report": report, "last": Checkpoint.objects.order_by("-entry_id").first()}
    return render(request, "audit/audit_verify.html", context)
