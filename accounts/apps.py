"""Start-up of the accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and authority."""

    name = "accounts"
    verbose_name = "People and authority"
