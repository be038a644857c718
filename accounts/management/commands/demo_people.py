"""``demo_people``: who can sign in to the demonstration."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import PEOPLE, password, sign_in_facts


class Command(BaseCommand):
    """Print who can sign in to the demonstration, and how."""

    help = "Print who can sign in to the demonstration, and how."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --json."""
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the people; fail in a live register, which has none of them."""
        if settings.REGISTER_MODE != "demonstration":
            raise CommandError("A live register has no demonstration people.")
        facts = sign_in_facts()
        if options["json"]:
            self.stdout.write(json.dumps(facts))
        elif facts:
            self._print(facts)
        else:
            self.stdout.write("Nobody yet: load the demonstration first (manage.py load_demo).")

    def _print(self, facts: list[dict[str, str]]) -> None:
        names = {person.email: person.name for person in PEOPLE}
        self.stdout.write(f"Everybody's password: {password()}")
        self.stdout.write("The page that asks for a code shows it (in a demonstration only).")
        for fact in facts:
            self.stdout.write(f"  {fact['email']:<48}{names[fact['email']]}")
