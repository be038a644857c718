-- Rows and the entry that lists them bear one act, and the clock of a demonstration stays within the
-- years that a calendar here has.

-- ---------------------------------------------------------------- one act

ALTER TABLE audit.touched
    ADD COLUMN act uuid DEFAULT nullif(current_setting('audit.act', true), '')::uuid;
COMMENT ON COLUMN audit.touched.act IS
    'that was open when the row was first written and not yet listed; NULL: none was';

-- Called by migrations: guard a table of the register, or guard it anew once its columns are others.
-- The trigger function is the table's own, so that the SQL of its digest is planned once a session.
-- A row that was written under one act, and not listed, does not pass to another by being written again.
CREATE OR REPLACE FUNCTION audit.guard(relation regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, audit, pg_temp AS $guard$
DECLARE
    name text := audit.name_of(relation);
    noting text := format('audit.%I', 'note_' || replace(name, '.', '_'));
    columns text[] := audit.table_columns(relation);
    key text[] := audit.table_key(relation);
BEGIN
    EXECUTE format($made$
CREATE OR REPLACE FUNCTION %1$s() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres'
SET bytea_output = 'hex' SET extra_float_digits = 1
AS $note$
DECLARE
    row_key text;
    row_digest bytea;
BEGIN
    IF TG_OP = 'DELETE' THEN
        row_key := %4$s;
    ELSE
        row_key := %3$s;
        row_digest := sha256(convert_to(audit.row_text(TG_ARGV[0]::text[], ARRAY[%5$s]), 'UTF8'));
    END IF;
    IF TG_OP = 'UPDATE' AND row_key IS DISTINCT FROM %4$s THEN
        RAISE EXCEPTION 'row %% of %% keeps its key', %4$s, %2$L
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_key_kept';
    END IF;%6$s
    INSERT INTO audit.touched (transaction_id, table_name, key, columns, digest)
    VALUES (pg_current_xact_id(), %2$L, row_key, TG_ARGV[0]::text[], row_digest)
    ON CONFLICT (transaction_id, table_name, key) DO UPDATE
        SET columns = excluded.columns, digest = excluded.digest, is_listed = false,
            act = CASE WHEN touched.is_listed THEN excluded.act ELSE touched.act END;
    RETURN NULL;
END $note$
        $made$, noting, name, audit.key_expression(key, 'NEW.'), audit.key_expression(key, 'OLD.'),
        (SELECT string_agg(format('NEW.%I::text', c), ', ' ORDER BY n)
         FROM unnest(columns) WITH ORDINALITY AS u (c, n)),
        CASE WHEN 'act' = ANY (columns) THEN format($act$
    IF TG_OP = 'INSERT' AND NEW.act IS DISTINCT FROM audit.current_act() THEN
        RAISE EXCEPTION 'a row of %% claims another act than the one that is open', %L
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_act_is_its_own';
    END IF;
    IF TG_OP = 'INSERT' AND audit.is_over(NEW.act) THEN
        PERFORM audit.refuse_past_act(NEW.act);
    END IF;$act$, name) END);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER audit_note_touched AFTER INSERT OR UPDATE OR DELETE ON %s '
        'FOR EACH ROW EXECUTE FUNCTION %s(%L)', relation, noting, columns);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()', relation);
END $guard$;

-- Every table that is guarded so far.
SELECT audit.guard(tgrelid) FROM pg_trigger WHERE tgname = 'audit_note_touched';

-- At commit: the row as it stands must be what an entry of this very transaction, and of the act that
-- wrote the row, listed.
CREATE OR REPLACE FUNCTION audit.require_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
DECLARE
    left_over audit.touched;
BEGIN
    DELETE FROM audit.touched t WHERE t.transaction_id = NEW.transaction_id
        AND t.table_name = NEW.table_name AND t.key = NEW.key AND t.is_listed;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO left_over FROM audit.touched t WHERE t.transaction_id = NEW.transaction_id
        AND t.table_name = NEW.table_name AND t.key = NEW.key;
    IF EXISTS (SELECT FROM audit.ledger_row r JOIN audit.ledger_entry e USING (seq)
               WHERE r.table_name = NEW.table_name AND r.key = NEW.key
                 AND r.digest IS NOT DISTINCT FROM left_over.digest
                 AND e.transaction_id = pg_current_xact_id()::text
                 AND e.transaction_started = transaction_timestamp()
                 AND e.act IS DISTINCT FROM left_over.act) THEN
        RAISE EXCEPTION 'row % of % was written under another act than the entry that lists it',
            NEW.key, NEW.table_name
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entry_of_the_same_act';
    END IF;
    RAISE EXCEPTION 'row % of % changed without an entry in the audit trail that lists it',
        NEW.key, NEW.table_name
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entry_required';
END $$;

-- A payload must be the one that its entry hashed, and say what its entry says; what it lists is
-- spread into ledger_row, and must be whole rows of covered tables, by their own keys, as they stand.
-- Payloads come in the order of their entries, so that the latest listing of a row is the last made.
-- An entry covers what was written under its own act.
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
    LEFT JOIN LATERAL (
        SELECT array_agg(a.attname::text ORDER BY a.attname COLLATE "C") AS columns
        FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE n.nspname = split_part(l.table_name, '.', 1)
          AND c.relname = substr(l.table_name, length(n.nspname) + 2)
          AND audit.is_covered(c.oid)) present ON true
    WHERE l.columns IS DISTINCT FROM present.columns
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'an entry lists whole rows of covered tables; % is none, or has other columns',
            untrue.table_name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_lists_whole_rows';
    END IF;
    UPDATE audit.touched t SET is_listed = true FROM audit.ledger_row r
    WHERE r.seq = NEW.seq AND t.transaction_id = pg_current_xact_id()
      AND t.table_name = r.table_name AND t.key = r.key
      AND t.columns = r.columns AND t.digest IS NOT DISTINCT FROM r.digest
      AND t.act = entry.act;
    -- Rows that no trigger watches, and lies about rows that one does, are looked at themselves.
    SELECT r.table_name, r.key INTO untrue FROM audit.ledger_row r
    LEFT JOIN audit.touched w ON w.transaction_id = pg_current_xact_id()
        AND w.table_name = r.table_name AND w.key = r.key
        AND w.columns = r.columns AND w.digest IS NOT DISTINCT FROM r.digest
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

-- ---------------------------------------------------------------- the clock

-- The same bounds as FiniteDates: a year that no page could show would be that of every later entry.
ALTER TABLE audit.ledger_entry
    DROP CONSTRAINT ledger_entry_at_finite,
    ADD CONSTRAINT ledger_entry_at_finite CHECK (
        isfinite(at) AND at BETWEEN '0001-01-02 00:00+00' AND '9999-12-30 00:00+00');
