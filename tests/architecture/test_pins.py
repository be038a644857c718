"""Pins and lock files are up to date and name no address."""

import pytest
from django.conf import settings

from scripts import lint_pins, lock

FILES = (*lock.PINS, "package-lock.json")


def test_pins_were_made_from_todays_dependencies() -> None:
    assert lint_pins.stale() == []


@pytest.mark.parametrize("name", FILES)
def test_a_pin_file_names_no_address(name: str) -> None:
    assert lint_pins.addresses_in((settings.BASE_DIR / name).read_text()) == []


@pytest.mark.parametrize("name", lock.PINS)
def test_every_pin_has_a_hash(name: str) -> None:
    text = (settings.BASE_DIR / name).read_text().replace("\\\n", "")
    pins = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [line for line in pins if "--hash=sha256:" not in line] == []


@pytest.mark.parametrize(
    "line", ["--index-url x", "a @ https://host/a.whl", '"resolved": "x"', "git+ssh://host/a"]
)
def test_an_address_would_be_found(line: str) -> None:
    assert lint_pins.addresses_in(line) == [line]
