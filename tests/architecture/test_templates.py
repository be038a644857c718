"""Templates hold no inline script or style, no handlers and nothing unescaped."""

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


def test_every_form_whose_words_could_be_lost_says_whose_they_are() -> None:
    texts = {path.name: path.read_text() for path in TEMPLATES}
    unsigned = [name for name, text in texts.items() if not signs_as_often(text)]
    assert unsigned == []


def signs_as_often(text: str) -> bool:
    """Return whether every form marked data-unsaved bears its reader's sign."""
    return text.count("data-unsaved") <= text.count("{% typed_by ")
