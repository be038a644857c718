"""Taking a paper from its text to a draft, and along its way, as its people would."""

from collections.abc import Mapping
from pathlib import Path

from accounts.demonstration import prove
from accounts.models import User
from decisions import actions
from decisions.actions import OutcomeWords, RecommendationWords, Sum
from decisions.imported_paper import ImportedPaper, ImportedRecommendation
from decisions.importers.reader import read_file
from decisions.models import Decision, Exemption, Organisation, Recommendation, Section, Series

PAPERS = Path(__file__).resolve().parent / "papers"
APPROVED = "The above request has my approval."

People = Mapping[str, User]


def again(decision: Decision) -> Decision:
    """Return the decision as it now stands."""
    return Decision.objects.select_related("series", "originating_officer").get(pk=decision.pk)


def draft(
    name: str,
    *,
    by: User,
    number: int | None = None,
    funder: Organisation | None = None,
    recipients: Mapping[str, Organisation] | None = None,
) -> Decision:
    """Make a draft of the paper in papers/<name>.txt; ``recipients`` are by recommendation."""
    paper = read_file(PAPERS / f"{name}.txt")
    series = Series.objects.get(code="PCD")
    made = actions.create_draft(series=series, title=paper.title or "", number=number, by=by)
    actions.edit_paper(
        decision=made,
        executive_summary=paper.executive_summary or "",
        asked=paper.asked or "",
        funder=funder,
        by=by,
    )
    _lay_recommendations(made, paper, funder, recipients or {}, by)
    for section in paper.sections:
        laid = actions.add_section(decision=made, heading=section.heading or "", by=by)
        for paragraph in section.paragraphs:
            actions.add_paragraph(section=laid, text=paragraph.text, by=by)
    return again(made)


def _lay_recommendations(
    made: Decision,
    paper: ImportedPaper,
    funder: Organisation | None,
    recipients: Mapping[str, Organisation],
    by: User,
) -> None:
    laid: dict[str, Recommendation] = {}
    for one in paper.recommendations:
        words = RecommendationWords(
            text=one.text,
            kind=one.kind.value,
            figures=[Sum(f.amount, up_to=f.up_to, text=f.text) for f in one.figures],
            funder=funder if _is_of_grant(one) else None,
            recipient=recipients.get(one.number),
            period_start=one.period_start,
            period_end=one.period_end,
            funded_from=laid.get(one.funded_from or ""),
        )
        laid[one.number] = actions.add_recommendation(decision=made, words=words, by=by)


def _is_of_grant(one: ImportedRecommendation) -> bool:
    return one.kind.value in {"accept", "bid"}


def restrict(decision: Decision, *, heading: str, paragraphs: list[str], by: User) -> Section:
    """Add a section of Part 2, exempt for commercial interests."""
    exemption: Exemption = actions.add_exemption(
        decision=decision,
        ground="FOIA 2000 s43(2)",
        reason="Prices and terms that suppliers gave in confidence.",
        by=by,
    )
    section = actions.add_section(
        decision=decision, heading=heading, part=2, exemption=exemption, by=by
    )
    for text in paragraphs:
        actions.add_paragraph(section=section, text=text, part=2, exemption=exemption, by=by)
    return section


def submit(decision: Decision) -> Decision:
    """Submit a draft for advice."""
    actions.submit_for_advice(decision=decision, by=decision.originating_officer)
    return again(decision)


def advise(decision: Decision, people: People, words: Mapping[str, str]) -> Decision:
    """Give advice of each kind that is needed and that ``words`` holds."""
    for kind in again(decision).advice_needed:
        if kind in words:
            adviser = people[f"{kind}_adviser"]
            actions.give_advice(decision=decision, kind=kind, words=words[kind], by=adviser)
    return again(decision)


def send(decision: Decision) -> Decision:
    """Send an advised paper to the chief executive."""
    actions.send_to_chief_executive(decision=decision, by=decision.originating_officer)
    return again(decision)


def endorse(decision: Decision, people: People) -> Decision:
    """Endorse a paper as the chief executive."""
    words = "I have been consulted, and am satisfied that this is an appropriate request."
    actions.endorse(decision=decision, words=words, by=people["chief_executive"])
    return again(decision)


def decide(decision: Decision, people: People) -> Decision:
    """Approve every recommendation (noting those that only note) and sign."""
    outcomes = [
        OutcomeWords(row, "noted" if row.kind == "note" else "approved")
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


def publish(decision: Decision, people: People) -> Decision:
    """Publish a signed decision."""
    actions.publish(decision=decision, by=people["governance_officer"])
    return again(decision)
