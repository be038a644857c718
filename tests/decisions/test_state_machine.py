"""Any order of acts, by anybody, does just what a plain account of the rules would allow.

The ordinary run is short. DECISION_MACHINE=long tries other orders each time, for some minutes.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from accounts.demonstration import prove
from accounts.models import StepUp, User
from audit import clock
from decisions import actions
from decisions.actions import OutcomeWords
from decisions.models import Approval, Decision, PreparedDecision
from tests.decisions.machine_cast import everybody
from tests.decisions.machine_drafting import MADE_HERE, NAMES, PAPER, RIGHT, WHO, WHY, Drafting
from tests.decisions.plain_model import DECIDERS, Outcomes, used_by
from tests.factories import afterwards
from tests.machines import machine_settings

DECIDER = st.sampled_from([*sorted(DECIDERS), "ended", "officer", "chief", *[RIGHT] * 12])
HOW = st.sampled_from(["approved", "approved", "amended", "rejected", "deferred"])
FAR = st.sampled_from([0, 1, 1, 2, 2, 3, 3, 4])
NOTE = st.sampled_from(["noted", "noted", "deferred"])


class Register(Drafting):
    """Acts on three papers in any order, each done or refused as the plain account says."""

    @rule(paper=MADE_HERE)
    def go_on(self, paper: str) -> None:
        """Do what the paper waits for, by those who may, so that most runs get somewhere."""
        plain = self.plain[paper]
        if plain.status == "draft":
            self.submit(paper, plain.officer)
        for kind in ("financial", "legal"):
            if plain.status in ("in_advice", "with_chief_executive") and not plain.is_current(kind):
                self.advise(paper, kind, kind)
        if plain.status == "in_advice":
            self.send(paper, plain.officer)
        elif plain.status == "with_chief_executive":
            self.endorse(paper, RIGHT)
        elif plain.status == "awaiting_decision":
            self.decide(paper, RIGHT, "approved", "deferred", "noted")
        elif plain.status == "signed":
            self.publish(paper, RIGHT)

    @initialize(first=FAR, second=FAR, is_confirmed=st.booleans())
    def begin(self, first: int, second: int, *, is_confirmed: bool) -> None:
        """Let each paper have come some way already."""
        for paper, far in {"first": first, "second": second}.items():
            for _ in range(far):
                self.go_on(paper)
        if is_confirmed:
            self.transcribe("keeper")
            self.confirm_transcription(RIGHT)

    # --- deciding ---

    @rule(paper=PAPER, who=WHO)
    def stand_aside(self, paper: str, who: str) -> None:
        """Stand aside."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_stand_aside)
        expected = plain.may_stand_aside(who)
        if self.simply(paper, "stand_aside", who, expected=expected, words="A cousin."):
            plain.aside.add(who)

    def outcomes(self, paper: str, chosen: Outcomes) -> list[OutcomeWords]:
        """Return outcomes as the register takes them."""
        row, back = self.rows[paper], clock.today() + timedelta(days=30)
        found = []
        for one, how in chosen.items():
            recommendation = row.recommendations.get(number=one)
            half = {each.pk: each.amount / 2 for each in recommendation.figures.all()}
            given = "approved_as_amended" if how == "amended" else how
            sums = half if how == "amended" else {}
            until = back if how == "deferred" else None
            found.append(OutcomeWords(recommendation, given, figures=sums, until=until))
        return found

    def chosen(self, paper: str, one: str, two: str, three: str) -> dict[str, str]:
        """Return an outcome for each recommendation that is left to decide."""
        asked = {"1": one, "2": two, "3": three}
        return {number: asked[number] for number in self.plain[paper].left}

    @rule(paper=MADE_HERE, who=DECIDER, one=HOW, two=HOW, three=NOTE)
    def decide(self, paper: str, who: str, one: str, two: str, three: str) -> None:
        """Decide what is left, each recommendation by itself; by `RIGHT`, all others try first."""
        plain, chosen = self.plain[paper], self.chosen(paper, one, two, three)
        used = self.given
        may = [name for name in NAMES if plain.may_decide(name, chosen, used_by(name, used))]
        if who == RIGHT and may:
            for name in sorted(set(NAMES) - set(may)):
                self.sign(paper, name, chosen)
        self.sign(paper, self.somebody(who, may.__contains__), chosen)

    def sign(self, paper: str, who: str, chosen: Outcomes) -> None:
        """Decide what is left in a way, or be refused."""
        outcomes = self.outcomes(paper, chosen)
        what: dict[str, Any] = {"outcomes": outcomes, "interests": "None."}
        expected = self.plain[paper].may_decide(who, chosen, used_by(who, self.given))

        def sign(row: Decision, by: User) -> None:
            actions.decide(decision=row, proof=self.proof(row, by, what), by=by, **what)

        if self.act(paper, sign, who, expected=expected):
            self.decided(paper, who, chosen)

    def proof(self, row: Decision, by: User, what: dict[str, Any]) -> StepUp | None:
        """Return a fresh second factor for deciding just this; none before there is a version."""
        if not row.versions.exists():
            return None
        digest = actions.decision_digest(decision=row, **what)
        return prove(by=by, act_name=actions.ACT_NAME, digest=digest)

    def decided(self, paper: str, who: str, chosen: Outcomes) -> None:
        """Let the account follow a decision."""
        self.given.append((who, self.plain[paper].opens(chosen)))
        self.plain[paper].decided(chosen)

    @rule(who=DECIDER, between=st.sampled_from(["", "", "stand aside", "return", "twice"]))
    def sign_box(self, who: str, between: str) -> None:
        """Prepare whatever awaits decision, confirm it as a batch, and sign paper by paper."""
        who = self.somebody(who, lambda one: one in ("maker", "deputy", "capped"))
        prepared = {}
        for paper in ("first", "second"):
            chosen = self.chosen(paper, "approved", "approved", "noted")
            expected = self.plain[paper].may_decide(who, chosen, used_by(who, self.given))
            if self.simply(
                paper,
                "prepare_decision",
                who,
                expected=expected,
                outcomes=self.outcomes(paper, chosen),
                interests="None.",
            ):
                prepared[paper] = self.rows[paper].prepared.get(person=self.users[who])
        if prepared:
            self.sign_batch(who, prepared, between)

    def sign_batch(self, who: str, prepared: dict[str, PreparedDecision], between: str) -> None:
        """Confirm a batch, do something in between, and sign each paper of it."""
        maker, chosen = self.users[who], [*prepared.values()]
        digest = actions.batch_digest(name="Box", prepared=chosen)
        proof = prove(by=maker, act_name=actions.SIGN_BATCH, digest=digest)
        batch = actions.confirm_batch(name="Box", prepared=chosen, proof=proof, by=maker)
        facts = {paper: actions.prepared_facts(one) for paper, one in prepared.items()}
        if between == "stand aside":
            self.stand_aside(next(iter(prepared)), who)
        elif between == "return":
            self.give_back(next(iter(prepared)), who)
        for _ in range(2 if between == "twice" else 1):
            for item in batch.items.order_by("position"):
                paper = next(one for one, row in self.rows.items() if row.pk == item.decision_id)
                self.sign_item(paper, who, facts[paper], item)

    def sign_item(self, paper: str, who: str, facts: dict[str, Any], item: Any) -> None:
        """Sign one paper of a batch."""
        how = {"approved": "approved", "noted": "noted"}
        chosen = {one.recommendation.number: how[one.outcome] for one in facts["outcomes"]}
        expected = self.plain[paper].may_decide(who, chosen, used_by(who, self.given))

        def sign(row: Decision, by: User) -> None:
            actions.decide(**{**facts, "decision": row}, item=item, by=by)

        if self.act(paper, sign, who, expected=expected):
            self.decided(paper, who, chosen)

    # --- after the signature ---

    @rule(paper=PAPER, who=WHO)
    def publish(self, paper: str, who: str) -> None:
        """Publish."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_publish)
        if self.simply(paper, "publish", who, expected=plain.may_publish(who)):
            plain.status, plain.is_signed_further = "published", False

    @rule(paper=PAPER, who=st.sampled_from(["governance", "chief"]), days=st.integers(-1, 2))
    def put_off(self, paper: str, who: str, days: int) -> None:
        """Defer publication."""
        waits = self.plain[paper].waits_to_be_published
        expected = waits and who == "governance" and days > 0
        until = clock.today() + timedelta(days=days)
        self.simply(paper, "defer_publication", who, expected=expected, reason=WHY, until=until)

    @rule(paper=PAPER, who=st.sampled_from(["governance", "maker", RIGHT]))
    def take_down(self, paper: str, who: str) -> None:
        """Take down."""
        plain = self.plain[paper]
        who = self.somebody(who, lambda one: one == "governance")
        expected = plain.status == "published" and who == "governance"
        if self.simply(paper, "take_down", who, expected=expected, reason=WHY):
            plain.status = "signed"

    @rule(paper=PAPER, who=WHO)
    def correct(self, paper: str, who: str) -> None:
        """Propose a correction of the title."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_propose)
        words = [("title-0", f"{plain.title}.")]

        def propose(row: Decision, by: User) -> None:
            actions.propose_correction(decision=row, words=words, reason=WHY, by=by)

        if self.act(paper, propose, who, expected=plain.may_propose(who)):
            plain.proposed = ("correction", who)

    @rule(paper=PAPER, who=WHO)
    def release(self, paper: str, who: str) -> None:
        """Propose that all of Part 2 is released."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_propose_release)

        def propose(row: Decision, by: User) -> None:
            items = [one.key for one in actions.releasable(row)]
            actions.propose_release(decision=row, items=items, ground="foi", reason=WHY, by=by)

        if self.act(paper, propose, who, expected=plain.may_propose_release(who)):
            plain.proposed = ("release", who)

    @rule(paper=PAPER, who=WHO, declines=st.sampled_from([False, False, True]))
    def answer_revision(self, paper: str, who: str, *, declines: bool) -> None:
        """Confirm what was proposed, or decline it."""
        plain, revision = self.plain[paper], self.rows[paper].revisions.last()
        if revision is None:
            return
        who = self.somebody(who, plain.may_confirm_revision)
        confirmable = plain.may_confirm_revision(who)
        own = plain.proposed is not None and plain.proposed[1] == who

        def answer(_row: Decision, by: User) -> None:
            if declines:
                actions.decline_revision(revision=revision, reason=WHY, by=by)
            else:
                afterwards.confirm(revision, by=by)

        if self.act(paper, answer, who, expected=confirmable or (declines and own)):
            if declines:
                plain.proposed = None
            else:
                plain.revised()

    @rule(paper=PAPER, who=st.sampled_from([*NAMES, *[""] * 30]))
    def revoke(self, paper: str, who: str) -> None:
        """Revoke, seldom."""
        plain = self.plain[paper]

        def revoke(row: Decision, by: User) -> None:
            digest = actions.revocation_digest(decision=row, reason=WHY)
            proof = prove(by=by, act_name=actions.REVOKE, digest=digest)
            actions.revoke(decision=row, reason=WHY, proof=proof, by=by)

        if who and self.act(paper, revoke, who, expected=plain.may_revoke(who)):
            plain.is_revoked = True

    @rule(
        paper=PAPER,
        who=st.sampled_from(["officer", "other", "maker"]),
        kind=st.sampled_from(["varies", "supersedes"]),
    )
    def succeed(self, paper: str, who: str, kind: str) -> None:
        """Begin a draft that varies or supersedes it."""
        expected = self.plain[paper].is_in_force and who in ("officer", "other")
        self.simply(paper, "begin_successor", who, expected=expected, kind=kind)

    # --- signed on paper ---

    @rule(who=st.sampled_from(["keeper", "keeper", "governance", "maker"]))
    def transcribe(self, who: str) -> None:
        """Say what was signed on paper."""
        paper = "on paper"
        plain = self.plain[paper]
        one = self.rows[paper].recommendations.get()

        def transcribe(row: Decision, by: User) -> None:
            signed = afterwards.signed_words()
            outcomes = [OutcomeWords(one, "approved")]
            actions.transcribe(decision=row, signed=signed, outcomes=outcomes, by=by)

        if self.act(paper, transcribe, who, expected=plain.may_transcribe(who)):
            plain.status, plain.transcriber = "transcribed", who

    @rule(who=WHO)
    def confirm_transcription(self, who: str) -> None:
        """Confirm what another transcribed."""
        paper = "on paper"
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_confirm_transcription)
        if not plain.transcriber:
            return
        if self.act(
            paper, afterwards.confirm_paper, who, expected=plain.may_confirm_transcription(who)
        ):
            plain.status = "signed"
            plain.decided({"1": "approved", "2": "approved", "3": "noted"})

    @rule(who=st.sampled_from(["keeper", "governance", "chief", "maker", "other"]))
    def return_transcription(self, who: str) -> None:
        """Return what was transcribed."""
        plain = self.plain["on paper"]
        expected = plain.may_return_transcription(who)
        if self.simply("on paper", "return_transcription", who, expected=expected, reason=WHY):
            plain.status = "draft"

    # --- what always holds ---

    @invariant()
    def stands_as_in_the_account(self) -> None:
        """Status, title and sums are those of the account: nothing else ever changes them."""
        for name, plain in self.plain.items():
            row = Decision.objects.get(pk=self.rows[name].pk)
            first = row.recommendations.get(number="1").figures.get()
            found = (row.status, row.title, first.amount, row.revoked_on is not None)
            assert found == (plain.status, plain.title, plain.asked, plain.is_revoked)
            assert row.documents.public().count() == plain.documents

    @invariant()
    def is_signed_by_those_who_may(self) -> None:
        """Nobody decides what they prepared, advised on or endorsed, nor twice at one sitting."""
        for name, plain in self.plain.items():
            rows = Approval.objects.filter(decision=self.rows[name], stage="decision")
            assert rows.count() == plain.signings
            for approval in rows.exclude(approved_by=None):
                by, row = approval.approved_by or User(), self.rows[name]
                assert not row.was_prepared_by(by)
                assert not row.was_advised_on_by(by)
                assert not row.was_endorsed_by(by)

    @invariant()
    def has_every_row_on_the_ledger(self) -> None:
        """Every deferred rule of the database holds as if the acts were committed now."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
def test_any_order_of_acts_does_what_a_plain_account_allows() -> None:
    Register.users = everybody()
    run_state_machine_as_test(
        Register,
        settings=machine_settings("DECISION_MACHINE", short=(3, 20), long=(120, 60)),
    )
