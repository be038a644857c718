"""A new draft begun from another paper, as from a template.

Its words are carried, with the sums and dates of its recommendations, which the rules then doubt
(DEC-73); never its number, links, papers behind it, consultations, advice, outcomes or signatures,
nor who consented, the authority relied on and the days on which exemptions are reviewed.
"""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from audit.acts import Act, action
from decisions import search
from decisions.actions.drafting import begin
from decisions.actions.edits import change, made_before, remember
from decisions.actions.reading import record_reading
from decisions.actions.recommendations import (
    RecipientWords,
    RecommendationWords,
    Sum,
    lay_recommendation,
)
from decisions.actions.sections import lay_paragraph, lay_section
from decisions.actions.surroundings import lay_exemption
from decisions.models import (
    Decision,
    Exemption,
    Figure,
    Part,
    Recipient,
    Recommendation,
    Section,
    Series,
    latest_version,
)
from decisions.permissions import can_copy, can_read_part_2

CARRIED = ("title", "asked", "executive_summary", "funder", "advice_asked")


@action
def copy_paper(
    act: Act,
    *,
    decision: Decision,
    series: Series,
    with_part_2: bool = False,
    form_key: UUID | None = None,
    by: User,
) -> Decision:
    """Begin a draft of `by` that says what another paper says, and return it.

    Part 2 is carried only `with_part_2`, stays Part 2, and is a reading of it.
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Decision):
        return before
    can_copy(by, decision).or_refuse()
    if with_part_2:
        role = can_read_part_2(by, decision).or_refuse().role
        record_reading(act, decision, latest_version(decision), None, role)
    words = {name: getattr(decision, name) for name in CARRIED}
    new = begin(act, series=series, officer=by, words={**words, "begun_from": decision})
    _Copy(decision, new, with_part_2=with_part_2).lay()
    search.reindex(new)
    return remember(form_key, new)


class _Copy:
    """The rows of one paper on their way into another."""

    def __init__(self, old: Decision, new: Decision, *, with_part_2: bool) -> None:
        self._old, self._new = old, new
        self._parts = Part.values if with_part_2 else [Part.PART_1]
        self._exemptions: dict[int | None, Exemption | None] = {None: None}

    def lay(self) -> None:
        """Lay what is carried into the new paper."""
        if Part.PART_2 in self._parts:
            for row in self._old.exemptions.all():
                made = lay_exemption(self._new, ground=row.ground, reason=row.reason)
                self._exemptions[row.pk] = made
        for section in self._old.sections.filter(part__in=self._parts):
            self._lay_section(section)
        self._lay_recommendations()

    def _exemption(self, pk: int | None) -> Exemption | None:
        return self._exemptions[pk]

    def _lay_section(self, old: Section) -> None:
        exemption = self._exemption(old.exemption_id)
        new = lay_section(self._new, heading=old.heading, part=old.part, exemption=exemption)
        for row in old.paragraphs.filter(part__in=self._parts):
            lay_paragraph(
                new,
                text=row.text,
                form=row.form,
                part=row.part,
                exemption=self._exemption(row.exemption_id),
            )

    def _lay_recommendations(self) -> None:
        """Lay recommendations, save those that lie under one that is not carried."""
        rows = self._old.recommendations.filter(part__in=self._parts).select_related(
            "funder", "recipient"
        )
        made: dict[int | None, Recommendation] = {}
        found = list(rows.prefetch_related("figures__years", "recipients__organisation"))
        for row in found:
            if row.parent_id is None or row.parent_id in made:
                made[row.pk] = lay_recommendation(self._new, self._words(row, made))
        for row in found:
            if row.pk in made and row.funded_from_id in made:
                change(made[row.pk], {"funded_from": made[row.funded_from_id]})

    def _words(
        self, row: Recommendation, made: dict[int | None, Recommendation]
    ) -> RecommendationWords:
        return RecommendationWords(
            text=row.text,
            kind=row.kind,
            figures=[_sum(figure) for figure in row.figures.all()],
            parent=made.get(row.parent_id),
            funder=row.funder,
            recipient=row.recipient,
            recipients=list(self._recipients(row.recipients.all())),
            period_start=row.period_start,
            period_end=row.period_end,
            own_money=row.own_money,
            part=row.part,
            exemption=self._exemption(row.exemption_id),
        )

    def _recipients(self, rows: Iterable[Recipient]) -> Iterable[RecipientWords]:
        for row in rows:
            if row.part in self._parts:
                exemption = self._exemption(row.exemption_id)
                yield RecipientWords(row.organisation, row.amount, row.part, exemption)


def _sum(figure: Figure) -> Sum:
    years = [(row.year, row.amount) for row in figure.years.all()]
    return Sum(figure.amount, figure.up_to, figure.text, figure.role, figure.direction, years)
