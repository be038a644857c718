"""One world for each module of these tests."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.factories.lasting import undone
from tests.permissions.world import World, a_world


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[World]:
    """Return a world that lasts for the module; tests act in it under `undone`."""
    with django_db_blocker.unblock(), undone(), quietly():
        yield a_world()


@contextmanager
def quietly() -> Iterator[None]:
    """Keep thousands of refusals, each with its traceback, out of what the tests capture."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)
