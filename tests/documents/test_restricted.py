"""The restricted document: issued where there is a Part 2, and read by those alone who may."""

import json
import stat
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from pypdf import PdfReader

from accounts.models import Role, User
from audit.models import LedgerEntry
from audit.verify import verify
from decisions.actions import publish
from decisions.documents.kept import document_store
from decisions.models import Decision, SignedDocument
from tests.factories import papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    a_person,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db

ADDRESS = "/decisions/pcd-726/documents/1-restricted.pdf"
GROUND = "FOIA 2000 s43(2)"


def an_auditor() -> User:
    """Make an auditor, who may read Part 2."""
    return a_person("auditor", Role.AUDITOR)


def a_finance_officer() -> User:
    """Make a finance officer, who may not."""
    return a_person("finance", Role.FINANCE_OFFICER)


def an_administrator() -> User:
    """Make an administrator, who sees no papers at all."""
    return a_person("administrator", Role.ADMINISTRATOR)


@pytest.fixture(scope="module", autouse=True)
def signed_once(lasting: None) -> Decision:
    """A signed decision whose paper has a Part 2, for the whole module."""
    return papers.signed(papers.with_part_2(papers.a_draft()))


@pytest.fixture
def decision(signed_once: Decision) -> Decision:
    """The same as it now stands."""
    return papers.again(signed_once)


@pytest.fixture
def restricted(decision: Decision) -> bytes:
    """Its restricted document."""
    return document_store().get(decision.documents.restricted().get().sha256)


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def readings() -> int:
    """Count the readings of Part 2 on the ledger."""
    return LedgerEntry.objects.filter(event="decisions.part_2.read").count()


def asked_by(user: User) -> int:
    """Return the answer's status when somebody asks for the restricted document."""
    return client_of(user).get(ADDRESS).status_code


def test_a_paper_without_part_2_has_a_public_document_alone() -> None:
    decision = papers.signed()
    assert [row.kind for row in decision.documents.all()] == ["public"]


def test_a_paper_with_part_2_has_both(decision: Decision) -> None:
    assert [(row.kind, row.n) for row in decision.documents.all()] == [
        ("public", 1),
        ("restricted", 1),
    ]


def test_the_restricted_words_are_in_it(restricted: bytes) -> None:
    assert papers.SECRET in " ".join(pages_of(restricted))


def test_nothing_restricted_is_in_the_public_one(decision: Decision) -> None:
    public = document_store().get(decision.documents.public().get().sha256)
    attached = PdfReader(BytesIO(public)).attachments["decision.json"][0]
    assert papers.SECRET not in " ".join(pages_of(public))
    assert papers.SECRET.encode() not in public + attached


def test_every_page_says_that_it_is_restricted_and_on_what_ground(restricted: bytes) -> None:
    assert all(
        f"RESTRICTED: PART 2, exempt under {GROUND}" in page for page in pages_of(restricted)
    )


def test_it_has_an_identifier_of_its_own(restricted: bytes) -> None:
    assert b":pcd-726:1-restricted" in restricted


def test_both_carry_the_same_checkpoint(decision: Decision, restricted: bytes) -> None:
    public, other = decision.documents.all()
    entry = LedgerEntry.objects.get(seq=public.ledger_seq)
    assert public.ledger_seq == other.ledger_seq
    assert bytes(entry.hash).hex().encode() in restricted


def test_the_ledger_names_the_public_one_first(decision: Decision) -> None:
    public, other = decision.documents.all()
    entries = LedgerEntry.objects.filter(seq__gt=public.ledger_seq).order_by("seq")[:2]
    payloads = [entry.payload.payload for entry in entries]
    assert [entry.event for entry in entries] == ["decisions.document.issued"] * 2
    assert public.sha256 in payloads[0]
    assert other.sha256 in payloads[1]


def test_the_audit_trail_verifies_with_both(decision: Decision) -> None:
    assert not verify().failures


@pytest.mark.parametrize("reader", [a_decision_maker, a_chief_executive, an_auditor])
def test_who_may_read_part_2_has_it(restricted: bytes, reader: Callable[[], User]) -> None:
    answer = client_of(reader()).get(ADDRESS)
    assert answer.content == restricted
    assert "no-store" in answer["Cache-Control"]
    assert "pcd-726-1-restricted.pdf" in answer["Content-Disposition"]


@pytest.mark.parametrize("reader", [a_finance_officer, an_administrator])
def test_to_anybody_else_there_is_no_such_file(
    decision: Decision, reader: Callable[[], User]
) -> None:
    assert asked_by(reader()) == 404
    assert readings() == 0


def test_being_refused_it_is_on_the_ledger_too(decision: Decision) -> None:
    assert asked_by(a_finance_officer()) == 404
    last = LedgerEntry.objects.latest("seq")
    assert (last.event, last.subject_reference) == ("audit.act.refused", "PCD 726")


def test_to_the_public_there_is_no_such_file_even_once_published(
    client: Client, decision: Decision
) -> None:
    publish(decision=decision, by=a_governance_officer())
    assert client.get(ADDRESS).status_code == 404
    assert "restricted" not in client.get("/register/pcd-726/").content.decode().lower()


def test_the_public_address_never_gives_the_restricted_one(
    client: Client, decision: Decision
) -> None:
    publish(decision=decision, by=a_governance_officer())
    answer = client.get("/decisions/pcd-726/documents/1.pdf")
    assert papers.SECRET not in " ".join(pages_of(answer.content))


def test_having_it_is_a_reading_on_the_ledger(decision: Decision) -> None:
    assert asked_by(an_auditor()) == 200
    entry = LedgerEntry.objects.get(event="decisions.part_2.read")
    assert (entry.actor_id, entry.subject_reference) == (str(an_auditor().pk), "PCD 726")
    assert '"document":1' in entry.payload.payload


@pytest.mark.parametrize("place", ["/decisions/pcd-726/", "/decisions/pcd-726/part-2/"])
def test_its_readers_find_it_on_the_pages_of_the_decision(decision: Decision, place: str) -> None:
    assert ADDRESS in client_of(an_auditor()).get(place).content.decode()


def test_others_do_not_find_it_on_the_page_of_the_decision(
    decision: Decision,
) -> None:
    assert ADDRESS not in client_of(a_finance_officer()).get("/decisions/pcd-726/").content.decode()


def test_a_further_signing_replaces_each_document_by_its_own_kind() -> None:
    draft = papers.with_part_2(papers.with_drawn_sum(papers.a_draft()))
    decision = papers.signed(draft, r2="deferred")
    papers.decide(decision)
    for kind in ("public", "restricted"):
        first, second = decision.documents.filter(kind=kind)
        assert (first.standing, second.standing) == ("superseded", "current")
        assert second.supersedes == first


def test_the_command_writes_it_for_its_owner_alone(
    decision: Decision, restricted: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "restricted.pdf"
    path.touch(0o644)
    call_command("document", "PCD-726", str(path), "--restricted", stdout=StringIO())
    assert path.read_bytes() == restricted
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert readings() == 1


def test_the_command_says_where_there_is_none(tmp_path: Path) -> None:
    decision = papers.signed()
    with pytest.raises(CommandError, match=f"{decision.reference} has no restricted document"):
        call_command("document", decision.slug, str(tmp_path / "x.pdf"), "--restricted")


def test_it_verifies_as_current_in_the_same_words_of_json(
    restricted: bytes, tmp_path: Path
) -> None:
    path, said = tmp_path / "restricted.pdf", StringIO()
    path.write_bytes(restricted)
    with pytest.raises(SystemExit) as left:
        call_command("verify_document", str(path), "--json", stdout=said)
    answer = json.loads(said.getvalue())
    assert left.value.code == 0
    assert list(answer) == ["verdict", "reference", "version", "signers", "checks"]
    assert (answer["verdict"], answer["reference"], answer["version"]) == ("current", "PCD 726", 1)


def test_the_public_page_says_what_it_is_and_nothing_of_what_is_in_it(
    client: Client, decision: Decision, restricted: bytes
) -> None:
    file = SimpleUploadedFile("paper.pdf", restricted, "application/pdf")
    page = client.post("/check/", {"file": file}).content.decode()
    assert "Genuine and current" in page
    assert "restricted document of <strong>PCD 726</strong>, version 1" in page
    assert papers.SECRET not in page
    assert decision.title not in page


def test_the_record_finds_a_restricted_file_that_is_lost(decision: Decision) -> None:
    document = SignedDocument.objects.restricted().get()
    path = next(Path(settings.VAR_DIR).glob(f"documents/*/{document.sha256}.pdf"))
    kept = path.read_bytes()
    path.unlink()
    found = [failure.detail for failure in verify().failures]
    document_store().put(kept)
    assert any("restricted document 1" in words for words in found)
