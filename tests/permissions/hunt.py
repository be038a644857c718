"""Reading all that somebody without a right can come by: pages, headers, documents, logs."""

import logging
import logging.config
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import product
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pypdf import PdfReader

from accounts.models import Delegation, User
from decisions.actions import document_store
from decisions.models import Decision
from tests.permissions import grants_tables, plain_tables
from tests.permissions.forms import address
from tests.permissions.restricted import HUNTED
from tests.permissions.shown_tables import RESTRICTED
from tests.permissions.tables import read_table
from tests.permissions.test_acting import EXPECTED as ADDRESSES

PLACES = [*ADDRESSES, *(name for names in RESTRICTED for name in names.split())]


def found_in(data: bytes, pattern: re.Pattern[str] = HUNTED) -> set[str]:
    """Return what bytes hold of what is hunted; of a PDF's, all that is inside it too."""
    text = data.decode(errors="replace")
    if data.startswith(b"%PDF"):
        text += inside(data)
    return {found.lower() for found in pattern.findall(text)}


def inside(pdf: bytes) -> str:
    """Return the text of a PDF's pages, every string of its objects, every stream unpacked."""
    reader = PdfReader(BytesIO(pdf))
    numbers = {n for part in reader.xref.values() for n in part} | set(reader.xref_objStm)
    strings = [text for n in sorted(numbers) for text in _strings(reader.get_object(n))]
    return "\n".join([*(page.extract_text() for page in reader.pages), *strings])


def _strings(thing: Any) -> Iterator[str]:
    if hasattr(thing, "get_data"):
        yield thing.get_data().decode(errors="replace")
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from (key, *_strings(value))
    elif isinstance(thing, list):
        for value in thing:
            yield from _strings(value)
    elif isinstance(thing, (str, bytes)):
        yield thing if isinstance(thing, str) else thing.decode(errors="replace")


def about(decision: Decision) -> list[str]:
    """Return the address of every page about a decision, of every row of it that has one."""
    places = [address(name, decision) for name in PLACES]
    places += [
        reverse(f"decision_{kind}document", args=[decision.slug, n])
        for kind, n in product(("", "restricted_"), range(2, 6))
    ]
    rows: list[Any] = [*decision.supporting_papers.all()]
    places += [reverse("supporting_paper", args=[decision.slug, row.pk]) for row in rows]
    places += [
        reverse("register_paper", args=[decision.slug, row.sha256[:16]])
        for row in [*rows, *decision.former_papers.all()]
    ]
    places += [
        reverse("revision_detail", args=[decision.slug, one.n]) for one in decision.revisions.all()
    ]
    return [*dict.fromkeys(places)]


def about_none(decisions: list[Decision], maker: User) -> list[str]:
    """Return the address of every page about no one decision, and of those about powers."""
    names = {**read_table(plain_tables.LOOKS), **read_table(grants_tables.LOOKS)}
    bare = {name.partition(":")[0] for name in names} - SIGNING_OUT
    places = [found for name in sorted(bare) if (found := _plain(name))]
    places += [reverse("programme_detail", args=[one.slug]) for one in decisions]
    held = Delegation.objects.held_by(maker)
    places += [reverse("delegation_detail", args=[one.pk]) for one in held]
    lists = ["/register/?q=county", "/decisions/?status=published", "/conditions/?standing=due"]
    return [*places, *lists, "/conditions/?standing=discharged"]


SIGNING_OUT = {"account_logout"}


def _plain(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def whole(client: Client, place: str, method: str = "GET") -> bytes:
    """Return all that a place answers, headers too."""
    answer = client.generic(method, place)
    return str(answer.headers).encode() + b"".join(answer)


def documents(decision: Decision) -> list[bytes]:
    """Return every public document that a decision ever had."""
    return [document_store().get(one.sha256) for one in decision.documents.public()]


class Heard(logging.Handler):
    """Keeps every line that is logged, formatted as the register does, tracebacks and all."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        configured: dict[str, Any] = settings.LOGGING
        line = dict(configured["formatters"]["line"])
        formatter = logging.config.DictConfigurator({}).configure_formatter(line)
        formatter.default_msec_format = None  # 11:40:54,127 is no sum
        self.setFormatter(formatter)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear all that is logged, by whatever logger, in place of what else listens."""
    heard = Heard()
    loggers = [logging.getLogger(), logging.getLogger("django")]
    before = [(logger.handlers, logger.level) for logger in loggers]
    for logger in loggers:
        logger.handlers = [heard]
        logger.setLevel(logging.INFO)
    yield heard
    for logger, (handlers, level) in zip(loggers, before, strict=True):
        logger.handlers = handlers
        logger.setLevel(level)
