"""Who may see and move money, and if not, why and who can clear the way."""

from accounts.models import Role, User
from accounts.permissions import Answer, Permission, Somebody, held, may, no, yes
from decisions.permissions import can_read_part_2
from grants.models import Allocation, Proposal, ProposalKind, Reservation, SpendingLine


def can_view_grants(by: Somebody) -> Answer:
    """Answer whether somebody may see allocations, statements and spending lines."""
    return may(by, Permission.VIEW_GRANTS)


def can_allocate(by: Somebody) -> Answer:
    """Answer whether somebody may make an allocation under a sum decided, or amend its words."""
    return may(by, Permission.MAKE_ALLOCATION)


def can_record_award(by: Somebody) -> Answer:
    """Answer whether somebody may record a funder's letter, or how a bid ended."""
    return may(by, Permission.MAKE_ALLOCATION)


def can_record_spending(by: Somebody) -> Answer:
    """Answer whether somebody may record, convert, release and reverse spending."""
    return may(by, Permission.RECORD_SPENDING)


def can_set_approval_limit(by: Somebody) -> Answer:
    """Answer whether somebody may set above which sum a line needs a second person."""
    return may(by, Permission.SET_APPROVAL_LIMIT)


def can_answer_reservation(by: Somebody, reservation: Reservation) -> Answer:
    """Answer whether somebody may approve or decline a line above the limit: never their own.

    Who entered it may take it back.
    """
    if not reservation.is_waiting:
        return no("This was answered already.")
    if isinstance(by, User) and by.pk == reservation.reserved_by_id:
        return yes(by.ledger_role)
    return may(by, Permission.APPROVE_SPENDING)


def can_withhold(by: Somebody) -> Answer:
    """Answer whether somebody may put the words of a line into Part 2: it only takes them away."""
    return may(by, Permission.RECORD_SPENDING) or held(
        by, Role.FINANCE_OFFICER, Role.GOVERNANCE_OFFICER
    )


def can_read_withheld(by: Somebody, of: SpendingLine | Allocation) -> Answer:
    """Answer whether somebody may read what is withheld: as Part 2 of the decision is read.

    Where no decision covers a line, whoever reads Part 2 of every paper may.
    """
    allocation = of.allocation if isinstance(of, SpendingLine) else of
    if allocation is None:
        return may(by, Permission.VIEW_PART_2)
    if not isinstance(by, User):
        return may(by, Permission.VIEW_PART_2)
    return can_read_part_2(by, allocation.decision)


def can_read_file(by: Somebody) -> Answer:
    """Answer whether somebody may have a file of spending whose rows withhold something."""
    return may(by, Permission.VIEW_PART_2)


def can_release_words(by: Somebody, line: SpendingLine) -> Answer:
    """Answer whether somebody may put the words of a line back into Part 1."""
    return held(by, Role.GOVERNANCE_OFFICER) and can_read_withheld(by, line)


def can_give_waivers(by: Somebody) -> Answer:
    """Answer whether somebody may set a rule aside for others' lines, or end that."""
    return may(by, Permission.GIVE_WAIVERS)


def can_vire(by: Somebody) -> Answer:
    """Answer whether somebody may approve that what is left is moved, as another proposed."""
    return may(by, Permission.MAKE_VIREMENT)


def can_propose_moves(by: Somebody) -> Answer:
    """Answer whether somebody may propose to move what is left, or to hand it back."""
    return may(by, Permission.PROPOSE_MOVES)


def can_approve_imports(by: Somebody) -> Answer:
    """Answer whether somebody may approve an import whole, or reverse it; never their own."""
    return may(by, Permission.MAKE_VIREMENT)


def can_make_claims(by: Somebody) -> Answer:
    """Answer whether somebody may draw up and withdraw claims, and record what was paid."""
    return may(by, Permission.MAKE_CLAIMS)


def can_submit_claims(by: Somebody) -> Answer:
    """Answer whether somebody may submit a claim that another drew up."""
    return may(by, Permission.SUBMIT_CLAIMS)


def can_prepare_statements(by: Somebody) -> Answer:
    """Answer whether somebody may prepare a statement of expenditure."""
    return may(by, Permission.MAKE_CLAIMS)


def can_certify_statements(by: Somebody) -> Answer:
    """Answer whether somebody may certify a statement that another prepared."""
    return may(by, Permission.CERTIFY_STATEMENTS)


def can_close_months(by: Somebody) -> Answer:
    """Answer whether somebody may close months, or propose that one is reopened."""
    return may(by, Permission.CLOSE_MONTHS)


APPROVED_BY = {
    ProposalKind.REOPENING: Permission.CLOSE_MONTHS,
    ProposalKind.VIREMENT: Permission.MAKE_VIREMENT,
    ProposalKind.CARRY_FORWARD: Permission.MAKE_VIREMENT,
    ProposalKind.HAND_BACK: Permission.MAKE_VIREMENT,
    ProposalKind.HAND_BACK_UNDONE: Permission.MAKE_VIREMENT,
}


def can_answer(by: Somebody, proposal: Proposal) -> Answer:
    """Answer whether somebody may answer a proposal: another who might have made it.

    Who proposed it may take it back.
    """
    if not proposal.is_waiting:
        return no("This was answered already.")
    if isinstance(by, User) and by.pk == proposal.proposed_by_id:
        return yes(by.ledger_role)
    return may(by, APPROVED_BY[ProposalKind(proposal.kind)])
