"""Statements of expenditure: prepared by one person, certified by another with a second factor."""

from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import connection

from accounts import step_up
from accounts.models import Role, StepUp, User
from audit import clock
from audit.acts import Act, action
from audit.canonical import canonical
from audit.checkpoints import sign_checkpoint
from audit.words import listed as in_a_list
from decisions.actions.contents import issuer
from decisions.actions.edits import made_before, remember
from decisions.actions.signing import kept
from decisions.documents.keys import signing_keys
from decisions.documents.sign import seal
from decisions.models import OutcomeFigure
from grants import events
from grants.actions.opening import decided
from grants.actions.posting import in_words
from grants.expenditure import (
    as_text,
    content_of,
    digest_of,
    ends_on,
    figures_of,
    is_as_it_stands,
    listed,
    unfinished,
)
from grants.expenditure_document import Certificate, lay_out_statement
from grants.models import CertifiedStatement, ExpenditureStatement
from grants.permissions import can_certify_statements, can_prepare_statements
from grants.refusals import GrantRefused
from grants.rules import BOOK, is_accepted
from grants.rules_of_expenditure import (
    has_authority_for_all,
    has_no_open_claim,
    is_certified_by_another,
    is_in_closed_months,
    is_over,
    says_what_stands,
)

CERTIFY = "certify a statement of expenditure"
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('grants_statement', %s))"


@action
def prepare_statement(
    act: Act, *, figure: OutcomeFigure, year: int | None, form_key: UUID, by: User
) -> ExpenditureStatement:
    """Prepare a statement of a grant, or of one financial year of it, as it now stands.

    Raises NotPermitted, GrantRuleBroken, or GrantRefused where the certified one says the same.
    """
    if before := made_before(form_key, ExpenditureStatement):
        return before
    role = can_prepare_statements(by).or_refuse().role
    figure = decided(figure)
    BOOK.hold("GRT-19", holds=is_accepted(figure))
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [figure.pk])
    _hold(figure, year)
    last = ExpenditureStatement.objects.with_people().of(figure, year).first()
    content = content_of(figure, year, last.n + 1 if last else 1)
    if last and last.is_certified and figures_of(last.said) == figures_of(content):
        raise GrantRefused(
            f"{last.reference} is certified and says just the same.", clears="Use that one."
        )
    text, lines = as_text(content), listed(figure, year)
    with in_words():
        statement = ExpenditureStatement.objects.create(
            figure=figure,
            year=year,
            n=content["n"],
            content=text,
            digest=digest_of(text),
            lines=lines.number,
            spent=lines.total,
            prepared_at=clock.now(),
            prepared_by=by,
        )
    facts = {"amount": lines.total, "lines": str(lines.number), "digest": statement.digest}
    act.record(events.STATEMENT_PREPARED, subject=statement, role=role, data=facts)
    return remember(form_key, statement)


def certificate_digest(statement: ExpenditureStatement) -> str:
    """Return the SHA-256 (hex) of what is certified: what a fresh second factor is bound to."""
    facts = {"act": CERTIFY, "reference": statement.reference, "digest": statement.digest}
    return sha256(canonical(facts).encode()).hexdigest()


@action
def certify_statement(
    act: Act, *, statement: ExpenditureStatement, proof: StepUp | None, form_key: UUID, by: User
) -> ExpenditureStatement:
    """Certify a statement and issue its signed document.

    Needs `proof`, a fresh second factor for CERTIFY bound to `certificate_digest`. Raises
    NotPermitted, GrantRuleBroken, GrantRefused, StepUpRefused or DocumentRefused; whichever it is,
    nothing but the refusal remains.
    """
    if before := made_before(form_key, ExpenditureStatement):
        return before
    role = can_certify_statements(by).or_refuse().role
    statement = _standing(statement, by)
    used = step_up.consume(
        act, by=by, act_name=CERTIFY, digest=certificate_digest(statement), proof=proof
    )
    content = Certificate(
        statement=statement,
        register=issuer(),
        prepared_by=statement.prepared_by.name_at(statement.prepared_at),
        certified_by=by.name,
        role=Role(role).label,
        evidence=used.in_words,
        issued_at=clock.now(),
        is_demonstration=settings.REGISTER_MODE == "demonstration",
        is_development_key=signing_keys().is_development,
    )
    facts = {"amount": statement.spent, "digest": statement.digest, "evidence": used.in_words}
    act.record(events.STATEMENT_CERTIFIED, subject=statement, role=role, data=facts)
    remember(form_key, statement)
    _issue(act, content, role, by)
    return statement


def _standing(statement: ExpenditureStatement, by: User) -> ExpenditureStatement:
    """Return a statement that may be certified as it now stands, held until the act ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [statement.figure_id])
    statement = ExpenditureStatement.objects.with_people().get(pk=statement.pk)
    if statement.is_certified:
        raise GrantRefused(f"{statement.reference} is certified already.")
    BOOK.hold("GRT-68", holds=is_certified_by_another(statement, by))
    _hold(statement.figure, statement.year)
    last = not statement.later.exists()
    BOOK.hold("GRT-69", holds=says_what_stands(last, is_as_it_stands(statement)))
    return statement


def _hold(figure: OutcomeFigure, year: int | None) -> None:
    BOOK.hold("GRT-64", holds=is_over(ends_on(figure, year), clock.today()))
    found = unfinished(figure, year)
    claims, months = found["claim"], found["month"]
    lines = [*found["approval"], *found["awaiting"]]
    BOOK.hold("GRT-65", holds=has_no_open_claim(claims), detail=_open("Open", claims))
    BOOK.hold("GRT-66", holds=has_authority_for_all(lines), detail=_open("Waiting", lines))
    BOOK.hold("GRT-67", holds=is_in_closed_months(months), detail=_open("Open", months))


def _open(how: str, names: list[str]) -> str:
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return f"{how}: {in_a_list(names[:10])}{more}." if names else ""


def _issue(act: Act, content: Certificate, role: str, by: User) -> None:
    """Seal the pages with a checkpoint of the act so far, keep them, and record them."""
    laid_out = lay_out_statement(content)
    checkpoint = sign_checkpoint(act)
    data = seal(
        laid_out, checkpoint=checkpoint.to_json(), keys=signing_keys(), at=content.issued_at
    )
    statement = content.statement
    with in_words():
        made = CertifiedStatement.objects.create(
            statement=statement,
            prepared_by=statement.prepared_by,
            certified_at=content.issued_at,
            certified_by=by,
            role=role,
            evidence=content.evidence,
            sha256=kept(data),
            size=len(data),
            ledger_seq=checkpoint.seq,
        )
    facts = {"sha256": made.sha256, "checkpoint": checkpoint.seq}
    act.record(events.STATEMENT_ISSUED, subject=statement, role=role, data=facts)
