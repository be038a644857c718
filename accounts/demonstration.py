"""The people of the demonstration, named by their roles: invented, and in no live register.

Their password and the secrets of their authenticator apps are made from the installation's
SECRET_KEY, so that they differ between installations and need no file of their own.
"""

from base64 import b32encode
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts import events
from accounts.actions import (
    Paragraph,
    accept_invitation,
    approve_delegation,
    approve_scheme,
    create_user,
    enrol_app,
    grant_role,
    invite_user,
    propose_delegation,
    propose_scheme,
)
from accounts.models import (
    AdviceKind,
    DelegatedAct,
    Role,
    SchemeParagraph,
    SchemeVersion,
    StepUp,
    User,
)
from accounts.refusals import StepUpRefused
from accounts.second_factor import app_of
from audit import clock
from audit.acts import SYSTEM, Act, Actor, action

DOMAIN = "demonstration.example"
SINCE = date(2016, 10, 1)
SCHEME = "Scheme of Delegation and Consent (demonstration)"
SCHEME_DATED = date(2016, 10, 1)
PARAGRAPH = "4.8"


@dataclass(frozen=True)
class Person:
    """A person to make: ``key`` names them in the loader and is the start of their address."""

    key: str
    name: str
    role: Role
    advice_kind: str = ""

    @property
    def email(self) -> str:
        """The address they sign in with."""
        return f"{self.key.replace('_', '.')}@{DOMAIN}"


def _officer(role: Role) -> Person:
    return Person(role.value, f"{role.label} (demonstration)", role)


def _adviser(kind: AdviceKind) -> Person:
    name = f"{kind.label} adviser (demonstration)"
    return Person(f"{kind.value}_adviser", name, Role.ADVISER, kind.value)


FIRST_ADMINISTRATOR = _officer(Role.ADMINISTRATOR)
PEOPLE = (
    FIRST_ADMINISTRATOR,
    Person("second_administrator", "Second administrator (demonstration)", Role.ADMINISTRATOR),
    _officer(Role.ORIGINATING_OFFICER),
    Person("second_officer", "Second officer (demonstration)", Role.ORIGINATING_OFFICER),
    *(_adviser(kind) for kind in AdviceKind),
    _officer(Role.CHIEF_EXECUTIVE),
    _officer(Role.DECISION_MAKER),
    Person("deputy", "Deputy decision maker (demonstration)", Role.DECISION_MAKER),
    _officer(Role.PRIVATE_OFFICE),
    _officer(Role.FINANCE_OFFICER),
    _officer(Role.FINANCE_APPROVER),
    _officer(Role.CHIEF_FINANCE_OFFICER),
    _officer(Role.GOVERNANCE_OFFICER),
    _officer(Role.AUDITOR),
)


def password() -> str:
    """Return the password that everybody in this demonstration has: four groups of letters."""
    letters = b32encode(_derived("password")[:10]).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def totp_secret(email: str) -> str:
    """Return the base32 secret of a person's authenticator app."""
    return b32encode(_derived(email)[:20]).decode()


def _derived(what: str) -> bytes:
    return salted_hmac("accounts.demonstration", what, algorithm="sha256").digest()


def create_people() -> dict[str, User]:
    """Make the people who are not there yet, through the actions, and return all by their keys.

    Keys are role names ("decision_maker"), "financial_adviser" and so on for the advisers,
    "second_officer", "second_administrator" and "deputy". Raises RuntimeError in a live register.
    """
    if settings.REGISTER_MODE != "demonstration":
        message = "These people belong to a demonstration (REGISTER_MODE=demonstration)."
        raise RuntimeError(message)
    administrator = _made(FIRST_ADMINISTRATOR, by=SYSTEM)
    made = {person.key: _made(person, by=administrator) for person in PEOPLE}
    _delegate(made, "decision_maker")
    _delegate(made, "deputy", deputy_for=made["decision_maker"])
    return made


def _made(person: Person, *, by: Actor) -> User:
    user = User.objects.filter(email=person.email).first()
    user = user or create_user(email=person.email, name=person.name, by=by)
    if not user.holdings.exists():
        kind = person.advice_kind
        grant_role(user=user, role=person.role, advice_kind=kind, valid_from=SINCE, by=by)
    if not user.has_usable_password():
        token = invite_user(user=user, by=by)
        user.refresh_from_db()
        accept_invitation(user=user, token=token, password=password(), by=user)
    if app_of(user) is None:
        enrol_app(user=user, secret=totp_secret(user.email), by=by)
    user.refresh_from_db()
    return user


def _paragraph(made: dict[str, User]) -> SchemeParagraph:
    """Return the scheme's one paragraph: proposed by one officer, approved by another."""
    version = SchemeVersion.objects.filter(title=SCHEME).first()
    if version is None:
        words = "Decisions on grants, and bids for them (demonstration)."
        office = Role.DECISION_MAKER
        paragraph = Paragraph(PARAGRAPH, list(DelegatedAct), words=words, office=office)
        version = propose_scheme(
            title=SCHEME,
            dated=SCHEME_DATED,
            valid_from=SINCE,
            paragraphs=[paragraph],
            by=made["governance_officer"],
        )
    if version.is_open:
        approve_scheme(version=version, shown=version.digest, by=made["chief_executive"])
    return version.paragraphs.get()


def _delegate(made: dict[str, User], key: str, *, deputy_for: User | None = None) -> None:
    holder, paragraph = made[key], _paragraph(made)
    delegation = holder.delegations.first() or propose_delegation(
        holder=holder,
        paragraph=paragraph,
        valid_from=SINCE,
        deputy_for=deputy_for,
        by=made["governance_officer"],
    )
    if delegation.is_open:
        approve_delegation(delegation=delegation, by=made["chief_executive"])


@action
def prove(act: Act, *, by: User, act_name: str, digest: str) -> StepUp:
    """Return a proof for the loader, which signs in other years and has no app at hand.

    It says so itself (method "demonstration"), and exists in a demonstration only.
    """
    if settings.REGISTER_MODE != "demonstration":
        raise StepUpRefused("Only a demonstration is loaded without a second factor.")
    proof = StepUp.objects.create(
        user=by,
        act_name=act_name,
        digest=digest,
        method=StepUp.Method.DEMONSTRATION,
        verified_at=clock.now(),
    )
    data = {"what": act_name, "digest": digest, "method": "demonstration", "proof": proof.pk}
    act.record(events.STEP_UP_VERIFIED, subject=by, data=data)
    return proof


def sign_in_facts() -> list[dict[str, str]]:
    """Return ``[{"email", "role", "password", "totp_secret"}]`` of everybody who can sign in."""
    there = set(User.objects.active().values_list("email", flat=True))
    return [
        {
            "email": person.email,
            "role": person.role.value,
            "password": password(),
            "totp_secret": totp_secret(person.email),
        }
        for person in PEOPLE
        if person.email in there
    ]
