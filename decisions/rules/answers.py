"""Which findings of a paper are answered, and whether it may go on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from audit.refusals import Refused
from decisions.models import Decision, RuleAnswer
from decisions.rules.book import OFFICER, When, hold, rule
from decisions.rules.facts import facts_of
from decisions.rules.findings import Finding, findings
from decisions.rules.names import outdated


@dataclass(frozen=True)
class Looked:
    """A paper looked through: what was found, and the latest answer to each finding of now."""

    found: tuple[Finding, ...]
    answers: dict[str, RuleAnswer]

    @property
    def errors(self) -> list[Finding]:
        """What has to be put right."""
        return [each for each in self.found if each.is_error]

    @property
    def warnings(self) -> list[Finding]:
        """What has to be put right or answered."""
        return [each for each in self.found if not each.is_error]

    @property
    def unanswered(self) -> list[Finding]:
        """The warnings without an answer."""
        return [each for each in self.warnings if each.digest not in self.answers]

    def refuse(self) -> None:
        """Raise RuleBroken where anything stands in the way; nothing is quoted from the paper."""
        for each in self.errors:
            raise _refusal(each)
        hold("DEC-28", holds=are_answered(self.unanswered), detail=_counted(self.unanswered))


@rule("DEC-28", When.SUBMISSION, OFFICER)
def are_answered(unanswered: Iterable[Finding]) -> bool:
    """Each warning about a paper is put right, or answered in words, before the paper goes on."""
    return not list(unanswered)


def look(decision: Decision) -> Looked:
    """Look through a paper as its rows now stand."""
    facts = facts_of(decision)
    found = tuple(findings(replace(facts, outdated=tuple(outdated(decision, facts)))))
    answers = {row.digest: row for row in decision.rule_answers.order_by("id")}
    now = {each.digest for each in found}
    return Looked(found, {digest: row for digest, row in answers.items() if digest in now})


def _refusal(finding: Finding) -> Refused:
    return finding.rule.refusal()


def _counted(unanswered: Iterable[Finding]) -> str:
    """Say which rules wait for an answer, by their codes alone: refusals go on the ledger."""
    counted = Counter(each.code for each in unanswered)
    codes = ", ".join(code if n == 1 else f"{code} ({n} times)" for code, n in counted.items())
    return f"Without an answer: {codes}."
