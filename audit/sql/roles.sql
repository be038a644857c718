-- Three roles: register_app runs the register and owns nothing; register_ledger owns the ledger;
-- register_migrator owns everything else and runs the apps' migrations. Safe to repeat.

DO $$
DECLARE
    role_name text;
    -- From PostgreSQL 16 on, whoever makes a role is its member, but may not act as it.
    enough text := CASE WHEN current_setting('server_version_num')::int < 160000
                   THEN 'MEMBER' ELSE 'SET' END;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['register_app', 'register_migrator', 'register_ledger'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
                EXECUTE format('CREATE ROLE %I LOGIN', role_name);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;  -- another process made it a moment ago, which is what we want
        END;
        IF NOT pg_has_role(current_user, role_name, enough) THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
        END IF;
    END LOOP;
END $$;

-- A guard covers all columns of its table, also those that a migration added since.
SELECT audit.guard(relation) FROM audit.guarded_otherwise() relation;

-- Ownership. CREATE first: a table can only be given to a role that may create in its schema.
GRANT CREATE, USAGE ON SCHEMA public TO register_migrator;
ALTER SCHEMA audit OWNER TO register_ledger;
ALTER SCHEMA transient OWNER TO register_migrator;

DO $$
DECLARE item record;
BEGIN
    FOR item IN
        SELECT format('ALTER TABLE %s OWNER TO %I', c.oid::regclass, w.owner) AS statement
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL (SELECT CASE n.nspname WHEN 'audit' THEN 'register_ledger'
                            ELSE 'register_migrator' END AS owner) w
        WHERE n.nspname IN ('public', 'audit', 'transient') AND c.relkind IN ('r', 'p')
          AND pg_get_userbyid(c.relowner) <> w.owner
        UNION ALL
        SELECT format('ALTER FUNCTION %s OWNER TO %I', p.oid::regprocedure, w.owner)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        CROSS JOIN LATERAL (SELECT CASE n.nspname WHEN 'audit' THEN 'register_ledger'
                            ELSE 'register_migrator' END AS owner) w
        WHERE n.nspname IN ('public', 'audit', 'transient')
          AND pg_get_userbyid(p.proowner) <> w.owner
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE item.statement;
    END LOOP;
END $$;

-- Rights: take all away, then give what each needs.
REVOKE ALL ON SCHEMA public, audit, transient FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public, audit, transient FROM PUBLIC, register_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
GRANT USAGE ON SCHEMA public, audit, transient TO register_app, register_migrator, register_ledger;
GRANT SELECT ON ALL TABLES IN SCHEMA public, transient TO register_ledger;
GRANT SELECT ON ALL TABLES IN SCHEMA audit TO register_app, register_migrator;
GRANT INSERT ON audit.ledger_entry, audit.ledger_payload, audit.register, audit.checkpoint,
    audit.checkpoint_key, audit.checkpoint_succession TO register_app, register_migrator;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO register_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA transient TO register_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public, transient TO register_app;

-- The application calls what reads; the ledger's triggers cannot be set on tables of its own, and it
-- has none: a session's own tables and functions are a way to run code with another role's rights.
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA audit TO register_migrator;
DO $$
DECLARE item record;
BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, register_app', current_database());
    FOR item IN
        SELECT p.oid::regprocedure AS signature FROM pg_proc p
        WHERE p.pronamespace = 'audit'::regnamespace AND p.prorettype <> 'trigger'::regtype
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO register_app', item.signature);
    END LOOP;
END $$;

-- The register's own tables: append-only ones may be read and added to, others edited as well.
-- Tables without a guard are the software's own: the application only reads them.
DO $$
DECLARE item record;
BEGIN
    FOR item IN
        SELECT c.oid::regclass AS relation, bool_or(t.tgname = 'audit_append_only') AS append_only
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_trigger t ON t.tgrelid = c.oid
        WHERE n.nspname = 'public' AND t.tgname IN ('audit_note_touched', 'audit_append_only')
        GROUP BY c.oid HAVING bool_or(t.tgname = 'audit_note_touched')
    LOOP
        EXECUTE format('GRANT INSERT %s ON %s TO register_app',
            CASE WHEN item.append_only THEN '' ELSE ', UPDATE, DELETE' END, item.relation);
    END LOOP;
END $$;
