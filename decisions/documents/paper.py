"""The paper as a version recorded it: canonical JSON "paper/1" read into frozen dataclasses.

Amounts are Decimal pounds, periods are inclusive dates, `part` is 1 (open) or 2 (restricted).
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self, TypeVar

FORMAT = "paper/1"
Json = Mapping[str, Any]
Item = TypeVar("Item")


@dataclass(frozen=True)
class YearSum:
    """What of a sum (pounds) falls in a financial year, "2019/20"."""

    year: str
    amount: Decimal

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one year of a sum."""
        return cls(value["year"], Decimal(value["amount"]))


@dataclass(frozen=True)
class Recipient:
    """One of several recipients; `exemption` is the ground on which a Part 2 one is withheld."""

    name: str
    amount: Decimal | None = None
    part: int = 1
    exemption: str = ""

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one recipient."""
        amount = value.get("amount")
        known = None if amount is None else Decimal(amount)
        return cls(value["name"], known, value["part"], value.get("exemption") or "")


@dataclass(frozen=True)
class Figure:
    """A sum (pounds); `up_to` when it is a ceiling, `text` as the paper prints it."""

    amount: Decimal
    up_to: bool
    text: str = ""
    role: str = ""
    direction: str = ""
    years: tuple[YearSum, ...] = ()

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one figure; a missing amount raises KeyError."""
        words = _words(cls, value, _FIGURE)
        years = _each(YearSum.read, value.get("years"))
        return cls(Decimal(value["amount"]), bool(value["up_to"]), **words, years=years)


@dataclass(frozen=True)
class Recommendation:
    """One numbered recommendation; `funded_from` is the number it draws on.

    `own_money` says that its money counts beside that of what it lies under.
    """

    number: str
    kind: str
    text: str
    part: int = 1
    parent: str | None = None
    figures: tuple[Figure, ...] = ()
    funder: str | None = None
    recipient: str | None = None
    funded_from: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    recipients: tuple[Recipient, ...] = ()
    own_money: bool = False

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one recommendation."""
        return cls(
            number=value["number"],
            kind=value["kind"],
            text=value["text"],
            part=value["part"],
            figures=_each(Figure.read, value.get("figures")),
            period_start=_day(value.get("period_start")),
            period_end=_day(value.get("period_end")),
            recipients=_each(Recipient.read, value.get("recipients")),
            own_money=bool(value.get("own_money")),
            **_words(cls, value, ("parent", "funder", "recipient", "funded_from")),
        )

    def only(self, parts: Collection[int]) -> Self:
        """Return the recommendation with the recipients of those parts alone."""
        return replace(self, recipients=of_parts(self.recipients, parts))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, list or table (`form`); `exemption` is the ground that withholds it."""

    number: str
    text: str
    part: int = 1
    exemption: str | None = None
    form: str = ""

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one paragraph."""
        return cls(
            value["number"],
            value["text"],
            value["part"],
            value.get("exemption"),
            value.get("form", ""),
        )


@dataclass(frozen=True)
class Section:
    """One section with its paragraphs; either may lack a number, a section its heading."""

    number: str
    heading: str
    part: int = 1
    paragraphs: tuple[Paragraph, ...] = ()

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one section."""
        paragraphs = _each(Paragraph.read, value.get("paragraphs"))
        return cls(value["number"], value["heading"], value["part"], paragraphs)

    def only(self, parts: Collection[int]) -> Self:
        """Return the section with the paragraphs of those parts alone."""
        return replace(self, paragraphs=of_parts(self.paragraphs, parts))


@dataclass(frozen=True)
class Exemption:
    """The legal ground of Part 2, with public words of why."""

    ground: str
    reason: str = ""

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one exemption."""
        return cls(value["ground"], value.get("reason") or "")


@dataclass(frozen=True)
class SupportingPaper:
    """A paper behind the decision, known by its title and SHA-256 (hex)."""

    title: str
    part: int = 1
    sha256: str = ""

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one supporting paper."""
        return cls(value["title"], value["part"], value.get("sha256") or "")


@dataclass(frozen=True)
class Consultation:
    """A board that was consulted, when (ISO date) and with what outcome."""

    board: str
    held_on: date | None = None
    outcome: str = ""

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one consultation."""
        return cls(value["board"], _day(value.get("held_on")), value.get("outcome") or "")


@dataclass(frozen=True)
class Link:
    """A link to another decision by its reference."""

    kind: str
    reference: str

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one link."""
        return cls(value["kind"], value["reference"])


@dataclass(frozen=True)
class Answer:
    """What was answered to one finding of a rule; `finding` are the words of what was doubted."""

    code: str
    finding: str
    words: str
    by: str
    on: date | None = None
    part: int = 1

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read one answer."""
        words = {name: value[name] for name in ("code", "finding", "words", "by", "part")}
        return cls(on=_day(value.get("on")), **words)


@dataclass(frozen=True)
class Publication:
    """Whether publication is deferred, until when and why, and whether there is a Part 2."""

    deferred: bool = False
    until: date | None = None
    reason: str = ""
    has_part_2: bool = False

    @classmethod
    def read(cls, value: Json) -> Self:
        """Read the facts of publication."""
        return cls(
            bool(value.get("deferred")),
            _day(value.get("until")),
            value.get("reason") or "",
            bool(value.get("has_part_2")),
        )


@dataclass(frozen=True)
class Paper:
    """The whole paper of one version."""

    series: str
    reference: str
    title: str
    asked: str = ""
    executive_summary: str = ""
    recommendations: tuple[Recommendation, ...] = ()
    sections: tuple[Section, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    supporting_papers: tuple[SupportingPaper, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    links: tuple[Link, ...] = ()
    authority_paragraph: str = ""
    retrospective_reason: str = ""
    answers: tuple[Answer, ...] = ()
    publication: Publication = Publication()

    @classmethod
    def read(cls, content: str | Json) -> Self:
        """Read a version's content; another format than paper/1 raises ValueError."""
        value: Json = json.loads(content) if isinstance(content, str) else content
        if value.get("format") != FORMAT:
            message = f"This paper is of format {value.get('format')!r}, not {FORMAT!r}."
            raise ValueError(message)
        return cls(
            recommendations=_each(Recommendation.read, value.get("recommendations")),
            sections=_each(Section.read, value.get("sections")),
            exemptions=_each(Exemption.read, value.get("exemptions")),
            supporting_papers=_each(SupportingPaper.read, value.get("supporting_papers")),
            consultations=_each(Consultation.read, value.get("consultations")),
            links=_each(Link.read, value.get("links")),
            answers=_each(Answer.read, value.get("answers")),
            publication=Publication.read(value.get("publication") or {}),
            **{name: value.get(name) or "" for name in _PAPER},
        )

    def only(self, parts: Collection[int]) -> Self:
        """Return the paper with everything of other parts removed."""
        sections = tuple(section.only(parts) for section in of_parts(self.sections, parts))
        return replace(
            self,
            recommendations=tuple(
                each.only(parts) for each in of_parts(self.recommendations, parts)
            ),
            sections=sections,
            supporting_papers=of_parts(self.supporting_papers, parts),
            answers=of_parts(self.answers, parts),
        )


_FIGURE = ("text", "role", "direction")
_PAPER = (
    "series",
    "reference",
    "title",
    "asked",
    "executive_summary",
    "authority_paragraph",
    "retrospective_reason",
)


def _words(cls: type[Any], value: Json, names: Iterable[str]) -> dict[str, Any]:
    defaults = {field.name: field.default for field in fields(cls)}
    return {name: value.get(name) or defaults[name] for name in names}


def _each(read: Callable[[Json], Item], values: Iterable[Json] | None) -> tuple[Item, ...]:
    return tuple(read(value) for value in values or ())


def of_parts(items: tuple[Item, ...], parts: Collection[int]) -> tuple[Item, ...]:
    """Return the items that lie in those parts."""
    return tuple(item for item in items if getattr(item, "part", 1) in parts)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
