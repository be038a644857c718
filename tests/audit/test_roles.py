"""The database's roles, as somebody who logs in with them: what they cannot do to the record.

With real commits, since some guards speak at the commit only.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from audit.verify import verify
from tests.factories import grants

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = """
    SELECT n.nspname, c.relname, (SELECT quote_ident(attname) FROM pg_attribute WHERE
        attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        ORDER BY attname = ANY (audit.table_key(c.oid)), attnum LIMIT 1)
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE nspname = ANY (%s) AND relkind = 'r' ORDER BY 1, 2
"""
ON_A_TABLE = (
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "DROP TABLE {table} CASCADE",
    "ALTER TABLE {table} OWNER TO CURRENT_USER",
    "CREATE RULE quiet AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "CREATE TRIGGER quiet BEFORE INSERT ON {table}"
    " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
)
ANYWHERE = (
    "SET session_replication_role = replica",
    "SET ROLE register_ledger",
    "SET ROLE register_admin",
    "SET SESSION AUTHORIZATION postgres",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "ALTER ROLE CURRENT_USER SET session_replication_role = replica",
    "GRANT register_ledger TO CURRENT_USER",
    "ALTER SYSTEM SET session_replication_role = replica",
    "DROP SCHEMA audit CASCADE",
    "CREATE FUNCTION audit.quiet() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DROP FUNCTION audit.ledger_entry_chain() CASCADE",
    "COPY audit.ledger_entry FROM PROGRAM 'true'",
)
OWN_CHAIN = """
    INSERT INTO audit.ledger_entry (seq, at, recorded_at, previous_hash, hash, event, actor_id,
        actor_name, actor_role, subject_label, subject_id, subject_reference, payload_digest)
    SELECT 900000, '2001-01-01', '2001-01-01', sha256('x'), sha256('y'), event, actor_id,
        actor_name, actor_role, subject_label, subject_id, subject_reference, payload_digest
    FROM audit.ledger_entry WHERE seq = 1
    RETURNING seq, at, recorded_at, encode(previous_hash, 'hex'), encode(hash, 'hex')
"""


@pytest.fixture
def spent() -> None:
    """Spend a pound, so that every kind of record has a row."""
    grants.a_line()


def logged_in(role: str) -> psycopg.Connection[Any]:
    given = connection.get_connection_params()
    wanted = {key: given[key] for key in ("host", "port", "dbname") if given.get(key)}
    return psycopg.connect(**wanted, user=role, autocommit=True)


def succeeds(session: psycopg.Connection[Any], statement: sql.SQL | sql.Composed) -> bool:
    """Say whether a statement does something that is committed."""
    try:
        with session.transaction():
            done = session.execute(statement)
        return done.rowcount != 0
    except psycopg.Error:
        return False
    finally:
        session.execute("RESET ALL")


def attacks(schemas: list[str]) -> Iterator[sql.SQL | sql.Composed]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [schemas])
        tables = cursor.fetchall()
    for schema, name, column in tables:
        for statement in ON_A_TABLE:
            yield sql.SQL(statement).format(
                table=sql.Identifier(schema, name), column=sql.SQL(column)
            )
    yield from map(sql.SQL, ANYWHERE)


@pytest.mark.parametrize(
    ("role", "schemas"), [("register_app", ["public", "audit"]), ("register_migrator", ["audit"])]
)
def test_whoever_logs_in_alters_nothing_of_the_record(
    spent: None, role: str, schemas: list[str]
) -> None:
    with logged_in(role) as session:
        assert succeeds(session, sql.SQL("SELECT FROM audit.ledger_entry"))
        done = [one.as_string() for one in attacks(schemas) if succeeds(session, one)]
    assert done == []
    assert verify().failures == []


def test_a_number_a_time_and_hashes_of_ones_own_are_not_taken(spent: None) -> None:
    with logged_in("register_app") as session:
        try:
            with session.transaction(force_rollback=True):
                taken = session.execute(OWN_CHAIN).fetchone()
        except psycopg.Error:
            taken = None
    own = {
        "900000",
        "2001-01-01",
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
    }
    assert not own & {str(value)[:64] for value in taken or ()}
