"""What the decisions app writes on the audit trail, and how each event reads to a person."""

from audit.events import Event, events_of

_event = events_of("decisions")

ORGANISATION_ADDED = _event(
    "organisation.added", "Organisation added", "{actor} added the organisation {reference}"
)
ORGANISATION_CHANGED = _event(
    "organisation.changed", "Organisation changed", "{actor} changed the organisation {reference}"
)
SERIES_STARTED = _event(
    "series.started", "Series started", "{actor} started the series {reference}"
)
SERIES_SET = _event(
    "series.set", "Series set", "{actor} set how papers of {reference} go: {stages}, then {decides}"
)
SERIES_ENDED = _event(
    "series.ended", "Series ended", "{actor} set the last day of {reference}: {ends_on}"
)
SERIES_GOES_ON = _event(
    "series.goes_on", "Series goes on", "{actor} let {reference} go on without a last day"
)
NEXT_NUMBER_SET = _event(
    "series.next_number_set", "Next number set", "{actor} set the next number of {reference}"
)
REQUIREMENT_ADDED = _event(
    "requirement.added", "Requirement added", "{actor} asked for {what} in {reference}"
)
REQUIREMENT_REMOVED = _event(
    "requirement.removed", "Requirement removed", "{actor} no longer asks for {what} in {reference}"
)
WARNINGS_ANSWERED = _event(
    "warning.answered", "Warnings answered", "{actor} answered {what} on {reference}"
)
DECISION_DRAFTED = _event("decision.drafted", "Draft begun", "{actor} began {reference}")
DECISION_EDITED = _event("decision.edited", "Paper edited", "{actor} edited {reference}: {what}")
DECISION_HANDED_OVER = _event(
    "decision.handed_over", "Paper handed over", "{actor} handed {reference} to {to}"
)
DECISION_URGENT = _event(
    "decision.urgent", "Marked urgent", "{actor} marked {reference} as urgent: {reason}"
)
DECISION_NOT_URGENT = _event(
    "decision.not_urgent", "No longer urgent", "{actor} let {reference} wait its turn again"
)
DECISION_SUBMITTED = _event(
    "decision.submitted", "Submitted for advice", "{actor} submitted {reference} for advice"
)
ADVICE_GIVEN = _event("advice.given", "Advice given", "{actor} gave {kind} advice on {reference}")
ADVICE_CONFIRMED = _event(
    "advice.confirmed", "Advice confirmed", "{actor} confirmed the {kind} advice on {reference}"
)
DECISION_SENT = _event(
    "decision.sent",
    "Sent to the chief executive",
    "{actor} sent {reference} to the chief executive",
)
DECISION_ENDORSED = _event(
    "decision.endorsed", "Endorsed", "{actor} endorsed {reference} for decision"
)
DECISION_RETURNED = _event(
    "decision.returned", "Returned to draft", "{actor} returned {reference} to draft"
)
DECISION_WITHDRAWN = _event("decision.withdrawn", "Withdrawn", "{actor} withdrew {reference}")
STOOD_ASIDE = _event("decision.stood_aside", "Stood aside", "{actor} stood aside from {reference}")
BOX_ORDERED = _event(
    "box.ordered", "Box ordered", "{actor} ordered the decision maker’s box: {reference}"
)
BOX_PRINTED = _event(
    "box.printed", "Pack printed", "{actor} printed the pack of the decision maker’s box"
)
DECISION_PREPARED = _event(
    "decision.prepared", "Decision prepared", "{actor} prepared a decision on {reference}"
)
PREPARED_GIVEN_UP = _event(
    "decision.prepared_given_up",
    "Prepared decision given up",
    "{actor} gave up the decision prepared on {reference}",
)
BATCH_CONFIRMED = _event("batch.confirmed", "Batch confirmed", "{actor} confirmed {reference}")
DECISION_SIGNED = _event("decision.signed", "Decision signed", "{actor} signed {reference}")
DOCUMENT_ISSUED = _event(
    "document.issued", "Document issued", "The signed {kind} document of {reference} was issued"
)
DECISION_PUBLISHED = _event("decision.published", "Published", "{actor} published {reference}")
DECISION_PUBLISHED_FURTHER = _event(
    "decision.published_further",
    "Published further",
    "{actor} published what was decided further of {reference}",
)
PUBLICATION_DEFERRED = _event(
    "decision.publication_deferred",
    "Publication deferred",
    "{actor} deferred the publication of {reference}",
)
DECISION_TAKEN_DOWN = _event(
    "decision.taken_down", "Taken down", "{actor} took {reference} down from the public register"
)
DECISION_REVOKED = _event("decision.revoked", "Revoked", "{actor} revoked {reference}")
DECISION_RECORDED = _event(
    "decision.recorded",
    "Recorded as published elsewhere",
    "{actor} recorded {reference} as published elsewhere",
)
REVISION_PROPOSED = _event(
    "revision.proposed",
    "Correction or release proposed",
    "{actor} proposed a {kind} of {reference}",
)
REVISION_DECLINED = _event(
    "revision.declined", "Correction or release declined", "{actor} declined {reference}"
)
DECISION_CORRECTED = _event(
    "decision.corrected", "Corrected", "{actor} confirmed a correction of {reference}"
)
PART_2_RELEASED = _event(
    "decision.part_2_released",
    "Part 2 released",
    "{actor} confirmed a release out of Part 2 of {reference}",
)
CONDITION_DISCHARGED = _event(
    "condition.discharged", "Condition discharged", "{actor} discharged {reference}"
)
DECISION_TRANSCRIBED = _event(
    "decision.transcribed",
    "Transcribed from paper",
    "{actor} transcribed {reference}, signed on paper",
)
TRANSCRIPTION_RETURNED = _event(
    "decision.transcription_returned",
    "Returned to be transcribed anew",
    "{actor} returned {reference} to be transcribed anew",
)
TRANSCRIPTION_CONFIRMED = _event(
    "decision.transcription_confirmed",
    "Confirmed as signed elsewhere",
    "{actor} confirmed {reference} as signed on paper",
)
PART_2_READ = _event("part_2.read", "Part 2 read", "{actor} read Part 2 of {reference}")

EVENTS: tuple[Event, ...] = (
    ORGANISATION_ADDED,
    ORGANISATION_CHANGED,
    SERIES_STARTED,
    SERIES_SET,
    SERIES_ENDED,
    SERIES_GOES_ON,
    NEXT_NUMBER_SET,
    REQUIREMENT_ADDED,
    REQUIREMENT_REMOVED,
    WARNINGS_ANSWERED,
    DECISION_DRAFTED,
    DECISION_EDITED,
    DECISION_HANDED_OVER,
    DECISION_URGENT,
    DECISION_NOT_URGENT,
    DECISION_SUBMITTED,
    ADVICE_GIVEN,
    ADVICE_CONFIRMED,
    DECISION_SENT,
    DECISION_ENDORSED,
    DECISION_RETURNED,
    DECISION_WITHDRAWN,
    STOOD_ASIDE,
    BOX_ORDERED,
    BOX_PRINTED,
    DECISION_PREPARED,
    PREPARED_GIVEN_UP,
    BATCH_CONFIRMED,
    DECISION_SIGNED,
    DOCUMENT_ISSUED,
    DECISION_PUBLISHED,
    DECISION_PUBLISHED_FURTHER,
    PUBLICATION_DEFERRED,
    DECISION_TAKEN_DOWN,
    DECISION_REVOKED,
    DECISION_RECORDED,
    REVISION_PROPOSED,
    REVISION_DECLINED,
    DECISION_CORRECTED,
    PART_2_RELEASED,
    CONDITION_DISCHARGED,
    DECISION_TRANSCRIBED,
    TRANSCRIPTION_RETURNED,
    TRANSCRIPTION_CONFIRMED,
    PART_2_READ,
)

STEPS = (
    *(DECISION_SUBMITTED, DECISION_SENT, DECISION_ENDORSED, DECISION_RETURNED, DECISION_WITHDRAWN),
    *(DECISION_SIGNED, DECISION_PUBLISHED, DECISION_PUBLISHED_FURTHER, PUBLICATION_DEFERRED),
    *(DECISION_TAKEN_DOWN, DECISION_REVOKED, DECISION_RECORDED),
    *(DECISION_TRANSCRIBED, TRANSCRIPTION_RETURNED, TRANSCRIPTION_CONFIRMED),
)
SIGNED = (DECISION_SIGNED, TRANSCRIPTION_CONFIRMED)
REVISED = (DECISION_CORRECTED, PART_2_RELEASED)
PROVED = (*SIGNED, *REVISED, BATCH_CONFIRMED, DECISION_REVOKED)
WRITTEN = (DECISION_DRAFTED, DECISION_EDITED, DECISION_RECORDED, *REVISED)
PAPER = ("section", "paragraph", "recommendation", "figure", "yearsum", "recipient", "exemption")
AROUND = ("consultation", "decisionlink", "supportingpaper")

# Which acts write what says how papers go, what was decided and what was issued (audit.writers).
WRITERS: dict[str, tuple[Event, ...]] = {
    **{f"decisions_{table}": WRITTEN for table in (*PAPER, *AROUND)},
    "accounts_delegationuse": SIGNED,
    "accounts_stepupuse": PROVED,
    "decisions_decision": EVENTS,
    "decisions_organisation": (ORGANISATION_ADDED, ORGANISATION_CHANGED),
    "decisions_series": (
        *(SERIES_STARTED, SERIES_SET, SERIES_ENDED, SERIES_GOES_ON, NEXT_NUMBER_SET),
        *(DECISION_SUBMITTED, DECISION_TRANSCRIBED, DECISION_RECORDED),
    ),
    "decisions_series.required_advice": (SERIES_SET,),
    "decisions_endorsingstage": (SERIES_STARTED, SERIES_SET),
    "decisions_advicegiver": (SERIES_SET,),
    "decisions_numbergap": (NEXT_NUMBER_SET,),
    "decisions_requirement": (SERIES_STARTED, REQUIREMENT_ADDED, REQUIREMENT_REMOVED),
    "decisions_decision.urgent_reason": (DECISION_URGENT, DECISION_NOT_URGENT),
    "decisions_decision.status_since": STEPS,
    "decisions_steptaken": STEPS,
    "decisions_advice": (ADVICE_GIVEN, ADVICE_CONFIRMED),
    "decisions_approval": (DECISION_ENDORSED, *SIGNED),
    "decisions_recommendationoutcome": SIGNED,
    "decisions_outcomefigure": SIGNED,
    "decisions_outcomeyear": SIGNED,
    "decisions_outcomerecipient": SIGNED,
    "decisions_condition": SIGNED,
    "decisions_conditiondischarge": (CONDITION_DISCHARGED,),
    "decisions_standingaside": (STOOD_ASIDE,),
    "decisions_boxplace": (BOX_ORDERED,),
    "decisions_ruleanswer": (WARNINGS_ANSWERED,),
    "decisions_prepareddecision": (
        *(DECISION_PREPARED, PREPARED_GIVEN_UP, DECISION_SIGNED, STOOD_ASIDE),
    ),
    "decisions_batch": (BATCH_CONFIRMED,),
    "decisions_batchitem": (BATCH_CONFIRMED,),
    "decisions_batchuse": (DECISION_SIGNED,),
    "decisions_paperversion": (
        *(DECISION_SUBMITTED, DECISION_EDITED, WARNINGS_ANSWERED, DECISION_HANDED_OVER),
        *(DECISION_TRANSCRIBED, DECISION_RECORDED, *REVISED),
    ),
    "decisions_signeddocument": (DOCUMENT_ISSUED,),
    "decisions_formerpaper": (DECISION_EDITED,),
    "decisions_revision": (REVISION_PROPOSED, *REVISED),
    "decisions_reviseditem": (REVISION_PROPOSED, *REVISED),
    "decisions_revisionanswer": (REVISION_DECLINED, *REVISED),
    "decisions_transcription": (DECISION_TRANSCRIBED,),
}
