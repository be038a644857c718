"""The first half of the state machine of decisions: drafting, advice, endorsement."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from accounts.models import User
from audit.refusals import Refused
from audit.verify import verify
from audit.words import money
from decisions import actions
from decisions.actions import RecommendationWords, Sum
from decisions.models import Decision
from tests.decisions.machine_cast import a_paper
from tests.decisions.plain_model import Plain
from tests.factories import afterwards, as_shown
from tests.factories.papers import again, answered

NAMES = (
    *("officer", "other", "financial", "legal", "chief", "chief_too", "chief_deputy", "maker"),
    *("limited", "capped", "deputy", "lapsed", "ended", "both", "governance", "keeper"),
)
RIGHT = "right"  # somebody who may, where there is anybody
WHO = st.sampled_from([*NAMES, *[RIGHT] * 30])
PAPER = st.sampled_from(["first", "first", "first", "second", "on paper"])
MADE_HERE = st.sampled_from(["first", "second"])
KIND = st.sampled_from(["financial", "legal"])
SUM = st.sampled_from([Decimal(1_000_000), Decimal(1_200_000), Decimal(1_300_000)])
WHY = "A reason."


class Drafting(RuleBasedStateMachine):
    """Three papers, and what is done with them before they await decision."""

    users: ClassVar[dict[str, User]]
    runs: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        record = afterwards.a_paper_record(by=self.users["keeper"])
        self.rows = {
            "first": a_paper(self.users["officer"]),
            "second": a_paper(self.users["both"]),
            "on paper": record,
        }
        self.plain = {
            "first": Plain("officer"),
            "second": Plain("both"),
            "on paper": Plain("keeper", on_paper=True, has_part_2=False),
        }
        for name, row in self.rows.items():
            self.plain[name].title = row.title
        self.turn = 0
        self.given: list[tuple[str, Decimal]] = []

    def teardown(self) -> None:
        """Verify the audit trail now and then, and undo the whole run."""
        type(self).runs += 1
        if self.runs % 10 == 1:
            assert verify().failures == []
        transaction.savepoint_rollback(self.before)

    def act(self, paper: str, do: Callable[..., Any], who: str, *, expected: bool) -> bool:
        """Do an act as somebody; it must be done, or refused, as expected."""
        event(f"{do.__name__} {'done' if expected else 'refused'}")
        try:
            do(self.rows[paper], self.users[who])
        except Refused as refusal:
            assert not expected, f"{who} on {self.plain[paper]}: {refusal}"  # noqa: PT017
        else:
            assert expected, f"{who} was let through on {self.plain[paper]}"
        self.rows[paper] = again(self.rows[paper])
        return expected

    def somebody(self, who: str, may: Callable[[str], bool]) -> str:
        """Return who it is; for `RIGHT` one of those who may, by turns, else anybody."""
        if who != RIGHT:
            return who
        found = [name for name in NAMES if may(name)] or [*NAMES]
        self.turn += 1
        return found[self.turn % len(found)]

    def simply(self, paper: str, name: str, who: str, *, expected: bool, **what: Any) -> bool:
        """Do an act that takes a decision and plain values."""
        do: Callable[..., Any] = getattr(as_shown, name, None) or getattr(actions, name)

        def act(row: Decision, by: User) -> None:
            do(decision=row, by=by, **what)

        act.__name__ = name
        return self.act(paper, act, who, expected=expected)

    # --- drafting and advice ---

    @rule(paper=PAPER, who=WHO, title=st.sampled_from(["Anew", "Once more"]))
    def retitle(self, paper: str, who: str, title: str) -> None:
        """Change the title, which no advice covers."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_edit)
        if self.simply(paper, "edit_paper", who, expected=plain.may_edit(who), title=title):
            plain.title = title

    @rule(paper=MADE_HERE, who=WHO, amount=SUM)
    def ask_for(self, paper: str, who: str, amount: Decimal) -> None:
        """Change the sum that is asked for, which all advice covers."""
        plain, row = self.plain[paper], self.rows[paper]
        who = self.somebody(who, plain.may_edit)
        words = RecommendationWords(
            text=f"accept up to {money(amount)} of grant for the national centre.",
            kind="accept",
            figures=[Sum(amount, up_to=True)],
        )
        one = row.recommendations.get(number="1")

        def edit(_row: Decision, by: User) -> None:
            actions.edit_recommendation(recommendation=one, words=words, by=by)

        if self.act(paper, edit, who, expected=plain.may_edit(who)):
            plain.asked, plain.wording = amount, words.text
            self.answer(paper)

    @rule(paper=MADE_HERE, who=WHO, words=st.sampled_from(["A", "B"]))
    def write_law(self, paper: str, who: str, words: str) -> None:
        """Change the legal section, which legal advice covers."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_edit)
        section = self.rows[paper].sections.get(heading="Legal comments")
        paragraph = section.paragraphs.get()

        def edit(_row: Decision, by: User) -> None:
            actions.edit_paragraph(paragraph=paragraph, text=f"Law {words}.", by=by)

        if self.act(paper, edit, who, expected=plain.may_edit(who)):
            plain.legal = words

    def answer(self, paper: str) -> None:
        """Answer what is doubted of a paper, as its officer."""
        self.rows[paper] = again(answered(self.rows[paper]))

    @rule(paper=PAPER, who=WHO)
    def submit(self, paper: str, who: str) -> None:
        """Submit for advice."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_submit)
        expected = plain.may_submit(who)
        if plain.status == "draft":
            self.answer(paper)
        if self.simply(paper, "submit_for_advice", who, expected=expected):
            plain.status = "in_advice"

    @rule(paper=PAPER, who=WHO, kind=KIND)
    def advise(self, paper: str, who: str, kind: str) -> None:
        """Give advice."""
        plain = self.plain[paper]
        who = self.somebody(who, lambda one: plain.may_advise(one, kind))
        expected = plain.may_advise(who, kind)
        if self.simply(paper, "give_advice", who, expected=expected, kind=kind, words="Sound."):
            plain.advice[kind] = plain.covers(kind)
            plain.advisers.add(who)

    @rule(paper=PAPER, who=WHO, kind=KIND)
    def confirm(self, paper: str, who: str, kind: str) -> None:
        """Confirm advice that has lapsed."""
        plain = self.plain[paper]
        who = self.somebody(who, lambda one: plain.may_confirm(one, kind))
        if self.simply(
            paper, "confirm_advice", who, expected=plain.may_confirm(who, kind), kind=kind
        ):
            plain.advice[kind] = plain.covers(kind)
            plain.advisers.add(who)

    @rule(paper=PAPER, who=WHO)
    def send(self, paper: str, who: str) -> None:
        """Send to the chief executive."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_send)
        if self.simply(paper, "send_to_chief_executive", who, expected=plain.may_send(who)):
            plain.status = "with_chief_executive"

    @rule(paper=PAPER, who=WHO)
    def endorse(self, paper: str, who: str) -> None:
        """Endorse."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_endorse)
        if self.simply(paper, "endorse", who, expected=plain.may_endorse(who)):
            plain.status = "awaiting_decision"
            plain.endorsers.add(who)

    @rule(paper=PAPER, who=WHO)
    def give_back(self, paper: str, who: str) -> None:
        """Return to draft."""
        plain = self.plain[paper]
        who = self.somebody(who, plain.may_return)
        expected = plain.may_return(who)
        if self.simply(paper, "return_to_draft", who, expected=expected, reason=WHY):
            plain.status = "draft"

    @rule(paper=PAPER, who=st.sampled_from([*NAMES, *[""] * 30]))
    def withdraw(self, paper: str, who: str) -> None:
        """Withdraw, seldom: nothing follows on it."""
        plain = self.plain[paper]
        if who and self.simply(
            paper, "withdraw", who, expected=plain.may_withdraw(who), reason=WHY
        ):
            plain.status = "withdrawn"
