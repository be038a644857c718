"""Papers at each stage of their way, taken there by the actions that people use."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from accounts.demonstration import prove
from accounts.models import StepUp, User
from audit import clock
from audit.acts import SYSTEM
from audit.models import LedgerPayload
from audit.words import money
from decisions import actions, rules
from decisions.actions import KeptFile, OutcomeWords, RecipientWords, RecommendationWords, Sum
from decisions.documents.files import paper_store
from decisions.imported_paper import ImportedPaper
from decisions.models import (
    Approval,
    Decision,
    Requirement,
    Series,
    SupportingPaper,
    latest_version,
)
from tests.factories import as_shown
from tests.factories.memory import remembered
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    a_register,
    an_adviser,
    an_officer,
)

SECRET = "Aardvark Analytics at £61,113 a licence"
HIDDEN = "Wombat Holdings"
YEARS = ((2019, Decimal("457219.00")), (2020, Decimal("742781.00")))


@remembered
def a_series(code: str = "PCD", next_number: int = 726) -> Series:
    """Make a series that requires no sections, or return the one of that code."""
    a_register()
    found = Series.objects.filter(code=code).first()
    return found or actions.start_series(
        code=code,
        title=f"{code} decisions",
        next_number=next_number,
        requirements=(),
        by=SYSTEM,
    )


def a_requirement(form: str = "section", subject: str = "legal", kind: str = "") -> Requirement:
    """Ask for something in papers of the series: a section with legal comments, unless said."""
    return actions.add_requirement(
        series=a_series(),
        recommendation_kind=kind,
        form=form,
        subject=subject,
        by=a_governance_officer(),
    )


@remembered
def a_draft(title: str = "Support against county lines", by: User | None = None) -> Decision:
    """Make a draft that could be submitted: one recommendation of £1.2 million, three sections."""
    officer = by or an_officer()
    draft = actions.create_draft(series=a_series(), title=title, by=officer)
    actions.edit_paper(
        decision=draft,
        executive_summary="Grant has been offered for the centre.\n\nThis paper accepts it.",
        asked="The decision maker is asked to:",
        head_of_unit="A. Head, Head of Grants",
        head_of_unit_consented_on=date(2019, 10, 1),
        authority_paragraph="4.8",
        by=officer,
    )
    words = RecommendationWords(
        text="accept up to £1.2 million of grant for the national centre.",
        kind="accept",
        figures=[Sum(Decimal("1200000.00"), up_to=True)],
    )
    actions.add_recommendation(decision=draft, words=words, by=officer)
    for heading in ("Introduction and background", "Financial comments", "Legal comments"):
        section = actions.add_section(decision=draft, heading=heading, by=officer)
        text = f"What is to be said under “{heading}”."
        actions.add_paragraph(section=section, text=text, by=officer)
    return again(draft)


@remembered
def with_part_2(draft: Decision) -> Decision:
    """Give a draft a restricted paragraph that holds `SECRET`."""
    officer = draft.originating_officer
    exemption = actions.add_exemption(
        decision=draft,
        ground="FOIA 2000 s43(2)",
        reason="Commercial interests",
        review_on=date(2030, 10, 1),
        by=officer,
    )
    section = draft.sections.get(number="2")
    actions.add_paragraph(section=section, text=SECRET, part=2, exemption=exemption, by=officer)
    return again(draft)


def with_sum_under_part_2(draft: Decision) -> Decision:
    """Give a draft a restricted recommendation to note, and an award of £3.7 million under it."""
    officer, ground = draft.originating_officer, with_part_2(draft).exemptions.get()
    words = RecommendationWords("note the bids.", "note", part=2, exemption=ground)
    above = actions.add_recommendation(decision=draft, words=words, by=officer)
    sums = [Sum(Decimal("3700000.00"))]
    under = RecommendationWords("award £3.7 million.", "award", sums, parent=above)
    actions.add_recommendation(decision=draft, words=under, by=officer)
    return again(draft)


@remembered
def with_drawn_sum(draft: Decision, amount: str = "570000.00") -> Decision:
    """Give a draft a second recommendation whose sum is drawn from the first."""
    words = RecommendationWords(
        text=f"approve spending of {money(Decimal(amount))} on licences out of recommendation 1.",
        kind="approve_spend",
        figures=[Sum(Decimal(amount))],
        funded_from=draft.recommendations.get(number="1"),
    )
    actions.add_recommendation(decision=draft, words=words, by=draft.originating_officer)
    return again(draft)


@remembered
def with_shares(draft: Decision) -> Decision:
    """Give a draft with an exemption sums by year, and two recipients, one of them `HIDDEN`."""
    row = draft.recommendations.get(number="1")
    by = draft.originating_officer
    met, hidden = (actions.add_organisation(name=name, by=by) for name in ("The Met", HIDDEN))
    words = RecommendationWords(
        text=row.text,
        kind=row.kind,
        figures=[Sum(Decimal("1200000.00"), up_to=True, years=YEARS)],
        recipients=[
            RecipientWords(met, Decimal("837163.00")),
            RecipientWords(hidden, Decimal("362837.00"), 2, draft.exemptions.get()),
        ],
        period_start=date(2019, 10, 28),
        period_end=date(2021, 3, 31),
    )
    actions.edit_recommendation(recommendation=row, words=words, by=by)
    return again(draft)


def with_replaced_paper(draft: Decision) -> SupportingPaper:
    """Stand a paper behind a draft whose first file was replaced, and return it."""
    first, second = (
        KeptFile(paper_store().put(data), len(data), "case.txt", "text/plain")
        for data in (b"The case as it was.", b"The case.")
    )
    by = draft.originating_officer
    paper = actions.add_supporting_paper(decision=draft, title="Business case", file=first, by=by)
    return actions.replace_supporting_paper(paper=paper, file=second, by=by)


def answered(decision: Decision) -> Decision:
    """Answer whatever is doubted of a paper and has no answer yet."""
    unanswered = rules.look(decision).unanswered
    if unanswered:
        said = {each.digest: f"We know of it ({each.code})." for each in unanswered}
        by = decision.originating_officer
        actions.answer_warnings(decision=decision, answers=said, by=by)
    return decision


@remembered
def submitted(draft: Decision | None = None) -> Decision:
    """Make a paper that is in advice, with none given."""
    draft = answered(draft or a_draft())
    actions.submit_for_advice(decision=draft, by=draft.originating_officer)
    return again(draft)


@remembered
def advised(decision: Decision | None = None) -> Decision:
    """Make a paper in advice that has all the advice it needs."""
    decision = decision or submitted()
    for kind in decision.advice_needed:
        words = f"There is nothing {kind} against it."
        as_shown.give_advice(decision=decision, kind=kind, words=words, by=an_adviser(kind))
    return again(decision)


@remembered
def sent(decision: Decision | None = None) -> Decision:
    """Make a paper that is with the chief executive."""
    decision = answered(decision or advised())
    actions.send_to_chief_executive(decision=decision, by=decision.originating_officer)
    return again(decision)


@remembered
def endorsed(draft: Decision | None = None) -> Decision:
    """Make a paper that awaits decision, from a draft."""
    decision = sent(advised(submitted(draft)))
    as_shown.endorse(decision=decision, words="A proper request.", by=a_chief_executive())
    return again(decision)


def outcomes_of(decision: Decision, **by_number: str) -> list[OutcomeWords]:
    """Return an outcome for each recommendation not yet decided: approved unless said (r2=…)."""
    given = [
        (row, by_number.get(f"r{row.number}", "approved")) for row in actions.undecided(decision)
    ]
    back = clock.today() + timedelta(days=30)
    return [
        OutcomeWords(row, outcome, until=back if outcome == "deferred" else None)
        for row, outcome in given
    ]


def proof_for(by: User, decision: Decision, **what: Any) -> StepUp:
    """Make a fresh second factor for deciding just this."""
    digest = actions.decision_digest(decision=decision, **what)
    return prove(by=by, act_name=actions.ACT_NAME, digest=digest)


def decide(
    decision: Decision,
    *,
    by: User | None = None,
    outcomes: list[OutcomeWords] | None = None,
    **by_number: str,
) -> Approval:
    """Decide a paper as the decision maker would, with a fresh second factor."""
    by = by or a_decision_maker()
    what: Mapping[str, Any] = {
        "outcomes": outcomes_of(decision, **by_number) if outcomes is None else outcomes,
        "interests": "None to record.",
        "words": "The above request has my approval.",
    }
    proof = proof_for(by, decision, **what) if latest_version(decision) else None
    return actions.decide(decision=decision, proof=proof, by=by, **what)


@remembered
def signed(draft: Decision | None = None, **by_number: str) -> Decision:
    """Make a signed decision, from a draft."""
    decision = endorsed(draft)
    decide(decision, outcomes=outcomes_of(decision, **by_number))
    return again(decision)


@remembered
def published(draft: Decision | None = None) -> Decision:
    """Make a published decision, from a draft."""
    decision = signed(draft)
    actions.publish(decision=decision, by=a_governance_officer())
    return again(decision)


def signed_further(draft: Decision | None = None) -> Decision:
    """Publish a decision whose second recommendation was deferred, then approve that too."""
    draft = draft or with_drawn_sum(a_draft())
    decision = signed(draft, r2="deferred")
    actions.publish(decision=decision, by=a_governance_officer())
    decide(again(decision), outcomes=outcomes_of(again(decision)))
    return again(decision)


def revoke(
    decision: Decision,
    *,
    reason: str = "Overtaken.",
    in_favour_of: Decision | None = None,
    by: User | None = None,
    form_key: UUID | None = None,
) -> Decision:
    """Revoke a decision as the decision maker would, with a fresh second factor."""
    by = by or a_decision_maker()
    what: dict[str, Any] = {"decision": decision, "reason": reason, "in_favour_of": in_favour_of}
    digest = actions.revocation_digest(**what)
    proof = prove(by=by, act_name=actions.REVOKE, digest=digest)
    return actions.revoke(**what, proof=proof, form_key=form_key, by=by)


@remembered
def revoked(decision: Decision | None = None) -> Decision:
    """Make a revoked decision, from one that is signed."""
    return again(revoke(decision or published()))


@remembered
def from_elsewhere() -> Decision:
    """Make the record of a decision that was published elsewhere."""
    paper = ImportedPaper(
        reference="PCD 386",
        title="An earlier strategy",
        date_signed=date(2018, 5, 1),
        decided_by="The Deputy Mayor",
    )
    a_series()
    return again(actions.record_published(paper=paper, by=an_officer()).decision)


@remembered
def withdrawn() -> Decision:
    """Make a withdrawn paper."""
    decision = submitted()
    reason = "The grant was not awarded."
    actions.withdraw(decision=decision, reason=reason, by=decision.originating_officer)
    return again(decision)


def again(decision: Decision) -> Decision:
    """Return the decision as it now stands."""
    return Decision.objects.select_related("series", "originating_officer").get(pk=decision.pk)


def a_key() -> UUID:
    """Make the key of a form."""
    return uuid4()


def payloads() -> str:
    """Return all that the ledger's payloads say, in one text."""
    return "\n".join(LedgerPayload.objects.values_list("payload", flat=True))
