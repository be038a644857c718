"""The demonstration: loaded once, through acts, with something to do for everybody."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.demonstration import PEOPLE
from accounts.models import Role, User
from audit.models import LedgerEntry
from audit.verify import verify
from decisions.demonstration.drafting import PAPERS
from decisions.importers.reader import read_file
from decisions.models import Decision

WORKING = {
    *(Role.ORIGINATING_OFFICER, Role.ADVISER, Role.CHIEF_EXECUTIVE),
    *(Role.DECISION_MAKER, Role.PRIVATE_OFFICE, Role.GOVERNANCE_OFFICER),
}


def run() -> str:
    """Run the command and return what it says."""
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("as_application")
def test_the_demonstration() -> None:
    """One test, since loading takes a while: it stands for what people find in it."""
    assert "The demonstration is loaded." in run()
    entries = LedgerEntry.objects.count()
    assert "loaded already" in run()
    assert LedgerEntry.objects.count() == entries
    assert not LedgerEntry.objects.filter(demonstration=False).exists()
    assert verify().ok

    first, second = (Decision.objects.get(number=number) for number in (386, 726))
    assert (first.status, first.date_signed.year) == ("published", 2018)  # type: ignore[union-attr]
    assert (second.status, second.date_signed.year) == ("published", 2019)  # type: ignore[union-attr]
    assert second.links.get().to_decision == first
    assert second.exemptions.get().reason

    for person in PEOPLE:
        user = User.objects.get(email=person.email)
        if person.role in WORKING:
            assert Decision.objects.awaiting(user).exists(), person.key


@pytest.mark.parametrize("path", sorted(PAPERS.glob("*.txt")), ids=lambda path: path.stem)
def test_its_papers_read_as_they_were_written(path: Path) -> None:
    codes = {warning.code for warning in read_file(path).warnings}
    assert not codes & {"kind-unsure", "loose-line", "text-not-used", "section-unheaded"}
