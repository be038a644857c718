"""What the rules of a paper look at: its rows as plain values, each knowing where it stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from audit import clock
from decisions.models import (
    Decision,
    Figure,
    FigureRole,
    Paragraph,
    ParagraphForm,
    Part,
    Recommendation,
    Section,
    hidden_among,
    kinds_of,
)
from decisions.workflow import StepName


@dataclass(frozen=True)
class Place:
    """Where something stands: in words, and the page (by its URL name) that puts it right."""

    words: str
    page: str = "decision_words"
    pk: int | None = None
    part: int = Part.PART_1.value


PAPER = Place("The paper")
SUMMARY = Place("Executive summary")
SECTIONS = Place("Facts and advice", "section_new")


@dataclass(frozen=True)
class Sum:
    """A figure of a recommendation: pounds, what it is for, and what of it falls in which year.

    A year is named by the calendar year in which it begins. `up_to` is None where it is not known.
    """

    amount: Decimal
    role: str = FigureRole.SUM_DECIDED.value
    up_to: bool | None = None
    years: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True)
class Receives:
    """What one recipient receives (pounds), where that is said, and in which part it is said."""

    amount: Decimal | None = None
    part: int = Part.PART_1.value


@dataclass(frozen=True)
class Asked:
    """One recommendation. Periods are inclusive dates; `source` and `parent` are numbers.

    `own_money` says that its money counts beside that of what it lies under.
    """

    number: str
    text: str
    kind: str = "other"
    sums: tuple[Sum, ...] = ()
    recipients: tuple[Receives, ...] = ()
    parent: str | None = None
    source: str | None = None
    own_money: bool = False
    period_start: date | None = None
    period_end: date | None = None
    pk: int = 0
    part: int = Part.PART_1.value

    @property
    def place(self) -> Place:
        """Where it stands."""
        words = f"Recommendation {self.number}"
        return Place(words, "recommendation_edit", self.pk, self.part)

    def total(self, role: str = FigureRole.SUM_DECIDED) -> Decimal:
        """Return the sum (pounds) of its figures of a role."""
        return sum((each.amount for each in self.sums if each.role == role), Decimal())

    def shares(self) -> list[Decimal]:
        """Return what its sums are divided into (pounds): by year, and among recipients."""
        by_year = [amount for each in self.sums for _, amount in each.years]
        return by_year + [each.amount for each in self.recipients if each.amount is not None]

    @property
    def held(self) -> Decimal:
        """The sum decided (pounds), or where there is none the largest figure."""
        return self.total() or max((each.amount for each in self.sums), default=Decimal())


@dataclass(frozen=True)
class Words:
    """A text of the paper and where it stands."""

    place: Place
    text: str


@dataclass(frozen=True)
class Outdated:
    """Words that name a recommendation by a number that it no longer has; `now` is the new one."""

    place: Place
    number: str
    now: str = ""


@dataclass(frozen=True)
class Ground:
    """An exemption: its ground, and when it is to be looked at again."""

    ground: str
    review_on: date | None = None
    is_used: bool = True
    pk: int = 0

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(f"Exemption {self.ground}", "exemption_edit", self.pk)


@dataclass(frozen=True)
class Wanted:
    """A section that papers with recommendations of a kind (any, when empty) have to have."""

    subject: str
    kind: str = ""


@dataclass(frozen=True)
class Facts:
    """A whole paper, with the day of its submission (today, before it) and what is asked of it.

    `subjects` are the kinds of advice that its sections' headings name; `template` are the
    recommendations of the paper that it was begun from, if it was.
    """

    title: str = ""
    summary: str = ""
    recommendations: tuple[Asked, ...] = ()
    paragraphs: tuple[Words, ...] = ()
    subjects: frozenset[str] = frozenset()
    grounds: tuple[Ground, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    head_of_unit: str = ""
    authority_paragraph: str = ""
    retrospective_reason: str = ""
    submitted_on: date = date.max
    outdated: tuple[Outdated, ...] = ()
    template: tuple[Asked, ...] = ()


def facts_of(decision: Decision) -> Facts:
    """Read a paper's rows."""
    rows = list(decision.recommendations.prefetch_related("figures__years", "recipients"))
    by_id = {row.pk: row for row in rows}
    hidden = hidden_among(rows)
    sections = list(decision.sections.prefetch_related("paragraphs"))
    return Facts(
        title=decision.title,
        summary=decision.executive_summary,
        recommendations=tuple(_asked(row, by_id, hidden) for row in rows),
        paragraphs=tuple(words for section in sections for words in _paragraphs(section)),
        subjects=frozenset().union(
            *(kinds_of(each.heading) for each in sections if each.paragraphs.all())
        ),
        grounds=_grounds(decision, rows, sections),
        wanted=tuple(
            Wanted(row.subject, row.recommendation_kind)
            for row in decision.series.requirements.all()
            if row.is_section
        ),
        head_of_unit=decision.head_of_unit,
        authority_paragraph=decision.authority_paragraph,
        retrospective_reason=decision.retrospective_reason,
        submitted_on=_submitted_on(decision),
        template=_template(decision),
    )


def _template(decision: Decision) -> tuple[Asked, ...]:
    if decision.begun_from_id is None:
        return ()
    found = Recommendation.objects.filter(decision=decision.begun_from_id)
    rows = list(found.prefetch_related("figures__years", "recipients"))
    by_id, hidden = {row.pk: row for row in rows}, hidden_among(rows)
    return tuple(_asked(row, by_id, hidden) for row in rows)


def _submitted_on(decision: Decision) -> date:
    """The day of the submission that stands; today, while there is none."""
    step = decision.steps.filter(name=StepName.SUBMIT).order_by("-id").first()
    if step is None or not decision.is_submitted:
        return clock.today()
    return timezone.localdate(step.taken_at)


def _asked(row: Recommendation, rows: dict[int, Recommendation], hidden: set[int]) -> Asked:
    parent, source = rows.get(row.parent_id or 0), rows.get(row.funded_from_id or 0)
    return Asked(
        number=row.number,
        text=row.text,
        kind=row.kind,
        sums=tuple(_sum(each) for each in row.figures.all()),
        recipients=tuple(Receives(each.amount, each.part) for each in row.recipients.all()),
        parent=parent.number if parent else None,
        source=source.number if source else None,
        own_money=row.own_money,
        period_start=row.period_start,
        period_end=row.period_end,
        pk=row.pk,
        part=(Part.PART_2 if row.pk in hidden else Part.PART_1).value,
    )


def _sum(row: Figure) -> Sum:
    years = tuple((each.year, each.amount) for each in row.years.all())
    return Sum(row.amount, row.role, row.up_to, years)


def _paragraphs(section: Section) -> list[Words]:
    numbered, found = "", []
    for each in section.paragraphs.all():
        numbered = each.number or numbered
        words = _called(section, each, numbered)
        part = max(each.part, section.part)
        found.append(Words(Place(words, "paragraph_edit", each.pk, part), each.text))
    return found


def _called(section: Section, each: Paragraph, before: str) -> str:
    """Return what a paragraph is called; a list or table after the numbered one before it."""
    if each.number or each.form == ParagraphForm.TEXT:
        return f"Paragraph {each.number or f'{section.position}.{each.position}'}"
    place = f"after paragraph {before}" if before else f"in section {section}"
    return f"{each.get_form_display()} {place}"


def _grounds(
    decision: Decision, rows: Collection[Recommendation], sections: Collection[Section]
) -> tuple[Ground, ...]:
    used = {row.exemption_id for row in (*rows, *sections)}
    used |= {each.exemption_id for row in rows for each in row.recipients.all()}
    used |= {each.exemption_id for section in sections for each in section.paragraphs.all()}
    used |= set(decision.supporting_papers.values_list("exemption_id", flat=True))
    return tuple(
        Ground(row.ground, row.review_on, row.pk in used, row.pk)
        for row in decision.exemptions.all()
    )
