"""Start-up of the accounts app."""

from django.apps import AppConfig

from accounts.events import EVENTS, WRITERS
from audit.events import register_events
from audit.writers import register_writers


class AccountsConfig(AppConfig):
    """People and authority."""

    name = "accounts"
    verbose_name = "People and authority"

    def ready(self) -> None:
        """Register the app's events."""
        register_events(EVENTS)
        register_writers(WRITERS)
