"""Every component of `templates/components/`, with the states it can be in."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.messages import ERROR, INFO, SUCCESS
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from accounts.permissions import Answer

MOMENT = datetime(2019, 10, 25, 16, 4, tzinfo=UTC)
HOME_OFFICE = "Home Office"


@dataclass(frozen=True)
class State:
    """One state of a component: what it is called and what the template is given."""

    name: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Component:
    """One component: its template's name without ending, what it is for, and its states."""

    name: str
    purpose: str
    states: tuple[State, ...]

    @property
    def drawn(self) -> list[tuple[str, str]]:
        """The name of each state and its component, rendered."""
        template = f"components/{self.name}.html"
        return [(each.name, render_to_string(template, each.context)) for each in self.states]


def _figure(amount: str, **more: Any) -> dict[str, Any]:
    return {"amount": Decimal(amount), "up_to": False, "role": "", "direction": ""} | more


ACCEPT = {
    "number": "1",
    "kind": "Accept a grant",
    "text": "Accept the Home Office's grant for the co-ordination centre.",
    "figures": [_figure("1200000", up_to=True, direction="in")],
    "funder": HOME_OFFICE,
    "period_start": date(2019, 10, 28),
    "period_end": date(2020, 3, 31),
    "part": 1,
}
SPEND = {
    "number": "2a",
    "parent": "2",
    "kind": "Approve spending",
    "text": "Approve the licences, paid for from recommendation 1.",
    "figures": [_figure("570000", direction="out")],
    "recipients": [
        {"name": "Metropolitan Police Service", "amount": "470000.00", "part": 1},
        {"name": "Restricted.", "amount": None, "part": 2, "exemption": "FOIA 2000 s43(2)"},
    ],
    "by_year": {
        "heads": ["Sum"],
        "rows": [("2019/20", ["£250,000"]), ("2020/21", ["£320,000"])],
        "totals": ["£570,000"],
    },
    "funded_from": "1",
    "part": 1,
}
SECTIONS = [
    {
        "number": "1",
        "heading": "Introduction and background",
        "part": 1,
        "paragraphs": [
            {"number": "1.1", "part": 1, "text": "The first stretch.\n\nThe second stretch."},
            {"number": "1.2", "part": 2, "text": "Restricted.", "exemption": "FOIA 2000 s43(2)"},
        ],
    },
    {"number": "2", "heading": "", "part": 1, "paragraphs": []},
]

COMPONENTS: tuple[Component, ...] = (
    Component(
        "acts",
        "What can be done with a decision; an act that is not open says why, and who can clear it.",
        (
            State(
                "open and not open",
                {
                    "acts": [
                        {
                            "label": "Submit for advice",
                            "url": "#",
                            "answer": Answer(allowed=True),
                            "is_main": True,
                            "hint": "The paper gets its number.",
                        },
                        {"label": "Edit", "url": "#", "answer": Answer(allowed=True)},
                        {
                            "label": "Withdraw",
                            "url": "#",
                            "answer": Answer(allowed=True),
                            "is_grave": True,
                        },
                        {
                            "label": "Decide",
                            "answer": Answer(
                                allowed=False,
                                reason="Financial advice has not been given.",
                                clears="The financial adviser can clear this.",
                            ),
                        },
                    ]
                },
            ),
        ),
    ),
    Component(
        "breadcrumbs",
        "Where the page is.",
        (State("three steps", {"steps": [("Home", "#"), ("Decisions", "#"), ("PCD 726", "")]}),),
    ),
    Component(
        "buttons",
        "The end of a form.",
        (
            State("with a way back", {"label": "Save and continue", "cancel": "#"}),
            State("grave", {"label": "Withdraw the paper", "is_grave": True, "cancel": "#"}),
        ),
    ),
    Component(
        "chosen_filters",
        "What a list is filtered by.",
        (
            State(
                "two", {"chosen": [{"label": "Signed", "url": "#"}, {"label": "2019", "url": "#"}]}
            ),
            State("none", {"chosen": []}),
        ),
    ),
    Component(
        "confirmation",
        "An act that is done; the first thing on its page.",
        (
            State(
                "signed", {"title": "Decision signed", "body": "Reference", "reference": "PCD 726"}
            ),
        ),
    ),
    Component(
        "details",
        "More for those who want it.",
        (
            State("shut", {"summary": "What is Part 2?", "text": "Facts that are exempt."}),
            State("open", {"summary": "What was it?", "text": "One.\n\nTwo.", "is_open": True}),
        ),
    ),
    Component(
        "digest",
        "A digest that can be copied.",
        (State("SHA-256", {"label": "SHA-256", "value": "9f86d081884c7d659a2feaa0c55ad015" * 2}),),
    ),
    Component(
        "empty",
        "A list with nothing in it says why, and what to do.",
        (
            State("with a way on", {"title": "No drafts", "url": "#", "label": "Start a paper"}),
            State("without", {"title": "Nothing waits on you", "text": "New papers appear here."}),
        ),
    ),
    Component(
        "error_summary",
        "All that is wrong with a form, first on the page.",
        (State("two errors", {"errors": [("Enter a title", "#title"), ("It has changed", "")]}),),
    ),
    Component(
        "export_links",
        "A table of money as files for a spreadsheet.",
        (
            State(
                "two kinds of file",
                {
                    "what": "the whole report",
                    "files": [{"label": "CSV", "url": "#"}, {"label": "Excel (XLSX)", "url": "#"}],
                    "most": ["200,000", "20,000"],
                },
            ),
        ),
    ),
    Component(
        "figures_table",
        "Sums decided; one drawn from another says so, and no total adds the same money twice.",
        (
            State(
                "two",
                {
                    "caption": "Figures decided",
                    "figures": [
                        _figure("1150000", recommendation="2", up_to=True, direction="in"),
                        _figure("570000", recommendation="3", direction="out", drawn_from="2"),
                    ],
                },
            ),
        ),
    ),
    Component("inset", "A remark.", (State("plain", {"text": "The paper is frozen."}),)),
    Component(
        "messages",
        "What was just done, or was not.",
        (
            State("done", {"messages": [Message(SUCCESS, "The paper was saved.")], "at": "done"}),
            State("refused", {"messages": [Message(ERROR, "The paper is frozen.")], "at": "not"}),
            State("note", {"messages": [Message(INFO, "PCD 727 is missing.")], "at": "note"}),
        ),
    ),
    Component(
        "pager",
        "To the older and back to the newest of a long list.",
        (
            State("both", {"newer": "#", "older": "#", "what": "Decisions, middle"}),
            State("first page", {"older": "#", "what": "Decisions, first"}),
        ),
    ),
    Component(
        "paper",
        "Numbered sections and paragraphs, Part 2 marked.",
        (State("with Part 2 and an empty heading", {"sections": SECTIONS}),),
    ),
    Component(
        "part_2_notice",
        "That there is a Part 2, to those who may not read it.",
        (
            State("with its ground", {"ground": "FOIA 2000 s43(2)"}),
            State("without", {}),
            State("claimed only", {"ground": "FOIA 2000 s43(2)", "is_claim": True}),
        ),
    ),
    Component(
        "recommendation",
        "One recommendation: what is asked, the sums, and what was decided.",
        (
            State("asked", {"card": ACCEPT}),
            State("drawn from another", {"card": SPEND}),
            State(
                "approved, with a condition",
                {
                    "card": ACCEPT
                    | {
                        "number": "3",
                        "outcome": "Approved",
                        "outcome_colour": "green",
                        "conditions": ["Report spending each quarter, by 30 June 2020."],
                    }
                },
            ),
            State(
                "rejected",
                {
                    "card": SPEND
                    | {
                        "number": "4",
                        "outcome": "Rejected",
                        "outcome_colour": "red",
                        "outcome_words": "The case for the cost is not made.",
                    }
                },
            ),
            State("restricted", {"card": ACCEPT | {"number": "5", "part": 2}}),
        ),
    ),
    Component(
        "search",
        "Search by words.",
        (
            State(
                "searched",
                {"action": "", "name": "q", "value": "county lines", "label": "Search decisions"},
            ),
        ),
    ),
    Component(
        "summary_list",
        "Facts, each of which may be changed.",
        (
            State(
                "with and without change",
                {
                    "rows": [
                        {"key": "Reference", "value": "PCD 726"},
                        {
                            "key": "Title",
                            "value": "Co-ordination centre",
                            "change": "#",
                            "what": "title",
                        },
                        {"key": "Continues", "value": "PCD 386", "url": "#"},
                    ]
                },
            ),
        ),
    ),
    Component(
        "task_list",
        "What is left to do.",
        (
            State(
                "every state",
                {
                    "name": "tasks",
                    "tasks": [
                        {"label": "Title and summary", "url": "#", "status": "Completed"},
                        {
                            "label": "Recommendations",
                            "url": "#",
                            "hint": "Each with its figures",
                            "status": "Incomplete",
                            "colour": "blue",
                        },
                        {"label": "Submit", "status": "Cannot start yet"},
                    ],
                },
            ),
        ),
    ),
    Component(
        "timeline",
        "What happened, newest first.",
        (
            State(
                "with and without words",
                {
                    "items": [
                        {
                            "title": "Decision signed",
                            "by": "Deputy Mayor",
                            "at": MOMENT,
                            "text": "Two recommendations approved.",
                            "words": "I have no interests to declare.",
                            "url": "#",
                            "url_label": "Signed document",
                        },
                        {"title": "Endorsed", "at": MOMENT},
                    ]
                },
            ),
        ),
    ),
    Component(
        "waiting",
        "On whom something waits, since when.",
        (
            State(
                "short", {"on": "Legal adviser", "since": "20 October 2019", "how_long": "2 days"}
            ),
            State(
                "long",
                {
                    "on": "Chief executive",
                    "since": "1 October 2019",
                    "how_long": "24 days",
                    "is_long": True,
                },
            ),
        ),
    ),
    Component(
        "warning", "What cannot be undone.", (State("plain", {"text": "Signing is final."}),)
    ),
)
