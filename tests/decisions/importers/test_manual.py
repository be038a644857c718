"""The manual page lists every code, kind and key."""

from pathlib import Path

import pytest

from decisions.imported_paper import ImportedKind, ImportedPaper
from decisions.importers.doubts import MEANINGS, Code
from decisions.importers.json_lines import paper_as_json

MANUAL = (Path(__file__).parents[3] / "docs" / "importing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", Code)
def test_every_warning_code_is_explained(code: Code) -> None:
    assert f"| `{code.value}` | {MEANINGS[code]} |" in MANUAL


@pytest.mark.parametrize("kind", ImportedKind)
def test_every_kind_is_explained(kind: ImportedKind) -> None:
    assert f"| `{kind.value}` |" in MANUAL


def test_every_key_of_the_json_is_shown() -> None:
    assert all(f'"{key}":' in MANUAL for key in paper_as_json(ImportedPaper(), "file"))
