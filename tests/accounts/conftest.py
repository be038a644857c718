"""What the tests of accounts share."""

from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings

from accounts.models import Role, User
from audit.models import LedgerEntry
from tests.factories.people import a_person


@pytest.fixture
def administrator(db: None) -> User:
    return a_person("administrator", Role.ADMINISTRATOR)


@pytest.fixture
def governance(db: None) -> User:
    return a_person("governance", Role.GOVERNANCE_OFFICER)


@pytest.fixture
def officer(db: None) -> User:
    return a_person("officer", Role.ORIGINATING_OFFICER)


@pytest.fixture
def last_event(db: None) -> Callable[[], tuple[str, str]]:
    """Return a function that gives the last entry's event and whom it is about."""

    def read() -> tuple[str, str]:
        entry = LedgerEntry.objects.order_by("-seq")[0]
        return entry.event, entry.subject_reference

    return read


@pytest.fixture(scope="module", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash passwords quickly; how slowly is Django's business."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
