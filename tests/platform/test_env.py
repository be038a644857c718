"""Reading settings from the environment: what is taken, and what is said when it cannot be."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_a_number_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert env.integer("PORT", 8000, low=1, high=65535) == 8123


def test_a_variable_set_to_nothing_counts_as_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", " ")
    assert env.integer("PORT", 8000, low=1, high=65535) == 8000


@pytest.mark.parametrize("value", ["eighty", "0", "65536", "-1", "8e3", "٣"])
def test_a_wrong_number_is_refused_with_the_range(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PORT", value)
    with pytest.raises(ImproperlyConfigured, match="whole number from 1 to 65535"):
        env.integer("PORT", 8000, low=1, high=65535)


def test_a_wrong_choice_is_refused_with_the_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTER_MODE", "demo")
    with pytest.raises(ImproperlyConfigured, match="must be demonstration or live"):
        env.choice("REGISTER_MODE", "live", ("demonstration", "live"))


def test_a_list_is_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example,")
    assert env.words("ALLOWED_HOSTS") == ["a.example", "b.example"]


@pytest.mark.parametrize("value", ["register.example.org", "ftp://register.example.org", "https:"])
def test_an_address_without_scheme_or_host_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("REGISTER_URL", value)
    with pytest.raises(ImproperlyConfigured, match="whole address"):
        env.url("REGISTER_URL", "")


def test_an_address_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTER_URL", "https://register.example.org/")
    assert env.url("REGISTER_URL", "") == "https://register.example.org"


def test_a_file_that_is_not_there_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SIGNING_PKCS12", str(tmp_path / "key.p12"))
    with pytest.raises(ImproperlyConfigured, match="Check the path"):
        env.file("SIGNING_PKCS12")


def test_a_directory_may_not_be_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    with pytest.raises(ImproperlyConfigured, match="must name a directory"):
        env.directory("VAR_DIR")


def test_a_secret_is_made_once_and_kept_closed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    kept = tmp_path / "var" / "secret_key"
    assert env.secret("SECRET_KEY", kept) == env.secret("SECRET_KEY", kept)
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 40 + "\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))
    assert env.secret("SECRET_KEY", tmp_path / "unused") == "s" * 40


def test_a_short_secret_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="at least 32"):
        env.secret("SECRET_KEY", tmp_path / "unused")
