"""Which acts may write which tables."""

import pytest
from django.db import connection

from audit.events import registered
from audit.writers import all_writers

ANY_ACT = {
    "checkpoint",
    "checkpoint_key",
    "checkpoint_succession",
    "register",
    "decisions_formpost",  # what came of a form, of whatever kind
    "socialaccount_socialapp",  # set in the settings, never by an act
}
GUARDED = """
    SELECT DISTINCT event_object_table FROM information_schema.triggers
    WHERE trigger_name = 'audit_note_touched'"""


def test_every_writer_is_an_event_that_is_known() -> None:
    events = {event for names in all_writers().values() for event in names}
    assert {registered(name).name for name in events} == events


@pytest.mark.django_db
def test_every_table_that_has_writers_is_there() -> None:
    tables = {name.partition(".")[0] for name in all_writers()}
    assert tables <= set(connection.introspection.table_names())


@pytest.mark.django_db
def test_every_table_under_the_guard_says_which_acts_write_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        guarded = {name for (name,) in cursor.fetchall() if "_historical" not in name}
    assert guarded - all_writers().keys() == ANY_ACT
