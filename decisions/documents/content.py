"""What a signed document says, as frozen dataclasses: a paper version and what was decided on it.

Made by the caller before the ledger lock; everything printed, and `decision.json`, come from here
and from nowhere else. Amounts are Decimal pounds; dates inclusive; times aware.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from audit.canonical import canonical
from decisions.documents import words
from decisions.documents.paper import (
    Figure,
    Paper,
    Paragraph,
    Recipient,
    Recommendation,
    of_parts,
)
from decisions.documents.pieces import words_in

FORMAT = "decision/1"
PUBLIC = frozenset({1})
RESTRICTED = frozenset({1, 2})
MARK = "urn:x-grant-decision:document"
CODED = frozenset({"direction", "kind", "outcome", "role", "stage"})
SHARES = ("years", "recipients", "own_money")  # no key where there are none
LATER = ("revisions", "paper_record")  # no key in a record that has none
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Register:
    """The register that issues the document, and the words by which its people are called."""

    url: str
    body: str = "Mayor’s Office for Policing and Crime"
    short_name: str = "MOPAC"
    decision_maker: str = "Deputy Mayor for Policing and Crime"
    decision_maker_short: str = "DMPC"

    @property
    def check_url(self) -> str:
        """Where anyone can check a document."""
        return f"{self.url.rstrip('/')}/check/"


@dataclass(frozen=True)
class Condition:
    """A condition of an outcome: what, who owns it, by when."""

    text: str
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Outcome:
    """What was decided on the recommendation of that number.

    `figures` are the sums as decided, in the order of the paper's figures, where the outcome is
    approved or approved as amended; `recipients` what they receive and the figures' `years` what
    falls in each, where less was decided; `until` is when a deferred one comes back.
    """

    recommendation: str
    outcome: str
    words: str = ""
    figures: tuple[Figure, ...] = ()
    conditions: tuple[Condition, ...] = ()
    until: date | None = None
    recipients: tuple[Recipient, ...] = ()

    def only(self, parts: Collection[int]) -> "Outcome":
        """Return the outcome with the recipients of those parts alone."""
        return replace(self, recipients=of_parts(self.recipients, parts))


@dataclass(frozen=True)
class Declaration:
    """One line of the originating officer's declaration: consent or advice, given or not.

    `at` is the moment of an act in the register, or the day of what was given outside it.
    """

    kind: str
    is_given: bool
    name: str = ""
    role: str = ""
    at: date | None = None
    words: str = ""
    part: int = 1


@dataclass(frozen=True)
class OfficerAct:
    """One officer's act on the paper, from the audit trail.

    `stage` is submission, chief_executive or decision; `authority` the delegation as it read when
    used (scheme, date, paragraph, limit, deputy for whom).
    """

    stage: str
    title: str
    name: str
    role: str
    at: datetime
    outcome: str = ""
    authority: str = ""
    words: str = ""
    interests: str = ""


@dataclass(frozen=True)
class RevisedWords:
    """One place that was corrected or released after the signature.

    `old` and `new` are empty for a release; `old` is empty, and `is_withheld` true, where the words
    replaced are not to be printed again.
    """

    where: str
    part: int = 1
    old: str = ""
    new: str = ""
    is_withheld: bool = False


@dataclass(frozen=True)
class Revised:
    """What changed after the signature: proposed by one person, confirmed by another.

    `kind` is correction or release; `ground` says why something left Part 2.
    """

    number: int
    kind: str
    reason: str
    at: datetime
    proposed_by: str
    confirmed_by: str
    ground: str = ""
    authority: str = ""
    changes: tuple[RevisedWords, ...] = ()


@dataclass(frozen=True)
class PaperRecord:
    """That the decision was signed elsewhere, on paper, and recorded here from its scan.

    `signed_on` is the day on the paper, `recorded_at` the moment it was confirmed here.
    """

    decided_by: str
    signed_on: date
    recorded_at: datetime
    transcribed_by: str
    confirmed_by: str
    authority: str
    scan_sha256: str
    interests: str = ""
    words: str = ""


@dataclass(frozen=True)
class DocumentContent:
    """Everything that one signed document says.

    `number` counts the decision's documents from 1; `supersedes` is the number of the one that
    this replaces. `parts` is PUBLIC or RESTRICTED. `issued_at` dates the PDF itself.
    """

    paper: Paper
    register: Register
    version: int
    part_1_digest: str
    number: int
    issued_at: datetime
    acts: tuple[OfficerAct, ...]
    outcomes: tuple[Outcome, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    supersedes: int | None = None
    parts: frozenset[int] = PUBLIC
    is_demonstration: bool = False
    is_development_key: bool = False
    revisions: tuple[Revised, ...] = ()
    paper_record: PaperRecord | None = None

    @property
    def slug(self) -> str:
        """The reference as addresses carry it, e.g. "pcd-726"."""
        return self.paper.reference.lower().replace(" ", "-")

    @property
    def is_restricted(self) -> bool:
        """Whether Part 2 is in it."""
        return 2 in self.parts

    @property
    def identifier(self) -> str:
        """The document's own identifier, in its XMP and in the signature's reason."""
        host = urlsplit(self.register.url).netloc.replace(":", "-")
        twin = "-restricted" if self.is_restricted else ""
        return f"{MARK}:{host}:{self.slug}:{self.number}{twin}"

    @property
    def reason(self) -> str:
        """Why it is signed, as the signature says it."""
        return f"{self.paper.reference} as decided; {self.identifier}"

    def for_parts(self, parts: Collection[int]) -> "DocumentContent":
        """Return the content of the document of those parts: nothing of another is left in it.

        Outcomes and declarations follow what they speak of.
        """
        paper = self.paper.only(parts)
        numbers = {recommendation.number for recommendation in paper.recommendations}
        return replace(
            self,
            paper=paper,
            parts=frozenset(parts),
            outcomes=tuple(
                item.only(parts) for item in self.outcomes if item.recommendation in numbers
            ),
            declarations=tuple(item for item in self.declarations if item.part in parts),
            revisions=tuple(_revised(self.revisions, parts)),
        )

    def outcome_of(self, recommendation: Recommendation) -> Outcome | None:
        """Return what was decided on a recommendation, if anything was."""
        found = [item for item in self.outcomes if item.recommendation == recommendation.number]
        return found[0] if found else None

    def act_at(self, stage: str) -> OfficerAct | None:
        """Return the last act at a stage."""
        found = [act for act in self.acts if act.stage == stage]
        return found[-1] if found else None


class HasPaper(Protocol):
    """A paper to print, with what was decided on its recommendations, if anything was."""

    @property
    def paper(self) -> Paper:
        """The paper."""

    def outcome_of(self, recommendation: Recommendation) -> Outcome | None:
        """Return what was decided on one recommendation."""


def _revised(revisions: Collection[Revised], parts: Collection[int]) -> Iterator[Revised]:
    """Yield the revisions with the changes of those parts, save those left without any."""
    for one in revisions:
        if changes := tuple(change for change in one.changes if change.part in parts):
            yield replace(one, changes=changes)


def as_json(content: DocumentContent) -> bytes:
    """Return decision.json: the record as canonical JSON of the format "decision/1"."""
    value = {"format": FORMAT, "identifier": content.identifier, **_plain(content)}
    value["parts"] = sorted(content.parts)
    value = {name: each for name, each in value.items() if each or name not in LATER}
    return canonical(value).encode()


def text_of_public_fields(content: DocumentContent) -> list[str]:
    """Return every field of the record as the document prints it, one string for each.

    A field added to these dataclasses is in the list by itself, so a template that forgets it
    fails the test that compares the PDF's text with this.
    """
    return [text for text in _printed(content.for_parts(content.parts)) if text]


def cleaned(thing: Thing, clean: Any) -> Thing:
    """Return a copy of a dataclass with `clean` applied to every string in it."""
    if isinstance(thing, str):
        return clean(thing)  # type: ignore[no-any-return]
    if isinstance(thing, tuple):
        return tuple(cleaned(item, clean) for item in thing)  # type: ignore[return-value]
    if is_dataclass(thing) and not isinstance(thing, type):
        values = {item.name: cleaned(getattr(thing, item.name), clean) for item in fields(thing)}
        return replace(thing, **values)
    return thing


def _plain(thing: Any) -> Any:
    if is_dataclass(thing):
        values = {item.name: _plain(getattr(thing, item.name)) for item in fields(thing)}
        return {name: each for name, each in values.items() if each or name not in SHARES}
    if isinstance(thing, tuple):
        return [_plain(item) for item in thing]
    return sorted(thing) if isinstance(thing, frozenset) else thing


def _printed(thing: Any, name: str = "") -> Iterator[str]:
    if is_dataclass(thing):
        for item in fields(thing):
            value = getattr(thing, item.name)
            if item.name == "text" and isinstance(thing, Paragraph):
                value = tuple(words_in(thing))
            yield from _printed(value, item.name)
    elif isinstance(thing, tuple):
        for item in thing:
            yield from _printed(item, name)
    elif isinstance(thing, Decimal | date | int | str) and not isinstance(thing, bool):
        yield from _as_printed(thing, name)


def _as_printed(thing: Decimal | date | int | str, name: str) -> list[str]:
    if name in {"part", "form"}:
        return []
    return words.printed(words.label(thing) if isinstance(thing, str) and name in CODED else thing)
