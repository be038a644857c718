"""What `make run` says to an ordinary user of a machine that lacks a system package.

And what `make test` does without a package that it can do without.
"""

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import system

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED = ("Makefile", "system-packages.txt", "scripts")
PYTHON = shutil.which("python3", path=os.defpath) or sys.executable  # whom anybody may run
WITHOUT_VENV = f"""#!/bin/sh
exec env PYTHONPATH="{{site}}" {PYTHON} "$@"
"""
COMMAND = re.compile(
    r"^ +sudo apt-get update && sudo apt-get install -y --no-install-recommends python3\.\d+-venv$",
    re.MULTILINE,
)
HIDE = """import sys
sys.modules["ensurepip"] = None  # as on Debian without python3-venv
"""
DPKG = """#!/bin/sh
for package in "$@"; do case $package in -*) ;; *) echo "$package ii" ;; esac; done
"""


@pytest.fixture
def checkout() -> Iterator[Path]:
    """Return what set-up needs of the checkout, in a folder that belongs to an ordinary user."""
    folder = Path(tempfile.mkdtemp(prefix="register-test-"))
    for name in NEEDED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def programs(checkout: Path) -> Path:
    """Return a folder of programs: Python without ensurepip, every package there, and no sudo."""
    folder = checkout / "programs"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HIDE)
    written = {
        "python3": WITHOUT_VENV.format(site=folder),
        "dpkg-query": DPKG,
        "apt-get": "#!/bin/sh\nexit 1\n",
    }
    for name, text in written.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    for name in ("make", "sh", "env"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def make_run(checkout: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    """Type `make run` as an ordinary user: the present one, or nobody where that is root."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (checkout, *checkout.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    return subprocess.run(
        [programs / "make", "run"],
        cwd=checkout,
        env={"PATH": str(programs), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        user="nobody" if os.geteuid() == 0 else None,
    )


def test_without_venv_the_command_to_type_is_printed(checkout: Path, programs: Path) -> None:
    done = make_run(checkout, programs)
    assert done.returncode != 0
    assert COMMAND.search(done.stderr), done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_what_is_only_quicker_is_tried_once(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (programs / "dpkg-query").write_text("#!/bin/sh\n")
    (programs / "apt-get").write_text(f"#!/bin/sh\necho $@ >> {tmp_path}/asked\nexit 1\n")
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    said = [system.install_quicker(tmp_path / "tried") for _ in range(2)]
    assert said == [", tests slower than they might be", ""]
    assert len((tmp_path / "asked").read_text().splitlines()) == 1
