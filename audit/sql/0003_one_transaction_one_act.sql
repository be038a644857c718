-- An act is one transaction: once its entries are committed, no row and no entry joins it. And an
-- entry's payload comes with it, in the one form in which everybody reads it alike.

CREATE INDEX ledger_entry_act ON audit.ledger_entry (act);

-- Raise where an entry of another transaction bears this act.
CREATE FUNCTION audit.refuse_past_act(wanted uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM audit.ledger_entry e WHERE e.act = wanted
               AND (e.transaction_id <> pg_current_xact_id()::text
                    OR e.transaction_started <> transaction_timestamp())) THEN
        RAISE EXCEPTION 'act % is over', wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_act_is_over';
    END IF;
END $$;

-- Whether what a payload lists is written as docs/ledger-format.md says: texts, and digests in small
-- letters or null. A number for a key, say, would be read as one thing here and another elsewhere.
CREATE FUNCTION audit.is_listing(said jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT EXISTS (
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
                   OR r.value ->> 'sha256' !~ '^[0-9a-f]{64}$'))
$$;

-- Number, time, previous and hash are the database's own, whatever is inserted.
CREATE OR REPLACE FUNCTION audit.chain_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
DECLARE
    last record;
    register_mode text;
    wanted_mode text := current_setting('register.mode', true);
    demonstration_clock text := current_setting('audit.clock', true);
BEGIN
    PERFORM pg_advisory_xact_lock(7726386);
    SELECT mode INTO register_mode FROM audit.register;
    IF register_mode IS NULL THEN
        RAISE EXCEPTION 'the register has not been started'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_register_started';
    END IF;
    IF wanted_mode IS NOT NULL AND wanted_mode <> '' AND wanted_mode <> register_mode THEN
        RAISE EXCEPTION 'this database holds a % register, and the setting asks for %',
            register_mode, wanted_mode
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_register_mode';
    END IF;
    -- The role that acts, not this function's owner: the application records the structure at the
    -- start only; afterwards that is for whoever migrates.
    IF NEW.event = 'audit.schema.recorded'
       AND (current_setting('role') = 'register_app' OR session_user = 'register_app')
       AND EXISTS (SELECT FROM audit.ledger_entry e WHERE e.event = NEW.event) THEN
        RAISE EXCEPTION 'the application does not record the structure of the database'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT seq, hash, at INTO last FROM audit.ledger_entry ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(last.seq, 0) + 1;
    NEW.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
    NEW.act := audit.current_act();
    PERFORM audit.refuse_past_act(NEW.act);
    NEW.recorded_at := clock_timestamp();
    NEW.demonstration := register_mode = 'demonstration';
    NEW.at := NEW.recorded_at;
    IF NEW.demonstration AND demonstration_clock IS NOT NULL AND demonstration_clock <> '' THEN
        NEW.at := demonstration_clock::timestamptz;
    END IF;
    NEW.at := greatest(NEW.at, last.at);
    NEW.transaction_id := pg_current_xact_id()::text;
    NEW.transaction_started := transaction_timestamp();
    NEW.hash := sha256(convert_to(audit.entry_header(NEW), 'UTF8'));
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION audit.note_touched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
DECLARE
    name text := TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME;
    keys text[] := '{}';
    source jsonb;
    k text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        source := to_jsonb(OLD);
        keys := keys || (SELECT string_agg(source ->> c, ',' ORDER BY n)
                         FROM unnest(TG_ARGV) WITH ORDINALITY AS u(c, n));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        source := to_jsonb(NEW);
        keys := keys || (SELECT string_agg(source ->> c, ',' ORDER BY n)
                         FROM unnest(TG_ARGV) WITH ORDINALITY AS u(c, n));
    END IF;
    IF TG_OP = 'UPDATE' AND keys[1] IS DISTINCT FROM keys[2] THEN
        RAISE EXCEPTION 'row % of % keeps its key', keys[1], name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_key_kept';
    END IF;
    IF TG_OP = 'INSERT' AND source ? 'act'
       AND source ->> 'act' IS DISTINCT FROM audit.current_act()::text THEN
        RAISE EXCEPTION 'a row of % claims another act than the one that is open', name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_act_is_its_own';
    END IF;
    IF TG_OP = 'INSERT' AND source ? 'act' THEN
        PERFORM audit.refuse_past_act((source ->> 'act')::uuid);
    END IF;
    INSERT INTO audit.touched AS t (transaction_id, table_name, key)
    VALUES (pg_current_xact_id(), name, keys[1])
    ON CONFLICT (transaction_id, table_name, key) DO UPDATE SET is_measured = false, is_listed = false
        WHERE t.is_measured OR t.is_listed;
    RETURN NULL;
END $$;

-- A payload must be the one that its entry hashed, and say what its entry says; what it lists is
-- spread into ledger_row, and must be whole rows of covered tables, by their own keys, as they stand.
-- Payloads come in the order of their entries, so that the latest listing of a row is the last made.
CREATE OR REPLACE FUNCTION audit.spread_payload() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
DECLARE
    said jsonb := NEW.payload::jsonb;
    entry audit.ledger_entry;
    untrue record;
BEGIN
    SELECT * INTO entry FROM audit.ledger_entry e WHERE e.seq = NEW.seq
       AND e.transaction_id = pg_current_xact_id()::text
       AND e.transaction_started = transaction_timestamp();
    IF entry.payload_digest IS DISTINCT FROM sha256(NEW.salt || convert_to(NEW.payload, 'UTF8')) THEN
        RAISE EXCEPTION 'entry % did not hash this payload', NEW.seq
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_is_hashed';
    END IF;
    IF said -> 'event' IS DISTINCT FROM to_jsonb(entry.event)
       OR said -> 'demonstration' IS DISTINCT FROM to_jsonb(entry.demonstration)
       OR jsonb_typeof(said -> 'act') IS DISTINCT FROM 'string'
       OR jsonb_typeof(said -> 'data') IS DISTINCT FROM 'object'
       OR jsonb_typeof(said -> 'rows') IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION 'the payload of entry % does not say what the entry says', NEW.seq
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_fits';
    END IF;
    IF EXISTS (SELECT FROM audit.ledger_entry e WHERE e.seq > NEW.seq) THEN
        RAISE EXCEPTION 'entry % is no longer the newest: a payload comes with its entry', NEW.seq
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_of_newest_entry';
    END IF;
    IF NOT audit.is_listing(said -> 'rows') THEN
        RAISE EXCEPTION 'the payload of entry % does not list rows as listings are written', NEW.seq
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_lists_plainly';
    END IF;
    INSERT INTO audit.ledger_row (seq, table_name, key, columns, digest)
    SELECT NEW.seq, t.value ->> 'table', r.value ->> 'key',
           (SELECT array_agg(c ORDER BY n)
            FROM jsonb_array_elements_text(t.value -> 'columns') WITH ORDINALITY AS u(c, n)),
           decode(r.value ->> 'sha256', 'hex')
    FROM jsonb_array_elements(said -> 'rows') t,
         jsonb_array_elements(t.value -> 'rows') r;
    SELECT l.table_name INTO untrue
    FROM (SELECT DISTINCT table_name, columns FROM audit.ledger_row WHERE seq = NEW.seq) l
    LEFT JOIN audit.shapes((SELECT array_agg(DISTINCT r.table_name) FROM audit.ledger_row r
                            WHERE r.seq = NEW.seq)) s USING (table_name)
    WHERE s.columns IS DISTINCT FROM l.columns
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'an entry lists whole rows of covered tables; % is none, or has other columns',
            untrue.table_name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_lists_whole_rows';
    END IF;
    PERFORM audit.measure_touched();
    UPDATE audit.touched t SET is_listed = true FROM audit.ledger_row r
    WHERE r.seq = NEW.seq AND t.transaction_id = pg_current_xact_id()
      AND t.table_name = r.table_name AND t.key = r.key AND t.digest IS NOT DISTINCT FROM r.digest;
    -- Rows that no trigger watches, and lies about rows that one does, are looked at themselves.
    SELECT r.table_name, r.key INTO untrue FROM audit.ledger_row r
    LEFT JOIN audit.touched w ON w.transaction_id = pg_current_xact_id()
        AND w.table_name = r.table_name AND w.key = r.key
        AND w.digest IS NOT DISTINCT FROM r.digest
    LEFT JOIN LATERAL (
        SELECT * FROM audit.rows_text(r.table_name::regclass, r.columns, r.key)
        WHERE w.key IS NULL) t ON true
    WHERE r.seq = NEW.seq AND w.key IS NULL
      AND (r.digest IS DISTINCT FROM sha256(convert_to(t.content, 'UTF8'))
           OR r.digest IS NOT NULL AND r.key IS DISTINCT FROM t.key)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'row % of % is not as the entry says', untrue.key, untrue.table_name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_is_true';
    END IF;
    RETURN NEW;
END $$;
