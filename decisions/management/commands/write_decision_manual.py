"""Write the manual pages that are made from the workflow and the rules."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from decisions.manual import PAGES


class Command(BaseCommand):
    """Write docs/workflow.md and docs/rules.md."""

    help = "Write docs/workflow.md and docs/rules.md from the workflow and the rules."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each page and say so."""
        for name, page in PAGES.items():
            path = settings.BASE_DIR / "docs" / name
            path.write_text(page(), encoding="utf-8")
            self.stdout.write(f"Wrote docs/{name}.")
