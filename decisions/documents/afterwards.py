"""What followed the signature, in the order and shape in which it prints."""

from dataclasses import dataclass

from decisions.documents import words
from decisions.documents.content import DocumentContent


@dataclass(frozen=True)
class PrintedChange:
    """One place that was revised: the words there before, and now."""

    where: str
    old: list[str]
    new: list[str]
    is_withheld: bool


@dataclass(frozen=True)
class PrintedRevision:
    """A correction or a release as it prints: what, why, by whom, when."""

    title: str
    is_release: bool
    reason: list[str]
    ground: str
    proposed_by: str
    confirmed_by: str
    at: str
    authority: str
    changes: list[PrintedChange]


@dataclass(frozen=True)
class PrintedPaperRecord:
    """The facts of a decision that was signed on paper."""

    decided_by: str
    signed_on: str
    recorded_at: str
    transcribed_by: str
    confirmed_by: str
    authority: str
    scan_sha256: str
    interests: list[str]
    paragraphs: list[str]


def revisions(content: DocumentContent) -> list[PrintedRevision]:
    """Return what changed after the signature, in order."""
    return [
        PrintedRevision(
            title=f"{words.label(item.kind)} {item.number}",
            is_release=item.kind == "release",
            reason=words.paragraphs(item.reason),
            ground=item.ground,
            proposed_by=item.proposed_by,
            confirmed_by=item.confirmed_by,
            at=words.moment(item.at),
            authority=item.authority,
            changes=[
                PrintedChange(
                    change.where,
                    words.paragraphs(change.old),
                    words.paragraphs(change.new),
                    change.is_withheld,
                )
                for change in item.changes
            ],
        )
        for item in content.revisions
    ]


def paper_record(content: DocumentContent) -> PrintedPaperRecord | None:
    """Return the facts of a decision signed on paper; None for one signed here."""
    item = content.paper_record
    if item is None:
        return None
    return PrintedPaperRecord(
        decided_by=item.decided_by,
        signed_on=words.day(item.signed_on),
        recorded_at=words.moment(item.recorded_at),
        transcribed_by=item.transcribed_by,
        confirmed_by=item.confirmed_by,
        authority=item.authority,
        scan_sha256=item.scan_sha256,
        interests=words.paragraphs(item.interests),
        paragraphs=words.paragraphs(item.words),
    )
