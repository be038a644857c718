"""The record as the template needs it: words already in the order and shape in which they print."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decisions.documents import words
from decisions.documents.content import (
    Declaration,
    DocumentContent,
    HasPaper,
    OfficerAct,
    Outcome,
)
from decisions.documents.paper import Figure, Recommendation, Section
from decisions.documents.pieces import PrintedPiece, numbers_in, pieces
from decisions.documents.shares import recipients
from decisions.shapes import Rows, rows_of

ABSENT = "–"
ADVICE = " advice"
LONGEST_GROUNDS = 180
STATEMENTS = {
    "approved": "The above request has my approval.",
    "approved_as_amended": "The above request has my approval as amended above.",
    "rejected": "The above request does not have my approval.",
    "deferred": "I have deferred my decision on the above request.",
    "noted": "I have noted the above.",
}


@dataclass(frozen=True)
class PrintedCondition:
    """A condition with its owner and date as one line beside its words."""

    paragraphs: list[str]
    facts: str


@dataclass(frozen=True)
class PrintedOutcome:
    """An outcome: its code (for the style), its label, and what goes with it."""

    code: str
    label: str
    paragraphs: list[str]
    conditions: list[PrintedCondition]


@dataclass(frozen=True)
class PrintedRecommendation:
    """One recommendation; `depth` counts its ancestors, `facts` are (label, value) pairs."""

    anchor: str
    number: str
    depth: int
    is_restricted: bool
    paragraphs: list[str]
    facts: list[tuple[str, str]]
    outcome: PrintedOutcome | None


@dataclass(frozen=True)
class PrintedFigure:
    """One row of the table of figures."""

    recommendation: str
    kind: str
    what: str
    proposed: str
    written: str
    decided: str
    is_amended: bool
    drawn_from: str


@dataclass(frozen=True)
class PrintedParagraph:
    """A numbered paragraph of a section, or a list or table without a number."""

    anchor: str
    number: str
    pieces: list[PrintedPiece]
    ground: str
    rows: Rows


@dataclass(frozen=True)
class PrintedSection:
    """A section with its heading as printed."""

    heading: str
    is_restricted: bool
    paragraphs: list[PrintedParagraph]


@dataclass(frozen=True)
class PrintedAct:
    """An officer's act; `statement` is the decision maker's formula for the outcome."""

    stage: str
    title: str
    outcome: str
    name: str
    role: str
    at: str
    authority: str
    interests: list[str]
    paragraphs: list[str]
    statement: str


@dataclass(frozen=True)
class PrintedDeclaration:
    """One ticked or empty line of the declaration."""

    label: str
    is_given: bool
    who: str
    at: str
    paragraphs: list[str]


@dataclass(frozen=True)
class PrintedAnswer:
    """A warning about the paper, and what was answered to it."""

    code: str
    finding: list[str]
    paragraphs: list[str]
    by: str
    on: str
    is_restricted: bool


def recommendations(content: HasPaper) -> list[PrintedRecommendation]:
    """Return the recommendations in the paper's order."""
    parents = {item.number: item.parent for item in content.paper.recommendations}
    return [
        PrintedRecommendation(
            anchor=f"recommendation-{n}",
            number=f"{item.number.rstrip('.')}.",
            depth=_depth(item.number, parents),
            is_restricted=item.part == 2,
            paragraphs=words.paragraphs(item.text),
            facts=_facts(item, content.outcome_of(item)),
            outcome=_outcome(item, content.outcome_of(item)),
        )
        for n, item in enumerate(content.paper.recommendations, 1)
    ]


def figures(content: HasPaper) -> list[PrintedFigure]:
    """Return a row for every figure; nothing is added up, since one may be drawn from another."""
    return [row for item in content.paper.recommendations for row in _rows(content, item)]


def sections(content: HasPaper, part: int) -> list[PrintedSection]:
    """Return the sections that print under that part: Part 2 as what is withheld from Part 1."""
    numbered = enumerate(content.paper.sections, 1)
    printed = (_section(f"part-{part}-{n}", section, part) for n, section in numbered)
    return [section for section in printed if section is not None]


def acts(content: DocumentContent, stage: str = "") -> list[PrintedAct]:
    """Return the officers' acts in order, or those of one stage."""
    return [_act(act) for act in content.acts if stage in ("", act.stage)]


def declarations(content: DocumentContent) -> list[PrintedDeclaration]:
    """Return the lines of the originating officer's declaration."""
    return [_declaration(item) for item in content.declarations]


def answers(content: DocumentContent) -> list[PrintedAnswer]:
    """Return what was doubted of the paper, with the originating officer's answers."""
    return [
        PrintedAnswer(
            code=item.code,
            finding=words.paragraphs(item.finding),
            paragraphs=words.paragraphs(item.words),
            by=item.by,
            on=words.day(item.on) if item.on else "",
            is_restricted=item.part == 2,
        )
        for item in content.paper.answers
    ]


def advice_taken(content: DocumentContent) -> str:
    """Return the kinds of advice that were given, as words in a sentence; empty without any."""
    kinds = [
        words.label(item.kind).removesuffix(ADVICE).lower()
        for item in content.declarations
        if item.is_given and words.label(item.kind).endswith(ADVICE)
    ]
    return " and ".join([", ".join(kinds[:-1]), kinds[-1]] if len(kinds) > 1 else kinds)


def restriction(content: DocumentContent) -> str:
    """Return what each page of a restricted document says above its text: why it is restricted."""
    if not content.is_restricted:
        return ""
    grounds = "; ".join(dict.fromkeys(item.ground for item in content.paper.exemptions))
    if not grounds:
        return "RESTRICTED: PART 2"
    short = grounds if len(grounds) <= LONGEST_GROUNDS else "the grounds named in this document"
    return f"RESTRICTED: PART 2, exempt under {short}"


def mark(content: DocumentContent) -> str:
    """Return what each page says below its text: which document this is."""
    kind = "restricted document" if content.is_restricted else "document"
    reference = content.paper.reference
    return f"{reference}, paper version {content.version}, {kind} {content.number}"


def consultations(content: HasPaper) -> list[tuple[str, str, str]]:
    """Return (board, day, outcome) of each consultation."""
    return [
        (item.board, words.day(item.held_on) if item.held_on else "", item.outcome)
        for item in content.paper.consultations
    ]


def numbering(
    items: Iterable[PrintedRecommendation | PrintedParagraph],
) -> str:
    """Return a style sheet that gives each list item the number that the record gives it.

    The number is so a list label in the tagged PDF, not a word of the text.
    """
    rules = (
        f"#{anchor} {{ list-style-type: {_marker(number)} }}"
        for item in items
        for anchor, number in _numbers(item)
    )
    return "\n".join(rules)


def up_to(figure: Figure) -> str:
    """Return "up to £1,200,000" for a ceiling, "£570,000" for a fixed sum."""
    sum_of_money = words.money(figure.amount)
    return f"up to {sum_of_money}" if figure.up_to else sum_of_money


def _marker(number: str) -> str:
    return f'"{_css(number)}"' if number else "none"


def _numbers(item: PrintedRecommendation | PrintedParagraph) -> Iterator[tuple[str, str]]:
    """Yield the anchors and numbers of a row, and of the numbered items of a list in it."""
    yield item.anchor, item.number
    if isinstance(item, PrintedParagraph):
        yield from numbers_in(item.anchor, item.pieces)


def _css(text: str) -> str:
    return "".join(f"\\{ord(character):06x}" for character in f"{text}\u00a0\u00a0")


def _depth(number: str, parents: dict[str, str | None]) -> int:
    seen: set[str] = set()
    parent = parents.get(number)
    while parent in parents and parent not in seen and len(seen) < 3:
        seen.add(parent)
        parent = parents[parent]
    return len(seen)


def _facts(item: Recommendation, outcome: Outcome | None) -> list[tuple[str, str]]:
    drawn = f"recommendation {item.funded_from}" if item.funded_from else ""
    facts = [
        ("Kind", words.label(item.kind)),
        ("Funder", item.funder or ""),
        *recipients(item, outcome),
        ("Period", words.period(item.period_start, item.period_end)),
        ("Drawn from", drawn),
        ("Money", _own(item)),
    ]
    return [(label, value) for label, value in facts if value]


def _outcome(item: Recommendation, outcome: Outcome | None) -> PrintedOutcome | None:
    if outcome is None:
        return None
    both = zip(outcome.figures, item.figures, strict=False)
    pairs = [(up_to(new), up_to(old)) for new, old in both]
    less = ", ".join(f"{new} instead of {old}" for new, old in pairs if new != old)
    until = f" until {words.day(outcome.until)}" if outcome.until else ""
    return PrintedOutcome(
        code=outcome.outcome,
        label=f"{words.label(outcome.outcome)}{until}{less and f': {less}'}",
        paragraphs=words.paragraphs(outcome.words),
        conditions=[
            PrintedCondition(
                words.paragraphs(item.text),
                "; ".join(
                    [f"owner: {item.owner}"] * bool(item.owner)
                    + ([f"due {words.day(item.due_on)}"] if item.due_on else [])
                ),
            )
            for item in outcome.conditions
        ],
    )


def _rows(content: HasPaper, item: Recommendation) -> Iterator[PrintedFigure]:
    outcome = content.outcome_of(item)
    for position, figure in enumerate(item.figures):
        decided = _decided(outcome, position)
        what = [words.label(figure.role), words.label(figure.direction)]
        yield PrintedFigure(
            recommendation=item.number,
            kind=words.label(item.kind),
            what=" · ".join(text for text in what if text),
            proposed=up_to(figure),
            written=figure.text,
            decided=up_to(decided) if decided else _undecided(outcome),
            is_amended=bool(decided and up_to(decided) != up_to(figure)),
            drawn_from=_source(item),
        )


def _own(item: Recommendation) -> str:
    beside = f", beside that of recommendation {item.parent}" if item.parent else ""
    return f"its own{beside}" if item.own_money else ""


def _source(item: Recommendation) -> str:
    if item.funded_from:
        return f"Recommendation {item.funded_from}"
    return "Its own money" if item.own_money else ABSENT


def _decided(outcome: Outcome | None, position: int) -> Figure | None:
    figures_decided = outcome.figures if outcome else ()
    return figures_decided[position] if position < len(figures_decided) else None


def _undecided(outcome: Outcome | None) -> str:
    return words.label(outcome.outcome) if outcome else "Not decided"


def _section(anchor: str, section: Section, part: int) -> PrintedSection | None:
    shown = [item for item in section.paragraphs if max(item.part, section.part) == part]
    if not shown and section.part != part:
        return None
    number = f"{section.number.rstrip('.')}. " if section.number else ""
    return PrintedSection(
        heading=f"{number}{section.heading}".strip(),
        is_restricted=part == 2,
        paragraphs=[
            PrintedParagraph(
                anchor=f"{anchor}-{n}",
                number=item.number or ("" if item.form else ABSENT),
                pieces=pieces(item),
                ground=(item.exemption or "") if part == 2 else "",
                rows=rows_of(item.text) if item.form == "table" else [],
            )
            for n, item in enumerate(shown, 1)
        ],
    )


def _act(act: OfficerAct) -> PrintedAct:
    statement = STATEMENTS.get(act.outcome, "") if act.stage == "decision" else ""
    return PrintedAct(
        stage=words.label(act.stage),
        title=act.title,
        outcome=words.label(act.outcome),
        name=act.name,
        role=words.label(act.role),
        at=words.moment(act.at),
        authority=act.authority,
        interests=words.paragraphs(act.interests),
        paragraphs=[text for text in words.paragraphs(act.words) if text != statement],
        statement=statement,
    )


def _declaration(item: Declaration) -> PrintedDeclaration:
    who = ", ".join(text for text in (item.name, words.label(item.role)) if text)
    return PrintedDeclaration(
        label=words.label(item.kind),
        is_given=item.is_given,
        who=who or ABSENT,
        at=words.printed(item.at)[0] if item.at else ABSENT,
        paragraphs=words.paragraphs(item.words),
    )
