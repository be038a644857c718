"""Writing the pins: requirements*.txt from pyproject.toml, package-lock.json from package.json.

A pin file names no address, and its first line holds the digest of what it was compiled from.
"""

import hashlib
import json
import subprocess
import tomllib
from typing import Any

from scripts.steps import ROOT, VENV, say

PINS: dict[str, tuple[str, ...]] = {
    "requirements.txt": ("embedded",),
    "requirements-dev.txt": ("embedded", "test", "tools"),
    "requirements-node.txt": ("node",),
}
FIRST_LINE = "# Made by `make lock` from pyproject.toml, whose dependencies have the SHA-256 {}\n"


def source_digest() -> str:
    """Return the SHA-256 of all that pyproject.toml says about dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    said = {
        key: project[key] for key in ("requires-python", "dependencies", "optional-dependencies")
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def main() -> None:
    """Write every pin file."""
    for name, extras in PINS.items():
        compiled = _compile(extras)
        (ROOT / name).write_text(FIRST_LINE.format(source_digest()) + compiled)
        say(f"{name}: {compiled.count('==')} packages")
    subprocess.run(["npm", "install", "--package-lock-only"], cwd=ROOT, check=True)  # noqa: S607
    _without_addresses()


def _compile(extras: tuple[str, ...]) -> str:
    source = "pyproject.toml" if extras != ("node",) else "-"
    command = [str(VENV / "bin" / "uv"), "pip", "compile", source, "--universal", "--quiet",
               "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate",
               "--python-version=3.11"]  # fmt: skip
    if source != "-":
        command += [f"--extra={extra}" for extra in extras]
    typed = "\n".join(_extra("node")) if source == "-" else ""
    return subprocess.run(  # noqa: S603 - our own command, no shell
        command, cwd=ROOT, input=typed, capture_output=True, text=True, check=True
    ).stdout


def _extra(name: str) -> list[str]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found: list[str] = project["optional-dependencies"][name]
    return found


def _without_addresses() -> None:
    """Drop npm's notes on where to send money, the only addresses in its lock file."""
    lock = ROOT / "package-lock.json"
    content = json.loads(lock.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
