"""Start-up of the grants app."""

from django.apps import AppConfig

from audit.events import register_events
from grants.events import EVENTS


class GrantsConfig(AppConfig):
    """Grants."""

    name = "grants"
    verbose_name = "Grants"

    def ready(self) -> None:
        """Register the app's events."""
        register_events(EVENTS)
