"""Papers with a marker in every field that can be Part 2, at each stage where one is written."""

import re
from typing import Any

from django.apps import apps
from django.db import connection, models

from accounts.demonstration import prove
from accounts.models import Role
from audit.clock import today
from decisions import actions
from decisions.actions import KeptFile
from decisions.actions.urgency import mark_urgent
from decisions.actions.working_text import keep_text, texts_kept
from decisions.documents.files import file_store
from decisions.models import CLASSIFICATION, Belongs, Condition, Decision, WorkingText
from tests.factories import afterwards, as_shown, papers
from tests.factories.people import (
    a_decision_maker,
    a_governance_officer,
    a_person,
)
from tests.permissions import restricted
from tests.permissions.restricted import HUNTED, INTERNAL, inner, marker

MARKED = re.compile(f"{HUNTED.pattern}|{INTERNAL.pattern}", re.IGNORECASE)

EVIDENCE = f"The minutes. {marker('ConditionDischarge file')}".encode()
SCAN = afterwards.SCAN + marker("Transcription scan").encode()
# Fields of which nothing is typed by anybody: numbers and types that the register gives, names of
# roles and acts, digests (some are hunted for by themselves), and salts.
NOT_TYPED = {
    *("number", "content_type", "code", "digest", "role", "made", "authority", "evidence"),
    *("part_2_salt", "where", "for_what", "problem"),
}
UNMARKED = {
    "EndorsingStage.title",  # printed on every document: it names an office
    "WorkingText.closed",  # encrypted; `is_kept_closed` looks at it
    "WorkingText.address",
}


def papers_of_every_kind() -> dict[str, Decision]:
    """Make a paper in each state in which words of Part 2 are added to it."""
    return {
        "changed": _half_typed(restricted.a_restricted_paper()),
        "prepared": _prepared(),
        "published": _discharged_and_corrected(),
        "on paper": _on_paper(),
        "taken down": _taken_down(),
    }


def _half_typed(decision: Decision) -> Decision:
    """A paper whose officer has typed into a form, and not saved it."""
    typed = {"text": [f"More of it. {marker('WorkingText.closed')}"]}
    keep_text(
        address=f"/decisions/{decision.slug}/edit/", fields=typed, by=decision.originating_officer
    )
    return decision


def _prepared() -> Decision:
    """A paper in the box, with a note beside it, whose decision is prepared for a batch."""
    decision = restricted.an_endorsed_paper()
    officer = decision.originating_officer
    private = a_person("private", Role.PRIVATE_OFFICE)
    mark_urgent(decision=decision, reason=f"Soon. {inner('Decision.urgent_reason')}", by=officer)
    actions.note_in_box(decision=decision, note=inner("BoxPlace.note"), by=private)
    maker = a_decision_maker()
    prepared = as_shown.prepare_decision(
        decision=decision,
        outcomes=restricted.outcomes(decision),
        interests="None.",
        by=maker,
    )
    name = inner("Batch.name")
    digest = actions.batch_digest(name=name, prepared=[prepared])
    proof = prove(by=maker, act_name=actions.SIGN_BATCH, digest=digest)
    actions.confirm_batch(name=name, prepared=[prepared], proof=proof, by=maker)
    return papers.again(decision)


def _discharged_and_corrected() -> Decision:
    """A published decision: a condition of Part 2 is met, words of it are corrected."""
    decision = restricted.a_restricted_decision()
    name = f"{marker('ConditionDischarge.file_name')}.png"
    file = KeptFile(file_store().put(EVIDENCE), len(EVIDENCE), name, "image/png")
    afterwards.discharge(
        Condition.objects.get(outcome__approval__decision=decision),
        note=f"Met. {marker('ConditionDischarge.note')}",
        met_on=today(),
        file=file,
    )
    spot = next(one for one in actions.spots_of(decision) if marker("Paragraph.text") in one.words)
    new = spot.words.replace(restricted.SLIP, marker("RevisedItem.new"))
    wrong = afterwards.proposed(decision, spot.where, new)
    words = f"Not so. {inner('RevisionAnswer.words')}"
    actions.decline_revision(revision=wrong, reason=words, by=a_decision_maker())
    return afterwards.corrected(papers.again(decision), spot.where, new)


def _on_paper() -> Decision:
    """A decision with Part 2 that was signed on paper, and published."""
    record = afterwards.a_paper_record()
    by = record.originating_officer
    actions.add_exemption(decision=record, ground="FOIA 2000 s40", reason="Names.", by=by)
    actions.add_section(decision=record, heading="Background", by=by)
    restricted.fill(papers.again(record))
    actions.transcribe(
        decision=papers.again(record),
        signed=afterwards.signed_words(scan=afterwards.a_kept_file(SCAN)),
        outcomes=restricted.outcomes(papers.again(record)),
        by=by,
    )
    decision = afterwards.confirm_paper(papers.again(record))
    actions.publish(decision=decision, by=a_governance_officer())
    return papers.again(decision)


def _taken_down() -> Decision:
    """A decision published again, after a name that should not have been in it was taken out."""
    governance = a_governance_officer()
    draft = papers.a_draft()
    section = draft.sections.get(number="1")
    name = f"Told by {inner('a name').title()}."
    actions.add_paragraph(section=section, text=name, by=draft.originating_officer)
    decision = papers.submitted(papers.again(draft))
    actions.return_to_draft(
        decision=decision,
        reason=f"Once more. {inner('StepTaken.reason')}",
        by=decision.originating_officer,
    )
    decision = papers.published(papers.again(decision))
    reason = f"It names somebody. {inner('StepTaken.reason')}"
    actions.take_down(decision=decision, reason=reason, by=governance)
    spot = next(one for one in actions.spots_of(papers.again(decision)) if name in one.words)
    more: dict[str, Any] = {"withholds": True, "reason": "It named somebody."}
    decision = afterwards.corrected(
        papers.again(decision), spot.where, "Told by [removed].", **more
    )
    actions.publish(decision=decision, by=governance)
    return papers.again(decision)


def typed_fields(*belongs: Belongs) -> list[tuple[type[models.Model], str]]:
    """Return the fields of the decisions app, by the part they belong to, that somebody types."""
    return [
        (model, field.name)
        for model in apps.get_app_config("decisions").get_models()
        for field in model._meta.concrete_fields
        if CLASSIFICATION.get(model.__name__, {}).get(field.name) in belongs
        and isinstance(
            field, (models.CharField, models.TextField, models.DecimalField, models.JSONField)
        )
        and not (field.choices or field.name in NOT_TYPED or field.name.endswith("sha256"))
        and f"{model.__name__}.{field.name}" not in UNMARKED
    ]


def unmarked() -> list[str]:
    """Return the fields of Part 2, and those for the offices alone, that hold no marker."""
    of_part_2 = [(*field, HUNTED) for field in typed_fields(Belongs.BY_ROW, Belongs.PART_2)]
    of_offices = [(*field, MARKED) for field in typed_fields(Belongs.INTERNAL)]
    return [
        f"{model.__name__}.{name}"
        for model, name, pattern in [*of_part_2, *of_offices]
        if not any(pattern.search(str(value)) for value in _values(model, name))
    ]


def _values(model: type[models.Model], name: str) -> list[Any]:
    return list(model._base_manager.values_list(name, flat=True))


def is_kept_closed() -> bool:
    """Return whether text that is typed and not saved is kept, and stored so that nobody reads it.

    What is kept is its writer's again.
    """
    row = WorkingText.objects.get()
    fields = texts_kept(row.person)[0].fields
    is_theirs = marker("WorkingText.closed") in str(fields["text"])
    return is_theirs and not HUNTED.search(row.closed)


def indexed() -> str:
    """Return all that the search index holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(words::text, ' ') FROM decisions_searchentry")
        return str(cursor.fetchone()[0])
