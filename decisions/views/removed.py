"""What was removed while somebody was writing in it: by whom, when, and where words go instead."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import ResolverMatch, reverse

from accounts.models import User
from audit.models import LedgerEntry
from decisions.actions.working_text import Kept, drop_text, keep_text
from decisions.models import Decision, Exemption, Paragraph, Recommendation, Section

EDITED: dict[str, tuple[Any, str]] = {
    "section_edit": (Section, "section"),
    "paragraph_edit": (Paragraph, "paragraph"),
    "recommendation_edit": (Recommendation, "recommendation"),
    "exemption_edit": (Exemption, "exemption"),
}


@dataclass(frozen=True)
class Removed:
    """What was removed, the entry that says by whom and when, and the page that adds it anew."""

    what: str
    entry: LedgerEntry | None
    anew: str


def removed_from(decision: Decision, match: ResolverMatch) -> Removed | None:
    """Return what became of the row that a page of a paper edits; None where it is still there."""
    if match.url_name not in EDITED:
        return None
    model, what = EDITED[match.url_name]
    last = model.history.filter(id=match.kwargs["pk"]).order_by("-history_id").first()
    if last is None or last.history_type != "-" or not _was_of(decision, last):
        return None
    entry = LedgerEntry.objects.filter(act=last.act).first()
    return Removed(what, entry, _anew(decision, what, last))


def _was_of(decision: Decision, last: Any) -> bool:
    if hasattr(last, "decision_id"):
        return bool(last.decision_id == decision.pk)
    sections = Section.history.filter(id=last.section_id, decision_id=decision.pk)
    return bool(sections.exists())


def _anew(decision: Decision, what: str, last: Any) -> str:
    """Return the address that adds such a row; "" where its section is gone too."""
    if what != "paragraph":
        return reverse(f"{what}_new", args=[decision.slug])
    if not decision.sections.filter(pk=last.section_id).exists():
        return ""
    place = reverse("paragraph_new", args=[decision.slug, last.section_id])
    return f"{place}?{urlencode({'form': last.form})}"


def put_anew(kept: Kept, removed: Removed, by: User) -> None:
    """Keep the text for the page that adds a row in place of the one that was removed."""
    fields = {**dict(kept.fields.lists()), "form_key": [str(uuid4())]}
    fields.pop("seen", None)
    if keep_text(address=removed.anew, fields=fields, by=by):
        drop_text(address=kept.address, by=by)
