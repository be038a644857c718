-- The ledger, plain SQL. Everything here belongs to the role register_ledger once roles are provisioned.
-- Schemas: public = the register's own tables, audit = the ledger, transient = what is no part of the register.

CREATE SCHEMA IF NOT EXISTS audit;
CREATE SCHEMA IF NOT EXISTS transient;

-- ---------------------------------------------------------------- the present act

-- The act that writes now; history and append-only rows carry it (column default).
CREATE FUNCTION audit.current_act() RETURNS uuid
LANGUAGE plpgsql STABLE AS $$
DECLARE act text := current_setting('audit.act', true);
BEGIN
    IF act IS NULL OR act = '' THEN
        RAISE EXCEPTION 'nothing may be written outside an act'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_act_open';
    END IF;
    RETURN act::uuid;
END $$;

-- One row, written once: whose register this is, and whether it is a demonstration for ever.
CREATE TABLE audit.register (
    id smallint PRIMARY KEY DEFAULT 1,
    mode text NOT NULL,
    body text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    act uuid NOT NULL DEFAULT audit.current_act(),
    CONSTRAINT register_only_one CHECK (id = 1),
    CONSTRAINT register_mode_known CHECK (mode IN ('demonstration', 'live')),
    CONSTRAINT register_body_one_line CHECK (body <> '' AND body !~ '[[:cntrl:]]')
);

CREATE TABLE audit.ledger_entry (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    demonstration boolean NOT NULL,
    act uuid NOT NULL,
    event text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    actor_role text NOT NULL,
    subject_label text NOT NULL,
    subject_id text NOT NULL,
    subject_reference text NOT NULL,
    transaction_id text NOT NULL,
    transaction_started timestamptz NOT NULL,
    payload_digest bytea NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT ledger_entry_seq_positive CHECK (seq > 0),
    CONSTRAINT ledger_entry_at_finite CHECK (isfinite(at)),
    CONSTRAINT ledger_entry_previous_once UNIQUE (previous_hash),
    CONSTRAINT ledger_entry_hash_once UNIQUE (hash),
    CONSTRAINT ledger_entry_digest_length CHECK (octet_length(payload_digest) = 32),
    CONSTRAINT ledger_entry_event_shape CHECK (event ~ '^[a-z][a-z0-9_]*(\.[a-z0-9_]+){2}$'),
    CONSTRAINT ledger_entry_one_line CHECK (
        concat(actor_id, actor_name, actor_role, subject_label, subject_id, subject_reference)
        !~ '[[:cntrl:]]'
    )
);
CREATE INDEX ledger_entry_subject ON audit.ledger_entry (subject_label, subject_id, seq DESC);
CREATE INDEX ledger_entry_event_seq ON audit.ledger_entry (event, seq DESC);
CREATE INDEX ledger_entry_actor_seq ON audit.ledger_entry (actor_id, seq DESC);

CREATE TABLE audit.ledger_payload (
    seq bigint PRIMARY KEY REFERENCES audit.ledger_entry (seq),
    salt bytea NOT NULL,
    payload text NOT NULL,
    CONSTRAINT ledger_payload_salt_length CHECK (octet_length(salt) = 32)
);

-- What each payload lists, spread out for queries. digest NULL: the row was gone when listed.
CREATE TABLE audit.ledger_row (
    seq bigint NOT NULL REFERENCES audit.ledger_entry (seq),
    table_name text NOT NULL,
    key text NOT NULL,
    columns text[] NOT NULL,
    digest bytea,
    CONSTRAINT ledger_row_pkey PRIMARY KEY (table_name, key, seq)
);
CREATE INDEX ledger_row_seq ON audit.ledger_row (seq);

CREATE TABLE audit.checkpoint_key (
    id text PRIMARY KEY,
    public_key bytea NOT NULL,
    act uuid NOT NULL DEFAULT audit.current_act(),
    CONSTRAINT checkpoint_key_length CHECK (octet_length(public_key) = 32)
);

CREATE TABLE audit.checkpoint (
    seq bigint PRIMARY KEY REFERENCES audit.ledger_entry (seq),
    hash bytea NOT NULL,
    at timestamptz NOT NULL,
    key_id text NOT NULL REFERENCES audit.checkpoint_key (id),
    statement text NOT NULL,
    signature bytea NOT NULL,
    act uuid NOT NULL DEFAULT audit.current_act(),
    CONSTRAINT checkpoint_signature_length CHECK (octet_length(signature) = 64)
);

-- Rows changed by transactions that are still open; empty at rest.
CREATE TABLE audit.touched (
    transaction_id xid8 NOT NULL,
    table_name text NOT NULL,
    key text NOT NULL,
    CONSTRAINT touched_pkey PRIMARY KEY (transaction_id, table_name, key)
);

-- ---------------------------------------------------------------- digests of rows

CREATE FUNCTION audit.utc_text(moment timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

CREATE FUNCTION audit.table_columns(relation regclass) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(attname::text ORDER BY attname COLLATE "C")
    FROM pg_attribute WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped
$$;

CREATE FUNCTION audit.table_key(relation regclass) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum))
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = relation AND i.indisprimary
$$;

-- SQL expression for the text of a row: one line a column, name=bytes:text, or name=- when NULL.
CREATE FUNCTION audit.row_expression(columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(
        format('%L || coalesce(octet_length(%I::text)::text || '':'' || %I::text, ''-'') || E''\n''',
               c || '=', c, c), ' || ' ORDER BY n)
    FROM unnest(columns) WITH ORDINALITY AS u(c, n)
$$;

CREATE FUNCTION audit.key_expression(columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(format('%I::text', c), ' || '','' || ' ORDER BY n)
    FROM unnest(columns) WITH ORDINALITY AS u(c, n)
$$;

-- WHERE condition for one key, in a form that can use the primary key's index.
CREATE FUNCTION audit.key_condition(columns text[], key text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN cardinality(columns) = 1 THEN format('%I = %L', columns[1], key)
        ELSE (SELECT string_agg(format('%I = %L', c, split_part(key, ',', n::int)), ' AND ')
              FROM unnest(columns) WITH ORDINALITY AS u(c, n)) END
$$;

-- The tables that entries list. A name must be exactly one of these: other names of the same table,
-- and tables of a session's own, are nothing to the ledger.
CREATE FUNCTION audit.is_covered(relation regclass) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = relation AND n.nspname IN ('public', 'audit') AND c.relkind IN ('r', 'p')
          AND n.nspname || '.' || c.relname NOT IN
              ('audit.ledger_entry', 'audit.ledger_payload', 'audit.ledger_row', 'audit.touched'))
$$;

-- Every row of a table: its key and its text over the columns asked for. Only of covered tables:
-- whoever owns a table can make reading it run code of theirs, with the rights of the ledger's owner.
CREATE FUNCTION audit.rows_text(relation regclass, columns text[], only_key text DEFAULT NULL)
RETURNS TABLE (key text, content text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
SET intervalstyle = 'postgres' SET bytea_output = 'hex' SET extra_float_digits = 1
AS $$
DECLARE
    key_columns text[] := audit.table_key(relation);
BEGIN
    IF NOT audit.is_covered(relation) THEN
        RAISE EXCEPTION 'the audit trail does not cover %', relation
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY EXECUTE format('SELECT %s, %s FROM %s WHERE %s',
        audit.key_expression(key_columns), audit.row_expression(columns), relation,
        CASE WHEN only_key IS NULL THEN 'true'
             ELSE audit.key_condition(key_columns, only_key) END);
END $$;

CREATE FUNCTION audit.row_digest(relation regclass, key text, columns text[]) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(r.content, 'UTF8')) FROM audit.rows_text(relation, columns, key) r
$$;

-- ---------------------------------------------------------------- guard: no change without an entry

CREATE FUNCTION audit.note_touched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
DECLARE
    name text := TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME;
    keys text[] := '{}';
    source jsonb;
    k text;
BEGIN
    IF TG_OP <> 'DELETE' THEN
        source := to_jsonb(NEW);
        keys := keys || (SELECT string_agg(source ->> c, ',' ORDER BY n)
                         FROM unnest(TG_ARGV) WITH ORDINALITY AS u(c, n));
    END IF;
    IF TG_OP <> 'INSERT' THEN
        source := to_jsonb(OLD);
        keys := keys || (SELECT string_agg(source ->> c, ',' ORDER BY n)
                         FROM unnest(TG_ARGV) WITH ORDINALITY AS u(c, n));
    END IF;
    IF TG_OP = 'UPDATE' AND keys[1] IS DISTINCT FROM keys[2] THEN
        RAISE EXCEPTION 'row % of % keeps its key', keys[2], name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_key_kept';
    END IF;
    IF TG_OP = 'INSERT' AND to_jsonb(NEW) ? 'act'
       AND to_jsonb(NEW) ->> 'act' IS DISTINCT FROM audit.current_act()::text THEN
        RAISE EXCEPTION 'a row of % claims another act than the one that is open', name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_act_is_its_own';
    END IF;
    FOREACH k IN ARRAY keys LOOP
        INSERT INTO audit.touched VALUES (pg_current_xact_id(), name, k) ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN NULL;
END $$;

-- What this transaction changed and has not yet listed as it now stands.
CREATE FUNCTION audit.touched_rows()
RETURNS TABLE (table_name text, key text, columns text[], digest bytea)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
    WITH now AS (
        SELECT t.table_name, t.key, c.columns,
               audit.row_digest(t.table_name::regclass, t.key, c.columns) AS digest
        FROM audit.touched t, LATERAL audit.table_columns(t.table_name::regclass) AS c(columns)
        WHERE t.transaction_id = pg_current_xact_id()
    )
    SELECT n.table_name, n.key, n.columns, n.digest FROM now n
    WHERE NOT EXISTS (
        SELECT FROM audit.ledger_row r JOIN audit.ledger_entry e USING (seq)
        WHERE r.table_name = n.table_name AND r.key = n.key
          AND e.transaction_id = pg_current_xact_id()::text
          AND e.transaction_started = transaction_timestamp()
          AND r.digest IS NOT DISTINCT FROM n.digest
          AND r.seq = (SELECT max(l.seq) FROM audit.ledger_row l
                       WHERE l.table_name = n.table_name AND l.key = n.key))
    ORDER BY n.table_name COLLATE "C", n.key COLLATE "C"
$$;

-- At commit: the row as it stands must be the last thing that an entry of this very transaction listed.
CREATE FUNCTION audit.require_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
DECLARE
    listed record;
    present bytea;
BEGIN
    SELECT r.columns, r.digest INTO listed
    FROM audit.ledger_row r JOIN audit.ledger_entry e USING (seq)
    WHERE r.table_name = NEW.table_name AND r.key = NEW.key
      AND e.transaction_id = pg_current_xact_id()::text
      AND e.transaction_started = transaction_timestamp()
    ORDER BY r.seq DESC LIMIT 1;
    IF FOUND THEN
        present := audit.row_digest(NEW.table_name::regclass, NEW.key, listed.columns);
    END IF;
    IF NOT FOUND OR present IS DISTINCT FROM listed.digest
       OR listed.columns IS DISTINCT FROM audit.table_columns(NEW.table_name::regclass) THEN
        RAISE EXCEPTION 'row % of % changed without an entry in the audit trail that lists it',
            NEW.key, NEW.table_name
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entry_required';
    END IF;
    DELETE FROM audit.touched t WHERE t.transaction_id = NEW.transaction_id
        AND t.table_name = NEW.table_name AND t.key = NEW.key;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_entry_required AFTER INSERT ON audit.touched
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_entry();

CREATE FUNCTION audit.refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% may not be emptied', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, lower(TG_OP)
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;

-- Called by migrations: guard a table of the register; make a table append-only.
CREATE FUNCTION audit.guard(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER audit_note_touched AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW '
        'EXECUTE FUNCTION audit.note_touched(%s)', relation,
        (SELECT string_agg(quote_literal(c), ', ') FROM unnest(audit.table_key(relation)) c));
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()', relation);
END $$;

CREATE FUNCTION audit.append_only(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON %s FOR EACH ROW '
        'EXECUTE FUNCTION audit.refuse_change()', relation);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()', relation);
END $$;

-- ---------------------------------------------------------------- the chain

-- The exact bytes that are hashed. docs/ledger-format.md writes them down.
CREATE FUNCTION audit.entry_header(e audit.ledger_entry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws(E'\n',
        'register-ledger/1',
        'seq=' || e.seq,
        'at=' || audit.utc_text(e.at),
        'recorded_at=' || audit.utc_text(e.recorded_at),
        'demonstration=' || e.demonstration::text,
        'act=' || e.act,
        'event=' || e.event,
        'actor_id=' || e.actor_id,
        'actor_name=' || e.actor_name,
        'actor_role=' || e.actor_role,
        'subject_label=' || e.subject_label,
        'subject_id=' || e.subject_id,
        'subject_reference=' || e.subject_reference,
        'transaction=' || e.transaction_id || ' ' || audit.utc_text(e.transaction_started),
        'payload=' || encode(e.payload_digest, 'hex'),
        'previous=' || encode(e.previous_hash, 'hex')) || E'\n'
$$;

-- Number, time, previous and hash are the database's own, whatever is inserted.
CREATE FUNCTION audit.chain_entry() RETURNS trigger
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

CREATE TRIGGER ledger_entry_chain BEFORE INSERT ON audit.ledger_entry
    FOR EACH ROW EXECUTE FUNCTION audit.chain_entry();

-- A payload must be the one that its entry hashed, and say what its entry says; what it lists is
-- spread into ledger_row, and must be whole rows of covered tables, by their own keys, as they stand.
CREATE FUNCTION audit.spread_payload() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
DECLARE
    said jsonb := NEW.payload::jsonb;
    untrue record;
BEGIN
    IF NOT EXISTS (SELECT FROM audit.ledger_entry e WHERE e.seq = NEW.seq
                   AND e.transaction_id = pg_current_xact_id()::text
                   AND e.transaction_started = transaction_timestamp()
                   AND e.payload_digest = sha256(NEW.salt || convert_to(NEW.payload, 'UTF8'))) THEN
        RAISE EXCEPTION 'entry % did not hash this payload', NEW.seq
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_is_hashed';
    END IF;
    IF NOT EXISTS (SELECT FROM audit.ledger_entry e WHERE e.seq = NEW.seq
                   AND said -> 'event' = to_jsonb(e.event)
                   AND said -> 'demonstration' = to_jsonb(e.demonstration)
                   AND jsonb_typeof(said -> 'act') = 'string'
                   AND jsonb_typeof(said -> 'data') = 'object'
                   AND jsonb_typeof(said -> 'rows') = 'array') THEN
        RAISE EXCEPTION 'the payload of entry % does not say what the entry says', NEW.seq
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_fits';
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
    WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE n.nspname || '.' || c.relname = l.table_name
                        AND audit.is_covered(c.oid) AND audit.table_columns(c.oid) = l.columns)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'an entry lists whole rows of covered tables; % is none, or has other columns',
            untrue.table_name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_lists_whole_rows';
    END IF;
    SELECT r.table_name, r.key INTO untrue FROM audit.ledger_row r
    LEFT JOIN LATERAL audit.rows_text(r.table_name::regclass, r.columns, r.key) t ON true
    WHERE r.seq = NEW.seq
      AND (r.digest IS DISTINCT FROM sha256(convert_to(t.content, 'UTF8'))
           OR r.digest IS NOT NULL AND r.key IS DISTINCT FROM t.key)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'row % of % is not as the entry says', untrue.key, untrue.table_name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_is_true';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_payload_spread AFTER INSERT ON audit.ledger_payload
    FOR EACH ROW EXECUTE FUNCTION audit.spread_payload();

CREATE FUNCTION audit.require_payload() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM audit.ledger_payload p WHERE p.seq = NEW.seq) THEN
        RAISE EXCEPTION 'entry % has no payload', NEW.seq
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_has_payload';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledger_entry_has_payload AFTER INSERT ON audit.ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_payload();

-- ---------------------------------------------------------------- append-only and guarded

SELECT audit.append_only('audit.ledger_entry');
SELECT audit.append_only('audit.ledger_payload');
SELECT audit.append_only('audit.ledger_row');
SELECT audit.append_only('audit.register');
SELECT audit.append_only('audit.checkpoint_key');
SELECT audit.append_only('audit.checkpoint');
SELECT audit.guard('audit.register');
SELECT audit.guard('audit.checkpoint_key');
SELECT audit.guard('audit.checkpoint');
