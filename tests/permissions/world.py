"""A register with a paper in every state, made once for a whole module of tests.

Everything happens inside one transaction that is undone at the end, and each attempt inside a
savepoint of its own; the database checks the audit trail's guard whenever `settle` is called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client

from accounts.models import User
from audit import clock
from decisions import actions
from decisions.actions import ConditionWords, KeptFile, OutcomeWords
from decisions.documents.files import paper_store
from decisions.imported_paper import ImportedPaper, ImportedParagraph, ImportedSection
from decisions.models import Decision, Part
from tests.factories import afterwards, papers
from tests.factories.lasting import settle
from tests.factories.memory import remembered
from tests.factories.people import a_governance_officer, an_officer
from tests.permissions import cast

# The states of a paper, by the letters that head the tables' columns.
STATES = {
    "D": "draft, never submitted",
    "I": "in advice, none given yet",
    "V": "in advice, all of it given",
    "C": "with the chief executive",
    "W": "awaiting decision",
    "S": "signed",
    "P": "published",
    "X": "withdrawn",
    "T": "taken down",
    "F": "signed on a condition, one recommendation deferred",
    "R": "published and revoked",
    "E": "published elsewhere",
    "N": "published, with no Part 2, a correction proposed",
}


@dataclass
class World:
    """Everybody, each signed in, and a paper in each state."""

    users: dict[str, User]
    clients: dict[str, Client]
    decisions: dict[str, Decision]


def a_world() -> World:
    """Make a world."""
    users = cast.everybody()
    settle()
    decisions = papers_in_every_state()
    clients = cast.clients(users)
    settle()
    return World(users, clients, decisions)


@remembered
def papers_in_every_state() -> dict[str, Decision]:
    """Make a paper in each state, by its letter."""
    decisions = {}
    for letter in STATES:
        decisions[letter] = papers.again(MADE[letter]())
        settle()
    return decisions


def a_full_draft() -> Decision:
    """Make a draft with Part 2, a link, and a supporting paper in each part."""
    draft = papers.with_part_2(papers.a_draft())
    officer = draft.originating_officer
    actions.add_link(decision=draft, kind="continues", to_reference="PCD 1", by=officer)
    for part in Part.values:
        _add_paper(draft, part)
    _arrange(draft)
    return papers.again(draft)


def _arrange(draft: Decision) -> None:
    """Add what can be split, joined and brought back."""
    officer = draft.originating_officer
    section = draft.sections.get(number="3")
    for text in ("One thing. Another thing.", "A third thing.", "Gone."):
        last = actions.add_paragraph(section=section, text=text, by=officer)
    actions.remove_paragraph(paragraph=last, by=officer)
    gone = actions.add_section(decision=draft, heading="Gone", by=officer)
    actions.remove_section(section=gone, by=officer)


def _add_paper(draft: Decision, part: int) -> None:
    """Add a supporting paper, and replace its first file."""
    paper = actions.add_supporting_paper(
        decision=draft,
        title=f"Business case, part {part}",
        file=_a_file(f"The business case, part {part}, as it was."),
        part=part,
        exemption=draft.exemptions.get() if part == Part.PART_2 else None,
        by=draft.originating_officer,
    )
    file = _a_file(f"The business case, part {part}.")
    actions.replace_supporting_paper(paper=paper, file=file, by=draft.originating_officer)


def _a_file(words: str) -> KeptFile:
    data = words.encode()
    return KeptFile(paper_store().put(data), len(data), "case.txt", "text/plain")


def _withdrawn() -> Decision:
    decision = papers.submitted(a_full_draft())
    actions.withdraw(decision=decision, reason="No grant.", by=decision.originating_officer)
    return decision


def _taken_down() -> Decision:
    decision = papers.published(a_full_draft())
    actions.take_down(decision=decision, reason="A name.", by=a_governance_officer())
    return decision


def _revoked() -> Decision:
    return papers.revoke(papers.published(a_full_draft()), reason="No grant.")


def _elsewhere() -> Decision:
    paper = ImportedPaper(
        reference="PCD 386",
        title="An earlier strategy",
        date_signed=date(2018, 5, 1),
        date_published=date(2018, 5, 8),
        decided_by="The Deputy Mayor",
        sections=(ImportedSection("1", "Background", (ImportedParagraph("1.1", "As before."),)),),
    )
    return actions.record_published(paper=paper, by=an_officer()).decision


def _partly_deferred() -> Decision:
    decision = papers.endorsed(papers.with_drawn_sum(a_full_draft()))
    first, second = actions.undecided(decision)
    condition = ConditionWords("Report to the board.")
    outcomes = [
        OutcomeWords(first, "approved", conditions=[condition]),
        OutcomeWords(second, "deferred", until=clock.today() + timedelta(days=30)),
    ]
    papers.decide(decision, outcomes=outcomes)
    return decision


def _with_a_correction() -> Decision:
    decision = papers.published(papers.a_draft())
    afterwards.proposed(decision)
    return decision


MADE: dict[str, Callable[[], Decision]] = {
    "D": a_full_draft,
    "I": lambda: papers.submitted(a_full_draft()),
    "V": lambda: papers.advised(papers.submitted(a_full_draft())),
    "C": lambda: papers.sent(papers.advised(papers.submitted(a_full_draft()))),
    "W": lambda: papers.endorsed(a_full_draft()),
    "S": lambda: papers.signed(a_full_draft()),
    "P": lambda: papers.published(a_full_draft()),
    "X": _withdrawn,
    "T": _taken_down,
    "F": _partly_deferred,
    "R": _revoked,
    "E": _elsewhere,
    "N": _with_a_correction,
}
