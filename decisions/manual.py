"""The manual page that is made from the workflow, so that it cannot be stale."""

from accounts.models import Role
from decisions.workflow import FROZEN, STEPS, Source, Status, Step

MADE = "<!-- Made by `manage.py write_manual`; a test fails when it is stale. -->"


def workflow_page() -> str:
    """Return docs/workflow.md: the diagram and the table of steps."""
    frozen = ", ".join(Status(status).label.lower() for status in FROZEN)
    return "\n".join(
        [
            "# The way of a decision",
            "",
            MADE,
            "",
            "```mermaid",
            "stateDiagram-v2",
            *_diagram(),
            "```",
            "",
            "| Step | From | To | Who | Reason |",
            "|---|---|---|---|---|",
            *(_row(step) for step in STEPS),
            "",
            f"The paper is frozen, in the model and in the database, while it is: {frozen}.",
            "",
            "Until then a change to recommendations, figures or periods, to a paragraph’s part, or",
            "to the section advised on makes the advice it touches *need confirming*. So does a",
            "sum added, gone or changed in any words and any supporting paper (financial), the",
            "authority relied on and a link (legal), and the reason for retrospective spending",
            "(both). Any adviser of that kind confirms it. Every other change is listed and blocks",
            "nothing.",
            "",
            "A revoked decision keeps its status and its record; its document reads *revoked*.",
            "Revoking needs a fresh second factor, of somebody who neither prepared the paper nor",
            "advised on it. A decision published elsewhere is recorded as such, and can be taken",
            "down and published again: it never passes the other steps.",
            "",
        ]
    )


def _diagram() -> list[str]:
    lines = ["    [*] --> draft"]
    for step in STEPS:
        if step.target is not None:
            lines += [f"    {source} --> {step.target}: {step.label}" for source in step.sources]
    return [*lines, "    withdrawn --> [*]"]


def _row(step: Step) -> str:
    sources = ", ".join(Status(status).label for status in step.sources)
    target = Status(step.target).label if step.target else "stays"
    who = ", ".join(Role(role).label for role in step.who)
    note = "" if Source.HERE in step.applies_to else " (published elsewhere)"
    return f"| {step.label}{note} | {sources} | {target} | {who} | {_needs(step)} |"


def _needs(step: Step) -> str:
    return "needed" if step.needs_reason else ""


PAGES = {"workflow.md": workflow_page}
