"""A demonstration is never served as a live register, nor a live one as a demonstration."""

from django.db import connections

from audit import register


def refuse_other_mode() -> None:
    """Refuse a database that holds the other kind of register than REGISTER_MODE asks for.

    Raises audit.register.WrongRegister, which says what to do. Leaves no connection open: the web
    server may fork after this.
    """
    try:
        register.ensure_mode()
    finally:
        connections.close_all()
