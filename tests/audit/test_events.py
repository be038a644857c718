"""Events: each app makes its own by one factory, and their names hold to one shape."""

import pytest

from accounts.events import USER_CREATED
from audit.events import events_of
from decisions.events import DECISION_SIGNED


def test_an_apps_events_bear_its_name() -> None:
    event = events_of("sample")("note.read", "Note read", "{actor} read {reference}")
    assert (event.name, event.title) == ("sample.note.read", "Note read")


def test_the_apps_above_name_theirs_by_it() -> None:
    names = [USER_CREATED.name, DECISION_SIGNED.name]
    assert names == ["accounts.user.created", "decisions.decision.signed"]


def test_a_name_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"app\.object\.past_participle"):
        events_of("sample")("read", "Note read", "{actor} read {reference}")
