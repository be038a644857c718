"""How the web server is run: gunicorn's settings, its start in this process, and the port check."""

import contextlib
import socket
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from config.database import pool


class PortInUseError(Exception):
    """Something else listens where the register should; the message says what to do."""


def server_settings() -> dict[str, Any]:
    """Return gunicorn's settings; times are in seconds."""
    return {
        "bind": address(settings.HOST, settings.PORT),
        "workers": settings.WEB_WORKERS,
        "threads": settings.WEB_THREADS,
        "worker_class": "gthread",
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 10,
        "keepalive": 5,
        "max_requests": 5000,
        "max_requests_jitter": 500,
        "limit_request_line": 8190,
        "control_socket_disable": True,
        "loglevel": "warning",
        "proc_name": "register",
    }


def address(host: str, port: int) -> str:
    """Return what gunicorn binds to, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def check_port(host: str, port: int) -> None:
    """Raise PortInUseError where the register could not listen."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as problem:
        raise PortInUseError(
            f"The register cannot listen on {address(host, port)} ({problem.strerror}). If it runs "
            "already, open it; else choose another port, for example with PORT=8001 make run, and "
            "a HOST that this machine has."
        ) from problem


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, run by this process, which has loaded the register already."""

    def load_config(self) -> None:
        """Set gunicorn's settings."""
        for name, value in server_settings().items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        """Return the application."""
        return get_wsgi_application()

    def run(self) -> None:
        """Serve until told to stop; each worker opens its own pool of connections."""
        connections.close_all()
        connections.settings["default"]["OPTIONS"]["pool"] = pool(settings.WEB_THREADS)
        super().run()
