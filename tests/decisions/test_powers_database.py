"""What somebody with the application's database role cannot approve, prove, grant or revoke."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from accounts.actions import end_role, grant_role
from accounts.demonstration import prove
from accounts.models import Role, User
from audit.acts import SYSTEM
from decisions import actions
from decisions.models import Decision
from tests.factories import afterwards, papers
from tests.factories.grants import a_finance_officer
from tests.factories.people import (
    SINCE,
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_governance_officer,
    a_person,
    an_adviser,
    an_officer,
)
from tests.grants.insider import attempt, run

pytestmark = pytest.mark.django_db

APPROVE = """
    INSERT INTO decisions_approval (decision_id, version_id, stage, sitting, outcome, words,
        interests, interests_kind, approved_at, approved_by_id, role, delegation_id, authority,
        evidence)
    SELECT v.decision_id, v.id, %s, 1, 'approved', '', 'None.', 'none', now(), %s, %s,
        (SELECT max(id) FROM accounts_delegation WHERE holder_id = %s), 'para', 'a code, honest'
    FROM decisions_paperversion v ORDER BY v.n DESC LIMIT 1"""
OUTCOME = """
    INSERT INTO decisions_recommendationoutcome (approval_id, recommendation_id, outcome, words)
    SELECT a.id, r.id, %s, '' FROM decisions_approval a
    JOIN decisions_recommendation r USING (decision_id)
    WHERE a.stage = 'decision' AND r.number = %s"""
SUM = """
    INSERT INTO decisions_outcomefigure (outcome_id, figure_id, amount, up_to)
    SELECT o.id, f.id, coalesce(%s, f.amount), f.up_to FROM decisions_recommendationoutcome o
    JOIN decisions_figure f USING (recommendation_id)
    JOIN decisions_recommendation r ON r.id = f.recommendation_id WHERE r.number = %s"""
STEP = """
    INSERT INTO decisions_steptaken (decision_id, name, from_status, to_status, reason, taken_at,
        taken_by_id, role)
    SELECT id, %s, status, status, 'Overtaken.', now(), %s, %s FROM decisions_decision"""
ANSWER = """
    INSERT INTO decisions_revisionanswer (decision_id, revision_id, is_confirmed, words,
        answered_at, answered_by_id, role, authority, evidence)
    SELECT decision_id, id, true, '', now(), %s, %s, 'para', 'a code, honest'
    FROM decisions_revision"""


def approve(by: User, stage: str = "decision", role: str = "decision_maker") -> None:
    """Write an approval of the last version by somebody, in a role."""
    run(APPROVE, stage, by.pk, role, by.pk)


def outcome(number: str, said: str = "approved", amount: Decimal | None = None) -> None:
    """Write what is decided on a recommendation, with its sum where it is granted."""
    run(OUTCOME, said, number)
    if said != "rejected":
        run(SUM, amount, number)


def with_power(user: User) -> User:
    """Give somebody the decision maker's office and a delegation."""
    grant_role(user=user, role=Role.DECISION_MAKER, valid_from=SINCE, by=SYSTEM)
    a_delegation(User.objects.get(pk=user.pk))
    return User.objects.get(pk=user.pk)


def an_auditor() -> User:
    user = a_person("auditor", Role.AUDITOR)
    a_delegation(user)
    return user


def a_deputy_of(maker: User) -> User:
    user = a_person("deputy")
    grant_role(user=user, role=Role.DECISION_MAKER, valid_from=SINCE, deputy_for=maker, by=SYSTEM)
    a_delegation(User.objects.get(pk=user.pk), deputy_for=maker)
    return User.objects.get(pk=user.pk)


def a_forsaken_deputy() -> User:
    maker = a_decision_maker()
    deputy = a_deputy_of(maker)
    end_role(holding=maker.holdings.get(), valid_to=SINCE, by=SYSTEM)
    return deputy


@pytest.mark.parametrize(
    ("who", "role", "constraint"),
    [
        (lambda: with_power(an_officer()), "decision_maker", "approval_not_by_who_prepared"),
        (lambda: with_power(an_adviser()), "decision_maker", "approval_not_by_who_advised"),
        (lambda: with_power(a_chief_executive()), "decision_maker", "approval_not_by_who_endorsed"),
        (an_auditor, "auditor", "approval_by_holder_of_its_office"),
        (a_forsaken_deputy, "decision_maker", "approval_by_holder_of_its_office"),
    ],
    ids=["officer", "adviser", "endorser", "auditor", "forsaken deputy"],
)
def test_nobody_decides_without_the_power(
    who: Callable[[], User], role: str, constraint: str
) -> None:
    papers.endorsed()
    by = who()
    assert attempt(lambda: approve(by, role=role)) == constraint


@pytest.mark.parametrize("role", ["governance_officer", "chief_executive"])
def test_nobody_endorses_without_the_office(role: str) -> None:
    papers.sent()
    by = a_governance_officer()
    name = "approval_by_holder_of_its_office"
    assert attempt(lambda: approve(by, "chief_executive", role)) == name


def test_nothing_is_endorsed_without_its_advice() -> None:
    decision = papers.sent()
    actions.edit_paper(decision=decision, title="Another", by=decision.originating_officer)
    row = decision.recommendations.get()
    words = actions.RecommendationWords("accept £9 million.", row.kind, [actions.Sum(Decimal(9))])
    actions.edit_recommendation(recommendation=row, words=words, by=decision.originating_officer)
    by = a_chief_executive()
    name = "approval_with_its_advice"
    assert attempt(lambda: approve(by, "chief_executive", "chief_executive")) == name


def test_nobody_advises_without_the_office() -> None:
    papers.submitted()
    by = an_adviser("equality")
    sql = """
        INSERT INTO decisions_advice (decision_id, version_id, kind, words, given_at, given_by_id)
        SELECT decision_id, id, 'legal', 'None.', now(), %s FROM decisions_paperversion"""
    assert attempt(lambda: run(sql, by.pk)) == "advice_by_holder_of_its_office"


# ---------------------------------------------------------------- at the end of the act


def kept_to(name: str, *writes: Callable[[], object]) -> str:
    """Return what refuses a decision whose checks at commit are those of one trigger."""

    def write() -> None:
        for one in writes:
            one()
        run(f"SET CONSTRAINTS {name} IMMEDIATE")

    return attempt(write)


def use_proof_of(by: User, what: str = actions.ACT_NAME, ago: str = "0") -> Callable[[], None]:
    """Have somebody give a second factor, to be used up by raw SQL."""
    proof = prove(by=by, act_name=what, digest="a" * 64)
    sql = f"""
        INSERT INTO accounts_stepupuse (step_up_id, used_at)
        VALUES (%s, %s + interval '{ago} minutes')"""
    return lambda: run(sql, proof.pk, proof.verified_at)


def drawing() -> Decision:
    """Return a paper that awaits decision, whose second sum is drawn from the first."""
    return papers.endorsed(papers.with_drawn_sum(papers.a_draft()))


def test_nothing_is_decided_without_a_second_factor() -> None:
    papers.endorsed()
    by = a_decision_maker()
    refused = kept_to("approval_proved", lambda: approve(by))
    assert refused == "approval_proved_by_second_factor"


def test_nothing_is_decided_with_the_second_factor_of_another() -> None:
    papers.endorsed()
    by, use = a_decision_maker(), use_proof_of(a_chief_executive())
    refused = kept_to("approval_proved", lambda: approve(by), use)
    assert refused == "approval_proved_by_second_factor"


def test_no_second_factor_is_used_once_it_is_old() -> None:
    use = use_proof_of(a_decision_maker(), ago="6")
    assert attempt(use) == "stepupuse_while_fresh"


def test_nothing_is_transcribed_into_force_without_a_second_factor() -> None:
    afterwards.transcribed()
    by = a_governance_officer()
    sql = """
        INSERT INTO decisions_approval (decision_id, version_id, stage, sitting, outcome, words,
            interests, interests_kind, approved_at, transcription_id, confirmed_by_id, role,
            authority, evidence)
        SELECT decision_id, version_id, 'decision', 1, 'approved', '', '', '', now(), id, %s,
            'governance_officer', authority, 'a code' FROM decisions_transcription"""
    refused = kept_to("approval_proved", lambda: run(sql, by.pk))
    assert refused == "approval_proved_by_second_factor"


@pytest.mark.parametrize(
    ("first", "amount"),
    [("rejected", None), ("approved_as_amended", Decimal(100))],
)
def test_no_sum_is_drawn_from_what_does_not_bear_it(first: str, amount: Decimal | None) -> None:
    drawing()
    by = a_decision_maker()
    writes = (
        lambda: approve(by),
        lambda: outcome("1", first, amount),
        lambda: outcome("2"),
    )
    assert kept_to("approval_whole", *writes) == "approval_draws_on_what_is_granted"


def test_a_sitting_decides_all_that_is_left() -> None:
    drawing()
    by = a_decision_maker()
    refused = kept_to("approval_whole", lambda: approve(by), lambda: outcome("1"))
    assert refused == "approval_decides_all"


def test_what_is_granted_has_its_sum() -> None:
    papers.endorsed()
    by = a_decision_maker()
    writes = (lambda: approve(by), lambda: run(OUTCOME, "approved", "1"))
    assert kept_to("approval_whole", *writes) == "approval_decides_every_sum"


def test_a_deputy_grants_no_more_than_their_principal_could() -> None:
    papers.endorsed()
    deputy = a_deputy_of(a_decision_maker(limit=Decimal(1000)))
    writes = (lambda: approve(deputy), lambda: outcome("1"))
    assert kept_to("approval_whole", *writes) == "approval_under_a_power_that_covers_it"


def go_live() -> None:
    """Make the register a live one, past its guards, once everybody is there."""
    a_finance_officer()
    run("SET LOCAL session_replication_role = replica")
    run("UPDATE audit.register SET mode = 'live'")
    run("SET LOCAL session_replication_role = origin")


def test_a_live_register_takes_no_approval_of_another_day() -> None:
    papers.endorsed()
    by = a_decision_maker()
    go_live()
    then = APPROVE.replace("now()", "now() - interval '1 day'")
    values = ("decision", by.pk, "decision_maker", by.pk)
    assert attempt(lambda: run(then, *values)) == "approval_made_now"


def test_a_live_register_takes_no_proof_of_a_demonstration() -> None:
    use = use_proof_of(a_decision_maker())
    go_live()
    assert attempt(use) == "stepupuse_of_no_demonstration"


# ---------------------------------------------------------------- after the signature


@pytest.mark.parametrize(
    ("who", "name", "role", "constraint"),
    [
        (a_decision_maker, "revoke", "decision_maker", "step_proved_by_second_factor"),
        (an_officer, "revoke", "originating_officer", "step_not_by_who_prepared"),
        (a_governance_officer, "revoke", "governance_officer", "step_by_holder_of_its_office"),
        (an_officer, "publish", "originating_officer", "step_by_holder_of_its_office"),
        (an_officer, "publish", "governance_officer", "step_by_holder_of_its_office"),
    ],
)
def test_no_step_is_taken_without_the_power(
    who: Callable[[], User], name: str, role: str, constraint: str
) -> None:
    papers.signed()
    by = who()
    assert attempt(lambda: run(STEP, name, by.pk, role)) == constraint


@pytest.mark.parametrize(
    ("who", "role", "constraint"),
    [
        (a_decision_maker, "decision_maker", "revisionanswer_proved_by_second_factor"),
        (an_adviser, "adviser", "revisionanswer_not_by_who_advised"),
        (a_governance_officer, "governance_officer", "revisionanswer_by_holder_of_its_office"),
    ],
)
def test_no_correction_is_confirmed_without_the_power(
    who: Callable[[], User], role: str, constraint: str
) -> None:
    afterwards.proposed(papers.signed())
    by = who()
    refused = kept_to("revisionanswer_of_power", lambda: run(ANSWER, by.pk, role))
    assert refused == constraint


CORRECTED = """
    INSERT INTO decisions_paperversion
        (decision_id, n, content, part_1_digest, part_2_salt, part_2_digest, made_at)
    SELECT decision_id, n + 1, replace({content}, '1200000.00', %s), part_1_digest, part_2_salt,
        part_2_digest, made_at FROM decisions_paperversion ORDER BY n DESC LIMIT 1"""
TITLED = "jsonb_set(content::jsonb, '{title}', '\"Support against county lines.\"')::text"


@pytest.mark.parametrize(
    ("content", "amount", "refused"),
    [
        (TITLED, "1200000.00", ""),
        (TITLED, "99000000.00", "revisionanswer_makes_just_its_version"),
        ("content", "1200000.00", "revisionanswer_makes_just_its_version"),
    ],
    ids=["just so", "another sum", "nothing changed"],
)
def test_a_correction_makes_just_the_version_it_names(
    content: str, amount: str, refused: str
) -> None:
    afterwards.proposed(papers.signed(), new="Support against county lines.")
    by = a_decision_maker()
    writes = (
        lambda: run(ANSWER, by.pk, "decision_maker"),
        lambda: run(CORRECTED.format(content=content), amount),
        lambda: run("SET CONSTRAINTS revisionanswer_to_the_letter IMMEDIATE"),
        lambda: run("SELECT 1 / 0") if not refused else None,
    )
    assert kept_to("revisionanswer_to_the_letter", *writes) == (refused or "22012")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("£100 for Alpha", "£100\u0660 for Alpha"),
        ("£100,000 for Alpha", "£1000,00 for Alpha"),
        ("£1 million", "£1½ million"),
        ("six tranches", "ten tranches"),
        ("is agreed", "is not agreed"),
        ("£10 for Alpha", "£10² for Alpha"),
    ],
)
def test_no_item_of_a_correction_changes_what_stands_for_a_number(old: str, new: str) -> None:
    papers.signed()
    by = an_officer()
    revision = """
        INSERT INTO decisions_revision (decision_id, n, kind, reason, ground, withholds,
            proposed_at, proposed_by_id, role)
        SELECT id, 1, 'correction', 'A slip.', '', false, now(), %s, 'originating_officer'
        FROM decisions_decision"""
    item = """
        INSERT INTO decisions_reviseditem (revision_id, place, row, "where", part, old, new)
        SELECT id, 'title', 0, 'Title', 1, %s, %s FROM decisions_revision"""
    refused = kept_to("ALL", lambda: run(revision, by.pk), lambda: run(item, old, new))
    assert refused == "reviseditem_keeps_numbers"


@pytest.mark.parametrize(
    "change",
    [
        "date_published = '2001-01-01'",
        "has_deferred = true",
        "revoked_on = current_date",
        "status = 'signed'",
        "publication_deferred_until = '2099-01-01', publication_deferred_reason = 'Hidden'",
        "advice_needed = '{legal}'",
    ],
)
def test_no_row_says_what_no_step_made_of_it(change: str) -> None:
    papers.published()
    refused = kept_to("ALL", lambda: run(f"UPDATE decisions_decision SET {change}"))
    assert refused == "decision_as_its_steps_say"


def test_no_step_is_slipped_in_that_moves_nothing() -> None:
    papers.signed()
    by = a_governance_officer()
    refused = kept_to("ALL", lambda: run(STEP, "publish", by.pk, "governance_officer"))
    assert refused == "decision_as_its_steps_say"
