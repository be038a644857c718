"""Which entry lists a row: by itself, or together with others that were written with it."""

from collections.abc import Iterable

from django.db import connection

FIRST_SQL = """
    SELECT key, min(seq) FROM (
        SELECT key, seq FROM audit.ledger_row
        WHERE table_name = %(table)s AND key = ANY (%(keys)s)
        UNION ALL
        SELECT wanted.key, b.seq FROM audit.ledger_batch b, unnest(%(keys)s::text[]) wanted (key)
        WHERE b.table_name = %(table)s AND wanted.key::bigint <@ audit.ranges_of(b.keys)) listed
    GROUP BY key
"""


def first_entries(table: str, keys: Iterable[int]) -> dict[int, int]:
    """Return the entry that first lists each of some rows of a table ("schema.name")."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_SQL, {"table": table, "keys": [str(key) for key in keys]})
        return {int(key): seq for key, seq in cursor.fetchall()}
