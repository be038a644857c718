"""Keeping the versions of a paper, and what each means for the advice on it."""

import secrets
from hashlib import sha256

from audit import clock
from audit.canonical import canonical
from decisions.documents.limits import refuse_too_large
from decisions.documents.paper import Paper
from decisions.models import (
    Content,
    Decision,
    PaperVersion,
    Series,
    advice_needed,
    latest_version,
    paper_content,
    part_1_of,
)
from decisions.rules import Looked, hold, is_as_shown, look
from decisions.workflow import SUBMITTED, Status


def make_version(decision: Decision, content: Content | None = None) -> PaperVersion:
    """Make the next version of the paper from its rows, or of a content that is given.

    Raises ContentTooLarge for a paper decided here that no signed document could hold.
    """
    latest = latest_version(decision)
    content = content or paper_content(decision)
    if not decision.is_from_elsewhere:
        refuse_too_large(Paper.read(content))
    text = canonical(content)
    salt = secrets.token_hex(32)
    return PaperVersion.objects.create(
        decision=decision,
        n=latest.n + 1 if latest else 1,
        content=text,
        part_1_digest=sha256(canonical(part_1_of(content)).encode()).hexdigest(),
        part_2_salt=salt,
        part_2_digest=sha256(f"{salt}{text}".encode()).hexdigest(),
        made_at=clock.now(),
    )


def keep_version(decision: Decision) -> PaperVersion | None:
    """Make a version if the paper differs from the latest one, and look at the advice again.

    What the rules doubt of it is looked at first: answers to that are part of the paper.
    """
    look_at_warnings(decision)
    latest = latest_version(decision)
    if latest is not None and latest.content == canonical(paper_content(decision)):
        return None
    version = make_version(decision)
    look_at_advice(decision)
    _endorse_anew(decision)
    return version


def _endorse_anew(decision: Decision) -> None:
    """Send a paper that changed while it was being endorsed back to the first stage."""
    if decision.status == Status.WITH_CHIEF_EXECUTIVE:
        first = decision.series.stages.first()
        if first != decision.with_stage:
            decision.with_stage = first
            decision.save(update_fields=["with_stage"])


def refuse_overtaken(decision: Decision, shown: int) -> None:
    """Refuse an act on another version than the last; 0 is none."""
    version = latest_version(decision)
    hold("DEC-78", holds=is_as_shown(shown, version.n if version else 0))


def look_at_warnings(decision: Decision) -> Looked:
    """Look through the paper and bring `warnings` up to date; return what was found."""
    looked = look(decision)
    digests = [each.digest for each in looked.warnings]
    if digests != decision.warnings:
        decision.warnings = digests
        decision.save(update_fields=["warnings"])
    return looked


def look_at_advice(decision: Decision) -> None:
    """Bring `advice_needed` up to date; the row is saved only when it changed."""
    needed = advice_needed(decision)
    if needed != decision.advice_needed:
        decision.advice_needed = needed
        decision.save(update_fields=["advice_needed"])


def look_at_advice_of(series: Series) -> None:
    """Bring the advice that papers with advisers wait for up to date."""
    under_way = Decision.objects.filter(series=series, status__in=SUBMITTED).order_by("pk")
    for decision in under_way.select_related("series").select_for_update(of=("self",)):
        look_at_advice(decision)
