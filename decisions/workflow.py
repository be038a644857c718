"""The way of a decision: its statuses and the steps between them.

One table. The buttons, the permissions, the database's transition trigger, docs/workflow.md and
the parametrised test are made from it or held against it.
"""

from dataclasses import dataclass
from itertools import product

from django.db import models


class Status(models.TextChoices):
    """Where a decision stands."""

    DRAFT = "draft", "Draft"
    IN_ADVICE = "in_advice", "In advice"
    WITH_CHIEF_EXECUTIVE = "with_chief_executive", "With the chief executive"
    AWAITING_DECISION = "awaiting_decision", "Awaiting decision"
    TRANSCRIBED = "transcribed", "Awaiting confirmation"
    SIGNED = "signed", "Signed"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Source(models.TextChoices):
    """Where the decision was taken: in this register, or elsewhere and recorded here.

    One signed on paper is transcribed from its scan, confirmed by a second person, and in force
    here; one published elsewhere is only recorded, and opens no money.
    """

    HERE = "here", "Decided in this register"
    ELSEWHERE = "elsewhere", "Published elsewhere"
    PAPER = "paper", "Signed elsewhere, on paper"


OPEN = (Status.DRAFT, Status.IN_ADVICE, Status.WITH_CHIEF_EXECUTIVE)
SUBMITTED = (Status.IN_ADVICE, Status.WITH_CHIEF_EXECUTIVE)
FROZEN = (
    Status.AWAITING_DECISION,
    Status.TRANSCRIBED,
    Status.SIGNED,
    Status.PUBLISHED,
    Status.WITHDRAWN,
)
ANY_SOURCE = (Source.HERE, Source.ELSEWHERE, Source.PAPER)
IN_FORCE_HERE = (Source.HERE, Source.PAPER)
DECIDED = (Status.SIGNED, Status.PUBLISHED)
ONLY_OF = {
    Status.IN_ADVICE: Source.HERE,
    Status.WITH_CHIEF_EXECUTIVE: Source.HERE,
    Status.AWAITING_DECISION: Source.HERE,
    Status.TRANSCRIBED: Source.PAPER,
}
"""The statuses that decisions of one source alone come to."""

OFFICER = "originating_officer"
ADVISER = "adviser"
CHIEF_EXECUTIVE = "chief_executive"
DECISION_MAKER = "decision_maker"
GOVERNANCE = "governance_officer"


@dataclass(frozen=True)
class Step:
    """One step: from any of `sources` to `target` (None: the status stays), by one of `who`.

    `done` is how the step reads once taken; a step that `needs_reason` is refused without one.
    `applies_to` says whether it is for decisions taken here, for those recorded from elsewhere, or
    for both.
    """

    name: str
    sources: tuple[Status, ...]
    target: Status | None
    who: tuple[str, ...]
    label: str
    done: str
    applies_to: tuple[Source, ...] = (Source.HERE,)
    needs_reason: bool = False

    def moves(self) -> set[tuple[str, str, str]]:
        """Return the (source, from, to) moves of status that this step makes."""
        if self.target is None:
            return set()
        new = self.target.value
        pairs = product(self.applies_to, self.sources)
        return {
            (source.value, status.value, new)
            for source, status in pairs
            if ONLY_OF.get(status, source) == source
        }


S = Status

STEPS: tuple[Step, ...] = (
    Step("edit", OPEN, None, (OFFICER,), "Edit the paper", "Edited", IN_FORCE_HERE),
    Step(
        "submit_for_advice",
        (S.DRAFT,),
        S.IN_ADVICE,
        (OFFICER,),
        "Submit for advice",
        "Submitted for advice",
    ),
    Step("give_advice", SUBMITTED, None, (ADVISER,), "Give advice", "Advice given"),
    Step("confirm_advice", SUBMITTED, None, (ADVISER,), "Confirm advice", "Advice confirmed"),
    Step(
        "send_to_chief_executive",
        (S.IN_ADVICE,),
        S.WITH_CHIEF_EXECUTIVE,
        (OFFICER,),
        "Send to the chief executive",
        "Sent to the chief executive",
    ),
    Step(
        "endorse_stage",
        (S.WITH_CHIEF_EXECUTIVE,),
        None,
        (CHIEF_EXECUTIVE,),
        "Endorse at a stage before the last",
        "Endorsed; with the next stage",
    ),
    Step(
        "endorse",
        (S.WITH_CHIEF_EXECUTIVE,),
        S.AWAITING_DECISION,
        (CHIEF_EXECUTIVE,),
        "Endorse",
        "Endorsed by the chief executive",
    ),
    Step(
        "stand_aside",
        (S.WITH_CHIEF_EXECUTIVE, S.AWAITING_DECISION, *DECIDED),
        None,
        (CHIEF_EXECUTIVE, DECISION_MAKER),
        "Stand aside",
        "Stood aside",
    ),
    Step(
        "return_to_draft",
        (S.IN_ADVICE, S.WITH_CHIEF_EXECUTIVE, S.AWAITING_DECISION),
        S.DRAFT,
        (OFFICER, CHIEF_EXECUTIVE, DECISION_MAKER),
        "Return to draft",
        "Returned to draft",
        needs_reason=True,
    ),
    Step(
        "withdraw",
        (S.DRAFT, S.IN_ADVICE, S.WITH_CHIEF_EXECUTIVE, S.AWAITING_DECISION, S.TRANSCRIBED),
        S.WITHDRAWN,
        (OFFICER, GOVERNANCE),
        "Withdraw",
        "Withdrawn",
        IN_FORCE_HERE,
        needs_reason=True,
    ),
    Step("decide", (S.AWAITING_DECISION,), S.SIGNED, (DECISION_MAKER,), "Decide", "Signed"),
    Step(
        "decide_deferred",
        DECIDED,
        None,
        (DECISION_MAKER,),
        "Decide what was deferred",
        "Signed further",
    ),
    Step(
        "correct",
        DECIDED,
        None,
        (OFFICER, GOVERNANCE),
        "Propose a correction",
        "Correction proposed",
        IN_FORCE_HERE,
        needs_reason=True,
    ),
    Step(
        "release_part_2",
        DECIDED,
        None,
        (GOVERNANCE,),
        "Propose a release of Part 2",
        "Release of Part 2 proposed",
        IN_FORCE_HERE,
        needs_reason=True,
    ),
    Step(
        "vary",
        DECIDED,
        None,
        (OFFICER,),
        "Begin a decision that varies it",
        "A draft that varies it begun",
        ANY_SOURCE,
    ),
    Step(
        "supersede",
        DECIDED,
        None,
        (OFFICER,),
        "Begin a decision that supersedes it",
        "A draft that supersedes it begun",
        ANY_SOURCE,
    ),
    Step("publish", (S.SIGNED,), S.PUBLISHED, (GOVERNANCE,), "Publish", "Published", ANY_SOURCE),
    Step(
        "publish_further",
        (S.PUBLISHED,),
        None,
        (GOVERNANCE,),
        "Publish what was decided further",
        "Published further",
    ),
    Step(
        "defer_publication",
        DECIDED,
        None,
        (GOVERNANCE,),
        "Defer publication",
        "Publication deferred",
        IN_FORCE_HERE,
        needs_reason=True,
    ),
    Step(
        "take_down",
        (S.PUBLISHED,),
        S.SIGNED,
        (GOVERNANCE,),
        "Take down",
        "Taken down",
        applies_to=ANY_SOURCE,
        needs_reason=True,
    ),
    Step(
        "revoke",
        DECIDED,
        None,
        (DECISION_MAKER,),
        "Revoke",
        "Revoked",
        IN_FORCE_HERE,
        needs_reason=True,
    ),
    Step(
        "transcribe",
        (S.DRAFT,),
        S.TRANSCRIBED,
        (OFFICER, GOVERNANCE),
        "Transcribe what was signed on paper",
        "Transcribed from paper",
        (Source.PAPER,),
    ),
    Step(
        "confirm_transcription",
        (S.TRANSCRIBED,),
        S.SIGNED,
        (GOVERNANCE, CHIEF_EXECUTIVE),
        "Confirm what was transcribed",
        "Confirmed as signed elsewhere",
        (Source.PAPER,),
    ),
    Step(
        "return_transcription",
        (S.TRANSCRIBED,),
        S.DRAFT,
        (OFFICER, GOVERNANCE, CHIEF_EXECUTIVE),
        "Return to be transcribed anew",
        "Returned to be transcribed anew",
        (Source.PAPER,),
        needs_reason=True,
    ),
    Step(
        "record_published",
        (S.DRAFT,),
        S.PUBLISHED,
        (OFFICER, GOVERNANCE),
        "Record as published elsewhere",
        "Recorded as published elsewhere",
        applies_to=(Source.ELSEWHERE,),
    ),
)

PUBLICATIONS = ("publish", "publish_further", "record_published")
"""The steps that let anyone read what is signed until then."""

BY_NAME: dict[str, Step] = {step.name: step for step in STEPS}
MOVES: frozenset[tuple[str, str, str]] = frozenset().union(*(step.moves() for step in STEPS))


class StepName(models.TextChoices):
    """The steps that leave a row behind (see `decisions.models.StepTaken`)."""

    SUBMIT = "submit_for_advice", "Submitted for advice"
    SEND = "send_to_chief_executive", "Sent to the chief executive"
    ENDORSE_STAGE = "endorse_stage", "Endorsed; with the next stage"
    ENDORSE = "endorse", "Endorsed by the chief executive"
    RETURN = "return_to_draft", "Returned to draft"
    WITHDRAW = "withdraw", "Withdrawn"
    DECIDE = "decide", "Signed"
    DECIDE_DEFERRED = "decide_deferred", "Signed further"
    PUBLISH = "publish", "Published"
    PUBLISH_FURTHER = "publish_further", "Published further"
    DEFER_PUBLICATION = "defer_publication", "Publication deferred"
    TAKE_DOWN = "take_down", "Taken down"
    REVOKE = "revoke", "Revoked"
    RECORD_PUBLISHED = "record_published", "Recorded as published elsewhere"
    TRANSCRIBE = "transcribe", "Transcribed from paper"
    CONFIRM_TRANSCRIPTION = "confirm_transcription", "Confirmed as signed elsewhere"
    RETURN_TRANSCRIPTION = "return_transcription", "Returned to be transcribed anew"


def step(name: str) -> Step:
    """Return the step of that name; KeyError when there is none."""
    return BY_NAME[name]


def may_move(source: str, old: str, new: str) -> bool:
    """Return whether a decision of that source may move from one status to the other."""
    return (source, old, new) in MOVES
