"""Every address of the site stands in a table, and every table's address is one of the site."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions import grants_tables
from tests.permissions.decision_tables import ACTS
from tests.permissions.plain_tables import LOOKS, SENT
from tests.permissions.shown_tables import RESTRICTED, SHOWN
from tests.permissions.tables import read_table
from tests.permissions.test_acting import EXPECTED as ACTED
from tests.permissions.test_looking import EXPECTED as LOOKED

# Single sign-on's addresses are there only where a server for it is set: in no test.


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Yield the name of every address, however deep; an address without one yields its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)


MOVED = {"item_move", "paragraph_join", "decision_renumber"}


def bare(addresses: Iterator[str]) -> set[str]:
    return {name.partition(":")[0] for name in addresses}


def site() -> set[str]:
    return set(names(get_resolver().url_patterns))


def about_decisions() -> set[str]:
    tables = {**SHOWN, **RESTRICTED, **ACTS}
    return bare(name for key in tables for name in key.split()) | {"decision_edit", *MOVED}


def about_no_decision(tables: str, of_money: str) -> set[str]:
    return bare(iter({**read_table(tables), **read_table(of_money)}))


PLAIN = about_no_decision(LOOKS, grants_tables.LOOKS)


def test_every_address_has_its_answers() -> None:
    assert site() - about_decisions() - PLAIN == set()


def test_every_table_is_of_an_address() -> None:
    assert about_decisions() | PLAIN == site()


def test_every_address_is_looked_at_and_sent_a_form() -> None:
    plain = about_no_decision(SENT, grants_tables.SENT)
    assert bare(iter(ACTED)) | bare(iter(RESTRICTED_NAMES)) | plain == site()
    assert bare(iter(LOOKED)) | bare(iter(RESTRICTED_NAMES)) | plain | MOVED == site()


RESTRICTED_NAMES = [name for key in RESTRICTED for name in key.split()]
