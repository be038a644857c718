"""Start-up of the decisions app."""

from django.apps import AppConfig

from accounts.work import register_work
from audit.checks import register_check
from audit.events import register_events
from audit.writers import register_writers
from decisions.events import EVENTS, WRITERS


class DecisionsConfig(AppConfig):
    """Decisions."""

    name = "decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        """Register the app's events, the work it gives people, and the check of its files."""
        register_events(EVENTS)
        register_writers(WRITERS)
        register_work("decisions.actions.leavers.PAPERS_OPEN")
        register_work("decisions.actions.leavers.CONDITIONS_OWNED")
        register_check("decisions.documents.kept.stored_document_failures")
        register_check("decisions.documents.versions.version_failures")
        register_check("decisions.documents.columns.standing_failures")
        register_check("decisions.documents.columns.correction_failures")
        register_check("decisions.documents.files.brought_file_failures")
