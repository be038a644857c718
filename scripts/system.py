"""Installing the system libraries listed in system-packages.txt, with apt where that may be."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.steps import ROOT, CannotGoOn, digest, is_stamped, say, write_stamp

LIST = ROOT / "system-packages.txt"
TRIED = ROOT / "build" / "quicker.sha256"
BRIEFLY = ("-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20")


def install_missing(groups: Sequence[str]) -> str:
    """Install what the groups need and is missing; return what was done in words."""
    missing = _missing(groups)
    if not missing:
        return "all there"
    if shutil.which("apt-get") is None:
        say(f"    Not Debian or Ubuntu: please see to it that these are there: {missing}")
        return "not checked"
    before = _way_to_root(missing)
    say(f"    Installing {' '.join(missing)} with apt-get")
    _apt([*before, "apt-get", "update", "-q"], missing)
    _apt([*before, "apt-get", "install", "-y", "-q", "--no-install-recommends", *missing], missing)
    return f"installed {len(missing)}"


def install_quicker(tried: Path = TRIED) -> str:
    """Try once to install what the tests are quicker with; return what was done in words."""
    missing = _missing(("quicker",))
    wanted = digest([LIST])
    if not missing or is_stamped(tried, wanted) or os.geteuid() or not shutil.which("apt-get"):
        return ""
    write_stamp(tried, wanted)
    say(f"    Installing {' '.join(missing)} with apt-get, to test more quickly")
    try:
        _apt(["apt-get", *BRIEFLY, "update", "-q"], missing)
        install = ["install", "-y", "-q", "--no-install-recommends", *missing]
        _apt(["apt-get", *BRIEFLY, *install], missing)
    except CannotGoOn:
        return ", tests slower than they might be"
    return f", installed {len(missing)} to test more quickly"


def _missing(groups: Sequence[str]) -> list[str]:
    wanted = [line.split() for line in LIST.read_text().splitlines() if not line.startswith("#")]
    needed = [
        package
        for group, package, *commands in filter(None, wanted)
        if group in groups and not any(shutil.which(command) for command in commands)
    ]
    missing = [package for package in needed if package not in _installed(needed)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def _installed(packages: Sequence[str]) -> set[str]:
    if shutil.which("dpkg-query") is None or not packages:
        return set()
    shown = subprocess.run(  # noqa: S603 - names from our own list, no shell
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Abbrev}\n", *packages],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    rows = [line.split() for line in shown.splitlines()]
    return {name for name, status, *_ in rows if status.startswith("ii")}


def _way_to_root(missing: Sequence[str]) -> list[str]:
    """Return the words before apt-get; stop with the command to type where we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _quiet(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    packages = " ".join(missing)
    raise CannotGoOn(
        "Some system packages are missing, and installing them needs an administrator. Type\n\n"
        f"    sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}\n\n"
        "and then the same make command again."
    )


def _quiet(command: list[str]) -> bool:
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    return done.returncode == 0


def _apt(command: list[str], missing: Sequence[str]) -> None:
    done = subprocess.run(  # noqa: S603 - names from our own list, no shell
        command,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotGoOn(
            f"{done.stdout[-2000:]}\n{' '.join(command)} failed. Install these packages by hand "
            f"and run make again: {' '.join(missing)}"
        )
