-- Each row that a transaction changed is digested once, when its entry is made, and not again for
-- the payload and at commit: a later change of the row takes the digest's mark off. What was held
-- before is held still.

ALTER TABLE audit.touched
    ADD COLUMN digest bytea,
    ADD COLUMN is_measured boolean NOT NULL DEFAULT false,
    ADD COLUMN is_listed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN audit.touched.digest IS 'of the row as it stood when measured; NULL: it was gone';
COMMENT ON COLUMN audit.touched.is_measured IS 'the row has not changed since its digest was taken';
COMMENT ON COLUMN audit.touched.is_listed IS 'an entry of this transaction lists that very digest';

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
    INSERT INTO audit.touched AS t (transaction_id, table_name, key)
    VALUES (pg_current_xact_id(), name, keys[1])
    ON CONFLICT (transaction_id, table_name, key) DO UPDATE SET is_measured = false, is_listed = false
        WHERE t.is_measured OR t.is_listed;
    RETURN NULL;
END $$;

-- How to read the covered tables named: their columns, and the SQL of a row's text. The same as
-- table_columns, table_key and row_expression say, for many tables at once.
CREATE FUNCTION audit.shapes(names text[])
RETURNS TABLE (table_name text, relation regclass, columns text[], key_columns text[],
               row_expression text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.name, c.oid::regclass, a.columns, k.columns, a.expression
    FROM unnest(names) AS w (name)
    JOIN pg_namespace n ON n.nspname = split_part(w.name, '.', 1)
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = split_part(w.name, '.', 2)
    CROSS JOIN LATERAL (
        SELECT array_agg(attname::text ORDER BY attname COLLATE "C") AS columns,
               string_agg(format(
                   '%L || coalesce(octet_length(%I::text)::text || '':'' || %I::text, ''-'') || E''\n''',
                   attname || '=', attname, attname), ' || ' ORDER BY attname COLLATE "C") AS expression
        FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) a
    CROSS JOIN LATERAL (
        SELECT array_agg(t.attname::text ORDER BY array_position(i.indkey::int2[], t.attnum)) AS columns
        FROM pg_index i JOIN pg_attribute t ON t.attrelid = i.indrelid AND t.attnum = ANY (i.indkey)
        WHERE i.indrelid = c.oid AND i.indisprimary) k
    WHERE c.relname = substr(w.name, length(n.nspname) + 2) AND audit.is_covered(c.oid)
$$;

-- Take the digest of every row that this transaction changed since it was last taken.
CREATE FUNCTION audit.measure_touched() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, audit, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
SET intervalstyle = 'postgres' SET bytea_output = 'hex' SET extra_float_digits = 1
AS $$
DECLARE
    rows_now text;
BEGIN
    WITH changed AS (
        SELECT t.table_name, array_agg(t.key) AS keys FROM audit.touched t
        WHERE t.transaction_id = pg_current_xact_id() AND NOT t.is_measured
        GROUP BY t.table_name
    )
    SELECT string_agg(format(
        'SELECT %L::text AS table_name, %s AS key, sha256(convert_to(%s, ''UTF8'')) AS digest '
        'FROM %s WHERE %s',
        s.table_name, audit.key_expression(s.key_columns), s.row_expression, s.relation,
        CASE WHEN cardinality(s.key_columns) = 1
             THEN format('%I = ANY (%L)', s.key_columns[1], c.keys)
             ELSE (SELECT string_agg('(' || audit.key_condition(s.key_columns, k) || ')', ' OR ')
                   FROM unnest(c.keys) k) END), ' UNION ALL ')
    INTO rows_now
    FROM audit.shapes((SELECT array_agg(c.table_name) FROM changed c)) s
    JOIN changed c USING (table_name);
    IF rows_now IS NULL THEN
        RETURN;
    END IF;
    UPDATE audit.touched t SET digest = NULL, is_measured = true
    WHERE t.transaction_id = pg_current_xact_id() AND NOT t.is_measured;
    EXECUTE 'UPDATE audit.touched t SET digest = n.digest FROM (' || rows_now || ') n '
        'WHERE t.transaction_id = pg_current_xact_id() '
        'AND t.table_name = n.table_name AND t.key = n.key';
END $$;

-- What this transaction changed and has not yet listed as it now stands.
CREATE OR REPLACE FUNCTION audit.touched_rows()
RETURNS TABLE (table_name text, key text, columns text[], digest bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
BEGIN
    PERFORM audit.measure_touched();
    RETURN QUERY
    SELECT t.table_name, t.key, s.columns, t.digest
    FROM audit.touched t
    JOIN audit.shapes((SELECT array_agg(DISTINCT d.table_name) FROM audit.touched d
                       WHERE d.transaction_id = pg_current_xact_id() AND NOT d.is_listed)) s
        ON s.table_name = t.table_name
    WHERE t.transaction_id = pg_current_xact_id() AND NOT t.is_listed
    ORDER BY t.table_name COLLATE "C", t.key COLLATE "C";
END $$;

-- At commit: the row as it stands must be what an entry of this very transaction listed.
CREATE OR REPLACE FUNCTION audit.require_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
BEGIN
    DELETE FROM audit.touched t WHERE t.transaction_id = NEW.transaction_id
        AND t.table_name = NEW.table_name AND t.key = NEW.key AND t.is_listed;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'row % of % changed without an entry in the audit trail that lists it',
            NEW.key, NEW.table_name
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entry_required';
    END IF;
    RETURN NULL;
END $$;

-- A payload must be the one that its entry hashed, and say what its entry says; what it lists is
-- spread into ledger_row, and must be whole rows of covered tables, by their own keys, as they stand.
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
