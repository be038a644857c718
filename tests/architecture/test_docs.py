"""The documents name every command, and every page they point at is there."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from config.manual import PAGES

README = settings.BASE_DIR / "README.md"
LINK = re.compile(r"\]\(((?!https?:|#|mailto:)[^)#]+)")
DOCUMENTS = [README, *sorted((settings.BASE_DIR / "docs").rglob("*.md"))]
OURS = sorted(
    name
    for name, app in get_commands().items()
    if isinstance(app, str)
    and app in ("config", *(found.name for found in apps.get_app_configs()))
    and (settings.BASE_DIR / app / "management" / "commands" / f"{name}.py").exists()
)


@pytest.mark.parametrize("command", OURS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`{command}" in README.read_text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.name))
def test_a_document_points_only_at_what_is_there(document: object) -> None:
    path = settings.BASE_DIR / str(document)
    broken = [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_from_the_code_is_not_stale(name: str) -> None:
    path = settings.BASE_DIR / "docs" / name
    assert path.read_text(encoding="utf-8") == PAGES[name](), "run manage.py write_manual"
