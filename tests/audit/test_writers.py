"""Which acts may write which tables."""

import pytest
from django.db import connection

from audit.events import registered
from audit.writers import all_writers


def test_every_writer_is_an_event_that_is_known() -> None:
    events = {event for names in all_writers().values() for event in names}
    assert {registered(name).name for name in events} == events


@pytest.mark.django_db
def test_every_table_that_has_writers_is_there() -> None:
    tables = {name.partition(".")[0] for name in all_writers()}
    assert tables <= set(connection.introspection.table_names())
