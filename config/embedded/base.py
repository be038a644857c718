"""Django's PostgreSQL backend, which starts the embedded server before it connects.

Its settings name the server's place: `EMBEDDED = {"var": Path, "postgres_bin": Path | None}`.
"""

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, client

from config.embedded import binaries
from config.embedded.problems import EmbeddedDatabaseError
from config.embedded.server import ensure_running


def socket_of(settings_dict: dict[str, Any]) -> str:
    """Return the socket's directory of the running server; ImproperlyConfigured when it fails."""
    try:
        return str(ensure_running(**settings_dict["EMBEDDED"]).socket)
    except EmbeddedDatabaseError as problem:
        raise ImproperlyConfigured(str(problem)) from problem


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`: the psql that came with the server, on the server's own socket."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Any
    ) -> tuple[list[str], dict[str, str] | None]:
        """Return the command and its environment, as Django asks for them."""
        here = {**settings_dict, "HOST": socket_of(settings_dict)}
        arguments, environment = super().settings_to_cmd_args_env(here, parameters)
        bundled = binaries.find(settings_dict["EMBEDDED"]["postgres_bin"]) / "psql"
        program = str(bundled) if bundled.is_file() else arguments[0]
        options = {"PGOPTIONS": settings_dict["OPTIONS"]["options"]}
        return [program, *arguments[1:]], {**(environment or {}), **options}


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server; the server is started or restarted when needed."""

    client_class = DatabaseClient

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
        return socket_of(self.settings_dict)
