"""What the accounts app writes on the audit trail, and how each event reads to a person."""

from audit.events import Event, events_of

_event = events_of("accounts")

USER_CREATED = _event("user.created", "Person added", "{actor} added {reference}")
USER_RENAMED = _event(
    "user.renamed", "Person renamed", "{actor} changed the name of {reference} from {old} to {new}"
)
USER_DEACTIVATED = _event(
    "user.deactivated", "Account closed", "{actor} closed the account of {reference}: {reason}"
)
USER_HANDED_OVER = _event(
    "user.handed_over", "Work handed over", "{actor} handed over the work of {reference}: {reason}"
)
USER_REACTIVATED = _event(
    "user.reactivated", "Account opened again", "{actor} opened the account of {reference} again"
)
USER_INVITED = _event(
    "user.invited", "Link to set a password made", "{actor} made a link for {reference}"
)
PASSWORD_SET = _event("password.set", "Password set", "{reference} set a password")
PASSWORD_CHANGED = _event("password.changed", "Password changed", "{reference} changed password")

ROLE_GRANTED = _event("role.granted", "Role given", "{actor} made {reference} {title}")
ROLE_ENDED = _event("role.ended", "Role ended", "{actor} ended the role of {reference} as {title}")
DELEGATION_GRANTED = _event(
    "delegation.granted",
    "Delegation recorded",
    "{actor} recorded a delegation to {reference} under {authority}",
)
DELEGATION_ENDED = _event(
    "delegation.ended",
    "Delegation ended",
    "{actor} ended the delegation to {reference} under {authority}",
)
DELEGATION_PROPOSED = _event(
    "delegation.proposed",
    "Delegation proposed",
    "{actor} proposed a delegation to {reference} under {authority}",
)
DELEGATION_APPROVED = _event(
    "delegation.approved",
    "Delegation approved",
    "{actor} approved the delegation to {reference} under {authority}",
)
DELEGATION_DECLINED = _event(
    "delegation.declined",
    "Delegation not approved",
    "{actor} turned down the delegation to {reference} under {authority}: {reason}",
)

SCHEME_PROPOSED = _event("scheme.proposed", "Scheme proposed", "{actor} proposed the {reference}")
SCHEME_PARAGRAPH_ADDED = _event(
    "scheme.paragraph_added",
    "Paragraph added to a scheme",
    "{actor} added paragraph {paragraph} to the {reference}",
)
SCHEME_PARAGRAPH_REMOVED = _event(
    "scheme.paragraph_removed",
    "Paragraph removed from a scheme",
    "{actor} removed paragraph {paragraph} from the {reference}",
)
SCHEME_APPROVED = _event("scheme.approved", "Scheme approved", "{actor} approved the {reference}")
SCHEME_DECLINED = _event(
    "scheme.declined", "Scheme not approved", "{actor} turned down the {reference}: {reason}"
)
SCHEME_ENDED = _event("scheme.ended", "Scheme ended", "{actor} ended the {reference}")
SCHEMES_KEPT = _event(
    "schemes.kept",
    "Schemes brought over",
    "{actor} made records of the schemes that delegations named",
)

SIGNED_IN = _event("session.started", "Signed in", "{actor} signed in")
SIGNED_OUT = _event("session.ended", "Signed out", "{actor} signed out")
SESSIONS_ENDED = _event(
    "sessions.ended", "Other sessions ended", "{actor} signed out of other devices"
)
SIGN_IN_FAILED = _event(
    "sign_in.failed", "Sign-in failed", "A sign-in as {reference} failed: {reason}"
)
SIGN_IN_LOCKED = _event(
    "sign_in.locked", "Sign-in locked", "Too many attempts to sign in as {reference}"
)

SINGLE_SIGN_ON_USED = _event(
    "single_sign_on.used", "Single sign-on used", "{reference} came by single sign-on"
)

FACTOR_ADDED = _event("factor.added", "Second factor added", "{reference} added {factor}")
FACTOR_REMOVED = _event("factor.removed", "Second factor removed", "{actor} removed {factor}")
FACTOR_CHANGED = _event("factor.changed", "Second factor changed", "{reference} changed {factor}")
FACTOR_USED = _event("factor.used", "Second factor used", "{reference} used {factor}")
RESTORATION_ASKED = _event(
    "restoration.asked",
    "Second factor reported lost",
    "{actor} asked to restore the second factor of {reference}: {reason}",
)
RESTORATION_DECLINED = _event(
    "restoration.declined",
    "Second factor not restored",
    "{actor} turned down restoring the second factor of {reference}",
)
FACTORS_RESET = _event(
    "factors.reset",
    "Second factors reset",
    "{actor} removed the second factors of {reference}: {reason}",
)

STEP_UP_VERIFIED = _event(
    "step_up.verified", "Identity confirmed for an act", "{actor} confirmed who they are"
)
STEP_UP_FAILED = _event(
    "step_up.failed", "Identity not confirmed", "{actor} did not confirm who they are: {reason}"
)

EVENTS: tuple[Event, ...] = (
    USER_CREATED,
    USER_RENAMED,
    USER_DEACTIVATED,
    USER_HANDED_OVER,
    USER_REACTIVATED,
    USER_INVITED,
    PASSWORD_SET,
    PASSWORD_CHANGED,
    ROLE_GRANTED,
    ROLE_ENDED,
    DELEGATION_GRANTED,
    DELEGATION_ENDED,
    DELEGATION_PROPOSED,
    DELEGATION_APPROVED,
    DELEGATION_DECLINED,
    SCHEME_PROPOSED,
    SCHEME_PARAGRAPH_ADDED,
    SCHEME_PARAGRAPH_REMOVED,
    SCHEME_APPROVED,
    SCHEME_DECLINED,
    SCHEME_ENDED,
    SCHEMES_KEPT,
    SIGNED_IN,
    SIGNED_OUT,
    SESSIONS_ENDED,
    SIGN_IN_FAILED,
    SIGN_IN_LOCKED,
    SINGLE_SIGN_ON_USED,
    FACTOR_ADDED,
    FACTOR_REMOVED,
    FACTOR_CHANGED,
    FACTOR_USED,
    RESTORATION_ASKED,
    RESTORATION_DECLINED,
    FACTORS_RESET,
    STEP_UP_VERIFIED,
    STEP_UP_FAILED,
)

# Which acts write what says who somebody is and what they may do (audit.writers).
WRITERS: dict[str, tuple[Event, ...]] = {
    "accounts_user": (
        *(USER_CREATED, USER_RENAMED, USER_INVITED, USER_DEACTIVATED, USER_REACTIVATED),
        *(PASSWORD_SET, PASSWORD_CHANGED, SIGNED_IN, FACTORS_RESET, SINGLE_SIGN_ON_USED),
    ),
    "accounts_user.name": (USER_RENAMED,),
    "accounts_user.is_active": (USER_DEACTIVATED, USER_REACTIVATED),
    "accounts_roleholding": (ROLE_GRANTED, ROLE_ENDED),
    "accounts_delegation": (
        *(DELEGATION_PROPOSED, DELEGATION_APPROVED, DELEGATION_DECLINED, DELEGATION_ENDED),
        *(DELEGATION_GRANTED, USER_HANDED_OVER, USER_DEACTIVATED, SCHEMES_KEPT),
    ),
    "accounts_delegation.approved_at": (DELEGATION_APPROVED,),
    "accounts_schemeversion": (
        *(SCHEME_PROPOSED, SCHEME_APPROVED, SCHEME_DECLINED, SCHEME_ENDED, SCHEMES_KEPT),
    ),
    "accounts_schemeversion.approved_at": (SCHEME_APPROVED,),
    "accounts_handover": (USER_HANDED_OVER, ROLE_ENDED),
    "accounts_factorrestoration": (RESTORATION_ASKED, RESTORATION_DECLINED, FACTORS_RESET),
    "accounts_stepup": (STEP_UP_VERIFIED,),
    "mfa_authenticator": (
        *(FACTOR_ADDED, FACTOR_REMOVED, FACTOR_CHANGED, FACTOR_USED, FACTORS_RESET),
        STEP_UP_VERIFIED,
    ),
    "account_emailaddress": (SIGNED_IN, SINGLE_SIGN_ON_USED),
    "socialaccount_socialaccount": (SIGNED_IN, SINGLE_SIGN_ON_USED),
    "socialaccount_socialtoken": (SIGNED_IN, SINGLE_SIGN_ON_USED),
    "accounts_schemeparagraph": (
        *(SCHEME_PROPOSED, SCHEME_PARAGRAPH_ADDED, SCHEME_PARAGRAPH_REMOVED, SCHEMES_KEPT),
    ),
}
