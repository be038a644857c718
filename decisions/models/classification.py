"""Where every field of every record of this app belongs.

PART_1: may be shown to anyone once the decision is published. PART_2: restricted. BY_ROW: the
row's own part (or its section's, or its recommendation's) says which of the two. INTERNAL: for
officers, never published as such. A test walks the models and fails for a field not in here.
"""

from enum import StrEnum


class Belongs(StrEnum):
    """Where a field belongs."""

    PART_1 = "part 1"
    PART_2 = "part 2"
    BY_ROW = "as its row"
    INTERNAL = "internal"


P1, P2, ROW, INT = Belongs.PART_1, Belongs.PART_2, Belongs.BY_ROW, Belongs.INTERNAL


def _all(belongs: Belongs, fields: str) -> dict[str, Belongs]:
    return dict.fromkeys(fields.split(), belongs)


CLASSIFICATION: dict[str, dict[str, Belongs]] = {
    "Organisation": _all(P1, "name org_identifier") | _all(INT, "id"),
    "Series": _all(P1, "code title reference_form decision_maker_title ends_on successor")
    | _all(
        INT,
        "id next_number decision_maker_role decision_maker required_advice publish_within"
        " remind_after",
    ),
    "EndorsingStage": _all(INT, "id series position title role officer"),
    "AdviceGiver": _all(INT, "id series kind role"),
    "WaitedOn": _all(INT, "id decision person for_what since reminded_at"),
    "Mail": _all(INT, "id decision to kind for_what queued_at try_after tries problem sent_at"),
    "WorkingText": _all(P2, "closed") | _all(INT, "id person address kept_at"),
    "NumberGap": _all(P1, "series first last reason") | _all(INT, "id act"),
    "Decision": _all(
        P1,
        "series number year title asked executive_summary status source funder date_signed"
        " head_of_unit head_of_unit_consented_on"
        " date_published decided_by_text publication_deferred_until publication_deferred_reason"
        " revoked_on has_deferred authority_paragraph retrospective_reason",
    )
    | _all(
        INT,
        "id status_since originating_officer advice_asked advice_needed with_stage urgent_reason"
        " warnings begun_from",
    ),
    "Requirement": _all(INT, "id series recommendation_kind form subject"),
    "RuleAnswer": _all(ROW, "code finding words part answered_at answered_by")
    | _all(INT, "id decision digest act"),
    "StepTaken": _all(P1, "decision name from_status to_status until in_favour_of taken_at")
    | _all(INT, "id reason taken_by role act"),
    "Exemption": _all(P1, "decision ground reason review_on")
    | _all(INT, "id decided_by decided_at"),
    "Section": _all(ROW, "number heading part exemption") | _all(INT, "id decision position"),
    "Paragraph": _all(ROW, "section number text form part exemption") | _all(INT, "id position"),
    "SupportingPaper": _all(ROW, "title file_name content_type size sha256 part exemption")
    | _all(INT, "id decision position"),
    "FormerPaper": _all(ROW, "title file_name content_type size sha256 part")
    | _all(P1, "ground")
    | _all(INT, "id decision paper why retired_at retired_by act"),
    "DecisionLink": _all(P1, "from_decision to_decision to_reference kind") | _all(INT, "id"),
    "Consultation": _all(P1, "decision board held_on outcome")
    | _all(INT, "id recorded_at recorded_by act"),
    "Recommendation": _all(
        ROW,
        "number parent kind text funder recipient period_start period_end funded_from own_money"
        " part exemption",
    )
    | _all(INT, "id decision position"),
    "Figure": _all(ROW, "recommendation amount up_to text role direction")
    | _all(INT, "id position"),
    "Recipient": _all(ROW, "recommendation organisation amount part exemption")
    | _all(INT, "id position"),
    "YearSum": _all(ROW, "figure year amount") | _all(INT, "id"),
    "PaperVersion": _all(P1, "decision n part_1_digest part_2_digest made_at")
    | _all(P2, "content part_2_salt")
    | _all(INT, "id act"),
    "Advice": _all(P1, "decision version kind part given_at given_by")
    | _all(ROW, "words")
    | _all(INT, "id confirms act"),
    "Approval": _all(
        P1,
        "decision version stage sitting outcome words interests interests_kind approved_at"
        " approved_by role delegation authority transcription",
    )
    | _all(INT, "id evidence confirmed_by act"),
    "RecommendationOutcome": _all(ROW, "recommendation approval outcome words until")
    | _all(INT, "id act"),
    "OutcomeFigure": _all(ROW, "outcome figure amount up_to") | _all(INT, "id act"),
    "OutcomeRecipient": _all(ROW, "outcome recipient amount") | _all(INT, "id act"),
    "OutcomeYear": _all(ROW, "figure year_sum amount") | _all(INT, "id act"),
    "Condition": _all(ROW, "outcome position text owner due_on") | _all(INT, "id act"),
    "SignedDocument": _all(
        P1, "decision version kind n sha256 size supersedes issued_at ledger_seq"
    )
    | _all(INT, "id approval revision act"),
    "Revision": _all(P1, "decision n kind reason ground withholds proposed_at proposed_by role")
    | _all(INT, "id act"),
    "RevisedItem": _all(ROW, "revision place row where part old new") | _all(INT, "id act"),
    "RevisionAnswer": _all(
        P1, "decision revision is_confirmed answered_at answered_by role authority"
    )
    | _all(INT, "id words evidence act"),
    "ConditionDischarge": _all(ROW, "condition note met_on discharged_at")
    | _all(INT, "id file_name content_type size sha256 discharged_by role act"),
    "Transcription": _all(P1, "decision n version reference signed_on decided_by authority")
    | _all(P1, "delegation interests words scan_part scan_sha256 scan_size scan_type")
    | _all(P2, "outcomes")
    | _all(INT, "id transcribed_at transcribed_by role act"),
    "StandingAside": _all(P1, "decision version person stage role words made_at")
    | _all(INT, "id act"),
    "BoxPlace": _all(INT, "id decision position note"),
    "PreparedDecision": _all(P2, "facts") | _all(INT, "id decision version person digest made_at"),
    "Batch": _all(INT, "id name person step_up digest made_at act"),
    "BatchItem": _all(INT, "id batch position decision digest act"),
    "BatchUse": _all(INT, "id item approval made_at act"),
    "FormPost": _all(INT, "id key made made_id act"),
    "SearchEntry": _all(INT, "decision words"),
}
