"""A fresh second factor for one act on one content, used once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.core import context
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts import demonstration, step_up
from accounts.events import STEP_UP_VERIFIED
from accounts.forms import StepUpForm
from accounts.models import StepUp, StepUpUse, User
from accounts.refusals import StepUpRefused, TooManyAttempts
from audit import clock
from audit.acts import Act, action
from audit.models import LedgerEntry
from tests.accounts.passkey import HOST, Passkey
from tests.factories.people import a_decision_maker, a_person
from tests.factories.sign_in import code, give_app, request_of

ACT = "decide"
DIGEST = step_up.digest_of("the paper", "approved")
OTHER = step_up.digest_of("the paper", "rejected")


@pytest.fixture
def maker(db: None) -> User:
    return give_app(a_decision_maker())


@pytest.fixture
def request_(maker: User) -> Iterator[HttpRequest]:
    request = request_of(maker)
    request.META["HTTP_HOST"] = HOST
    with context.request_context(request):
        yield request


@pytest.fixture
def proof(request_: HttpRequest) -> StepUp:
    return step_up.verify_totp(request_, act_name=ACT, digest=DIGEST, code=code())


@action
def decide(_act: Act, *, by: User, digest: str, proof: StepUp | None, name: str = ACT) -> None:
    """Use a proof up, as an action that decides does."""
    step_up.consume(_act, by=by, act_name=name, digest=digest, proof=proof)
    _act.record(STEP_UP_VERIFIED, subject=by, data={"what": name})


def last_event() -> str:
    return LedgerEntry.objects.order_by("-seq")[0].event


def test_a_proof_decides_what_it_was_given_for(maker: User, proof: StepUp) -> None:
    decide(by=maker, digest=DIGEST, proof=proof)
    assert StepUpUse.objects.get().step_up == proof


def test_a_proof_is_used_once(maker: User, proof: StepUp) -> None:
    decide(by=maker, digest=DIGEST, proof=proof)
    with pytest.raises(StepUpRefused, match="used already"):
        decide(by=maker, digest=DIGEST, proof=proof)


def test_the_database_itself_refuses_a_second_use(maker: User, proof: StepUp) -> None:
    decide(by=maker, digest=DIGEST, proof=proof)
    with pytest.raises(IntegrityError), transaction.atomic():
        StepUpUse.objects.bulk_create([StepUpUse(step_up=proof, used_at=clock.now())])


def test_a_refused_act_leaves_the_proof_unused(maker: User, proof: StepUp) -> None:
    with pytest.raises(StepUpRefused):
        decide(by=maker, digest=OTHER, proof=proof)
    assert not StepUpUse.objects.exists()


def test_a_proof_does_not_decide_other_contents(maker: User, proof: StepUp) -> None:
    with pytest.raises(StepUpRefused, match="What is decided has changed"):
        decide(by=maker, digest=OTHER, proof=proof)


def test_a_proof_does_not_serve_another_act(maker: User, proof: StepUp) -> None:
    with pytest.raises(StepUpRefused, match="given for something else"):
        decide(by=maker, digest=DIGEST, proof=proof, name="endorse")


def test_a_proof_does_not_serve_another_person(proof: StepUp) -> None:
    with pytest.raises(StepUpRefused, match="given for something else"):
        decide(by=a_person("other"), digest=DIGEST, proof=proof)


def test_a_proof_still_serves_after_four_minutes(maker: User, proof: StepUp) -> None:
    with clock.at(clock.now() + timedelta(minutes=4)):
        decide(by=maker, digest=DIGEST, proof=proof)
    assert StepUpUse.objects.exists()


@pytest.mark.parametrize("minutes", [6, -1])
def test_a_proof_is_neither_old_nor_from_the_future(
    maker: User, proof: StepUp, minutes: int
) -> None:
    moment = clock.now() + timedelta(minutes=minutes)
    with clock.at(moment), pytest.raises(StepUpRefused, match="older than five minutes"):
        decide(by=maker, digest=DIGEST, proof=proof)


def test_nothing_is_decided_without_a_proof(maker: User) -> None:
    with pytest.raises(StepUpRefused, match="needs a fresh second factor"):
        decide(by=maker, digest=DIGEST, proof=None)


def test_a_code_makes_one_proof(request_: HttpRequest) -> None:
    given = code()
    step_up.verify_totp(request_, act_name=ACT, digest=DIGEST, code=given)
    with pytest.raises(StepUpRefused, match="used already"):
        step_up.verify_totp(request_, act_name=ACT, digest=OTHER, code=given)


def test_a_wrong_code_is_on_the_ledger(request_: HttpRequest) -> None:
    with pytest.raises(StepUpRefused):
        step_up.verify_totp(request_, act_name=ACT, digest=DIGEST, code="000000")
    assert last_event() == "accounts.step_up.failed"


def test_a_proof_is_on_the_ledger(proof: StepUp) -> None:
    assert last_event() == "accounts.step_up.verified"


def test_five_wrong_codes_lock(request_: HttpRequest) -> None:
    for _ in range(5):
        with pytest.raises(StepUpRefused):
            step_up.verify_totp(request_, act_name=ACT, digest=DIGEST, code="000000")
    with pytest.raises(TooManyAttempts, match="Too many attempts"):
        step_up.verify_totp(request_, act_name=ACT, digest=DIGEST, code=code())


def test_a_digest_tells_its_parts_apart() -> None:
    assert step_up.digest_of("ab", "c") != step_up.digest_of("a", "bc")


def form(request: HttpRequest, **data: str) -> StepUpForm:
    return StepUpForm(data, request=request, act_name=ACT, digest=DIGEST)


def test_the_form_makes_a_proof_of_a_code(request_: HttpRequest) -> None:
    filled = form(request_, code=code())
    assert filled.is_valid()
    assert filled.proof.method == StepUp.Method.TOTP


@pytest.mark.parametrize("data", [{}, {"code": "000000"}, {"credential": "{"}, {"password": "x"}])
def test_the_form_says_what_is_missing_or_wrong(
    request_: HttpRequest, data: dict[str, str]
) -> None:
    filled = form(request_, **data)
    assert not filled.is_valid()
    assert filled.errors


def test_the_demonstration_shows_a_code_that_counts(request_: HttpRequest) -> None:
    shown = form(request_).offer.demonstration_code
    assert form(request_, code=shown).is_valid()


def test_a_live_register_shows_no_code(request_: HttpRequest, settings: Any) -> None:
    settings.REGISTER_MODE = "live"
    assert form(request_).offer.demonstration_code == ""


def test_who_has_no_factor_of_their_own_is_offered_none(db: None) -> None:
    request = request_of(a_person("sso"))
    assert not step_up.offer(request, act_name=ACT, digest=DIGEST).is_possible


@pytest.fixture
def passkey(maker: User) -> Passkey:
    made = Passkey()
    made.give_to(maker)
    return made


def offered(request: HttpRequest, digest: str = DIGEST) -> str:
    return step_up.offer(request, act_name=ACT, digest=digest).passkey_options


def by_passkey(request: HttpRequest, answer: object, digest: str = DIGEST) -> StepUp:
    return step_up.verify_passkey(request, act_name=ACT, digest=digest, credential=answer)


def test_a_passkey_makes_a_proof(maker: User, passkey: Passkey, request_: HttpRequest) -> None:
    made = by_passkey(request_, passkey.answer(offered(request_)))
    decide(by=maker, digest=DIGEST, proof=made)
    assert StepUpUse.objects.get().step_up.method == StepUp.Method.PASSKEY


def test_a_passkeys_evidence_is_kept(passkey: Passkey, request_: HttpRequest) -> None:
    made = by_passkey(request_, passkey.answer(offered(request_)))
    expected = {"clientDataJSON", "authenticatorData", "signature", "public_key", "nonce"}
    assert expected < set(made.evidence)


def test_a_passkeys_answer_counts_once(passkey: Passkey, request_: HttpRequest) -> None:
    answer = passkey.answer(offered(request_))
    by_passkey(request_, answer)
    with pytest.raises(StepUpRefused):
        by_passkey(request_, answer)


def test_a_passkey_asked_about_one_content_does_not_confirm_another(
    passkey: Passkey, request_: HttpRequest
) -> None:
    answer = passkey.answer(offered(request_, OTHER))
    with pytest.raises(StepUpRefused):
        by_passkey(request_, answer, DIGEST)


def test_another_passkey_does_not_count(passkey: Passkey, request_: HttpRequest) -> None:
    stranger = Passkey()
    with pytest.raises(StepUpRefused):
        by_passkey(request_, stranger.answer(offered(request_)))


@pytest.mark.parametrize("answer", [None, "", [], {}, {"id": 1}, {"response": {}}, 7])
def test_what_is_no_answer_is_refused(
    passkey: Passkey, request_: HttpRequest, answer: object
) -> None:
    offered(request_)
    with pytest.raises(StepUpRefused):
        by_passkey(request_, answer)


def test_the_loader_proves_in_a_demonstration(maker: User) -> None:
    made = demonstration.prove(by=maker, act_name=ACT, digest=DIGEST)
    decide(by=maker, digest=DIGEST, proof=made)
    assert made.method == StepUp.Method.DEMONSTRATION


def test_the_loader_proves_nothing_in_a_live_register(maker: User, settings: Any) -> None:
    made = demonstration.prove(by=maker, act_name=ACT, digest=DIGEST)
    settings.REGISTER_MODE = "live"
    with pytest.raises(StepUpRefused):
        demonstration.prove(by=maker, act_name=ACT, digest=DIGEST)
    with pytest.raises(StepUpRefused, match="a demonstration's"):
        decide(by=maker, digest=DIGEST, proof=made)
