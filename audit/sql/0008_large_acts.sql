-- An act of many rows fills audit.touched while plans stand that were made when it was empty: those
-- would look through all of it for each row. Single rows are found by their key, many joined by hash.
ALTER FUNCTION audit.require_entry() SET enable_seqscan = off;

-- Mark what an entry lists just as it was written, under its own act.
CREATE FUNCTION audit.mark_listed(listed bigint, of_act uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, audit, pg_temp
SET enable_nestloop = off SET jit = off AS $$
BEGIN
    UPDATE audit.touched t SET is_listed = true FROM audit.ledger_row r
    WHERE r.seq = listed AND t.transaction_id = pg_current_xact_id()
      AND t.table_name = r.table_name AND t.key = r.key
      AND t.columns = r.columns AND t.digest IS NOT DISTINCT FROM r.digest
      AND t.act = of_act;
END $$;

-- What an entry lists of rows that no trigger watched being written so.
CREATE FUNCTION audit.not_watched(listed bigint) RETURNS SETOF audit.ledger_row
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, audit, pg_temp
SET enable_nestloop = off SET jit = off AS $$
BEGIN
    RETURN QUERY SELECT r.* FROM audit.ledger_row r
    WHERE r.seq = listed AND NOT EXISTS (
        SELECT FROM audit.touched w
        WHERE w.transaction_id = pg_current_xact_id()
          AND w.table_name = r.table_name AND w.key = r.key
          AND w.columns = r.columns AND w.digest IS NOT DISTINCT FROM r.digest);
END $$;
REVOKE ALL ON FUNCTION audit.mark_listed(bigint, uuid), audit.not_watched(bigint) FROM PUBLIC;

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
    PERFORM audit.mark_listed(NEW.seq, entry.act);
    -- Rows that no trigger watches, and lies about rows that one does, are looked at themselves.
    SELECT r.table_name, r.key INTO untrue FROM audit.not_watched(NEW.seq) r
    LEFT JOIN LATERAL audit.rows_text(r.table_name::regclass, r.columns, r.key) t ON true
    WHERE (r.digest IS DISTINCT FROM sha256(convert_to(t.content, 'UTF8'))
           OR r.digest IS NOT NULL AND r.key IS DISTINCT FROM t.key)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'row % of % is not as the entry says', untrue.key, untrue.table_name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_is_true';
    END IF;
    RETURN NEW;
END $$;
