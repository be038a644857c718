"""The command `import_decision`."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import OutputWrapper

from decisions.models import Decision
from tests.decisions.importers.pages import HERE
from tests.factories import papers
from tests.factories.people import an_adviser, an_officer

NUMBERED = str(HERE / "numbered.txt")
BULLETED = str(HERE / "bulleted.txt")
KEYS = [
    *("file", "reference", "title", "date_signed", "date_published", "decided_by"),
    *("executive_summary", "asked", "recommendations", "sections", "exemptions", "warnings"),
]


def run(*arguments: str) -> tuple[int, str, str]:
    """Run the command as from a terminal; return its exit status and what it printed."""
    command = load_command_class(get_commands()["import_decision"], "import_decision")
    out, err = StringIO(), StringIO()
    command.stdout, command.stderr = OutputWrapper(out), OutputWrapper(err)
    try:
        command.run_from_argv(["manage.py", "import_decision", *arguments])
    except SystemExit as ended:
        status = int(str(ended.code))
    else:
        status = 0
    return status, out.getvalue(), err.getvalue()


def objects(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Run the command with --json and return its objects; anything else printed is a failure."""
    status, out, err = run(*arguments, "--json")
    assert err == ""
    return status, [json.loads(line) for line in out.splitlines()]


def test_a_dry_run_needs_no_database() -> None:
    status, (first, second) = objects(NUMBERED, BULLETED, "--dry-run")
    assert status == 0
    assert list(first) == list(second) == KEYS
    assert first["file"] == NUMBERED


def test_the_json_of_a_recommendation() -> None:
    _, (facts,) = objects(NUMBERED, "--dry-run")
    first, _, third = facts["recommendations"]
    assert first["figures"] == [{"amount": "2200000.00", "up_to": True, "text": "£2.2 million"}]
    assert (first["number"], first["parent"], first["kind"]) == ("1", None, "accept")
    assert (first["period_start"], first["period_end"]) == ("2019-10-28", "2020-03-31")
    assert third["funded_from"] == "2"


def test_a_file_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    status, (first, second) = objects(str(tmp_path / "empty.txt"), NUMBERED, "--dry-run")
    assert status == 1
    assert first["error"]["code"] == "file-empty"
    assert [key for key in first if key != "error"] == KEYS
    assert second["reference"] == "PCD 9726"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "arguments"),
        ((NUMBERED, "--bogus"), "arguments"),
        ((NUMBERED, "--as", "signed"), "arguments"),
        ((NUMBERED,), "by-missing"),
    ],
)
def test_mistakes_are_json_too(arguments: tuple[str, ...], code: str) -> None:
    status, (facts,) = objects(*arguments)
    assert (status, facts["error"]["code"]) == (1, code)


def test_people_read_what_was_understood_and_what_is_doubtful() -> None:
    status, out, _ = run(NUMBERED, "--dry-run")
    assert status == 0
    assert "PCD 9726 National Harbour Crime Desk" in out
    assert "3 recommendations, 3 sums decided, 7 sections, 1 exemption, 3 warnings" in out
    assert "[date-signed-missing]" in out


def test_people_read_why_a_file_failed(tmp_path: Path) -> None:
    status, _, err = run(str(tmp_path / "none.txt"), "--dry-run")
    assert (status, "There is no file" in err) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_a_file_becomes_a_draft_of_an_officer() -> None:
    papers.a_series()
    status, (facts,) = objects(NUMBERED, "--by", an_officer().email)
    assert status == 0
    assert facts["decision"] == {
        "reference": "PCD 9726",
        "slug": "pcd-9726",
        "status": "draft",
        "source": "here",
        "is_new": True,
    }


@pytest.mark.django_db(transaction=True)
def test_a_second_time_opens_the_first() -> None:
    papers.a_series()
    officer = an_officer().email
    run(NUMBERED, "--by", officer)
    status, (facts,) = objects(NUMBERED, "--by", officer)
    assert (status, facts["decision"]["is_new"], Decision.objects.count()) == (0, False, 1)
    assert "In the register already: PCD 9726 (Draft)." in run(NUMBERED, "--by", officer)[1]


@pytest.mark.django_db(transaction=True)
def test_a_file_is_recorded_as_published_elsewhere() -> None:
    papers.a_series()
    _, out, _ = run(NUMBERED, "--by", an_officer().email, "--as", "published")
    assert "Kept: PCD 9726 (Published)." in out
    assert Decision.objects.get().source == "elsewhere"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_of_a_text_of_another_kind(tmp_path: Path) -> None:
    papers.a_series()
    (tmp_path / "letter.txt").write_text("Dear all, lunch is at one.")
    status, (facts,) = objects(str(tmp_path / "letter.txt"), "--by", an_officer().email)
    assert (status, facts["error"]["code"]) == (1, "not-a-paper")
    assert not Decision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_said_in_its_own_words() -> None:
    papers.a_series()
    adviser = an_adviser().email
    status, (facts,) = objects(NUMBERED, "--by", adviser)
    assert (status, facts["error"]["code"]) == (1, "refused")
    assert "originating officer" in facts["error"]["message"]


@pytest.mark.django_db(transaction=True)
def test_somebody_unknown_cannot_import() -> None:
    status, (facts,) = objects(NUMBERED, "--by", "nobody@nowhere.example")
    assert (status, facts["error"]["code"]) == (1, "by-unknown")
