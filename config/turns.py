"""Edits of one thing are answered one after the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.http import HttpRequest, HttpResponse


class EditsInTurn:
    """Middleware: a form that changes what it shows waits for another one sent to its page.

    It is held against the record before the action locks that: without a turn, two that are sent
    at once would both find it unchanged, and the second would overwrite the first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on in its turn."""
        is_edit = request.method == "POST" and "seen" in request.POST
        if not is_edit or not request.user.is_authenticated:
            return self.get_response(request)
        with _turn(request.path):
            return self.get_response(request)


@contextmanager
def _turn(path: str) -> Iterator[None]:
    _lock("pg_advisory_lock", path)
    try:
        yield
    finally:
        _lock("pg_advisory_unlock", path)


def _lock(function: str, path: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 2))", [path])
