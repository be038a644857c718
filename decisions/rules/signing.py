"""The rules that a decision holds to when it is signed, published or revoked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from accounts.models import Delegation, User
from audit import clock
from audit.refusals import Refused
from decisions.delegated import covers_all, delegations_of
from decisions.models import (
    GRANTED,
    Decision,
    Figure,
    Outcome,
    Recipient,
    Recommendation,
    RecommendationKind,
    YearSum,
    advice_needed,
)
from decisions.models.sums import sum_decided, sum_held
from decisions.refusals import NoAuthority
from decisions.rules.book import BOOK, DECIDER, RULES, When, hold, rule
from decisions.rules.sums_in_words import grants_beyond
from decisions.sources import is_drawn_out_of_itself

Share = TypeVar("Share", Recipient, YearSum)


@dataclass
class Amended:
    """What is decided on one recommendation.

    `figures` are sums (pounds) by the id of the paper's figure, where they differ from it;
    `recipients` and `years` are what those of the paper, by their id, have of a smaller sum.
    `signed_on` is the day on the paper of a decision that was signed elsewhere.
    """

    recommendation: Recommendation
    outcome: Outcome
    words: str = ""
    figures: dict[int, Decimal] = field(default_factory=dict)
    until: date | None = None
    recipients: dict[int, Decimal] = field(default_factory=dict)
    years: dict[int, Decimal] = field(default_factory=dict)
    signed_on: date | None = None

    @property
    def is_granted(self) -> bool:
        """Whether it is approved, as asked or as amended."""
        return self.outcome in GRANTED

    def sums(self) -> list[tuple[Figure, Decimal]]:
        """Return the paper's figures with the sums (pounds) as decided."""
        return [(row, self.figures.get(row.pk, row.amount)) for row in self.rows]

    @property
    def rows(self) -> list[Figure]:
        """The paper's figures of the recommendation."""
        return list(self.recommendation.figures.all())

    @property
    def total(self) -> Decimal:
        """The sum decided (pounds), components and totals left out."""
        return sum_decided(self.sums())

    @property
    def held(self) -> Decimal:
        """The sum (pounds) that limits and sources are held against, whatever its figures are for.

        It is the sum decided, or the largest figure where none is one.
        """
        return sum_held(self.sums())

    @property
    def is_lowered(self) -> bool:
        """Whether less is decided than was asked for."""
        return self.held < sum_held((row, row.amount) for row in self.rows)

    def parts(self) -> list[tuple[Recipient, Decimal]]:
        """Return what each recipient has (pounds) of the sum as decided.

        Nothing where all stays as asked for, or where a paper signed elsewhere does not say it.
        """
        if not self.is_granted:
            return []
        asked = [
            (row, row.amount)
            for row in self.recommendation.recipients.all()
            if row.amount is not None
        ]
        given = _shares(asked, self.recipients, self.held, is_less=self.is_lowered)
        unsaid = self.signed_on and not self.recipients
        return [] if unsaid and together(given) > self.held else given

    def years_of(self, figure: Figure, amount: Decimal) -> list[tuple[YearSum, Decimal]]:
        """Return what of a figure's sum as decided (pounds) falls in each year; as `parts`."""
        asked = [(row, row.amount) for row in figure.years.all()] if self.is_granted else []
        given = _shares(asked, self.years, amount, is_less=amount < figure.amount)
        unsaid = self.signed_on and not self.years
        return [] if unsaid and together(given) != amount else given


def _shares(
    asked: list[tuple[Share, Decimal]],
    said: Mapping[int, Decimal],
    whole: Decimal,
    *,
    is_less: bool,
) -> list[tuple[Share, Decimal]]:
    """Return the shares of a sum: as said, else as asked; the only one follows a smaller sum."""
    if not is_less and not any(said.get(row.pk, amount) != amount for row, amount in asked):
        return []
    if is_less and len(asked) == 1:
        asked = [(row, min(amount, whole)) for row, amount in asked]
    return [(row, said.get(row.pk, amount)) for row, amount in asked]


def together(shares: Iterable[tuple[object, Decimal]]) -> Decimal:
    """Return what shares of a sum come to, in pounds."""
    return sum((amount for _, amount in shares), Decimal())


@rule("DEC-04", When.SIGNING, "The advisers concerned can give or confirm it.")
def has_current_advice(decision: Decision) -> bool:
    """Nothing is signed while advice is missing or needs confirming."""
    return not advice_needed(decision)


@rule("DEC-05", When.SIGNING, "Somebody else must decide.")
def is_apart(decision: Decision, by: User) -> bool:
    """Whoever prepared a paper or advised on it does not approve it."""
    return not decision.was_prepared_by(by) and not decision.was_advised_on_by(by)


@rule("DEC-06", When.SIGNING, DECIDER)
def decides_all(wanted: Iterable[Recommendation], decided: Iterable[Amended]) -> bool:
    """Every recommendation that is not yet decided gets one outcome, and no other does."""
    given = [row.recommendation.pk for row in decided]
    return sorted(given) == sorted(row.pk for row in wanted)


@rule("DEC-09", When.SIGNING, DECIDER)
def draws_on_approved(source: Amended, drawn: Iterable[Amended]) -> bool:
    """A sum is approved out of another only where that one is approved and covers it."""
    granted = [row for row in drawn if row.is_granted and row.held]
    if not granted:
        return True
    return source.is_granted and sum((row.held for row in granted), Decimal()) <= source.held


@rule("DEC-10", When.SIGNING, DECIDER)
def amends_downwards(decided: Amended) -> bool:
    """A sum may be approved as asked or for less, never for more than was advised on."""
    return all(Decimal() < amount <= row.amount for row, amount in decided.sums())


@rule("DEC-11", When.SIGNING, DECIDER)
def amends_in_words_or_sums(decided: Amended) -> bool:
    """“Approved as amended” says what was amended; no other outcome amends a sum or divides it."""
    if not decided.is_granted and (decided.recipients or decided.years or decided.figures):
        return False
    sums = decided.sums()
    amends = any(
        [
            decided.parts(),
            *(amount != row.amount or decided.years_of(row, amount) for row, amount in sums),
        ]
    )
    if decided.outcome == Outcome.APPROVED_AS_AMENDED:
        return amends or bool(decided.words.strip())
    return not amends


@rule("DEC-12", When.SIGNING, DECIDER)
def notes_only_notes(decided: Amended) -> bool:
    """Only a recommendation to note is noted: anything else is approved, rejected or deferred."""
    is_note = decided.recommendation.kind == RecommendationKind.NOTE
    return decided.outcome != Outcome.NOTED or is_note


@rule("DEC-13", When.SIGNING, "The governance officer keeps the delegations.")
def is_delegated(found: Delegation | None) -> bool:
    """A decision is made under a paragraph of the scheme in force, for its kinds and its sum."""
    return found is not None


@rule("DEC-14", When.SIGNING, "The governance officer can choose a later day.")
def defers_ahead(until: date, today: date) -> bool:
    """A publication is deferred for a reason and until a day that is still to come."""
    return until > today


@rule("DEC-15", When.SIGNING, DECIDER)
def gives_reason(reason: str) -> bool:
    """A paper is returned, withdrawn, deferred, taken down or revoked only with a reason."""
    return bool(reason.strip())


@rule("DEC-47", When.SIGNING, DECIDER)
def comes_back_later(decided: Amended) -> bool:
    """What is deferred has a day on which it is to come back, and that day is still to come."""
    if decided.outcome != Outcome.DEFERRED:
        return True
    return decided.until is not None and decided.until > (decided.signed_on or clock.today())


@rule("DEC-49", When.SIGNING, "The decision maker can read it again and sign it.")
def is_as_confirmed(confirmed: str, now: str) -> bool:
    """A paper of a batch is signed just as it was when the batch was confirmed."""
    return confirmed == now


@rule("DEC-78", When.SIGNING, "Load the page again and read what changed.")
def is_as_shown(shown: object, now: object) -> bool:
    """Advice, an endorsement or a decision is given on the paper just as the page showed it."""
    return shown == now


@rule("DEC-105", When.SIGNING, DECIDER)
def gives_no_more_than_decided(decided: Amended) -> bool:
    """Of an amended sum its recipients get no more than it, and none more than was asked for it."""
    parts = decided.parts()
    return together(parts) <= decided.held and all(
        row.amount is not None and Decimal() <= amount <= row.amount for row, amount in parts
    )


@rule("DEC-106", When.SIGNING, DECIDER)
def divides_what_is_decided(decided: Amended) -> bool:
    """The years of an amended sum come to it, and none is more than was asked for that year."""
    for figure, whole in decided.sums():
        years = decided.years_of(figure, whole)
        if years and together(years) != whole:
            return False
        if not all(Decimal() <= amount <= row.amount for row, amount in years):
            return False
    return True


@rule("DEC-107", When.SIGNING, DECIDER)
def says_no_more_than_decided(decided: Amended) -> bool:
    """The words of an outcome grant no sum above what is decided. Others stand in the remarks."""
    if not decided.is_granted or decided.signed_on:
        return True
    asked = [row.amount for row in decided.rows]
    return not any(grants_beyond(decided.words, decided.held, asked))


FIELDS = {"DEC-10": "sum", "DEC-47": "until", "DEC-105": "recipients", "DEC-106": "years"}
FIELDS |= {"DEC-107": "words"}
OF_EACH_OUTCOME: dict[str, Callable[[Amended], bool]] = {
    "DEC-10": amends_downwards,
    "DEC-11": amends_in_words_or_sums,
    "DEC-12": notes_only_notes,
    "DEC-47": comes_back_later,
    "DEC-105": gives_no_more_than_decided,
    "DEC-106": divides_what_is_decided,
    "DEC-107": says_no_more_than_decided,
}


@dataclass(frozen=True)
class Fault:
    """A rule that an outcome breaks: of which recommendation, at which field, and where in words.

    `field` is "outcome", "words", "until", "sum", "recipients" or "years".
    """

    code: str
    recommendation: Recommendation
    field: str
    detail: str

    @property
    def refusal(self) -> Refused:
        """The refusal of an act that has this fault."""
        return BOOK.refusal(self.code, self.detail)


def check_outcomes(
    wanted: Iterable[Recommendation], decided: list[Amended], earlier: Iterable[Amended] = ()
) -> None:
    """Raise RuleBroken unless the outcomes are whole and do not contradict each other.

    `earlier` are outcomes of earlier sittings that sums may draw on.
    """
    hold("DEC-06", holds=decides_all(wanted, decided))
    _hold_no_ring([row.recommendation for row in (*earlier, *decided)])
    for fault in faults_in(decided, earlier):
        raise fault.refusal


def _hold_no_ring(rows: Iterable[Recommendation]) -> None:
    sources: dict[int, int | None] = {row.pk: row.funded_from_id for row in rows}
    for one in sources:
        hold("DEC-75", holds=not is_drawn_out_of_itself(one, sources))


def faults_in(decided: list[Amended], earlier: Iterable[Amended] = ()) -> Iterator[Fault]:
    """Yield every rule that single outcomes break, and that they break together."""
    yield from faults_of_each(decided)
    everything = [*earlier, *decided]
    for source in everything:
        of = source.recommendation
        drawn = [row for row in everything if row.recommendation.funded_from_id == of.pk]
        if not draws_on_approved(source, drawn):
            for row in drawn:
                detail = f"({row.recommendation} is drawn from {str(of).lower()}.)"
                if row in decided and row.is_granted and row.held:
                    yield Fault("DEC-09", row.recommendation, "outcome", detail)


def faults_of_each(decided: Iterable[Amended]) -> Iterator[Fault]:
    """Yield every rule that single outcomes break."""
    for row in decided:
        for code, holds in OF_EACH_OUTCOME.items():
            if not holds(row):
                field = _field_of(code, row)
                yield Fault(code, row.recommendation, field, f"({row.recommendation}.)")


def _field_of(code: str, row: Amended) -> str:
    if code == "DEC-11" and row.outcome == Outcome.APPROVED_AS_AMENDED:
        return "words"
    return FIELDS.get(code, "outcome")


def taken_by(decided: Iterable[Amended]) -> Decimal:
    """Return what a decision takes from its delegation: sums granted, not drawn from another."""
    return sum((row.held for row in decided if _takes(row)), Decimal())


def takes_part_2(decided: Iterable[Amended]) -> bool:
    """Return whether a sum of Part 2 is in what a decision takes from its delegation."""
    return any(row.recommendation.is_restricted for row in decided if _takes(row))


def _takes(row: Amended) -> bool:
    return row.is_granted and not row.recommendation.funded_from_id


def authority_for(
    by: User, decided: Iterable[Amended], on: date, earlier: Iterable[Amended]
) -> Delegation:
    """Return the first delegation that covers every outcome; NoAuthority when none does.

    The limit is held against the whole decision: what is approved and not drawn from another, now
    and at `earlier` sittings. Against what is left of a cap stands only what is decided now: the
    uses of earlier sittings are counted already.
    """
    wanted = list(decided)
    total, before = taken_by(wanted), taken_by(earlier)
    kinds = {row.recommendation.kind for row in wanted}
    reasons: list[str] = []
    for delegation in _delegations(by, wanted, on):
        refused = covers_all(by, delegation, sorted(kinds), total, on, decided_before=before)
        if not refused:
            return delegation
        reasons.append(f"Paragraph {delegation.scheme_paragraph}: {refused[0].reason}")
    text = RULES["DEC-13"].text
    detail = " ".join(reasons) or "You hold no delegation that is in force today."
    raise NoAuthority(f"{text} {detail}", code="DEC-13", clears=RULES["DEC-13"].clears)


def _delegations(by: User, decided: list[Amended], on: date) -> list[Delegation]:
    """Return the delegations under which somebody may decide the paper of these outcomes."""
    papers = [row.recommendation.decision for row in decided[:1]]
    return delegations_of(by, papers[0], on) if papers else []
