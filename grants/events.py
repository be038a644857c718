"""What the grants app writes on the audit trail, and how each event reads to a person.

Every event of money carries `balances`: the accounts it changed, with their old and new balance.
"""

from audit.events import Event, events_of
from decisions.events import PROVED

_event = events_of("grants")

ALLOCATION_MADE = _event(
    "allocation.made", "Allocation made", "{actor} allocated £{amount} as {reference}"
)
ALLOCATION_AMENDED = _event(
    "allocation.amended", "Allocation amended", "{actor} amended the words of {reference}"
)
SUM_VIRED = _event(
    "allocation.vired", "Virement", "{actor} moved £{amount} from {reference} to {to}"
)
SUM_SET_APART = _event(
    "allocation.set_apart",
    "Set apart",
    "{actor} moved £{amount} of {reference} from {from} to {to}",
)
LINE_RECORDED = _event(
    "line.recorded",
    "Spending recorded",
    "{actor} recorded {reference}, an item of £{amount} ({stage}), against {allocation}",
)
LINE_CONVERTED = _event(
    "line.converted",
    "Spending converted",
    "{actor} turned £{amount} of {of} into {reference} ({stage})",
)
LINE_RELEASED = _event(
    "line.released", "Released", "{actor} released the £{amount} that was left of {reference}"
)
LINE_REVERSED = _event("line.reversed", "Reversed", "{actor} reversed {of} by {reference}")
LINE_CREDITED = _event(
    "line.credited", "Credited", "{actor} recorded {reference}, a credit of £{amount} of {of}"
)
LINE_AMENDED = _event("line.amended", "Line amended", "{actor} amended {reference}: {what}")
LINE_AWAITING = _event(
    "line.awaiting",
    "Recorded as awaiting authority",
    "{actor} recorded {reference}, an item of £{amount}, as awaiting authority",
)
LINE_COVERED = _event(
    "line.covered",
    "Authority given",
    "{actor} charged {of}, which had awaited authority, to {allocation} as {reference}",
)
LINE_WITHHELD = _event(
    "line.withheld", "Withheld", "{actor} withheld the {what} of {reference}: {ground}"
)
LINE_WORDS_RELEASED = _event(
    "line.words_released", "Released from Part 2", "{actor} released the {what} of {reference}"
)
WITHHELD_READ = _event(
    "withheld.read", "Withheld words read", "{actor} read what is withheld of {reference}"
)
AWARD_RECORDED = _event(
    "award.recorded",
    "Letter of award",
    "{actor} recorded the funder's letter {letter}, which awards £{amount} of {reference}",
)
BID_ENDED = _event("bid.ended", "Bid ended", "{actor} recorded that {reference} was {result}")
SUM_VARIED = _event(
    "sum.varied",
    "Variation applied",
    "{actor} applied {reference}: {of} went from £{old} to £{new}",
)
LIMIT_CHANGED = _event(
    "allocation.limit_changed",
    "Limit changed",
    "{actor} changed the limit of {reference} from £{old} to £{new}",
)
IMPORT_STAGED = _event(
    "import.staged", "File staged", "{actor} staged a file of spending as {reference}"
)
IMPORT_SET_ASIDE = _event(
    "import.set_aside", "Rows set aside", "{actor} left rows out of {reference}"
)
IMPORT_MATCHED = _event(
    "import.matched",
    "Rows compared with lines",
    "{actor} said which rows of {reference} are lines held already",
)
IMPORT_APPROVED = _event(
    "import.approved",
    "Import approved",
    "{actor} approved {reference}, whose lines of £{amount} were recorded",
)
IMPORT_DROPPED = _event("import.dropped", "Import dropped", "{actor} dropped {reference}")
IMPORT_REVERSED = _event(
    "import.reversed", "Import reversed", "{actor} reversed {reference} as a whole, £{amount}"
)
SAP_CODE_RECORDED = _event(
    "sap_code.recorded", "SAP code", "{actor} recorded what {reference} means: {means}"
)
SUM_CARRIED = _event(
    "allocation.carried_forward",
    "Carried forward",
    "{actor} carried £{amount} of {reference} forward to {to}",
)
SUM_HANDED_BACK = _event(
    "allocation.handed_back", "Handed back", "{actor} handed £{amount} of {reference} back"
)
HAND_BACK_CORRECTED = _event(
    "allocation.hand_back_corrected",
    "Hand-back corrected",
    "{actor} corrected what was handed back of {reference} by £{amount}",
)
CLAIM_MADE = _event(
    "claim.made", "Claim drawn up", "{actor} drew up {reference}: £{amount}, {lines} lines"
)
CLAIM_SUBMITTED = _event(
    "claim.submitted", "Claim submitted", "{actor} submitted {reference}, of £{amount}"
)
CLAIM_ANSWERED = _event(
    "claim.answered",
    "Claim paid",
    "{actor} recorded that £{amount} was paid of the £{claimed} of {reference}",
)
CLAIM_WITHDRAWN = _event("claim.withdrawn", "Claim withdrawn", "{actor} withdrew {reference}")
LINE_RECHARGED = _event(
    "line.recharged",
    "Charged elsewhere",
    "{actor} charged {of}, which was disallowed, to {allocation} as {reference}",
)
MONTH_CLOSED = _event(
    "month.closed", "Month closed", "{actor} closed {month} with {exceptions} exceptions"
)
MONTH_REOPENED = _event(
    "month.reopened", "Month reopened", "{actor} reopened {month}, which {proposer} proposed"
)
PROPOSED = _event("proposal.made", "Proposed", "{actor} proposed: {what} ({reference})")
PROPOSAL_DECLINED = _event(
    "proposal.declined", "Proposal not taken up", "{reference} was {outcome} by {actor}: {what}"
)
STATEMENT_PREPARED = _event(
    "statement.prepared",
    "Statement of expenditure prepared",
    "{actor} prepared {reference}: £{amount}, {lines} lines",
)
STATEMENT_CERTIFIED = _event(
    "statement.certified",
    "Statement of expenditure certified",
    "{actor} certified {reference}, of £{amount}, with {evidence}",
)
STATEMENT_ISSUED = _event(
    "statement.issued", "Statement issued", "The signed document of {reference} was issued"
)
PLAN_SAVED = _event("plan.saved", "Plan saved", "{actor} saved {reference}, of £{amount}")
LINE_RESERVED = _event(
    "line.reserved",
    "Waits for approval",
    "{actor} entered {reference}, an item of £{amount} ({stage}) against {allocation}, which waits "
    "for a second person",
)
LINE_APPROVED = _event(
    "line.approved",
    "Spending approved",
    "{actor} approved {of}, which {enterer} had entered: recorded as {reference}, £{amount} "
    "({stage}) against {allocation}",
)
RESERVATION_ENDED = _event(
    "reservation.ended", "Not approved", "{reference}, of £{amount}, was {outcome} by {actor}"
)
APPROVAL_LIMIT_SET = _event(
    "approval_limit.set", "Approval limit set", "{actor} set from {from}: {limit}"
)
SAP_LOADED = _event(
    "sap_export.loaded",
    "SAP export loaded",
    "{actor} loaded {reference}: {postings} postings of {month}, £{amount}",
)
SAP_WITHDRAWN = _event(
    "sap_export.withdrawn", "SAP export withdrawn", "{actor} withdrew {reference} of {month}"
)
SAP_MATCHED = _event(
    "reconciliation.matched",
    "Matched with SAP",
    "{actor} matched {lines} lines with {postings} postings of SAP",
)
SAP_UNMATCHED = _event("reconciliation.unmatched", "Match undone", "{actor} undid {reference}")
SAP_NOTED = _event(
    "reconciliation.noted",
    "Explained",
    "{actor} said of {lines} lines and {postings} postings why they have no other side: {kind}",
)
RECONCILED = _event(
    "reconciliation.prepared",
    "Reconciliation prepared",
    "{actor} prepared the {reference}: register £{register}, SAP £{sap}, difference £{difference}",
)
RECONCILIATION_AGREED = _event(
    "reconciliation.agreed", "Reconciliation agreed", "{actor} agreed the {reference}"
)
WAIVER_GIVEN = _event(
    "waiver.given",
    "Rule waived",
    "{actor} gave {reference}: {rule} is set aside for lines of {allocation} until {until}",
)
WAIVER_ENDED = _event("waiver.ended", "Waiver ended", "{actor} ended {reference}, of {rule}")

EVENTS: tuple[Event, ...] = (
    ALLOCATION_MADE,
    ALLOCATION_AMENDED,
    SUM_VIRED,
    SUM_SET_APART,
    LINE_RECORDED,
    LINE_CONVERTED,
    LINE_RELEASED,
    LINE_REVERSED,
    LINE_CREDITED,
    LINE_AMENDED,
    LINE_AWAITING,
    LINE_COVERED,
    LINE_WITHHELD,
    LINE_WORDS_RELEASED,
    WITHHELD_READ,
    AWARD_RECORDED,
    BID_ENDED,
    SUM_VARIED,
    LIMIT_CHANGED,
    IMPORT_STAGED,
    IMPORT_SET_ASIDE,
    IMPORT_MATCHED,
    IMPORT_APPROVED,
    IMPORT_DROPPED,
    IMPORT_REVERSED,
    SAP_CODE_RECORDED,
    SUM_CARRIED,
    SUM_HANDED_BACK,
    HAND_BACK_CORRECTED,
    CLAIM_MADE,
    CLAIM_SUBMITTED,
    CLAIM_ANSWERED,
    CLAIM_WITHDRAWN,
    LINE_RECHARGED,
    MONTH_CLOSED,
    MONTH_REOPENED,
    PROPOSED,
    PROPOSAL_DECLINED,
    PLAN_SAVED,
    LINE_RESERVED,
    LINE_APPROVED,
    RESERVATION_ENDED,
    APPROVAL_LIMIT_SET,
    SAP_LOADED,
    SAP_WITHDRAWN,
    SAP_MATCHED,
    SAP_UNMATCHED,
    SAP_NOTED,
    RECONCILED,
    RECONCILIATION_AGREED,
    WAIVER_GIVEN,
    WAIVER_ENDED,
    STATEMENT_PREPARED,
    STATEMENT_CERTIFIED,
    STATEMENT_ISSUED,
)

# Which acts write what says whose the money is; any other table, any act of money (audit.writers).
WRITERS: dict[str, tuple[Event, ...]] = {
    "grants_award": (AWARD_RECORDED,),
    "grants_claimdate": (AWARD_RECORDED,),
    "grants_bidend": (BID_ENDED,),
    "grants_variation": (SUM_VARIED,),
    "grants_plan": (PLAN_SAVED,),
    "grants_planmonth": (PLAN_SAVED,),
    "grants_expenditurestatement": (STATEMENT_PREPARED,),
    "grants_certifiedstatement": (STATEMENT_ISSUED,),
    "accounts_stepupuse": (*PROVED, STATEMENT_CERTIFIED),
    "grants_monthclosing": (MONTH_CLOSED,),
    "grants_monthexception": (MONTH_CLOSED,),
    "grants_proposal": (PROPOSED,),
    "grants_proposalanswer": (
        MONTH_REOPENED,
        SUM_VIRED,
        SUM_SET_APART,
        SUM_CARRIED,
        SUM_HANDED_BACK,
        HAND_BACK_CORRECTED,
        PROPOSAL_DECLINED,
    ),
    "grants_approvallimit": (APPROVAL_LIMIT_SET,),
    "grants_waiver": (WAIVER_GIVEN,),
    "grants_waiverend": (WAIVER_ENDED,),
    "grants_reservation": (LINE_RESERVED,),
    "grants_reservationanswer": (LINE_APPROVED, RESERVATION_ENDED),
    "grants_claim": (CLAIM_MADE,),
    "grants_claimline": (CLAIM_MADE,),
    "grants_claimstep": (CLAIM_SUBMITTED, CLAIM_ANSWERED, CLAIM_WITHDRAWN),
    "grants_claimoutcome": (CLAIM_ANSWERED, CLAIM_WITHDRAWN),
    "grants_spendingimport": (IMPORT_STAGED,),
    "grants_claimedbefore": (IMPORT_STAGED,),
    "grants_importcolumns": (IMPORT_STAGED, SAP_LOADED),
    "grants_sapexport": (SAP_LOADED,),
    "grants_sapitem": (SAP_LOADED,),
    "grants_sapexportend": (SAP_WITHDRAWN,),
    "grants_sapmatch": (SAP_LOADED, SAP_MATCHED),
    "grants_sapmatchpart": (SAP_LOADED, SAP_MATCHED),
    "grants_sapmatchend": (SAP_UNMATCHED, SAP_WITHDRAWN),
    "grants_reconcilingnote": (SAP_NOTED,),
    "grants_reconciliation": (RECONCILED,),
    "grants_reconcilingitem": (RECONCILED,),
    "grants_reconciliationagreement": (RECONCILIATION_AGREED,),
    "grants_importsetaside": (IMPORT_SET_ASIDE,),
    "grants_importmatch": (IMPORT_MATCHED,),
    "grants_importstep": (IMPORT_APPROVED, IMPORT_DROPPED, IMPORT_REVERSED),
    "grants_sapcode": (SAP_CODE_RECORDED,),
}
