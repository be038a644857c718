"""Start-up of the decisions app."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions."""

    name = "decisions"
    verbose_name = "Decisions"
