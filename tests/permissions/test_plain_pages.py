"""Who reaches the pages that are about no one decision, and who may act there."""

from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from accounts.actions import Paragraph, ask_restoration, propose_scheme
from accounts.models import Delegation, FactorRestoration, SchemeVersion, User
from decisions.models import Requirement
from tests.factories import papers, people
from tests.factories.lasting import settle, undone
from tests.permissions import cast
from tests.permissions.conftest import quietly
from tests.permissions.plain_tables import LOOKS, PEOPLE, SENT
from tests.permissions.tables import acted, head, looked, read_table, share
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

LOOKED, ANSWERS = read_table(LOOKS), read_table(SENT)
NAMED = dict(zip(PEOPLE.split(), cast.NAMES, strict=True))
ACTED = share(ANSWERS, 0, 3)  # whoever may act, and one refusal in three; a look meets the others
SERIES = {
    "decision_maker_title": "Deputy Mayor",
    "decision_maker_role": "decision_maker",
    "required_advice": ["financial", "legal"],
    "publish_within": "2",
    "remind_after": "3",
    "stages-TOTAL_FORMS": "1",
    "stages-INITIAL_FORMS": "1",
    "stages-0-title": "Chief executive",
    "stages-0-role": "chief_executive",
}
APPROVED = "paragraph of the scheme that is approved"
FORMS: dict[str, dict[str, Any]] = {
    "decision_new": {"title": "A new paper"},
    "series_edit": SERIES,
    "series_end": {"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2090"},
    "paper_record_new": {"title": "Signed at six"},
    "series_number": {"number": "900", "reason": "Numbers used on paper."},
    "series_requirements": {"recommendation_kind": "bid", "form": "section", "subject": "legal"},
    "decision_import": {"text": "PCD 999 A page"},
    "person_new": {"name": "New person", "email": "new@people.example"},
    "person_rename": {"name": "Another name"},
    "person_restore": {"reason": "Seen with their pass."},
    "person_close": {"reason": "Left."},
    "person_hand_over": {
        "reason": "Left.",
        "last_day_day": "1",
        "last_day_month": "10",
        "last_day_year": "2025",
    },
    "role_grant": {"role": "auditor"},
    "delegation_grant": {"paragraph": APPROVED},
    "working_text": {"address": "/decisions/new/", "title": "Not saved"},
    "delegation_decline": {"reason": "Not theirs."},
    "scheme_new": {"title": "Another", "dated_day": "1", "dated_month": "1", "dated_year": "2020"},
    "scheme_paragraph_new": {"number": "9", "acts": ["bid"]},
    "scheme_decline": {"reason": "Not so."},
}
FIXED: dict[str, dict[str, Any]] = {
    "series_edit": {"code": "pcd"},
    "series_end": {"code": "pcd"},
    "series_number": {"code": "pcd"},
    "series_requirements": {"code": "pcd"},
    "audit_entry": {"seq": 1},
    "batch_signed": {"pk": 1},
    "working_text_detail": {"n": 1},
    "working_text_anew": {"n": 1},
    "prepared_remove": {"pk": 1},
    "box_move": {"slug": "pcd-1"},
    "account_invitation": {"uid": "1", "token": "worn-out"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Return a world of people, with a series and no papers."""
    with django_db_blocker.unblock(), undone(), quietly():
        papers.a_series()
        users = cast.everybody()
        papers.a_requirement()
        _propose(users["second"])
        clients = cast.clients(users)
        admin = users["admin"]
        ask_restoration(user=users["second"], reason="Seen with their pass.", by=admin)
        yield World(users, clients, {})


def _propose(holder: User) -> None:
    """Leave a version of the scheme and a delegation waiting for approval."""
    propose_scheme(
        title=WAITING,
        dated=people.SINCE,
        paragraphs=[Paragraph("1", ["bid"])],
        by=people.a_governance_officer(),
    )
    people.a_proposal(holder)


WAITING = "A scheme that waits"


def _authority() -> dict[str, int]:
    """Return the rows of the pages about schemes and delegations."""
    waiting = SchemeVersion.objects.get(title=WAITING)
    approved = SchemeVersion.objects.get(title=people.SCHEME)
    proposal = Delegation.objects.waiting().get()
    return {
        "scheme_detail": waiting.pk,
        "scheme_paragraph_new": waiting.pk,
        "scheme_paragraph_remove": waiting.paragraphs.get().pk,
        "scheme_approve": waiting.pk,
        "scheme_decline": waiting.pk,
        "scheme_end": approved.pk,
        "delegation_detail": proposal.pk,
        "delegation_approve": proposal.pk,
        "delegation_decline": proposal.pk,
        "restoration_confirm": FactorRestoration.objects.get().pk,
        "restoration_decline": FactorRestoration.objects.get().pk,
    }


def address(world: World, name: str, who: str) -> str:
    """Return the address of a page; of a person's, that of the one the variant names."""
    name, _, whose = name.partition(":")
    if name == "requirement_remove":
        return reverse(name, kwargs={"code": "pcd", "pk": Requirement.objects.get().pk})
    fixed = FIXED.get(name) or ({"pk": _authority()[name]} if name in AUTHORITY else None)
    if fixed or not whose:
        return reverse(name, kwargs=fixed)
    person = world.users.get({"self": who, "another": "deputy"}.get(whose, whose))
    person = person if person and (whose != "another" or who != "deputy") else _other(world)
    return reverse(name, kwargs={"pk": _row(name, person)})


AUTHORITY = {
    *("scheme_detail", "scheme_paragraph_new", "scheme_paragraph_remove", "scheme_approve"),
    *("scheme_decline", "scheme_end"),
    *("delegation_detail", "delegation_approve", "delegation_decline"),
    *("restoration_confirm", "restoration_decline"),
}


def _other(world: World) -> User:
    return world.users["lapsed"]


def _row(name: str, person: User) -> int:
    if name == "role_end":
        return person.holdings.get().pk
    if name == "delegation_end":
        return Delegation.objects.get(holder=person).pk
    return person.pk


@pytest.mark.parametrize("name", LOOKED)
def test_a_page_opens_to_just_those_who_may_look(world: World, name: str) -> None:
    found = [looked(world.clients[who].get(address(world, name, who))) for who in cast.NAMES]
    assert " ".join(found) == " ".join(LOOKED[name].values())


@pytest.mark.parametrize("name", ACTED)
def test_a_form_acts_for_just_those_who_may(world: World, name: str) -> None:
    found = {short: attempt(world, name, NAMED[short]) for short in ACTED[name]}
    assert found == ACTED[name]


def attempt(world: World, name: str, who: str) -> str:
    """Return what came of it when somebody sent a page's form, and undo it."""
    user = world.users.get(who)
    typed = {"form_key": papers.a_key(), "series": _series(), **FORMS.get(_bare(name), {})}
    if typed.get("paragraph") == APPROVED:
        typed["paragraph"] = people.a_paragraph().pk
    if name == "scheme_approve":
        typed["shown"] = SchemeVersion.objects.get(title=WAITING).digest
    client = copy(world.clients[who])  # a form may sign out: that takes the cookie
    client.cookies = copy(client.cookies)
    with undone():
        before = head()
        answer = client.post(address(world, name, who), typed)
        settle()
        return acted(answer, before, str(user.pk) if user else "")


def _bare(name: str) -> str:
    return name.partition(":")[0]


def _series() -> int:
    return papers.a_series().pk


def test_the_tables_name_the_same_people_and_pages() -> None:
    assert len(PEOPLE.split()) == len(cast.NAMES)
    assert list(LOOKED) == list(ACTED)
