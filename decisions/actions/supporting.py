"""The papers behind a decision: added, described, put in order, replaced and taken off."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions.actions.edits import (
    change,
    close_paper,
    made_before,
    moved,
    next_position,
    of_paper,
    open_paper,
    present,
    remember,
)
from decisions.actions.sections import place
from decisions.models import (
    Decision,
    Exemption,
    FormerPaper,
    Part,
    Retired,
    SupportingPaper,
)
from decisions.refusals import DecisionRefused


@dataclass(frozen=True)
class KeptFile:
    """A file that the document store holds: SHA-256 (hex), size (bytes), and what it was called."""

    sha256: str
    size: int
    file_name: str = ""
    content_type: str = ""


@action
def add_supporting_paper(
    act: Act,
    *,
    decision: Decision,
    title: str,
    file: KeptFile,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
    form_key: UUID | None = None,
    by: User,
) -> SupportingPaper:
    """Add a paper behind the decision, whose file the document store holds already."""
    decision = open_paper(decision, by)
    if before := made_before(form_key, SupportingPaper, of=decision):
        return before
    of_paper(decision, exemption)
    paper = SupportingPaper.objects.create(
        decision=decision,
        position=next_position(decision.supporting_papers.all()),
        title=title,
        sha256=file.sha256,
        size=file.size,
        file_name=file.file_name,
        content_type=file.content_type,
        **place(part, exemption),
    )
    close_paper(act, decision, f"supporting paper {paper.position} added")
    return remember(form_key, paper)


@action
def describe_supporting_paper(
    act: Act,
    *,
    paper: SupportingPaper,
    title: str,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
    by: User,
) -> SupportingPaper:
    """Change what a supporting paper is called, and in which part it lies."""
    decision, paper = _open_at(paper, by)
    of_paper(decision, exemption)
    if change(paper, {"title": title, **place(part, exemption)}):
        close_paper(act, decision, f"supporting paper {paper.position}")
    return paper


@action
def replace_supporting_paper(
    act: Act, *, paper: SupportingPaper, file: KeptFile, by: User
) -> SupportingPaper:
    """Put another file in the place of a supporting paper's; the old one can still be read."""
    decision, paper = _open_at(paper, by)
    if file.sha256 == paper.sha256:
        raise DecisionRefused(
            "That is the very file that is there already.",
            clears="Choose the file that takes its place.",
        )
    _retire(paper, Retired.REPLACED, by)
    change(paper, vars(file))
    close_paper(act, decision, f"supporting paper {paper.position} replaced")
    return paper


@action
def move_supporting_paper(
    act: Act, *, paper: SupportingPaper, position: int, by: User
) -> SupportingPaper:
    """Move a supporting paper to a position (from 1)."""
    decision, paper = _open_at(paper, by)
    old = paper.position
    _in_order(moved(list(decision.supporting_papers.all()), paper, position))
    close_paper(act, decision, f"supporting paper {old} moved")
    return paper


@action
def remove_supporting_paper(act: Act, *, paper: SupportingPaper, by: User) -> None:
    """Take a supporting paper off; it can still be read as it was."""
    decision, paper = _open_at(paper, by)
    position = paper.position
    _retire(paper, Retired.REMOVED, by)
    paper.delete()
    _in_order(list(decision.supporting_papers.all()))
    close_paper(act, decision, f"supporting paper {position} removed")


def _open_at(paper: SupportingPaper, by: User) -> tuple[Decision, SupportingPaper]:
    decision = open_paper(paper.decision, by)
    return decision, present(decision.supporting_papers.filter(pk=paper.pk).first())


def _in_order(rows: list[SupportingPaper]) -> None:
    for position, row in enumerate(rows, start=1):
        change(row, {"position": position})


def _retire(paper: SupportingPaper, why: Retired, by: User) -> None:
    """Keep a supporting paper as it is, before it is replaced or taken off."""
    kept = ("title", "file_name", "content_type", "size", "sha256", "part")
    FormerPaper.objects.create(
        decision=paper.decision,
        paper=paper.pk,
        ground=paper.exemption.ground if paper.exemption else "",
        why=why,
        retired_at=clock.now(),
        retired_by=by,
        **{name: getattr(paper, name) for name in kept},
    )
