"""Where each page about a decision lies, and the least that its form takes to act."""

import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse

from audit import clock
from decisions import actions
from decisions.actions import releasable
from decisions.models import Condition, Decision, Paragraph, Section
from tests.factories import papers
from tests.factories.afterwards import SCAN
from tests.factories.as_shown import carried_by, reviewed, version_shown
from tests.factories.sign_in import code
from tests.permissions.world import World

Form = dict[str, Any]
SEEN = re.compile(r'name="seen"[^>]*value="(\w+)"')


def _first(rows: "QuerySet[Any]") -> int:
    """Return the number of the first row; 0, which no row has, where there is none."""
    row: Model | None = rows.order_by("pk").first()
    return row.pk if row else 0


def _key(decision: Decision, part: int) -> str:
    """Return the key of the first supporting paper of a part; "0" where there is none."""
    row = decision.supporting_papers.filter(part=part).first()
    return row.sha256[:16] if row else "0"


def _paragraphs(decision: Decision) -> "QuerySet[Paragraph]":
    return Paragraph.objects.filter(section__decision=decision)


def _conditions(decision: Decision) -> "QuerySet[Condition]":
    return Condition.objects.filter(outcome__approval__decision=decision)


def _arranged(decision: Decision) -> list[int]:
    """Return the numbers of the paragraphs of world.py that can be split, and joined with."""
    found = _paragraphs(decision).filter(section__number="3").order_by("pk")
    return [*found.values_list("pk", flat=True)[1:3], 0, 0]


def _gone(decision: Decision, items: str) -> int:
    """Return the number of the row that was removed; 0 where there is none."""
    rows = {
        "sections": Section.history.filter(decision_id=decision.pk),
        "paragraphs": Paragraph.history.filter(section_id__in=decision.sections.values("id")),
    }[items]
    row = rows.filter(history_type="-").first()
    return row.id if row else 0


ITEMS: dict[str, Callable[[Decision], "QuerySet[Any]"]] = {
    "sections": lambda paper: paper.sections.all(),
    "paragraphs": _paragraphs,
    "recommendations": lambda paper: paper.recommendations.order_by("-pk"),
    "exemptions": lambda paper: paper.exemptions.all(),
    "links": lambda paper: paper.links.all(),
    "papers": lambda paper: paper.supporting_papers.all(),
}


def address(name: str, decision: Decision, of: Decision | None = None) -> str:
    """Return the address of a page about a decision; its row (if any) is that of `of`."""
    name, _, variant = name.partition(":")
    of = of or decision
    rows: dict[str, Callable[[], dict[str, Any]]] = {
        "decision_document": lambda: {"n": 1},
        "decision_restricted_document": lambda: {"n": 1},
        "section_edit": lambda: {"pk": _first(of.sections.all())},
        "exemption_edit": lambda: {"pk": _first(of.exemptions.all())},
        "warning_answer": lambda: {"key": "dec-16-decision-0-1"},
        "paragraph_new": lambda: {"section": _first(of.sections.all())},
        "paragraph_edit": lambda: {"pk": _first(_paragraphs(of))},
        "paragraph_split": lambda: {"pk": _arranged(of)[0]},
        "paragraph_place": lambda: {"pk": _arranged(of)[0]},
        "paragraph_join": lambda: dict(zip(("pk", "following"), _arranged(of), strict=False)),
        "recommendation_edit": lambda: {"pk": _first(of.recommendations.all())},
        "supporting_paper": lambda: {
            "pk": _first(of.supporting_papers.filter(part=1 if variant == "open" else 2))
        },
        "former_paper": lambda: {
            "pk": _first(of.former_papers.filter(part=1 if variant == "open" else 2))
        },
        "register_paper": lambda: {"key": _key(of, part=1 if variant == "open" else 2)},
        "paper_edit": lambda: {"pk": _first(of.supporting_papers.all())},
        "paper_replace": lambda: {"pk": _first(of.supporting_papers.all())},
        "item_move": lambda: {"items": variant, "pk": _first(ITEMS[variant](of))},
        "item_remove": lambda: {"items": variant, "pk": _first(ITEMS[variant](of))},
        "item_restore": lambda: {"items": variant, "pk": _gone(of, variant)},
        "decision_advise": lambda: {"kind": variant},
        "revision_detail": lambda: {"n": 1},
        "revision_decline": lambda: {"n": 1},
        "condition_detail": lambda: {"pk": _first(_conditions(of))},
        "condition_evidence": lambda: {"pk": _first(_conditions(of))},
    }
    more = rows[name]() if name in rows else {}
    return reverse(name, kwargs={"slug": decision.slug, **more})


def form(name: str, world: World, decision: Decision, client: Client) -> Form:
    """Return what to send to the page about a decision so that it acts, if it may."""
    base = name.partition(":")[0]
    typed: Form = {"form_key": str(papers.a_key()), **FORMS.get(base, {})}
    if base in LATE:
        typed |= LATE[base](world, decision)
    if base in SHOW_WHAT_WAS_SEEN and client is world.clients["author"]:
        page = client.get(address(name, decision)).content.decode()
        seen = SEEN.search(page)
        typed["seen"] = seen[1] if seen else ""
    if base in ON_A_VERSION:
        typed |= version_shown(decision)
    if base in REVIEWED:
        typed |= reviewed(client, address(name, decision), typed)
    if base in CONFIRMED:
        typed |= carried_by(client.get(address(name, decision)))
    return typed


CONFIRMED = {"revision_detail"}
REVIEWED = {"decision_decide", "decision_revoke"}
ON_A_VERSION = {"decision_decide", "decision_advise", "decision_endorse"}


SHOW_WHAT_WAS_SEEN = {
    "decision_words",
    "paper_edit",
    "section_edit",
    "paragraph_edit",
    "paragraph_split",
    "recommendation_edit",
    "exemption_edit",
}
REASON = {"reason": "A good reason."}
NO_SUMS = {
    f"{rows}-{count}_FORMS": "0"
    for rows in ("figures", "years", "recipients")
    for count in ("TOTAL", "INITIAL")
}
FORMS: dict[str, Form] = {
    "decision_words": {"title": "Another title", "executive_summary": "Other words."},
    "section_new": {"heading": "A new section", "part": "1"},
    "section_edit": {"heading": "Another heading", "part": "1"},
    "paragraph_new": {"text": "A new paragraph.", "part": "1"},
    "paragraph_edit": {"text": "Other words.", "part": "1"},
    "paragraph_split": {"at": "11"},
    "recommendation_new": {"text": "note this.", "kind": "note", "part": "1", **NO_SUMS},
    "recommendation_edit": {"text": "note this.", "kind": "note", "part": "1", **NO_SUMS},
    "paper_edit": {"title": "Another title", "part": "1"},
    "exemption_new": {"ground": "FOIA 2000 s40", "reason": "Names of people."},
    "exemption_edit": {"ground": "FOIA 2000 s40", "reason": "Names of people."},
    "link_new": {"kind": "continues", "reference": "PCD 2"},
    "consultation_new": {
        "board": "Oversight Board",
        "held_on_day": "1",
        "held_on_month": "10",
        "held_on_year": "2019",
        "outcome": "Supported.",
    },
    "item_move": {"down": ""},
    "decision_advise": {"words": "Nothing against it.", "part": "1"},
    "box_note": {"note": "Read this one first."},
    "decision_endorse": {"is_satisfied": "on"},
    "decision_return": REASON,
    "decision_withdraw": REASON,
    "decision_stand_aside": {"words": "My brother works there."},
    "decision_take_down": REASON,
    "decision_urgent": REASON,
    "revision_decline": REASON,
    "decision_return_transcription": REASON,
    "decision_correct": {
        **REASON,
        "place": "title-0",
        "title-0": "Support against County Lines",
    },
    "decision_defer": {
        **REASON,
        "until_day": "1",
        "until_month": "1",
        "until_year": "2090",
    },
}


def _outcomes(_world: World, decision: Decision) -> Form:
    typed: Form = {"interests_kind": "none", "interests": "None.", "step": "sign", "code": code()}
    for row in decision.recommendations.all():
        prefix = f"r{row.pk}"
        typed |= {
            f"{prefix}-outcome": "approved",
            f"{prefix}-conditions-TOTAL_FORMS": "0",
            f"{prefix}-conditions-INITIAL_FORMS": "0",
        }
        typed |= {f"{prefix}-sum_{figure.pk}": figure.amount for figure in row.figures.all()}
    return typed


def _paper(_world: World, _decision: Decision) -> Form:
    file = SimpleUploadedFile("case.txt", b"The case.")
    return {"title": "Business case", "file": file, "part": "1"}


def _second(world: World, _decision: Decision) -> Form:
    return {"to": world.users["second"].pk}


def _released(_world: World, decision: Decision) -> Form:
    items = [spot.key for spot in releasable(decision)] if decision.versions.exists() else []
    return {**REASON, "items": items, "ground": "foi"}


def _met(_world: World, _decision: Decision) -> Form:
    today = clock.today()
    day = {"met_on_day": today.day, "met_on_month": today.month, "met_on_year": today.year}
    file = SimpleUploadedFile("minutes.png", SCAN)
    return {"note": "The minutes.", "file": file, **day}


def _end_of_first_section(_world: World, decision: Decision) -> Form:
    return {"to": str(_first(decision.sections.all()))}


def _something_below(_world: World, decision: Decision) -> Form:
    """Let an open paper have a recommendation below the first, so that that can be moved."""
    if decision.is_open:
        words = actions.RecommendationWords(text="note this.", kind="note")
        by = decision.originating_officer
        actions.add_recommendation(decision=decision, words=words, by=by)
    return {}


LATE: dict[str, Callable[[World, Decision], Form]] = {
    "decision_decide": _outcomes,
    "decision_revoke": lambda _world, _decision: {**REASON, "step": "sign", "code": code()},
    "paper_new": _paper,
    "paper_replace": _paper,
    "paragraph_place": _end_of_first_section,
    "item_move": _something_below,
    "decision_hand_over": _second,
    "decision_copy": lambda _world, decision: {"series": decision.series_id},
    "decision_release": _released,
    "revision_detail": lambda _world, _decision: {"step": "sign", "code": code()},
    "condition_detail": _met,
}
