"""Start-up of the grants app."""

from django.apps import AppConfig

from audit.checks import register_check
from audit.events import register_events
from grants.events import EVENTS


class GrantsConfig(AppConfig):
    """Grants."""

    name = "grants"
    verbose_name = "Grants"

    def ready(self) -> None:
        """Register the app's events, and its checks of the money and of the evidence it keeps."""
        register_events(EVENTS)
        register_check("grants.verify.money_failures")
        register_check("grants.documents.evidence_failures")
