"""Django's PostgreSQL backend, which starts the embedded server before it connects.

Its settings name the server's place: `EMBEDDED = {"var": Path, "postgres_bin": Path | None}`.
"""

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from config.embedded.problems import EmbeddedDatabaseError
from config.embedded.server import ensure_running


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server; the server is started or restarted when needed."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters, with the socket of a server that is running."""
        return {**super().get_connection_params(), "host": self._socket()}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; say what to do where the database has not been set up yet."""
        self._socket()
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as problem:
            if "does not exist" in str(problem):
                raise ImproperlyConfigured(
                    f"The embedded database is not set up yet ({str(problem).strip()}). Run "
                    "`make run`, or `manage.py migrate` and then `manage.py provision_roles`."
                ) from problem
            raise

    def _socket(self) -> str:
        try:
            return str(ensure_running(**self.settings_dict["EMBEDDED"]).socket)
        except EmbeddedDatabaseError as problem:
            raise ImproperlyConfigured(str(problem)) from problem
