"""What somebody may do to a decision, step by step: what its page's buttons are made of."""

from accounts.permissions import Answer
from decisions.models import Decision
from decisions.permissions import (
    Person,
    can_decide,
    can_defer_publication,
    can_edit,
    can_endorse,
    can_publish,
    can_return,
    can_revoke,
    can_send,
    can_stand_aside,
    can_submit,
    can_take_down,
    can_withdraw,
)
from decisions.permissions_afterwards import (
    can_confirm_transcription,
    can_correct,
    can_release,
    can_return_transcription,
    can_succeed,
    can_transcribe,
)

ANSWERS = {
    "edit": can_edit,
    "submit_for_advice": can_submit,
    "send_to_chief_executive": can_send,
    "endorse": can_endorse,
    "stand_aside": can_stand_aside,
    "return_to_draft": can_return,
    "withdraw": can_withdraw,
    "decide": can_decide,
    "transcribe": can_transcribe,
    "confirm_transcription": can_confirm_transcription,
    "return_transcription": can_return_transcription,
    "publish": can_publish,
    "defer_publication": can_defer_publication,
    "take_down": can_take_down,
    "correct": can_correct,
    "release_part_2": can_release,
    "revoke": can_revoke,
    "vary": can_succeed,
    "supersede": can_succeed,
}


def answers(by: Person, decision: Decision) -> dict[str, Answer]:
    """Return what somebody may do to the decision, by step: what its page's buttons are made of."""
    return {name: ask(by, decision) for name, ask in ANSWERS.items()}
