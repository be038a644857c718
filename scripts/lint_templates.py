"""Refusing what templates may not hold: inline script and style, handlers, unescaped output."""

import re
import sys

from scripts.steps import ROOT, say

FORBIDDEN = {
    "inline script (put it in a file in static/js)": re.compile(
        r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE
    ),
    "style element (put it in static/scss)": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute (give it a class)": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler attribute (listen from static/js)": re.compile(
        r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE
    ),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off"),
}
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
MOST_LINES = 150


def problems_in(text: str) -> list[str]:
    """Return what is wrong in one template's text, each with its line."""
    text = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)
    found = [
        f"line {text.count(chr(10), 0, match.start()) + 1}: {name}"
        for name, pattern in FORBIDDEN.items()
        for match in pattern.finditer(text)
    ]
    lines = text.count("\n")
    return [*found, f"{lines} lines, more than {MOST_LINES}"] if lines > MOST_LINES else found


def main() -> int:
    """Print the problems of every template; return 1 when there are any."""
    templates = sorted((ROOT / "templates").rglob("*.html"))
    found = [
        f"{path.relative_to(ROOT)}: {problem}"
        for path in templates
        for problem in problems_in(path.read_text())
    ]
    for problem in found:
        say(problem)
    say(f"{len(templates)} templates, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
