"""Start-up of the grants app."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Grants."""

    name = "grants"
    verbose_name = "Grants"
