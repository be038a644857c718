"""Write the manual pages that are made from the code."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.manual import PAGES


class Command(BaseCommand):
    """Write docs/workflow.md, rules.md, events.md and commands.md."""

    help = "Write the manual pages on workflow, rules, events and commands from the code."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write each page and say so."""
        for name, page in PAGES.items():
            path = settings.BASE_DIR / "docs" / name
            path.write_text(page(), encoding="utf-8")
            self.stdout.write(f"Wrote docs/{name}.")
