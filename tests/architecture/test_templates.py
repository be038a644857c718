"""Templates hold no inline script or style, no handlers and nothing unescaped."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from scripts.lint_templates import problems_in

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.name))
def test_a_template_keeps_the_house_rules(path: Path) -> None:
    assert problems_in(path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>go()</script>",
        "<STYLE>a {}</STYLE>",
        '<p class="a" style="color: red">',
        '<a href="#" onclick="go()">',
        '<a href="javascript:go()">',
        "{{ words|safe }}",
        "{% autoescape off %}",
        "\n" * 151,
    ],
)
def test_a_breach_would_be_found(text: str) -> None:
    assert problems_in(text)


@pytest.mark.parametrize(
    "text", ['<script src="a.js"></script>', "{# <script> #}", "<p>one = two</p>", "{{ unsafe }}"]
)
def test_what_is_allowed_is_let_through(text: str) -> None:
    assert problems_in(text) == []


def test_a_list_says_on_a_phone_what_each_cell_is() -> None:
    """Its headings are hidden. The first cell names the row, and one more may need no label."""
    texts = {path.name: path.read_text() for path in TEMPLATES}
    bare = [name for name, text in texts.items() if any(n > 2 for n in unlabelled(text))]
    assert bare == []


def unlabelled(text: str) -> Iterator[int]:
    """Yield how many cells of each list of a template bear no label."""
    for found in re.findall(r'<table class="[^"]*register-table--list.*?</table>', text, re.DOTALL):
        cells = re.findall(r"<t[dh] [^>]*>", found.partition("<tbody")[2])
        yield sum("data-label" not in cell for cell in cells)


def test_every_form_whose_words_could_be_lost_says_whose_they_are() -> None:
    texts = {path.name: path.read_text() for path in TEMPLATES}
    unsigned = [name for name, text in texts.items() if not signs_as_often(text)]
    assert unsigned == []


def signs_as_often(text: str) -> bool:
    """Return whether every form marked data-unsaved bears its reader's sign."""
    return text.count("data-unsaved") <= text.count("{% typed_by ")
