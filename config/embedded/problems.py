"""What can go wrong with the embedded database, in words that say what to do."""


class EmbeddedDatabaseError(Exception):
    """The embedded database cannot be used; the message says what to do about it."""
