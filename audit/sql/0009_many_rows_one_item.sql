-- Rows that one statement writes into a table that takes many at once are noted together, and listed by
-- one item of an entry: the table, their keys, how many, and one digest over theirs. Their own digests
-- are kept beside it, so that a row that is changed, taken away or slipped in is named as ever.

-- ---------------------------------------------------------------- what was written together

CREATE TABLE audit.touched_batch (
    transaction_id xid8 NOT NULL,
    table_name text NOT NULL,
    first_key bigint NOT NULL,
    last_key bigint NOT NULL,
    keys text NOT NULL,
    columns text[] NOT NULL,
    count bigint NOT NULL,
    digest bytea NOT NULL,
    digests bytea NOT NULL,
    act uuid DEFAULT nullif(current_setting('audit.act', true), '')::uuid,
    is_listed boolean NOT NULL DEFAULT false,
    CONSTRAINT touched_batch_pkey PRIMARY KEY (transaction_id, table_name, first_key)
);
COMMENT ON TABLE audit.touched_batch IS
    'rows written together by transactions that are still open, as they were written; empty at rest';

CREATE TABLE audit.ledger_batch (
    seq bigint NOT NULL REFERENCES audit.ledger_entry (seq),
    place integer NOT NULL,
    table_name text NOT NULL,
    columns text[] NOT NULL,
    keys text NOT NULL,
    count bigint NOT NULL,
    digest bytea NOT NULL,
    digests bytea NOT NULL,
    CONSTRAINT ledger_batch_pkey PRIMARY KEY (seq, place)
);
CREATE INDEX ledger_batch_table ON audit.ledger_batch (table_name, seq);
COMMENT ON COLUMN audit.ledger_batch.place IS 'of the item among the rows of the payload, from 1 on';
COMMENT ON COLUMN audit.ledger_batch.keys IS 'ascending ranges, first-last, joined by commas';
COMMENT ON COLUMN audit.ledger_batch.digests IS 'of the rows, 32 bytes each, in the order of their keys';
COMMENT ON COLUMN audit.ledger_batch.digest IS 'SHA-256 of digests';
-- Digests cannot be packed any smaller.
ALTER TABLE audit.touched_batch ALTER COLUMN digests SET STORAGE EXTERNAL;
ALTER TABLE audit.ledger_batch ALTER COLUMN digests SET STORAGE EXTERNAL;
SELECT audit.append_only('audit.ledger_batch');

-- Keys written as ranges, to look one up in.
CREATE FUNCTION audit.ranges_of(keys text) RETURNS int8multirange
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ('{[' || replace(replace(keys, ',', '],['), '-', ',') || ']}')::int8multirange;
END $$;

-- The rows of a table that were listed together, with the digest of each.
CREATE FUNCTION audit.batch_rows(of_table text)
RETURNS TABLE (seq bigint, key text, columns text[], digest bytea)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, audit, pg_temp AS $$
DECLARE
    one record;
    all_of_them bytea;
BEGIN
    FOR one IN SELECT b.seq, b.keys, b.columns, b.digests FROM audit.ledger_batch b
               WHERE b.table_name = of_table ORDER BY b.seq, b.place LOOP
        all_of_them := one.digests || ''::bytea;  -- read once, not for each row
        RETURN QUERY
        SELECT one.seq, k.key::text, one.columns,
               substr(all_of_them, (32 * (row_number() OVER (ORDER BY k.key) - 1) + 1)::integer, 32)
        FROM unnest(audit.ranges_of(one.keys)) r (range),
             generate_series(lower(r.range), upper(r.range) - 1) k (key);
    END LOOP;
END $$;

-- All that entries list of a table, row by row. Of one entry a row by itself comes after its batch.
CREATE FUNCTION audit.listed(of_table text)
RETURNS TABLE (seq bigint, is_alone boolean, key text, columns text[], digest bytea)
LANGUAGE sql STABLE AS $$
    SELECT seq, true, key, columns, digest FROM audit.ledger_row WHERE table_name = of_table
    UNION ALL
    SELECT seq, false, key, columns, digest FROM audit.batch_rows(of_table)
$$;

-- Whether an item of a payload's rows lists a batch, written as docs/ledger-format.md says.
CREATE FUNCTION audit.is_batch(item jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(jsonb_typeof(item -> 'keys') = 'string'
        AND item ->> 'keys' ~ '^[1-9][0-9]{0,17}-[1-9][0-9]{0,17}(,[1-9][0-9]{0,17}-[1-9][0-9]{0,17})*$'
        AND jsonb_typeof(item -> 'count') = 'number' AND item ->> 'count' ~ '^[1-9][0-9]{0,17}$'
        AND jsonb_typeof(item -> 'sha256') = 'string' AND item ->> 'sha256' ~ '^[0-9a-f]{64}$'
        AND NOT item ? 'rows', false);
END $$;

CREATE OR REPLACE FUNCTION audit.is_listing(said jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, audit, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM jsonb_array_elements(said) t
        WHERE jsonb_typeof(t.value -> 'table') IS DISTINCT FROM 'string'
           OR jsonb_typeof(t.value -> 'columns') IS DISTINCT FROM 'array'
           OR (jsonb_typeof(t.value -> 'rows') IS DISTINCT FROM 'array' OR t.value ? 'keys')
              AND NOT audit.is_batch(t.value))
    AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(said) t, jsonb_array_elements(t.value -> 'rows') r
        WHERE jsonb_typeof(r.value -> 'key') IS DISTINCT FROM 'string'
           OR jsonb_typeof(r.value -> 'sha256') IS NULL
           OR jsonb_typeof(r.value -> 'sha256') <> 'null'
              AND (jsonb_typeof(r.value -> 'sha256') <> 'string'
                   OR r.value ->> 'sha256' !~ '^[0-9a-f]{64}$'));
END $$;

CREATE OR REPLACE FUNCTION audit.is_covered(relation regclass) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = relation AND n.nspname IN ('public', 'audit') AND c.relkind IN ('r', 'p')
          AND n.nspname || '.' || c.relname NOT IN
              ('audit.ledger_entry', 'audit.ledger_payload', 'audit.ledger_row', 'audit.ledger_batch',
               'audit.touched', 'audit.touched_batch'));
END $$;

-- ---------------------------------------------------------------- the guard of a table

ALTER FUNCTION audit.guard(regclass) RENAME TO guard_each;

-- Called by migrations, once a table has its guard: its new rows are noted by statement. Its key is one
-- number. Triggers after each of its new rows are not allowed: they would come before the note.
CREATE FUNCTION audit.guard_many(relation regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, audit, pg_temp AS $guard$
DECLARE
    name text := audit.name_of(relation);
    noting text := format('audit.%I', 'note_many_' || replace(name, '.', '_'));
    columns text[] := audit.table_columns(relation);
    key text[] := audit.table_key(relation);
BEGIN
    IF cardinality(key) <> 1 THEN
        RAISE EXCEPTION 'the key of % is more than a number', name;
    END IF;
    PERFORM audit.guard_each(relation);
    EXECUTE format($made$
CREATE OR REPLACE FUNCTION %1$s() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres'
SET bytea_output = 'hex' SET extra_float_digits = 1
AS $note$
BEGIN%5$s
    IF NOT EXISTS (SELECT FROM made OFFSET 99) OR EXISTS (
        SELECT FROM made WHERE %3$s < 1
        UNION ALL
        SELECT FROM audit.touched t JOIN made ON t.key = made.%3$s::text
        WHERE t.transaction_id = pg_current_xact_id() AND t.table_name = %2$L
        UNION ALL
        SELECT FROM audit.touched_batch b JOIN made ON made.%3$s BETWEEN b.first_key AND b.last_key
        WHERE b.transaction_id = pg_current_xact_id() AND b.table_name = %2$L) THEN
        INSERT INTO audit.touched (transaction_id, table_name, key, columns, digest)
        SELECT pg_current_xact_id(), %2$L, %3$s::text, TG_ARGV[0]::text[],
               sha256(convert_to(%4$s, 'UTF8'))
        FROM made
        ON CONFLICT (transaction_id, table_name, key) DO UPDATE
            SET columns = excluded.columns, digest = excluded.digest, is_listed = false,
                act = CASE WHEN touched.is_listed THEN excluded.act ELSE touched.act END;
        RETURN NULL;
    END IF;
    INSERT INTO audit.touched_batch
        (transaction_id, table_name, columns, first_key, last_key, keys, count, digest, digests)
    SELECT pg_current_xact_id(), %2$L, TG_ARGV[0]::text[], a.first, a.last,
           CASE WHEN a.last - a.first + 1 = a.count THEN a.first || '-' || a.last
           ELSE (SELECT string_agg(r.first || '-' || r.last, ',' ORDER BY r.first)
                 FROM (SELECT min(k.%3$s) AS first, max(k.%3$s) AS last
                       FROM (SELECT %3$s, %3$s - row_number() OVER (ORDER BY %3$s) AS run FROM made) k
                       GROUP BY k.run) r) END,
           a.count, sha256(a.digests), a.digests
    FROM (SELECT min(%3$s) AS first, max(%3$s) AS last, count(*) AS count,
                 string_agg(sha256(convert_to(%4$s, 'UTF8')), ''::bytea ORDER BY %3$s) AS digests
          FROM made) a;
    RETURN NULL;
END $note$
        $made$, noting, name, quote_ident(key[1]), audit.row_expression(columns),
        CASE WHEN 'act' = ANY (columns) THEN format($act$
    IF EXISTS (SELECT FROM made WHERE act IS DISTINCT FROM audit.current_act()) THEN
        RAISE EXCEPTION 'a row of %% claims another act than the one that is open', %L
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_act_is_its_own';
    END IF;
    IF EXISTS (SELECT FROM made) THEN
        PERFORM audit.refuse_past_act(audit.current_act());
    END IF;$act$, name) END);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER audit_note_touched AFTER UPDATE OR DELETE ON %s '
        'FOR EACH ROW EXECUTE FUNCTION audit.%I(%L)',
        relation, 'note_' || replace(name, '.', '_'), columns);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER audit_note_made AFTER INSERT ON %s REFERENCING NEW TABLE AS made '
        'FOR EACH STATEMENT EXECUTE FUNCTION %s(%L)', relation, noting, columns);
END $guard$;

-- Called by migrations: guard a table of the register, or guard it anew once its columns are others,
-- in the way in which it was guarded.
CREATE FUNCTION audit.guard(relation regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, audit, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = relation AND t.tgname = 'audit_note_made') THEN
        PERFORM audit.guard_many(relation);
    ELSE
        PERFORM audit.guard_each(relation);
    END IF;
END $$;

-- ---------------------------------------------------------------- entries

-- What this transaction changed and has not yet listed, as a payload lists it: the members of its
-- `rows`, without the brackets, in the canonical form of docs/ledger-format.md.
CREATE OR REPLACE FUNCTION audit.listing() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
BEGIN
    RETURN nullif(concat_ws(',', (
        SELECT string_agg(format('{"columns":%s,"count":%s,"keys":%s,"sha256":"%s","table":%s}',
               array_to_json(b.columns), b.count, to_json(b.keys), encode(b.digest, 'hex'),
               to_json(b.table_name)), ',' ORDER BY b.table_name COLLATE "C", b.first_key)
        FROM audit.touched_batch b
        WHERE b.transaction_id = pg_current_xact_id() AND NOT b.is_listed), (
        SELECT string_agg(format('{"columns":%s,"rows":[%s],"table":%s}',
               array_to_json(l.columns), l.rows, to_json(l.table_name)), ','
               ORDER BY l.table_name COLLATE "C", l.columns)
        FROM (SELECT t.table_name, t.columns, string_agg(format('{"key":%s,"sha256":%s}',
                     to_json(t.key), coalesce(to_json(encode(t.digest, 'hex')), 'null')), ','
                     ORDER BY t.key COLLATE "C") AS rows
              FROM audit.touched t
              WHERE t.transaction_id = pg_current_xact_id() AND NOT t.is_listed
              GROUP BY t.table_name, t.columns) l)), '');
END $$;

-- Keep the batches that an entry lists, with the digests of their rows. Only what was noted as it says
-- is kept, once, and before any row of it that was changed since is listed by itself: what is listed
-- last of a row is how it stands.
CREATE FUNCTION audit.keep_batches(listed bigint, of_act uuid, said jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, audit, pg_temp AS $$
DECLARE
    item record;
    noted audit.touched_batch;
BEGIN
    FOR item IN SELECT t.place::integer, t.value ->> 'table' AS table_name, t.value ->> 'keys' AS keys,
                       (SELECT array_agg(c ORDER BY n) FROM jsonb_array_elements_text(
                            t.value -> 'columns') WITH ORDINALITY AS u(c, n)) AS columns,
                       (t.value ->> 'count')::bigint AS count,
                       decode(t.value ->> 'sha256', 'hex') AS digest
                FROM jsonb_array_elements(said) WITH ORDINALITY AS t (value, place)
                WHERE t.value ? 'keys' LOOP
        SELECT * INTO noted FROM audit.touched_batch b
        WHERE b.transaction_id = pg_current_xact_id() AND b.table_name = item.table_name
          AND b.keys = item.keys AND b.columns = item.columns AND b.count = item.count
          AND b.digest = item.digest AND NOT b.is_listed;
        IF NOT FOUND OR EXISTS (
            SELECT FROM audit.touched t
            WHERE t.transaction_id = pg_current_xact_id() AND t.table_name = item.table_name
              AND t.is_listed AND CASE WHEN t.table_name = item.table_name
                  THEN t.key::bigint <@ audit.ranges_of(item.keys) END) THEN
            RAISE EXCEPTION 'rows % of % are not as the entry says', item.keys, item.table_name
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payload_is_true';
        END IF;
        INSERT INTO audit.ledger_batch VALUES (listed, item.place, item.table_name, item.columns,
            item.keys, item.count, item.digest, noted.digests);
        UPDATE audit.touched_batch b SET is_listed = true
        WHERE b.transaction_id = noted.transaction_id AND b.table_name = noted.table_name
          AND b.first_key = noted.first_key AND b.act = of_act;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION audit.keep_batches(bigint, uuid, jsonb) FROM PUBLIC;

-- At commit: an entry of this very transaction, and of the act that wrote them, lists the batch.
CREATE FUNCTION audit.require_batch_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
BEGIN
    DELETE FROM audit.touched_batch b WHERE b.transaction_id = NEW.transaction_id
        AND b.table_name = NEW.table_name AND b.first_key = NEW.first_key AND b.is_listed;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM audit.ledger_batch b JOIN audit.ledger_entry e USING (seq)
               WHERE b.table_name = NEW.table_name AND b.keys = NEW.keys AND b.digest = NEW.digest
                 AND e.transaction_id = pg_current_xact_id()::text
                 AND e.transaction_started = transaction_timestamp()) THEN
        RAISE EXCEPTION 'rows % of % were written under another act than the entry that lists them',
            NEW.keys, NEW.table_name
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entry_of_the_same_act';
    END IF;
    RAISE EXCEPTION 'rows % of % changed without an entry in the audit trail that lists them',
        NEW.keys, NEW.table_name
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entry_required';
END $$;
CREATE CONSTRAINT TRIGGER audit_entry_required AFTER INSERT ON audit.touched_batch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_batch_entry();

-- A payload must be the one that its entry hashed, and say what its entry says; what it lists is
-- spread into ledger_row, and must be whole rows of covered tables, by their own keys, as they stand.
-- Payloads come in the order of their entries, so that the latest listing of a row is the last made.
-- An entry covers what was written under its own act. What it lists together is kept together.
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
    PERFORM audit.keep_batches(NEW.seq, entry.act, said -> 'rows');
    SELECT l.table_name INTO untrue
    FROM (SELECT DISTINCT table_name, columns FROM audit.ledger_row WHERE seq = NEW.seq
          UNION SELECT table_name, columns FROM audit.ledger_batch WHERE seq = NEW.seq) l
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
