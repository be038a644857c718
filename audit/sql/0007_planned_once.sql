-- Small functions that every act calls again and again say the same as before, and are planned once a
-- session. PostgreSQL plans a statement anew whenever the search path is another than at its last run,
-- and prepares a function in SQL at each call, unless it can be put in its caller's place.

CREATE OR REPLACE FUNCTION audit.current_act() RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE act text := current_setting('audit.act', true);
BEGIN
    IF act IS NULL OR act = '' THEN
        RAISE EXCEPTION 'nothing may be written outside an act'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_act_open';
    END IF;
    RETURN act::uuid;
END $$;

-- Called under the same path by the guards and by the chain.
CREATE OR REPLACE FUNCTION audit.refuse_past_act(wanted uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, audit, pg_temp AS $$
BEGIN
    IF audit.is_over(wanted) THEN
        RAISE EXCEPTION 'act % is over', wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_act_is_over';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION audit.utc_text(moment timestamptz) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
END $$;

CREATE OR REPLACE FUNCTION audit.is_covered(relation regclass) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = relation AND n.nspname IN ('public', 'audit') AND c.relkind IN ('r', 'p')
          AND n.nspname || '.' || c.relname NOT IN
              ('audit.ledger_entry', 'audit.ledger_payload', 'audit.ledger_row', 'audit.touched'));
END $$;

CREATE OR REPLACE FUNCTION audit.is_listing(said jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM jsonb_array_elements(said) t
        WHERE jsonb_typeof(t.value -> 'table') IS DISTINCT FROM 'string'
           OR jsonb_typeof(t.value -> 'columns') IS DISTINCT FROM 'array'
           OR jsonb_typeof(t.value -> 'rows') IS DISTINCT FROM 'array')
    AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(said) t, jsonb_array_elements(t.value -> 'rows') r
        WHERE jsonb_typeof(r.value -> 'key') IS DISTINCT FROM 'string'
           OR jsonb_typeof(r.value -> 'sha256') IS NULL
           OR jsonb_typeof(r.value -> 'sha256') <> 'null'
              AND (jsonb_typeof(r.value -> 'sha256') <> 'string'
                   OR r.value ->> 'sha256' !~ '^[0-9a-f]{64}$'));
END $$;

-- What an entry lists is few rows, found by their keys: one plan serves for every entry, and those that
-- its triggers keep with it.
ALTER FUNCTION audit.append_entry SET plan_cache_mode = force_generic_plan;
