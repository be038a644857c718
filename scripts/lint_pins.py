"""Refusing lock and pin files that are out of date or that name an address."""

import json
import re
import sys

from scripts.lock import FIRST_LINE, PINS, source_digest
from scripts.steps import ROOT, say

ADDRESS = re.compile(r"[a-z+]+://|^\s*-(i|f|-index|-extra|-find)|@ git\+|resolved", re.MULTILINE)
LOCKED = ("dependencies", "devDependencies")


def addresses_in(text: str) -> list[str]:
    """Return the lines of a lock or pin file that say where to fetch something."""
    return [line.strip() for line in text.splitlines() if ADDRESS.search(line)]


def stale() -> list[str]:
    """Return the pin files made from another pyproject.toml or package.json than today's."""
    first = FIRST_LINE.format(source_digest()).strip()
    found = [name for name in PINS if (ROOT / name).read_text().split("\n", 1)[0] != first]
    asked = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"][""]
    if any(asked.get(kind) != locked.get(kind) for kind in LOCKED):
        found.append("package-lock.json")
    return found


def main() -> int:
    """Print what is wrong with the pins; return 1 when anything is."""
    found = [f"{name} is out of date: run `make lock`" for name in stale()]
    for name in (*PINS, "package-lock.json"):
        lines = addresses_in((ROOT / name).read_text())
        found += [f"{name} holds an address: {line}" for line in lines]
    for problem in found:
        say(problem)
    say(f"{len(PINS) + 1} pin files, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
