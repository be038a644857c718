"""Papers in our own words, of the shapes that published decisions have."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from decisions.documents.content import (
    Condition,
    Declaration,
    DocumentContent,
    OfficerAct,
    Outcome,
    Register,
)
from decisions.documents.paper import Figure, Paper

ISSUED_AT = datetime(2019, 11, 28, 15, 42, 7, tzinfo=UTC)
PERIOD = {"period_start": "2019-10-28", "period_end": "2020-03-31"}
SECTIONS = {
    "Introduction and background": [
        "The Home Office has set money aside for police work against drug lines that run from "
        "cities into counties.",
        "The national centre brings together what forces know and steers what they do about it.",
        "More staff are needed before the centre can serve every region.",
    ],
    "Issues for consideration": [
        "Children and adults at risk are drawn in; forces see the harm on their own ground only.",
        "Without the money the centre would keep its present size.",
    ],
    "Financial comments": [
        "The centre costs up to £1.2m in 2019/20; Annex A, in Part 2, breaks it down.",
        "The work for London costs up to £1.15m, of which £570,000 is for licences.",
    ],
    "Legal comments": [
        "Paragraph 4.8 of the scheme of delegation lets the Deputy Mayor approve bids for grant."
    ],
    "GDPR and data privacy": ["No personal data of the public is used by this proposal."],
    "Equality comments": ["A first screening found no adverse effect on any protected group."],
    "Background/supporting papers": ["The annexes are in Part 2, exempt under section 43(2)."],
}


def recommendation(number: str, kind: str, text: str, *sums: str, **more: Any) -> dict[str, Any]:
    """Return one recommendation of a paper; each sum is "1200000.00 £1.2 million up"."""
    figures = [_figure(value, kind) for value in sums]
    return {
        "id": number,
        "number": number,
        "parent": None,
        "kind": kind,
        "text": text,
        "part": 1,
        "figures": figures,
        "funder": None,
        "recipient": None,
        "funded_from": None,
        "period_start": None,
        "period_end": None,
    } | more


def _figure(value: str, kind: str) -> dict[str, Any]:
    amount, text, *up_to = value.split("|")
    direction = "in" if kind in ("accept", "bid") else "out"
    return {
        "amount": amount,
        "up_to": bool(up_to),
        "text": text,
        "role": "sum_decided",
        "direction": direction,
    }


def sections(texts: dict[str, list[str]], part: int = 1) -> list[dict[str, Any]]:
    """Return numbered sections of numbered paragraphs."""
    return [
        {
            "id": n,
            "number": str(n),
            "heading": heading,
            "part": part,
            "paragraphs": [
                {"id": m, "number": f"{n}.{m}", "text": text, "part": part, "exemption": None}
                for m, text in enumerate(paragraphs, 1)
            ],
        }
        for n, (heading, paragraphs) in enumerate(texts.items(), 1)
    ]


def shares() -> dict[str, Any]:
    """Return a sum by year and its recipients, one of them in Part 2."""
    years = {"2019/20": "190111.00", "2020/21": "379889.00"}
    hidden = {"name": "SECRET Limited", "amount": "81233.00", "part": 2}
    return {
        "figures": [
            _figure("570000.00|£570,000", "approve_spend")
            | {"years": [{"year": year, "amount": amount} for year, amount in years.items()]}
        ],
        "recipients": [
            {"name": "Open Tools Limited", "amount": None, "part": 1, "exemption": None},
            hidden | {"exemption": "FOIA 2000 s43(2)"},
        ],
    }


def paper(**changes: Any) -> dict[str, Any]:
    """Return a paper/1 shaped like PCD 726: three recommendations, seven sections, s43(2)."""
    return {
        "format": "paper/1",
        "series": "PCD",
        "reference": "PCD 726",
        "title": "Funding for work against county lines",
        "asked": "The Deputy Mayor for Policing and Crime is asked to:",
        "executive_summary": "The Home Office offers grant for work against county lines.\n\n"
        "This paper sets out two offers and what each pays for.",
        "recommendations": [
            recommendation(
                "1",
                "accept",
                "approve that the service accepts up to £1.2 million as host of the centre.",
                "1200000.00|£1.2 million|up",
                funder="Home Office",
                **PERIOD,
            ),
            recommendation(
                "2",
                "accept",
                "approve that the service accepts up to £1.15 million for work in London.",
                "1150000.00|£1.15 million|up",
                funder="Home Office",
                **PERIOD,
            ),
            recommendation(
                "3",
                "approve_spend",
                "approve spending of £570,000 on twelve-month licences for analysis software, "
                "out of recommendation 2.",
                funded_from="2",
                **shares(),
            ),
        ],
        "sections": sections(SECTIONS),
        "exemptions": [
            {"ground": "FOIA 2000 s43(2)", "reason": "Prices and suppliers are commercial."}
        ],
        "supporting_papers": [
            {"title": "Equality screening", "part": 1, "sha256": "ab" * 32},
            {"title": "SECRET annex A", "part": 2, "sha256": "cd" * 32},
        ],
        "consultations": [
            {"board": "Oversight Board", "held_on": "2019-11-12", "outcome": "Supported"}
        ],
        "links": [{"kind": "continues", "reference": "PCD 386"}],
        "publication": {"deferred": False, "until": None, "reason": None, "has_part_2": True},
    } | changes


def acts(outcome: str = "approved") -> tuple[OfficerAct, ...]:
    """Return the three officers' acts on a paper."""
    return (
        OfficerAct(
            stage="submission",
            title="Submitted the paper for advice",
            name="Orla Keane",
            role="originating_officer",
            at=ISSUED_AT - timedelta(days=16),
        ),
        OfficerAct(
            stage="chief_executive",
            title="Endorsed the request",
            name="Charles Ng",
            role="chief_executive",
            at=ISSUED_AT - timedelta(days=2),
            outcome="approved",
            words="I support the request.",
        ),
        OfficerAct(
            stage="interest",
            title="Stood aside because of an interest",
            name="Ines Marlow",
            role="decision_maker",
            at=ISSUED_AT - timedelta(days=1),
            words="My brother is a director of the supplier.",
        ),
        OfficerAct(
            stage="decision",
            title="Decided on every recommendation",
            name="Dana Marsh",
            role="Deputy Mayor for Policing and Crime",
            at=ISSUED_AT,
            outcome=outcome,
            authority="Scheme of Delegation and Consent of 1 April 2016, paragraph 4.8; no limit",
            words="The licences are to be shared with the partner forces.",
            interests="I have no interest to declare in this matter.",
        ),
    )


def declarations() -> tuple[Declaration, ...]:
    """Return a declaration with commercial advice not given."""
    at = ISSUED_AT - timedelta(days=5)
    given = {
        "head_of_unit": ("Hana Odell", "Head of unit"),
        "financial": ("Fay Ibarra", "adviser"),
        "legal": ("Leo Lin", "adviser"),
        "equality": ("Eve Quill", "adviser"),
        "data_protection": ("Dev Patel", "adviser"),
    }
    lines = [
        Declaration(kind, is_given=True, name=name, role=role, at=at, words=f"No concern: {kind}.")
        for kind, (name, role) in given.items()
    ]
    return (*lines, Declaration("commercial", is_given=False))


def figures_of(document_paper: Paper, number: str) -> tuple[Figure, ...]:
    """Return the figures that a recommendation asks for."""
    return next(r.figures for r in document_paper.recommendations if r.number == number)


def approved(document_paper: Paper) -> tuple[Outcome, ...]:
    """Return every recommendation approved as asked, the last with a condition."""
    outcomes = [
        Outcome(item.number, "approved", figures=item.figures)
        for item in document_paper.recommendations
    ]
    if outcomes:
        condition = Condition("Report use of the licences to the board.", "F Ibarra", _due())
        outcomes[-1] = replace(outcomes[-1], conditions=(condition,))
    return tuple(outcomes)


def _due() -> date:
    return date(2020, 3, 31)


def content(value: dict[str, Any] | None = None, **changes: Any) -> DocumentContent:
    """Return a document's content for a paper, all of it approved unless `changes` say else."""
    document_paper = Paper.read(value or paper())
    base = DocumentContent(
        paper=document_paper,
        register=Register(url="http://localhost:8000"),
        version=3,
        part_1_digest="5e" * 32,
        number=1,
        issued_at=ISSUED_AT,
        acts=acts(),
        outcomes=approved(document_paper),
        declarations=declarations(),
        is_demonstration=True,
        is_development_key=True,
    )
    return replace(base, **changes)


def pounds(amount: str, *, up_to: bool = True) -> Figure:
    """Return a decided figure."""
    return Figure(Decimal(amount), up_to)
