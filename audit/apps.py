"""Start-up of the audit app."""

from django.apps import AppConfig

from audit.events import EVENTS, register_events


class AuditConfig(AppConfig):
    """Audit trail."""

    name = "audit"
    verbose_name = "Audit trail"

    def ready(self) -> None:
        """Register the app's events."""
        register_events(EVENTS)
