"""Start-up of the decisions app."""

from django.apps import AppConfig

from audit.events import register_events
from decisions.events import EVENTS


class DecisionsConfig(AppConfig):
    """Decisions."""

    name = "decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        """Register the app's events."""
        register_events(EVENTS)
