"""Every write of the grants app that a person asks for, one act each.

Called by keyword, with `by=` and, where money moves, with the `form_key` of the form (a UUID), so
that one posted twice moves it once.
"""

from grants.actions.allocations import Terms, amend_allocation, make_allocation
from grants.actions.approval_limits import set_approval_limit
from grants.actions.awaiting import cover_line, record_awaiting
from grants.actions.awards import Letter, end_bid, record_award
from grants.actions.claims import (
    answer_claim,
    make_claim,
    recharge_line,
    submit_claim,
    withdraw_claim,
)
from grants.actions.credits import Credit, credit_line, record_credit
from grants.actions.expenditure import certify_statement, prepare_statement
from grants.actions.imports import (
    Source,
    StagedRow,
    drop_import,
    set_rows_aside,
    stage_import,
)
from grants.actions.limits import apply_variation, change_limit
from grants.actions.lines import (
    amend_line,
    convert_line,
    record_line,
    release_line,
    reverse_line,
)
from grants.actions.months import close_months
from grants.actions.moving import Moving, propose_move
from grants.actions.plans import save_plan
from grants.actions.proposals import answer_proposal, propose_reopening
from grants.actions.reconciling import (
    Posting,
    agree_reconciliation,
    explain,
    load_export,
    match_by_hand,
    match_by_rules,
    prepare_reconciliation,
    undo_match,
    withdraw_export,
)
from grants.actions.recording_imports import approve_import, reverse_import
from grants.actions.reserving import answer_reservation, reserve_line, spend_in, spend_seen
from grants.actions.spending import Spend, as_everybody_sees, spend_of, withheld_as
from grants.actions.taking_back import rest_of
from grants.actions.waivers import end_waiver, give_waiver
from grants.actions.withholding import open_file, open_withheld, release_words, withhold

__all__ = [
    "Credit",
    "Letter",
    "Moving",
    "Posting",
    "Source",
    "Spend",
    "StagedRow",
    "Terms",
    "agree_reconciliation",
    "amend_allocation",
    "amend_line",
    "answer_claim",
    "answer_proposal",
    "answer_reservation",
    "apply_variation",
    "approve_import",
    "as_everybody_sees",
    "certify_statement",
    "change_limit",
    "close_months",
    "convert_line",
    "cover_line",
    "credit_line",
    "drop_import",
    "end_bid",
    "end_waiver",
    "explain",
    "give_waiver",
    "load_export",
    "make_allocation",
    "make_claim",
    "match_by_hand",
    "match_by_rules",
    "open_file",
    "open_withheld",
    "prepare_reconciliation",
    "prepare_statement",
    "propose_move",
    "propose_reopening",
    "recharge_line",
    "record_awaiting",
    "record_award",
    "record_credit",
    "record_line",
    "release_line",
    "release_words",
    "reserve_line",
    "rest_of",
    "reverse_import",
    "reverse_line",
    "save_plan",
    "set_approval_limit",
    "set_rows_aside",
    "spend_in",
    "spend_of",
    "spend_seen",
    "stage_import",
    "submit_claim",
    "undo_match",
    "withdraw_claim",
    "withdraw_export",
    "withheld_as",
    "withhold",
]
