"""Every write of the decisions app that a person or a command asks for, one act each.

Called by keyword, with `by=`: `submit_for_advice(decision=…, by=…)`. A form passes its own
`form_key` (a UUID made with the form) so that posting it twice acts once.
"""

from decisions.actions.advice import (
    confirm_advice,
    give_advice,
    send_to_chief_executive,
    submit_for_advice,
)
from decisions.actions.answering import answer_warnings
from decisions.actions.batches import (
    SIGN_BATCH,
    batch_digest,
    confirm_batch,
    give_up_prepared,
    prepare_decision,
    prepared_facts,
)
from decisions.actions.boxes import move_in_box, note_in_box, print_pack
from decisions.actions.contents import document_content
from decisions.actions.copying import copy_paper
from decisions.actions.deciding import decide
from decisions.actions.discharging import discharge_condition
from decisions.actions.drafting import create_draft, edit_paper, hand_over
from decisions.actions.endorsing import endorse, return_to_draft, withdraw
from decisions.actions.importing import (
    Imported,
    create_draft_from_import,
    decision_with,
    record_published,
)
from decisions.actions.interests import stand_aside
from decisions.actions.linking import add_link, remove_link
from decisions.actions.outcomes import (
    ACT_NAME,
    ConditionWords,
    OutcomeWords,
    decision_digest,
    undecided,
)
from decisions.actions.paragraphs import (
    join_paragraph,
    place_paragraph,
    renumber_paper,
    restore_paragraph,
    restore_section,
    split_paragraph,
)
from decisions.actions.publication import (
    REVOKE,
    defer_publication,
    publish,
    revocation_digest,
    revoke,
    take_down,
)
from decisions.actions.reading import open_part_2
from decisions.actions.recommendations import (
    RecipientWords,
    RecommendationWords,
    Sum,
    add_recommendation,
    edit_recommendation,
    move_recommendation,
    remove_recommendation,
)
from decisions.actions.registry import (
    add_organisation,
    change_organisation,
    set_next_number,
    start_series,
)
from decisions.actions.released import becoming_public, words_released
from decisions.actions.requirements import add_requirement, remove_requirement
from decisions.actions.revising import (
    CONFIRM,
    confirm_revision,
    decline_revision,
    propose_correction,
    propose_release,
    revision_digest,
)
from decisions.actions.sections import (
    add_paragraph,
    add_section,
    edit_paragraph,
    edit_section,
    move_paragraph,
    move_section,
    remove_paragraph,
    remove_section,
)
from decisions.actions.spots import Spot, releasable, spots_of
from decisions.actions.succeeding import begin_successor, superseded_by_signing
from decisions.actions.supporting import (
    KeptFile,
    add_supporting_paper,
    describe_supporting_paper,
    move_supporting_paper,
    remove_supporting_paper,
    replace_supporting_paper,
)
from decisions.actions.surroundings import (
    add_exemption,
    edit_exemption,
    record_consultation,
    remove_exemption,
)
from decisions.actions.transcribing import (
    CONFIRM_TRANSCRIPTION,
    SignedWords,
    begin_paper_record,
    confirm_transcription,
    latest_transcription,
    return_transcription,
    transcribe,
    transcribed_outcomes,
    transcription_digest,
)
from decisions.documents.kept import document_store

__all__ = [
    "ACT_NAME",
    "CONFIRM",
    "CONFIRM_TRANSCRIPTION",
    "REVOKE",
    "SIGN_BATCH",
    "ConditionWords",
    "Imported",
    "KeptFile",
    "OutcomeWords",
    "RecipientWords",
    "RecommendationWords",
    "SignedWords",
    "Spot",
    "Sum",
    "add_exemption",
    "add_link",
    "add_organisation",
    "add_paragraph",
    "add_recommendation",
    "add_requirement",
    "add_section",
    "add_supporting_paper",
    "answer_warnings",
    "batch_digest",
    "becoming_public",
    "begin_paper_record",
    "begin_successor",
    "change_organisation",
    "confirm_advice",
    "confirm_batch",
    "confirm_revision",
    "confirm_transcription",
    "copy_paper",
    "create_draft",
    "create_draft_from_import",
    "decide",
    "decision_digest",
    "decision_with",
    "decline_revision",
    "defer_publication",
    "describe_supporting_paper",
    "discharge_condition",
    "document_content",
    "document_store",
    "edit_exemption",
    "edit_paper",
    "edit_paragraph",
    "edit_recommendation",
    "edit_section",
    "endorse",
    "give_advice",
    "give_up_prepared",
    "hand_over",
    "join_paragraph",
    "latest_transcription",
    "move_in_box",
    "move_paragraph",
    "move_recommendation",
    "move_section",
    "move_supporting_paper",
    "note_in_box",
    "open_part_2",
    "place_paragraph",
    "prepare_decision",
    "prepared_facts",
    "print_pack",
    "propose_correction",
    "propose_release",
    "publish",
    "record_consultation",
    "record_published",
    "releasable",
    "remove_exemption",
    "remove_link",
    "remove_paragraph",
    "remove_recommendation",
    "remove_requirement",
    "remove_section",
    "remove_supporting_paper",
    "renumber_paper",
    "replace_supporting_paper",
    "restore_paragraph",
    "restore_section",
    "return_to_draft",
    "return_transcription",
    "revision_digest",
    "revocation_digest",
    "revoke",
    "send_to_chief_executive",
    "set_next_number",
    "split_paragraph",
    "spots_of",
    "stand_aside",
    "start_series",
    "submit_for_advice",
    "superseded_by_signing",
    "take_down",
    "transcribe",
    "transcribed_outcomes",
    "transcription_digest",
    "undecided",
    "withdraw",
    "words_released",
]
