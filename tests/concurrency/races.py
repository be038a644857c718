"""Races with real commits: acts at once, each on a connection of its own as the application."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, BrokenBarrierError

from django.db import connection

Outcome = object | Exception


def at_once(*acts: Callable[[], object]) -> list[Outcome]:
    """Run the acts at once; return what each returned or raised, in order."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(_alone, acts))


def _alone(act: Callable[[], object]) -> Outcome:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE register_app")
        return act()
    except Exception as problem:
        return problem
    finally:
        connection.close()


class Meeting:
    """A place where racers wait for each other, or go on after a while when the other cannot come.

    With the guard on, the second racer waits for a lock and never comes.
    """

    def __init__(self, racers: int = 2, patience: float = 1.0) -> None:
        self._barrier = Barrier(racers)
        self._patience = patience

    def wait(self) -> None:
        """Wait for the others."""
        try:
            self._barrier.wait(self._patience)
        except BrokenBarrierError:
            return


@contextmanager
def without(off: str, on: str) -> Iterator[None]:
    """Take a guard of the database away for a while, by SQL."""
    with connection.cursor() as cursor:
        cursor.execute(off)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(on)


def function_source(name: str) -> str:
    """Return the SQL that makes a function as it now is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
        return str(cursor.fetchone()[0])
