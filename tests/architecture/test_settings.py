"""Every setting is documented, and the documents name no setting that is not there."""

import re

import pytest
from django.conf import settings
from django.test import Client

READ = re.compile(r'env\.(?:\w+)\(\s*"([A-Z][A-Z0-9_]+)"')
DOCUMENTED = re.compile(r"^\| `([A-Z0-9_]+)` \|", re.MULTILINE)
DOCUMENT = settings.BASE_DIR / "docs" / "settings.md"


def settings_read() -> set[str]:
    """Return the environment variables that the register reads."""
    sources = (settings.BASE_DIR / "config").rglob("*.py")
    found = {name for source in sources for name in READ.findall(source.read_text())}
    return found | {"SECRET_KEY_FILE"}


def test_settings_and_their_document_agree() -> None:
    assert set(DOCUMENTED.findall(DOCUMENT.read_text())) == settings_read()


def test_only_one_module_reads_the_environment() -> None:
    apps = ("config", "grants", "decisions", "accounts", "audit")
    sources = [path for app in apps for path in (settings.BASE_DIR / app).rglob("*.py")]
    readers = [path.name for path in sources if "os.environ" in path.read_text()]
    assert sorted(readers) == ["env.py", "programs.py", "wsgi.py"]


def test_debug_pages_are_off() -> None:
    assert settings.DEBUG is False


@pytest.mark.django_db
@pytest.mark.parametrize("directive", ["default-src 'none'", "script-src 'self'"])
def test_every_answer_carries_the_strict_policy(directive: str) -> None:
    answer = Client().get("/no-such-page/")
    assert directive in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_every_answer_keeps_addresses_and_types_to_itself() -> None:
    answer = Client().get("/no-such-page/")
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
