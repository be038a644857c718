"""Taking a paper from its text to a draft, and along its way, as its people would."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from accounts.demonstration import prove
from accounts.models import User
from audit import clock
from decisions import actions
from decisions.actions import ConditionWords, OutcomeWords, RecommendationWords, Sum
from decisions.importers.reader import read_file
from decisions.models import Decision, Organisation, Recommendation
from decisions.rules import Finding, look

PAPERS = Path(__file__).resolve().parent / "papers"
APPROVED = "The above request has my approval."
HEAD_OF_UNIT = "Head of Commissioning (invented)"
COMMERCIAL = "FOIA 2000 s43(2)"
REASON = "Prices and terms that suppliers gave in confidence."

ANSWERS = {
    "no section with equality": "A first screening found no effect on any protected group.",
    "no section with commercial": "Nothing commercial arises beyond what the paper says of it.",
    "£3.6m": "The strategy names £3.6m. The difference is to be settled with the Home Office "
    "before any award is accepted.",
    "to £975,000": "These are quotations; the ceiling leaves room above the highest of them.",
    "goes on beyond": "The money is ours and not a funder’s: both years’ programmes hold it.",
}

People = Mapping[str, User]


def again(decision: Decision) -> Decision:
    """Return the decision as it now stands."""
    return Decision.objects.select_related("series", "originating_officer").get(pk=decision.pk)


def draft(
    name: str,
    *,
    by: User,
    funder: Organisation | None = None,
    recipients: Mapping[str, Organisation] | None = None,
) -> Decision:
    """Import papers/<name>.txt as a draft without number; ``recipients`` are by recommendation."""
    paper = replace(read_file(PAPERS / f"{name}.txt"), reference=None)
    made = actions.create_draft_from_import(paper=paper, by=by).decision
    actions.edit_paper(
        decision=made,
        funder=funder,
        head_of_unit=HEAD_OF_UNIT,
        head_of_unit_consented_on=clock.today(),
        authority_paragraph="4.8",
        by=by,
    )
    for row in made.recommendations.all():
        _name_parties(row, funder, (recipients or {}).get(row.number), by)
    return again(made)


def _name_parties(
    row: Recommendation, funder: Organisation | None, recipient: Organisation | None, by: User
) -> None:
    """Name the funder of a grant, and who receives it, on its recommendation."""
    payer = funder if row.kind in {"accept", "bid"} else None
    if payer is None and recipient is None:
        return
    figures = [Sum(each.amount, each.up_to, each.text) for each in row.figures.all()]
    words = RecommendationWords(
        text=row.text,
        kind=row.kind,
        figures=figures,
        parent=row.parent,
        funder=payer,
        recipient=recipient,
        period_start=row.period_start,
        period_end=row.period_end,
        funded_from=row.funded_from,
        own_money=row.own_money,
    )
    actions.edit_recommendation(recommendation=row, words=words, by=by)


def record_elsewhere(name: str, *, by: User) -> None:
    """Record papers/<name>.txt as published elsewhere."""
    actions.record_published(paper=read_file(PAPERS / f"{name}.txt"), by=by)


def restrict(decision: Decision, *, heading: str, paragraphs: list[str], by: User) -> None:
    """Add a section of Part 2, exempt for commercial interests."""
    words: dict[str, Any] = {
        "ground": COMMERCIAL,
        "reason": REASON,
        "review_on": clock.today() + timedelta(days=730),
    }
    exemption = actions.add_exemption(decision=decision, by=by, **words)
    if exemption.reason != REASON:  # the paper's text named the ground already
        exemption = actions.edit_exemption(exemption=exemption, by=by, **words)
    section = actions.add_section(
        decision=decision, heading=heading, part=2, exemption=exemption, by=by
    )
    for text in paragraphs:
        actions.add_paragraph(section=section, text=text, part=2, exemption=exemption, by=by)


def submit(decision: Decision) -> Decision:
    """Submit a draft for advice, with an answer to whatever is doubted of it."""
    _answer(decision)
    actions.submit_for_advice(decision=decision, by=decision.originating_officer)
    return again(decision)


def _answer(decision: Decision) -> None:
    said = {each.digest: _answer_to(each) for each in look(decision).unanswered}
    if said:
        by = decision.originating_officer
        actions.answer_warnings(decision=decision, answers=said, by=by)


def _answer_to(finding: Finding) -> str:
    """Return the answer whose key stands in what was found."""
    return next(said for about, said in ANSWERS.items() if about in finding.text)


def advise(decision: Decision, people: People, words: Mapping[str, str]) -> Decision:
    """Give advice of each kind that is needed and that ``words`` holds."""
    for kind in again(decision).advice_needed:
        if kind in words:
            adviser = people[f"{kind}_adviser"]
            actions.give_advice(
                decision=decision,
                kind=kind,
                words=words[kind],
                version_shown=decision.versions.count(),
                by=adviser,
            )
    return again(decision)


def wait_for_confirmation(decision: Decision, *, heading: str) -> None:
    """Add to a section that was advised on, so that the advice needs confirming."""
    section = decision.sections.get(heading__startswith=heading)
    words = "The first return is due in July."
    actions.add_paragraph(section=section, text=words, by=decision.originating_officer)


def send(decision: Decision) -> Decision:
    """Send an advised paper to the chief executive."""
    actions.send_to_chief_executive(decision=decision, by=decision.originating_officer)
    return again(decision)


def endorse(decision: Decision, people: People) -> Decision:
    """Endorse a paper as the chief executive."""
    words = "I have been consulted, and am satisfied that this is an appropriate request."
    shown = decision.versions.count()
    chief = people["chief_executive"]
    actions.endorse(decision=decision, words=words, version_shown=shown, by=chief)
    return again(decision)


def return_to_draft(decision: Decision, people: People, reason: str) -> Decision:
    """Return a paper that is with the chief executive to its officer."""
    actions.return_to_draft(decision=decision, reason=reason, by=people["chief_executive"])
    return again(decision)


def withdraw(decision: Decision, reason: str) -> Decision:
    """Withdraw a paper; its number stays used."""
    actions.withdraw(decision=decision, reason=reason, by=decision.originating_officer)
    return again(decision)


def decide(
    decision: Decision,
    people: People,
    *,
    deferred: Mapping[str, str] | None = None,
    conditions: Mapping[str, str] | None = None,
) -> Decision:
    """Approve every recommendation (noting those that only note) and sign.

    ``deferred`` says why, and ``conditions`` on what condition, by the recommendation's number.
    """
    outcomes = [
        _outcome(row, people, (deferred or {}).get(row.number), (conditions or {}).get(row.number))
        for row in actions.undecided(decision)
    ]
    interests = "None to record under the Code of Conduct."
    decider = people["decision_maker"]
    digest = actions.decision_digest(
        decision=decision, outcomes=outcomes, interests=interests, words=APPROVED
    )
    proof = prove(by=decider, act_name=actions.ACT_NAME, digest=digest)
    actions.decide(
        decision=decision,
        outcomes=outcomes,
        interests=interests,
        words=APPROVED,
        proof=proof,
        by=decider,
    )
    return again(decision)


def _outcome(
    row: Recommendation, people: People, deferred: str | None, condition: str | None
) -> OutcomeWords:
    month = clock.today() + timedelta(days=30)
    if deferred is not None:
        return OutcomeWords(row, "deferred", words=deferred, until=month)
    owner = people["originating_officer"]
    conditions = [ConditionWords(condition, owner=owner, due_on=month)] if condition else []
    outcome = "noted" if row.kind == "note" else "approved"
    return OutcomeWords(row, outcome, conditions=conditions)


def publish(decision: Decision, people: People) -> Decision:
    """Publish a signed decision."""
    actions.publish(decision=decision, by=people["governance_officer"])
    return again(decision)
