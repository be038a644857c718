"""From a decision signed in the register to the file that anyone checks."""

import json
from io import StringIO
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from audit.models import LedgerEntry
from audit.verify import verify
from decisions.documents.issued import known_document
from decisions.documents.kept import document_store, stored_document_failures
from decisions.models import Decision
from decisions.views import check
from tests.factories import papers

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def signed_once(lasting: None) -> Decision:
    """A decision signed in the register, with something restricted in its paper."""
    return papers.signed(papers.with_part_2(papers.a_draft()))


@pytest.fixture
def decision(signed_once: Decision) -> Decision:
    """The same as it now stands."""
    return papers.again(signed_once)


@pytest.fixture
def issued(decision: Decision, tmp_path: Path) -> Path:
    """Its document, as the command writes it."""
    path = tmp_path / "issued.pdf"
    call_command("document", decision.slug, str(path), stdout=StringIO())
    return path


def verified(path: Path, *options: str) -> tuple[int, str]:
    """Return the exit status and the words of verify_document."""
    said = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_document", str(path), *options, stdout=said, stderr=said)
    return int(left.value.code or 0), said.getvalue()


def test_the_document_is_the_one_on_the_record(decision: Decision, issued: Path) -> None:
    document = decision.documents.public().get()

    assert issued.read_bytes() == document_store().get(document.sha256)
    assert len(issued.read_bytes()) == document.size


def test_the_checkpoint_inside_stands_at_the_signing(decision: Decision, issued: Path) -> None:
    entry = LedgerEntry.objects.get(seq=decision.documents.public().get().ledger_seq)

    assert entry.event == "decisions.decision.signed"
    assert f"seq={entry.seq}\\nhash={bytes(entry.hash).hex()}".encode() in issued.read_bytes()


def test_nothing_restricted_is_in_the_file(issued: Path) -> None:
    assert papers.SECRET.encode() not in issued.read_bytes()


def test_the_issued_file_is_current(issued: Path) -> None:
    status, said = verified(issued)

    assert status == 0
    assert said.startswith("current: Genuine and current\n")


def test_the_answer_in_json(decision: Decision, issued: Path) -> None:
    status, said = verified(issued, "--json")

    answer = json.loads(said)
    assert status == 0
    assert (answer["verdict"], answer["reference"]) == ("current", decision.reference)


def test_a_changed_file_is_not_current(issued: Path) -> None:
    issued.write_bytes(issued.read_bytes() + b"\n")

    status, said = verified(issued, "--json")

    assert (status, json.loads(said)["verdict"]) == (1, "changed")


def test_a_file_that_is_not_there_is_said_in_json_too(tmp_path: Path) -> None:
    status, said = verified(tmp_path / "none.pdf", "--json")

    assert (status, list(json.loads(said))) == (1, ["error"])


def test_a_deferred_recommendation_decided_later_replaces_the_document() -> None:
    decision = papers.signed(papers.with_drawn_sum(papers.a_draft()), r2="deferred")
    sha256 = decision.documents.public().get(n=1).sha256
    first = document_store().get(sha256)
    papers.decide(decision)
    known = known_document(sha256)
    assert known is not None
    assert not known.is_published

    store = settings.VAR_DIR / "first.pdf"
    store.write_bytes(first)

    assert json.loads(verified(store, "--json")[1])["verdict"] == "superseded"


@pytest.mark.parametrize("reference", ["PCD 9", "draft", "../x", "PCD-1-2"])
def test_a_reference_that_is_not_in_the_register(tmp_path: Path, reference: str) -> None:
    with pytest.raises(CommandError, match="has no decision"):
        call_command("document", reference, str(tmp_path / "x.pdf"))


def test_a_draft_has_no_document(tmp_path: Path) -> None:
    draft = papers.submitted()

    with pytest.raises(CommandError, match="no signed document yet"):
        call_command("document", draft.reference, str(tmp_path / "x.pdf"))


def posted(client: Client, data: bytes) -> str:
    """Return the page that answers an upload."""
    file = SimpleUploadedFile("paper.pdf", data, "application/pdf")
    return client.post("/check/", {"file": file}).content.decode()


def test_anyone_can_check_the_file_on_the_page(
    client: Client, decision: Decision, issued: Path
) -> None:
    page = posted(client, issued.read_bytes())

    assert "Genuine and current" in page
    assert decision.reference in page


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"hello", "Not a document of this register"),
        (b"", "Not a document of this register"),
        (b"urn:x-grant-decision:document:a.example:pcd-7:1", "Changed: do not rely on this file"),
    ],
)
def test_the_page_says_what_another_file_is(client: Client, data: bytes, title: str) -> None:
    assert f'<h1 class="govuk-heading-l">{title}</h1>' in posted(client, data)


def test_the_page_asks_for_a_file(client: Client) -> None:
    assert "Choose a PDF to check" in client.post("/check/", {}).content.decode()


def test_what_is_checked_is_not_kept(client: Client) -> None:
    before = sorted(settings.VAR_DIR.rglob("*"))

    posted(client, b"%PDF- something of mine")

    assert sorted(settings.VAR_DIR.rglob("*")) == before


def test_a_file_larger_than_any_document_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decisions.forms.check.LARGEST_FILE", 4)

    assert "The file must be smaller" in posted(client, b"hello")


def test_when_too_many_files_are_checked_at_once_the_page_asks_to_try_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "AT_ONCE", BoundedSemaphore(1))
    monkeypatch.setattr(check, "LONGEST_WAIT", 0)
    check.AT_ONCE.acquire()

    assert "Please try again in a minute" in posted(client, b"hello")


def test_verification_names_a_document_whose_file_was_changed(decision: Decision) -> None:
    document = decision.documents.public().get()
    path = next(Path(settings.VAR_DIR).glob(f"documents/*/{document.sha256}.pdf"))
    path.chmod(0o600)
    kept = path.read_bytes()
    path.write_bytes(kept + b"\n")
    found = {(f.kind, f.table, f.key) for f in verify().failures}
    path.write_bytes(kept)
    assert found == {
        ("document-missing-or-changed", "public.decisions_signeddocument", str(document.pk))
    }


def test_verification_names_a_document_that_the_register_never_signed(decision: Decision) -> None:
    forged = document_store().put(b"%PDF-1.7\n% approved: ninety-nine million pounds\n")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE decisions_signeddocument SET sha256 = %s WHERE kind = 'public'", [forged]
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert [each.kind for each in stored_document_failures()] == ["document-not-signed-here"]
