"""Decisions as a plain account of the rules would have them: no database, no code of the register.

The state machine holds the register against it: what the account allows is done, and what it does
not is refused.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

DECIDERS = {"maker", "limited", "capped", "deputy", "lapsed", "both", "chief_too"}
WITH_POWER = DECIDERS - {"lapsed"}
CHIEFS = {"chief", "chief_too", "chief_deputy"}
GOVERNORS = {"governance", "keeper"}
ADVISERS = {"financial": {"financial", "both"}, "legal": {"legal"}}
LIMIT, CAP = Decimal(1_000_000), Decimal(1_500_000)
DRAWN = Decimal(570_000)
OPEN = {"draft", "in_advice", "with_chief_executive"}
SUBMITTED = {"in_advice", "with_chief_executive"}
BEFORE = OPEN | {"awaiting_decision"}
DECIDED = {"signed", "published"}

Outcomes = Mapping[str, str]


@dataclass
class Plain:
    """One paper: recommendation 1 is a sum, 2 is drawn from it, 3 is to note something."""

    officer: str
    on_paper: bool = False
    status: str = "draft"
    title: str = ""
    asked: Decimal = Decimal(1_200_000)
    wording: str = ""
    legal: str = ""
    advice: dict[str, tuple[Decimal, str, str]] = field(default_factory=dict)
    advisers: set[str] = field(default_factory=set)
    endorsers: set[str] = field(default_factory=set)
    aside: set[str] = field(default_factory=set)
    outcomes: dict[str, str] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)
    signings: int = 0
    documents: int = 0
    is_revoked: bool = False
    is_signed_further: bool = False
    has_part_2: bool = True
    proposed: tuple[str, str] | None = None
    transcriber: str = ""

    # --- what stands ---

    @property
    def is_decided(self) -> bool:
        """Whether it is signed, here or on paper."""
        return self.status in DECIDED

    @property
    def is_in_force(self) -> bool:
        """Whether it is decided and not revoked."""
        return self.is_decided and not self.is_revoked

    @property
    def left(self) -> list[str]:
        """The recommendations that have no outcome but a deferral."""
        return [one for one in "123" if self.outcomes.get(one, "deferred") == "deferred"]

    @property
    def has_deferred(self) -> bool:
        """Whether something is decided and something comes back."""
        return self.signings > 0 and bool(self.left)

    def covers(self, kind: str) -> tuple[Decimal, str, str]:
        """Return what advice of a kind covers: every recommendation, and its own section."""
        return self.asked, self.wording, self.legal if kind == "legal" else ""

    def is_current(self, kind: str) -> bool:
        """Whether advice of a kind was given on what now stands."""
        return self.advice.get(kind) == self.covers(kind)

    @property
    def is_advised(self) -> bool:
        """Whether all advice covers the paper."""
        return all(self.is_current(kind) for kind in ADVISERS)

    def is_apart(self, who: str) -> bool:
        """Whether somebody neither prepared it, nor advised on it, nor stood aside from it."""
        return who not in {self.officer, *self.advisers, *self.aside}

    # --- what may be done ---

    def may_edit(self, who: str) -> bool:
        """Whether somebody may change it."""
        is_open = self.status == "draft" if self.on_paper else self.status in OPEN
        return is_open and who == self.officer

    def may_submit(self, who: str) -> bool:
        """Whether somebody may submit it for advice."""
        return self.status == "draft" and who == self.officer and not self.on_paper

    def may_advise(self, who: str, kind: str) -> bool:
        """Whether somebody may give advice of a kind."""
        return self.status in SUBMITTED and who in ADVISERS[kind] - {self.officer}

    def may_confirm(self, who: str, kind: str) -> bool:
        """Whether somebody may confirm advice of a kind, which was given and has lapsed."""
        has_lapsed = kind in self.advice and not self.is_current(kind)
        return self.may_advise(who, kind) and has_lapsed

    def may_send(self, who: str) -> bool:
        """Whether somebody may send it to the chief executive."""
        return self.status == "in_advice" and who == self.officer and self.is_advised

    def may_endorse(self, who: str) -> bool:
        """Whether somebody may endorse it."""
        in_turn = self.status == "with_chief_executive"
        return in_turn and who in self._chiefs() and self.is_apart(who) and self.is_advised

    def may_return(self, who: str) -> bool:
        """Whether somebody may return it to draft."""
        at = {"with_chief_executive": self._chiefs(), "awaiting_decision": DECIDERS}
        in_turn = self.status in BEFORE - {"draft"}
        return in_turn and (who == self.officer or who in at.get(self.status, set()) - self.aside)

    def may_withdraw(self, who: str) -> bool:
        """Whether somebody may withdraw it."""
        return self.status in {*BEFORE, "transcribed"} and who in {self.officer, *GOVERNORS}

    def may_stand_aside(self, who: str) -> bool:
        """Whether somebody may stand aside: one on whom the paper waits, and only once."""
        at = {"with_chief_executive": self._chiefs(), "awaiting_decision": DECIDERS}
        office = DECIDERS if self.is_in_force and self.has_deferred else at.get(self.status, set())
        return who in office - self.aside and not self.on_paper

    def may_decide(self, who: str, outcomes: Outcomes, used: Decimal) -> bool:
        """Whether somebody may decide what is left in this way, of a cap of which so much is used.

        `outcomes` are by recommendation: approved, amended (to half), rejected, deferred, noted.
        """
        waits = self.status == "awaiting_decision" or (self.is_in_force and self.has_deferred)
        is_whole = sorted(outcomes) == self.left
        is_note = all(outcomes[one] != "noted" or one == "3" for one in outcomes)
        apart = self.is_apart(who) and who not in self.endorsers
        power = who in self._deciders() and self._is_covered(who, self.opens(outcomes), used)
        drawn = self._is_drawn_well(outcomes)
        advised = self.is_advised or self.is_decided
        return all((waits, is_whole, is_note, apart, power, drawn, advised, not self.on_paper))

    def granted(self, outcomes: Outcomes) -> dict[str, Decimal]:
        """Return the sums that such outcomes grant."""
        asked = {"1": self.asked, "2": DRAWN}
        parts = {"approved": 1, "amended": 2}
        return {
            one: asked[one] / parts[how]
            for one, how in outcomes.items()
            if one in asked and how in parts
        }

    def opens(self, outcomes: Outcomes) -> Decimal:
        """Return the authority that such outcomes open: what is drawn opens none of its own."""
        return self.granted(outcomes).get("1", Decimal(0))

    def _is_covered(self, who: str, total: Decimal, used: Decimal) -> bool:
        limits = {"limited": total <= LIMIT, "capped": used + total <= CAP}
        return limits.get(who, True)

    def _is_drawn_well(self, outcomes: Outcomes) -> bool:
        sums = {**self.sums, **self.granted(outcomes)}
        return sums.get("2", Decimal(0)) <= sums.get("1", Decimal(0))

    def may_propose(self, who: str) -> bool:
        """Whether somebody may propose a correction."""
        free = self.is_in_force and self.proposed is None
        return free and who in {self.officer, *GOVERNORS}

    def may_propose_release(self, who: str) -> bool:
        """Whether somebody may propose that Part 2 is released."""
        return self.may_propose(who) and who in GOVERNORS and self.has_part_2

    def may_confirm_revision(self, who: str) -> bool:
        """Whether somebody may confirm what another proposed."""
        if self.proposed is None or not self.is_in_force:
            return False
        kind, proposer = self.proposed
        office = self._with_power() if kind == "correction" else {*GOVERNORS, *CHIEFS, *DECIDERS}
        return who in office - {proposer} and self.is_apart(who)

    def may_revoke(self, who: str) -> bool:
        """Whether somebody may revoke it."""
        return self.is_in_force and who in self._with_power() and self.is_apart(who)

    def _with_power(self) -> set[str]:
        """Return who could have decided it: what was granted, or is asked for and undecided."""
        granted = {"approved": self.asked, "amended": self.asked / 2, "rejected": Decimal(0)}
        total = granted.get(self.outcomes.get("1", ""), self.asked)
        return self._deciders() - ({"limited"} if total > LIMIT else set())

    def _deciders(self) -> set[str]:
        """Return who has a power today: a deputy only while the principal did not stand aside."""
        return WITH_POWER - ({"deputy"} if "maker" in self.aside else set())

    def _chiefs(self) -> set[str]:
        """Return who holds the office: a deputy only while the principal did not stand aside."""
        return CHIEFS - ({"chief_deputy"} if "chief" in self.aside else set())

    def may_transcribe(self, who: str) -> bool:
        """Whether somebody may say what was signed on paper."""
        return self.on_paper and self.status == "draft" and who == self.officer

    def may_confirm_transcription(self, who: str) -> bool:
        """Whether somebody may confirm what another transcribed."""
        office = {*GOVERNORS, *CHIEFS}
        apart = who in office - {self.officer, self.transcriber}
        return self.status == "transcribed" and apart

    def may_return_transcription(self, who: str) -> bool:
        """Whether somebody may return what was transcribed."""
        return self.status == "transcribed" and who in {self.officer, *GOVERNORS, *CHIEFS}

    def may_publish(self, who: str) -> bool:
        """Whether somebody may publish it."""
        return self.waits_to_be_published and not self.is_revoked and who in GOVERNORS

    @property
    def waits_to_be_published(self) -> bool:
        """Whether what is signed is not published, or not all of it."""
        return self.status == "signed" or (self.status == "published" and self.is_signed_further)

    # --- what comes of it ---

    def decided(self, outcomes: Outcomes) -> None:
        """Take it as decided in such a way."""
        self.outcomes |= outcomes
        self.sums |= self.granted(outcomes)
        self.signings += 1
        self.documents += 1
        self.is_signed_further = self.status == "published"
        if self.status == "awaiting_decision":
            self.status = "signed"

    def revised(self) -> None:
        """Take what was proposed as confirmed."""
        if self.proposed and self.proposed[0] == "correction":
            self.title += "."
        else:
            self.has_part_2 = False
        self.proposed = None
        self.documents += 1


def used_by(who: str, given: Collection[tuple[str, Decimal]]) -> Decimal:
    """Return what of a cap somebody's decisions have used."""
    return sum((amount for name, amount in given if name == who), Decimal(0))
