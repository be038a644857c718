"""Imports point down: between the apps, and inside each."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

LINTER = Path(sys.executable).with_name("lint-imports")


def test_imports_point_down() -> None:
    done = subprocess.run(
        [LINTER, "--no-logo", "--no-cache"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("app", ["django.contrib.admin", "django.contrib.admindocs"])
def test_no_admin_site_writes_past_the_actions(app: str) -> None:
    assert app not in settings.INSTALLED_APPS
