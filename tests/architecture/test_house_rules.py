"""Rules of the house that no linter knows, walked over every committed source file."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

CODE = ("config", "grants", "decisions", "accounts", "audit", "scripts")
MOST_LINES_OF_A_FUNCTION = 50
MOST_LINES_OF_A_MODULE = 400
# An auditor takes it as the one file that it is, and needs nothing else.
ONE_FILE = settings.BASE_DIR / "audit" / "offline" / "verify_register.py"
NAMELESS = {"utils", "helpers", "common", "core", "misc"}
MACHINE_PATH = re.compile(r"/(work|root|home/\w+|tmp/\w+)/\w+")
HOSTS = re.compile("|".join((r"py" + r"pi\.org", "pythonhosted" + r"\.org", "npm" + r"js\.org")))
SETTLED_LATER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
BARE_IGNORE = re.compile(r"type:" + r" ignore(?!\[)|# no" + r"qa(?!:)|pragma:" + r" no cover")


@cache
def committed() -> list[Path]:
    """Return the files under version control, and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    files = [settings.BASE_DIR / name for name in listed.splitlines()]
    return [path for path in files if path.is_file()]


def sources() -> list[Path]:
    """Return our Python modules, migrations left out."""
    return [
        path
        for path in committed()
        if path.suffix == ".py"
        and path.relative_to(settings.BASE_DIR).parts[0] in CODE
        and "migrations" not in path.parts
    ]


def nodes(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Yield every node of a kind with where it stands."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, kind):
                line = getattr(node, "lineno", 0)
                yield f"{path.relative_to(settings.BASE_DIR)}:{line}", node


def lines_with(pattern: re.Pattern[str], suffixes: tuple[str, ...]) -> list[str]:
    """Return the committed lines that a pattern matches."""
    return [
        f"{path.relative_to(settings.BASE_DIR)}:{number}: {line.strip()}"
        for path in committed()
        if path.suffix in suffixes or path.name in suffixes
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def test_functions_are_short() -> None:
    functions = [*nodes(ast.FunctionDef), *nodes(ast.AsyncFunctionDef)]
    long = [where for where, node in functions if length(node) > MOST_LINES_OF_A_FUNCTION]
    assert long == []


def length(node: ast.AST) -> int:
    """Return how many lines a node covers."""
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


def test_the_offline_verifier_needs_nothing_but_python() -> None:
    tree = ast.parse(ONE_FILE.read_text())
    names = {
        one.name for each in ast.walk(tree) if isinstance(each, ast.Import) for one in each.names
    }
    names |= {each.module or "." for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    assert {name for name in names if name.split(".")[0] not in sys.stdlib_module_names} == set()


def test_modules_are_short() -> None:
    counts = {path: len(path.read_text().splitlines()) for path in sources() if path != ONE_FILE}
    assert [str(path) for path, count in counts.items() if count > MOST_LINES_OF_A_MODULE] == []


def test_modules_are_named_for_what_they_hold() -> None:
    assert [str(path) for path in sources() if path.stem in NAMELESS] == []


def test_imports_stand_at_the_top() -> None:
    inner = [
        where
        for where, function in nodes(ast.FunctionDef)
        if getattr(function, "name", "") != "ready"
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inner == []


def test_no_money_becomes_a_float() -> None:
    calls = [
        where
        for where, node in nodes(ast.Call)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"
    ]
    assert calls == []


@pytest.mark.parametrize(
    ("pattern", "suffixes"),
    [
        pytest.param(BARE_IGNORE, (".py",), id="checks silenced without a code"),
        pytest.param(SETTLED_LATER, (".py", ".html", ".js", ".scss", ".md"), id="left for later"),
        pytest.param(
            MACHINE_PATH,
            (".py", ".md", ".toml", ".txt", ".json", "Makefile", ".html", ".js", ".sql"),
            id="paths of one machine",
        ),
        pytest.param(
            HOSTS,
            (".py", ".md", ".toml", ".txt", ".json", "Makefile", ".npmrc", "run"),
            id="registries' hosts",
        ),
    ],
)
def test_committed_files_are_clean(pattern: re.Pattern[str], suffixes: tuple[str, ...]) -> None:
    assert lines_with(pattern, suffixes) == []


def test_no_test_is_passed_over() -> None:
    marks = re.compile(r"mark\." + r"(skip|xfail)|pytest\." + r"(skip|xfail)\(")
    assert lines_with(marks, (".py",)) == []
