"""Who may do what by virtue of a role. Whatever is not allowed here is denied.

Answers say yes or no, in which role, and otherwise why and who can clear the way. Rules that also
look at a record (whose draft, which stage) are built on these by the apps above.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db import models

from accounts.models import (
    Delegation,
    FactorRestoration,
    Role,
    SchemeVersion,
    User,
)
from accounts.models.schemes import Proposed
from accounts.refusals import NotPermitted
from audit import clock
from audit.acts import SYSTEM, Actor, Subject
from audit.refusals import PageRefused
from audit.words import any_of

Somebody: TypeAlias = Actor | AnonymousUser

ASK_ADMINISTRATOR = "An administrator can give you the role."
ASK_GOVERNANCE = "The governance officer keeps the delegations."


@dataclass(frozen=True)
class Answer:
    """Whether something may be done: ``role`` it may be done in, or ``reason`` why not.

    ``reason`` is one plain sentence; ``clears`` says who can clear the way; ``deputy`` is "as
    deputy for …" where the role is held so.
    """

    allowed: bool
    reason: str = ""
    role: str = ""
    clears: str = ""
    deputy: str = ""

    @property
    def acted_as(self) -> str:
        """The role as the audit trail keeps it: "chief_executive, as deputy for …"."""
        return ", ".join(part for part in (self.role, self.deputy) if part)

    def __bool__(self) -> bool:
        """Be true when it may be done."""
        return self.allowed

    def __str__(self) -> str:
        """Return the refusal as a page shows it."""
        return " ".join(part for part in (self.reason, self.clears) if part)

    def or_refuse(self) -> "Answer":
        """Return the answer when it is yes; raise NotPermitted with its reason otherwise."""
        if not self.allowed:
            raise NotPermitted(self.reason, clears=self.clears)
        return self

    def or_refuse_page(self, about: Subject | None = None) -> "Answer":
        """Return the answer when it is yes; raise PageRefused (403) about something otherwise."""
        if not self.allowed:
            raise PageRefused(str(self), about)
        return self


def yes(role: str = "", deputy: str = "") -> Answer:
    """Return the answer that it may be done, in a role, perhaps as a deputy."""
    return Answer(allowed=True, role=str(role), deputy=deputy)


def no(reason: str, *, clears: str = "") -> Answer:
    """Return the answer that it may not be done: why, and who can clear the way."""
    return Answer(allowed=False, reason=reason, clears=clears)


class Permission(models.TextChoices):
    """What a role allows, by the name that Django's permission API uses (``user.has_perm``)."""

    VIEW_PEOPLE = "accounts.view_user", "see people and their roles"
    MANAGE_PEOPLE = "accounts.manage_people", "add people and give roles"
    CONFIRM_RESTORATIONS = "accounts.confirm_restorations", "confirm that a factor was lost"
    VIEW_DELEGATIONS = "accounts.view_delegation", "see schemes and delegations"
    MANAGE_DELEGATIONS = "accounts.manage_delegations", "propose schemes and delegations"
    APPROVE_DELEGATIONS = "accounts.approve_delegations", "approve schemes and delegations"
    VIEW_DECISIONS = "decisions.view_decisions", "see decisions before they are published"
    DRAFT_DECISION = "decisions.draft_decision", "draft a decision"
    IMPORT_DECISION = "decisions.import_decision", "import a decision"
    GIVE_ADVICE = "decisions.give_advice", "give advice"
    ENDORSE_DECISION = "decisions.endorse_decision", "endorse a decision as chief executive"
    APPROVE_DECISION = "decisions.approve_decision", "decide"
    ORDER_BOX = "decisions.order_box", "order the decision maker's box"
    PUBLISH_DECISION = "decisions.publish_decision", "publish a decision"
    SET_NEXT_NUMBER = "decisions.set_next_number", "set the next number of a series"
    VIEW_PART_2 = "decisions.view_part_2", "see restricted facts (Part 2)"
    VIEW_GRANTS = "grants.view_grants", "see allocations and spending"
    MAKE_ALLOCATION = "grants.make_allocation", "allocate money"
    RECORD_SPENDING = "grants.record_spending", "record spending"
    APPROVE_SPENDING = "grants.approve_spending", "approve spending above the limit"
    SET_APPROVAL_LIMIT = (
        "grants.set_approval_limit",
        "set above which sum spending needs a second person",
    )
    GIVE_WAIVERS = "grants.give_waivers", "waive rules of spending that may be waived"
    MAKE_VIREMENT = "grants.make_virement", "approve moves of money"
    PROPOSE_MOVES = "grants.propose_moves", "propose to move money or hand it back"
    MAKE_CLAIMS = "grants.make_claims", "draw up claims and record what was paid"
    SUBMIT_CLAIMS = "grants.submit_claims", "submit claims"
    CERTIFY_STATEMENTS = "grants.certify_statements", "certify statements of expenditure"
    CLOSE_MONTHS = "grants.close_months", "close months"
    VIEW_AUDIT_TRAIL = "audit.view_ledgerentry", "see the audit trail"
    VERIFY_AUDIT_TRAIL = "audit.verify_ledger", "verify the audit trail"


EVERYBODY = tuple(Role)
OFFICE = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
PART_2_READERS = (
    Role.ADVISER,
    Role.CHIEF_EXECUTIVE,
    Role.DECISION_MAKER,
    Role.PRIVATE_OFFICE,
    Role.GOVERNANCE_OFFICER,
    Role.AUDITOR,
)

ALLOWED: dict[Permission, tuple[Role, ...]] = {
    Permission.VIEW_PEOPLE: (Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER, Role.AUDITOR),
    Permission.MANAGE_PEOPLE: (Role.ADMINISTRATOR,),
    Permission.CONFIRM_RESTORATIONS: (Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER),
    Permission.VIEW_DELEGATIONS: (
        Role.CHIEF_EXECUTIVE,
        Role.DECISION_MAKER,
        Role.GOVERNANCE_OFFICER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    ),
    Permission.MANAGE_DELEGATIONS: (Role.GOVERNANCE_OFFICER,),
    Permission.APPROVE_DELEGATIONS: (Role.CHIEF_EXECUTIVE, Role.DECISION_MAKER),
    Permission.VIEW_DECISIONS: OFFICE,
    Permission.DRAFT_DECISION: (Role.ORIGINATING_OFFICER,),
    Permission.IMPORT_DECISION: (Role.ORIGINATING_OFFICER, Role.GOVERNANCE_OFFICER),
    Permission.GIVE_ADVICE: (Role.ADVISER,),
    Permission.ENDORSE_DECISION: (Role.CHIEF_EXECUTIVE,),
    Permission.APPROVE_DECISION: (Role.DECISION_MAKER,),
    Permission.ORDER_BOX: (Role.PRIVATE_OFFICE,),
    Permission.PUBLISH_DECISION: (Role.GOVERNANCE_OFFICER,),
    Permission.SET_NEXT_NUMBER: (Role.GOVERNANCE_OFFICER,),
    Permission.VIEW_PART_2: PART_2_READERS,
    Permission.VIEW_GRANTS: OFFICE,
    Permission.MAKE_ALLOCATION: (Role.FINANCE_OFFICER, Role.CHIEF_FINANCE_OFFICER),
    Permission.RECORD_SPENDING: (Role.FINANCE_OFFICER,),
    Permission.APPROVE_SPENDING: (
        Role.FINANCE_OFFICER,
        Role.FINANCE_APPROVER,
        Role.CHIEF_FINANCE_OFFICER,
    ),
    Permission.SET_APPROVAL_LIMIT: (Role.CHIEF_FINANCE_OFFICER,),
    Permission.GIVE_WAIVERS: (Role.FINANCE_APPROVER, Role.CHIEF_FINANCE_OFFICER),
    Permission.MAKE_VIREMENT: (Role.FINANCE_APPROVER, Role.CHIEF_FINANCE_OFFICER),
    Permission.PROPOSE_MOVES: (
        Role.FINANCE_OFFICER,
        Role.FINANCE_APPROVER,
        Role.CHIEF_FINANCE_OFFICER,
    ),
    Permission.MAKE_CLAIMS: (
        Role.FINANCE_OFFICER,
        Role.FINANCE_APPROVER,
        Role.CHIEF_FINANCE_OFFICER,
    ),
    Permission.SUBMIT_CLAIMS: (Role.FINANCE_APPROVER, Role.CHIEF_FINANCE_OFFICER),
    Permission.CERTIFY_STATEMENTS: (Role.CHIEF_FINANCE_OFFICER,),
    Permission.CLOSE_MONTHS: (Role.FINANCE_APPROVER, Role.CHIEF_FINANCE_OFFICER),
    Permission.VIEW_AUDIT_TRAIL: (Role.AUDITOR, Role.GOVERNANCE_OFFICER),
    Permission.VERIFY_AUDIT_TRAIL: (Role.AUDITOR, Role.GOVERNANCE_OFFICER),
}


def held(user: Somebody, *roles: Role, on: date | None = None) -> Answer:
    """Answer whether a person holds one of the roles on a date (today), the first one that fits.

    The register itself (SYSTEM) acts for setting up only: it counts as an administrator.
    """
    if user is SYSTEM and Role.ADMINISTRATOR in roles:
        return yes(Role.ADMINISTRATOR)
    if not isinstance(user, User):
        return no("You are not signed in.", clears="Sign in first.")
    if not user.is_active:
        return no("This account is closed.", clears="An administrator can open it again.")
    when = on or clock.today()
    now = user.roles_on(when)
    for role in roles:
        if role in now:
            return yes(role, user.as_deputy(role, on=when))
    offices = any_of([role.label.lower() for role in roles])
    return no(f"Only {_article(offices)} {offices} may do this.", clears=ASK_ADMINISTRATOR)


def acted_as(user: Somebody, role: str, *, advice_kind: str = "", on: date | None = None) -> str:
    """Return a role as the audit trail keeps it: "adviser, as deputy for …" where held so."""
    deputy = ""
    if isinstance(user, User):
        deputy = user.as_deputy(role, on=on or clock.today(), advice_kind=advice_kind)
    return Answer(allowed=True, role=str(role), deputy=deputy).acted_as


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"


def may(user: Somebody, permission: Permission | str) -> Answer:
    """Answer whether a person holds a permission today; an unknown one is denied."""
    if permission not in Permission.values:
        return no("Nobody may do this.")
    allowed = Permission(permission)
    answer = held(user, *ALLOWED[allowed])
    if answer or not isinstance(user, User) or not user.is_active:
        return answer
    offices = any_of([role.label.lower() for role in ALLOWED[allowed]])
    who = f"{_article(offices)} {offices}" if len(ALLOWED[allowed]) < 4 else "officers"
    return no(f"Only {who} may {allowed.label}.", clears=ASK_ADMINISTRATOR)


def can_manage_person(user: Somebody, person: User) -> Answer:
    """Answer whether somebody may change another's account; nobody changes their own."""
    answer = may(user, Permission.MANAGE_PEOPLE)
    if answer and isinstance(user, User) and user.pk == person.pk:
        return no("You cannot change your own account.", clears="Ask another administrator.")
    return answer


def can_confirm_restoration(user: Somebody, restoration: FactorRestoration) -> Answer:
    """Answer whether somebody may confirm that a person lost their second factor.

    An administrator or a governance officer may, but neither whoever asked nor the person.
    """
    if isinstance(user, User) and user.pk == restoration.asked_by_id:
        return no("Whoever asked does not confirm it.", clears="Another person must.")
    if isinstance(user, User) and user.pk == restoration.user_id:
        return no("Nobody restores their own second factor.", clears="Another person must.")
    if not restoration.is_open:
        return no("This was answered already.")
    if restoration.is_late:
        return no("This was asked for more than three days ago.", clears="Ask for it again.")
    return held(user, Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER)


def can_grant_role(user: Somebody, person: User) -> Answer:
    """Answer whether somebody may give a person roles; nobody gives a role to themselves."""
    answer = may(user, Permission.MANAGE_PEOPLE)
    if answer and isinstance(user, User) and user.pk == person.pk:
        return no("Nobody gives a role to themselves.", clears="Ask another administrator.")
    return answer


def can_grant_delegation(user: Somebody, holder: User) -> Answer:
    """Answer whether somebody may propose or end a person's delegation; never their own."""
    answer = may(user, Permission.MANAGE_DELEGATIONS)
    if answer and isinstance(user, User) and user.pk == holder.pk:
        return no("Nobody delegates to themselves.", clears="Ask another governance officer.")
    return answer


def can_approve_scheme(user: Somebody, version: SchemeVersion) -> Answer:
    """Answer whether somebody may approve a proposed version: the chief executive may.

    Not before it has paragraphs: it would give no power to anybody.
    """
    answer = _answers(user, version, Role.CHIEF_EXECUTIVE)
    if answer and not version.paragraphs.exists():
        return no(
            "This version has no paragraphs yet.", clears="The governance officer adds them first."
        )
    return answer


def can_approve_delegation(user: Somebody, delegation: Delegation) -> Answer:
    """Answer whether somebody may approve a proposed delegation.

    The chief executive approves, never what they proposed or are to hold. A delegation to the
    chief executive is approved by a decision maker.
    """
    holder = delegation.holder
    is_chief = holder.has_role(Role.CHIEF_EXECUTIVE)
    office = Role.DECISION_MAKER if is_chief else Role.CHIEF_EXECUTIVE
    if isinstance(user, User) and user.pk == holder.pk:
        return no("Nobody approves a delegation to themselves.", clears="Somebody else must.")
    return _answers(user, delegation, office)


def _answers(user: Somebody, thing: Proposed, office: Role) -> Answer:
    if not thing.is_open:
        return no("This was approved or turned down already.")
    if isinstance(user, User) and user.pk == thing.proposed_by_id:
        return no("Nobody approves what they proposed.", clears="Somebody else must.")
    answer = held(user, office)
    if not answer:
        name = office.label.lower()
        return no(f"Only the {name} may approve this.", clears="It waits on their home page.")
    return answer


def can_decline_scheme(user: Somebody, version: SchemeVersion) -> Answer:
    """Answer whether somebody may turn a version down, or take the proposal back."""
    return _takes_back(user, version) or _answers(user, version, Role.CHIEF_EXECUTIVE)


def can_decline_delegation(user: Somebody, delegation: Delegation) -> Answer:
    """Answer whether somebody may turn a delegation down, or take the proposal back."""
    return _takes_back(user, delegation) or can_approve_delegation(user, delegation)


def _takes_back(user: Somebody, thing: Proposed) -> Answer:
    if not thing.is_open:
        return no("This was approved or turned down already.")
    return may(user, Permission.MANAGE_DELEGATIONS)
