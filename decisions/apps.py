"""Start-up of the decisions app."""

from django.apps import AppConfig

from audit.checks import register_check
from audit.events import register_events
from decisions.events import EVENTS


class DecisionsConfig(AppConfig):
    """Decisions."""

    name = "decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        """Register the app's events, and the check of the files it keeps."""
        register_events(EVENTS)
        register_check("decisions.documents.kept.stored_document_failures")
        register_check("decisions.documents.files.brought_file_failures")
