"""Answering in words what the rules doubt of a paper. Answers are kept; none is ever changed."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions import events
from decisions.actions.edits import made_before, open_paper, remember
from decisions.actions.versions import keep_version
from decisions.models import Decision, RuleAnswer
from decisions.refusals import DecisionRefused
from decisions.rules import Finding, look
from decisions.workflow import OFFICER

GONE = "What you answer is no longer found in this paper."
NOTHING = "An answer needs words."


@action
def answer_warnings(
    act: Act,
    *,
    decision: Decision,
    answers: Mapping[str, str],
    form_key: UUID | None = None,
    by: User,
) -> Decision:
    """Answer warnings about a paper that is open to edits: words by the digest of each finding.

    Once the paper is submitted, its answers make a version. The audit trail names the rules, never
    what was found or said.
    """
    decision = open_paper(decision, by)
    if made_before(form_key, Decision, of=decision):
        return decision
    found = {each.digest: each for each in look(decision).warnings}
    answered = [_answer(decision, found.get(digest), said, by) for digest, said in answers.items()]
    if decision.is_submitted:
        keep_version(decision)
    what = ", ".join(_counted(answered))
    act.record(events.WARNINGS_ANSWERED, subject=decision, role=OFFICER, data={"what": what})
    return remember(form_key, decision)


def _answer(decision: Decision, finding: Finding | None, words: str, by: User) -> RuleAnswer:
    if finding is None:
        raise DecisionRefused(GONE, clears="Load the page again and see what is found now.")
    if not words.strip():
        raise DecisionRefused(NOTHING, clears="Say why the paper can go on as it is.")
    return RuleAnswer.objects.create(
        decision=decision,
        code=finding.code,
        finding=finding.text,
        digest=finding.digest,
        part=finding.part,
        words=words.strip(),
        answered_at=clock.now(),
        answered_by=by,
    )


def _counted(answered: list[RuleAnswer]) -> list[str]:
    counted = Counter(row.code for row in answered)
    return [code if n == 1 else f"{code} ({n} times)" for code, n in counted.items()]
