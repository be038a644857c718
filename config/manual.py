"""The manual pages that are made from the code, so that they cannot be stale."""

import argparse
from collections.abc import Callable, Iterator

from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, DjangoHelpFormatter

from audit.events import Event, all_events
from decisions.manual import MADE
from decisions.manual import PAGES as OF_DECISIONS
from decisions.rules import BOOK as OF_PAPERS
from grants.rules import BOOK as OF_MONEY

APPS = ("config", "grants", "decisions", "accounts", "audit")


def own_commands() -> dict[str, BaseCommand]:
    """Return the register's own commands, by name."""
    found = sorted((name, app) for name, app in get_commands().items() if app in APPS)
    return {name: load_command_class(str(app), name) for name, app in found}


def own_events() -> dict[str, list[Event]]:
    """Return the events of each app of the register, by name."""
    events: dict[str, list[Event]] = {app: [] for app in APPS if apps.is_installed(app)}
    for event in all_events():
        app = event.name.partition(".")[0]
        if app in events:
            events[app].append(event)
    return {app: rows for app, rows in events.items() if rows}


def events_page() -> str:
    """Return docs/events.md: every event of the audit trail, and how it reads."""
    lines = [
        "# Events of the audit trail",
        "",
        MADE,
        "",
        "An event’s name is never changed once released. In a sentence, `{actor}` is who acted,",
        "`{reference}` what it is about; other braces are facts of the entry.",
    ]
    for app, events in own_events().items():
        lines += ["", f"## {app}", "", "| Event | Title | Reads |", "| --- | --- | --- |"]
        lines += [f"| `{one.name}` | {one.title} | {one.sentence} |" for one in events]
    return "\n".join([*lines, ""])


def commands_page() -> str:
    """Return docs/commands.md: every command, its arguments, and what it does."""
    lines = [
        "# Commands",
        "",
        MADE,
        "",
        "After `make setup`: `.venv/bin/python manage.py COMMAND`. Django’s own options",
        "(`--verbosity`, `--settings`, …) work with each and are left out here.",
    ]
    for name, command in own_commands().items():
        lines += ["", f"## {name}", "", command.help, *_arguments(command)]
    return "\n".join([*lines, ""])


def _arguments(command: BaseCommand) -> list[str]:
    parser = argparse.ArgumentParser(add_help=False, formatter_class=DjangoHelpFormatter)
    command.add_arguments(parser)  # type: ignore[arg-type]
    rows = [f"| `{_usage(action)}` | {action.help or ''} |" for action in parser._actions]
    return ["", "| Argument | What it is |", "| --- | --- |", *rows] if rows else []


def _usage(action: argparse.Action) -> str:
    value = " ".join(_values(action))
    return ", ".join(f"{option} {value}".strip() for option in action.option_strings) or value


def _values(action: argparse.Action) -> Iterator[str]:
    if action.nargs != 0:
        choices = " or ".join(map(str, action.choices or ()))
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        yield choices or metavar or action.dest.upper()


BOOKS = {"The paper and the decision": OF_PAPERS, "Money under authority": OF_MONEY}


def rules_page() -> str:
    """Return docs/rules.md: every rule by its code."""
    lines = [
        "# Rules",
        "",
        MADE,
        "",
        "A code is never used again. The words are the message that people see.",
    ]
    for title, book in BOOKS.items():
        head = ["| Code | Rule | What it does | Held to | Who clears it |", "|---|---|---|---|---|"]
        lines += ["", f"## {title}", "", *head]
        lines += [
            f"| {code} | {rule.text} | {rule.force} | {rule.when} | {rule.clears} |"
            for code, rule in sorted(book.rules.items(), key=lambda one: (len(one[0]), one[0]))
        ]
    return "\n".join([*lines, ""])


PAGES: dict[str, Callable[[], str]] = {
    **OF_DECISIONS,
    "rules.md": rules_page,
    "events.md": events_page,
    "commands.md": commands_page,
}
