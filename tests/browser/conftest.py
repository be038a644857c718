"""What the browser tests stand on: Chromium, the served register, and a browser for each person.

The register is served from this process over the real test database, its pages working as the
application's role, which owns nothing. Nothing else is reached: a request to any other origin
fails the test, and so do an error on the console and a breach of the content security policy.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.looking import DESKTOP, Album, watch
from tests.browser.steps import Desk
from tests.factories.people import a_register
from tests.factories.sign_in import client_of

Seat = Callable[..., Desk]
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000  # milliseconds


@pytest.fixture(scope="session", autouse=True)
def _django_beside_playwright() -> None:
    """Let Django's ordinary calls run in the thread that Playwright's loop runs in."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium, which needs no download, and keep it from calling home.

    Debian's build without windows, where it is installed, takes two thirds of the time.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), BROWSERS[0])
    return browser_type_launch_args | {
        "executable_path": found,
        "chromium_sandbox": os.geteuid() != 0,
        "args": list(QUIET),
    }


@pytest.fixture
def _as_application(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every thread but this one, so the server's, work as the application's role.

    Each keeps its connection until its browser leaves, as the register's own server keeps some.
    """
    database = connections.settings["default"]
    options = database["OPTIONS"]
    role = {**options, "options": f"{options['options']} -c role=register_app"}
    kept = {**database, "OPTIONS": role, "CONN_MAX_AGE": None}
    monkeypatch.setitem(connections.settings, "default", kept)


@pytest.fixture
def _quick_passwords(settings: Any) -> None:
    """Hash passwords quickly; how slowly is Django's business."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def shapes(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the shapes of pages, so that each is looked at once by all workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "shapes"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def album(request: pytest.FixtureRequest, shapes: Path) -> Iterator[Album]:
    """Return the folder for this test's pictures, emptied; no page in it may be amiss."""
    name = re.sub(r"\W+", "-", request.node.name.removeprefix("test_").replace("[chromium", "-"))
    folder = Path(django_settings.BASE_DIR) / "screenshots" / name.strip("-")
    shutil.rmtree(folder, ignore_errors=True)
    made = Album(folder, shapes)
    yield made
    assert "\n".join(made.problems) == ""


@pytest.fixture
def site(
    live_server: LiveServer,
    _as_application: None,
    _quick_passwords: None,
) -> str:
    """Return the address of a register that has just begun."""
    cache.clear()
    a_register()
    return live_server.url


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a browser of its own; nothing may go wrong in any."""
    opened: list[BrowserContext] = []
    problems: list[str] = []

    def open_one(**options: Any) -> BrowserContext:
        made = browser.new_context(base_url=site, viewport=DESKTOP, locale="en-GB", **options)
        made.set_default_timeout(PATIENCE)
        watch(made, site, problems)
        opened.append(made)
        return made

    yield open_one
    for each in opened:
        each.close()
    assert problems == []


@pytest.fixture
def stranger(context: Callable[..., BrowserContext], album: Album) -> Desk:
    """Return the browser of somebody who is not signed in."""
    return Desk(context().new_page(), album)


@pytest.fixture
def seat(context: Callable[..., BrowserContext], album: Album, site: str) -> Seat:
    """Return a function that opens a browser, in which the person named is signed in already."""

    def sit(user: User | None = None, **options: Any) -> Desk:
        made = context(**options)
        if user is None:
            return Desk(made.new_page(), album)
        key = client_of(user).cookies[django_settings.SESSION_COOKIE_NAME].value
        cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": site}
        made.add_cookies([cookie])  # type: ignore[list-item]
        return Desk(made.new_page(), album, has_scripts=options.get("java_script_enabled", True))

    return sit
