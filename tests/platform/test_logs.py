"""What a line of the log says, and what it leaves out."""

import logging
import sys

import pytest

from config.logs import DiscreetFormatter


def line(status: int) -> str:
    """Return how a request that ended in an exception is logged, by what was answered."""
    try:
        raise PermissionError("Not yours.")
    except PermissionError:
        record = logging.LogRecord(
            "django.request", logging.WARNING, "", 1, "Answered: /a/", (), sys.exc_info()
        )
    record.status_code = status
    return DiscreetFormatter().format(record)


@pytest.mark.parametrize("status", [403, 404])
def test_what_is_no_fault_is_one_line(status: int) -> None:
    assert line(status) == "Answered: /a/"


def test_a_fault_has_its_traceback() -> None:
    assert "PermissionError: Not yours." in line(500)
