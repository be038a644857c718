"""Read published decision pages, and keep them as drafts or as published elsewhere."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError

from accounts.models import User
from audit.refusals import Refused
from decisions.actions.importing import Imported, create_draft_from_import, record_published
from decisions.imported_paper import ImportedPaper
from decisions.importers.doubts import Code
from decisions.importers.json_lines import paper_as_json
from decisions.importers.reader import read_file
from decisions.importers.source import UnreadableSourceError


class NotImportedError(Exception):
    """A file that was read but not kept; `code` is stable, the message says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Command(BaseCommand):
    """Each file is one paper and one act; one that fails does not stop the others.

    With --json nothing is printed but one JSON object a line, failures included, and the exit
    status is 0 (all done) or 1.
    """

    help = "Read the text of published decision pages into the register, or just show it."
    requires_system_checks = ()
    as_json = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the files, and what to do with what they say."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="read and show; keep nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
        parser.add_argument("--by", metavar="EMAIL", help="the officer in whose name it is kept")
        parser.add_argument(
            "--as",
            dest="kept_as",
            choices=("draft", "published"),
            default="draft",
            help="keep as a draft (the default), or as published elsewhere",
        )

    def run_from_argv(self, argv: list[str]) -> None:
        """Run; with --json, mistakes in the arguments are JSON too. The exit status is 0 or 1."""
        self.as_json = "--json" in argv
        try:
            super().run_from_argv(argv)
        except CommandError as problem:
            self._stop("arguments", str(problem))
        except SystemExit as stop:
            sys.exit(1 if stop.code == 2 else stop.code)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Make the parser; with --json it raises instead of printing its usage."""
        if self.as_json:
            self._called_from_command_line = False
        return super().create_parser(prog_name, subcommand, **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read each file, keep it unless it is a dry run, and show what came of it."""
        self.as_json = options["json"]
        by = None if options["dry_run"] else self._officer(options["by"])
        results = [self._one(path, by, options["kept_as"]) for path in options["files"]]
        if not all(results):
            sys.exit(1)

    def _stop(self, code: str, message: str) -> NoReturn:
        """End before any file is read."""
        if self.as_json:
            self._show_json({"error": {"code": code, "message": message}})
        else:
            self.stderr.write(message)
        sys.exit(1)

    def _officer(self, email: str | None) -> User:
        if not email:
            self._stop("by-missing", "Say in whose name it is kept: --by EMAIL (or --dry-run).")
        try:
            found = User.objects.filter(email__iexact=email, is_active=True).first()
        except DatabaseError as problem:
            self._stop("database", f"The database did not answer: {problem}")
        if found is None:
            self._stop("by-unknown", f"Nobody with an open account has the address {email}.")
        return found

    def _one(self, path: Path, by: User | None, kept_as: str) -> bool:
        paper = ImportedPaper()
        try:
            paper = read_file(path)
            imported = None if by is None else _kept(paper, by, kept_as)
        except (UnreadableSourceError, NotImportedError) as problem:
            self._show(path, paper, None, {"code": problem.code, "message": str(problem)})
            return False
        self._show(path, paper, imported, None)
        return True

    def _show(
        self,
        path: Path,
        paper: ImportedPaper,
        imported: Imported | None,
        error: dict[str, str] | None,
    ) -> None:
        if not self.as_json:
            self._show_words(path, paper, imported, error)
            return
        facts = paper_as_json(paper, os.fsencode(path).decode(errors="replace"))
        if imported is not None:
            facts["decision"] = _decision_facts(imported)
        if error is not None:
            facts["error"] = error
        self._show_json(facts)

    def _show_json(self, facts: dict[str, Any]) -> None:
        plain = "utf" not in (getattr(self.stdout, "encoding", None) or "utf-8").lower()
        self.stdout.write(json.dumps(facts, ensure_ascii=plain))

    def _show_words(
        self,
        path: Path,
        paper: ImportedPaper,
        imported: Imported | None,
        error: dict[str, str] | None,
    ) -> None:
        if error is not None:
            self.stderr.write(f"{path}: {error['message']}")
            return
        name = " ".join(part for part in (paper.reference, paper.title) if part)
        self.stdout.write(f"{path}: {name or 'a paper without reference or title'}")
        self.stdout.write(f"  {_counted(paper)}")
        for warning in paper.warnings:
            self.stdout.write(f"  ! {warning.message} [{warning.code}]")
        if imported is not None:
            self.stdout.write(f"  {_outcome(imported)}")


def _kept(paper: ImportedPaper, by: User, kept_as: str) -> Imported:
    """Keep a paper through the action. Raises NotImportedError."""
    nothing = {Code.NOTHING_RECOGNISED.value}
    if nothing & {warning.code for warning in paper.warnings}:
        raise NotImportedError("not-a-paper", "The text does not read like a decision page.")
    act = create_draft_from_import if kept_as == "draft" else record_published
    try:
        return act(paper=paper, by=by)
    except Refused as refusal:
        raise NotImportedError("refused", str(refusal)) from refusal
    except DatabaseError as problem:
        raise NotImportedError("database", f"The database refused it: {problem}") from problem


def _decision_facts(imported: Imported) -> dict[str, Any]:
    decision = imported.decision
    return {
        "reference": decision.reference,
        "slug": decision.slug,
        "status": decision.status,
        "source": decision.source,
        "is_new": imported.is_new,
    }


def _outcome(imported: Imported) -> str:
    decision = imported.decision
    if not imported.is_new:
        return f"In the register already: {decision.reference} ({decision.get_status_display()})."
    return f"Kept: {decision.reference} ({decision.get_status_display()})."


def _counted(paper: ImportedPaper) -> str:
    counts: Sequence[tuple[int, str]] = (
        (len(paper.recommendations), "recommendation"),
        (sum(len(each.figures) for each in paper.recommendations), "sum decided"),
        (len(paper.sections), "section"),
        (len(paper.exemptions), "exemption"),
        (len(paper.warnings), "warning"),
    )
    return ", ".join(_plural(count, word) for count, word in counts)


def _plural(count: int, word: str) -> str:
    if count == 1:
        return f"1 {word}"
    return f"{count} {word.replace('sum ', 'sums ') if 'sum ' in word else word + 's'}"
