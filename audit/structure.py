"""The structure of the register's database: what guards it, and whether that still stands.

Triggers, functions, constraints, unique indexes, columns, rules, rights, what the three roles may
do, every setting of theirs and settings that switch triggers off are each reduced to a digest and
recorded with ``audit.schema.recorded``; a guard that was dropped, switched off or rewritten since
is then found by verification.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.db import connection

from audit.events import SCHEMA_RECORDED
from audit.findings import Failure
from audit.models import LedgerEntry
from audit.story import payload_of

SCHEMAS = ("public", "audit")

OBJECTS_SQL = """
    WITH spaces AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = ANY (%(schemas)s)),
    relations AS (
        SELECT c.*, s.nspname || '.' || c.relname AS name FROM pg_class c
        JOIN spaces s ON s.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm')
    )
    SELECT 'table ' || name, concat_ws(' ', relkind, relowner::regrole, relrowsecurity,
           (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(relacl) a))
    FROM relations
    UNION ALL
    SELECT 'column ' || r.name || '.' || a.attname, concat_ws(' ', format_type(atttypid, atttypmod),
           attnotnull, attgenerated, pg_get_expr(d.adbin, d.adrelid))
    FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
    UNION ALL
    SELECT 'trigger ' || r.name || ' ' || t.tgname,
           concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid))
    FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT tgisinternal
    UNION ALL
    SELECT 'constraint ' || r.name || ' ' || c.conname,
           concat_ws(' ', convalidated, pg_get_constraintdef(c.oid))
    FROM relations r JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype <> 'n'
    UNION ALL
    SELECT 'unique index ' || r.name || ' ' || x.relname,
           concat_ws(' ', indisvalid, indisready, pg_get_indexdef(x.oid))
    FROM relations r JOIN pg_index i ON i.indrelid = r.oid AND indisunique
    JOIN pg_class x ON x.oid = i.indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.oid AND c.conrelid = r.oid)
    UNION ALL
    SELECT 'foreign key trigger ' || r.name || ' ' || c.conname, string_agg(t.tgenabled::text, '')
    FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid AND tgisinternal
    JOIN pg_constraint c ON c.oid = t.tgconstraint GROUP BY r.name, c.conname
    UNION ALL
    SELECT 'rule ' || r.name || ' ' || w.rulename, concat_ws(' ', ev_enabled, pg_get_ruledef(w.oid))
    FROM relations r JOIN pg_rewrite w ON w.ev_class = r.oid
    UNION ALL
    SELECT 'function ' || p.oid::regprocedure::text, concat_ws(' ', proowner::regrole,
           pg_get_functiondef(p.oid),
           (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(proacl) a))
    FROM pg_proc p JOIN spaces s ON s.oid = p.pronamespace WHERE p.prokind IN ('f', 'p')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'schema ' || nspname, concat_ws(' ', nspowner::regrole,
           (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(nspacl) a))
    FROM pg_namespace WHERE nspname = ANY (%(schemas)s)
    UNION ALL
    SELECT 'role ' || r.rolname, concat_ws(' ', rolsuper, rolbypassrls, rolcreaterole,
           rolreplication,
           (SELECT string_agg(roleid::regrole::text, ',' ORDER BY roleid::regrole::text)
            FROM pg_auth_members m WHERE m.member = r.oid))
    FROM pg_roles r WHERE r.rolname IN ('register_app', 'register_migrator', 'register_ledger')
    UNION ALL
    SELECT concat_ws(' ', 'setting of', coalesce(r.rolname, 'every role'),
                     CASE WHEN g.setdatabase <> 0 THEN 'in this database' END),
           string_agg(c.words, E'\\n' ORDER BY c.words)
    FROM pg_db_role_setting g LEFT JOIN pg_roles r ON r.oid = g.setrole
    CROSS JOIN LATERAL unnest(g.setconfig) c(words)
    WHERE g.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
      AND (r.rolname IN ('register_app', 'register_migrator', 'register_ledger')
           OR c.words ILIKE 'session_replication_role=%%')
    GROUP BY r.rolname, g.setdatabase
    UNION ALL
    SELECT 'event trigger ' || evtname, concat_ws(' ', evtevent, evtenabled, evtfoid::regprocedure)
    FROM pg_event_trigger
"""


def present_structure() -> dict[str, str]:
    """Return each object of the register's schemas, by kind and name, with its digest (hex)."""
    with connection.cursor() as cursor:
        cursor.execute(OBJECTS_SQL, {"schemas": list(SCHEMAS)})
        found = cursor.fetchall()
    return {name: sha256(definition.encode()).hexdigest() for name, definition in sorted(found)}


def recorded_structure() -> tuple[int, dict[str, str] | None] | None:
    """Return the structure last recorded and its entry's number; None before the first.

    In place of the structure, None where the entry's payload was erased or cannot be read.
    """
    entry = LedgerEntry.objects.told().filter(event=SCHEMA_RECORDED.name).first()
    if entry is None:
        return None
    structure = payload_of(entry).get("data", {}).get("structure")
    return entry.seq, structure if isinstance(structure, dict) else None


def is_recorded() -> bool:
    """Say whether the structure is as last recorded."""
    recorded = recorded_structure()
    return recorded is not None and recorded[1] == present_structure()


def structure_failures() -> Iterator[Failure]:
    """Find what was dropped, added or rewritten since the structure was last recorded."""
    recorded = recorded_structure()
    if recorded is None:
        return
    seq, listed = recorded
    if listed is None:
        detail = f"The structure that entry {seq} recorded cannot be read, so it was not compared."
        yield Failure("check-stopped", detail, seq, None, "structure_failures")
        return
    present = present_structure()
    for name in sorted(listed.keys() | present.keys()):
        if listed.get(name) != present.get(name):
            detail = f"The {name} {_fate(name, listed, present)} since entry {seq} recorded it."
            yield Failure("structure-changed", detail, seq, None, name)


def _fate(name: str, listed: dict[str, str], present: dict[str, str]) -> str:
    if name not in present:
        return "was removed"
    return "was changed" if name in listed else "was added"
