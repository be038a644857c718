"""Start-up of the grants app."""

from importlib import import_module

from django.apps import AppConfig

from audit.checks import register_check
from audit.events import register_events
from audit.writers import register_writers
from decisions.documents.issued_by import register_issued
from grants.events import EVENTS, WRITERS


class GrantsConfig(AppConfig):
    """Grants."""

    name = "grants"
    verbose_name = "Grants"

    def ready(self) -> None:
        """Register the app's events, and its checks of the money and of the evidence it keeps.

        Its tables are written by acts that record an event of money, unless told otherwise.
        """
        register_events(EVENTS)
        # Whoever reads the book of rules finds those of every act in it.
        import_module("grants.actions")
        tables = (model._meta.db_table for model in self.get_models())
        register_writers({table: EVENTS for table in tables if "_historical" not in table})
        register_writers(WRITERS)
        register_issued("grants.expenditure_document.known_statement")
        register_check("grants.expenditure_document.statement_failures")
        register_check("grants.verify.money_failures")
        register_check("grants.documents.evidence_failures")
