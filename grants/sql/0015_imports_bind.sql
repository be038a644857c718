-- Lines of an import share one move to each account, whose sum they make together; a second person
-- approves it; an item of SAP is recorded once, until it is taken back.

-- ---------------------------------------------------------------- lines and their move

-- A line belongs to the entry of its move: alone with its own sum, or one of several with theirs.
ALTER TABLE grants_spendingline
    DROP CONSTRAINT spendingline_sum_of_its_entry,
    ADD CONSTRAINT spendingline_sum_of_its_entry FOREIGN KEY (move_id, account_id, moved)
        REFERENCES grants_entry (move_id, account_id, amount);

-- What is computed by the database itself comes after this trigger.
CREATE OR REPLACE FUNCTION grants_line_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
    may_change text[] :=
        '{purpose,po_number,evidence_sha256,evidence_name,evidence_type,effect,moved}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        broken := 'spendingline_never_deleted';
    ELSIF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
            broken := 'spendingline_posted_is_kept';
        END IF;
    ELSE
        broken := grants_line_broken(NEW);
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'spending line %: % does not allow this', coalesce(OLD.id, NEW.id), broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

-- All lines of a shared move are written by one statement, and make its sum: none can come later.
-- Lines of an import are written by the act that approves it; their reversals by any later one.
CREATE FUNCTION grants_lines_hold_together() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    IF EXISTS (
        SELECT FROM grants_spendingline l
        WHERE l.move_id IN (SELECT move_id FROM made)
        GROUP BY l.move_id
        HAVING bool_or(l.together IS NOT NULL)
           AND (bool_or(l.together IS NULL) OR sum(l.effect) <> max(l.moved))) THEN
        broken := 'spendingline_lines_make_their_move';
    ELSIF EXISTS (
        SELECT FROM (SELECT DISTINCT spending_import_id FROM made
                     WHERE spending_import_id IS NOT NULL AND reverses_id IS NULL) n
        WHERE NOT EXISTS (
            SELECT FROM grants_importstep s
            WHERE s.spending_import_id = n.spending_import_id AND s.kind = 'approved'
              AND s.act::text = current_setting('audit.act', true))) THEN
        broken := 'spendingline_of_an_approved_import';
    ELSIF EXISTS (
        SELECT FROM made n
        WHERE n.sap_document <> '' AND n.reverses_id IS NULL AND n.sap_turn <> (
            SELECT count(*) FROM grants_spendingline o
            JOIN grants_spendingline back ON back.reverses_id = o.id
            WHERE o.sap_document = n.sap_document AND o.sap_item = n.sap_item
              AND o.reverses_id IS NULL)) THEN
        broken := 'spendingline_sap_turn_in_order';
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'these spending lines may not be: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lines_hold_together AFTER INSERT ON grants_spendingline
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_lines_hold_together();

-- ---------------------------------------------------------------- steps of an import

-- A second person approves; what is dropped is not approved, and only what was approved is reversed.
CREATE FUNCTION grants_import_step_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
    staged grants_spendingimport;
    others text[];
BEGIN
    -- An import has one step at a time.
    PERFORM pg_advisory_xact_lock(hashtextextended('grants_spendingimport', NEW.spending_import_id));
    SELECT * INTO staged FROM grants_spendingimport WHERE id = NEW.spending_import_id;
    SELECT coalesce(array_agg(kind::text), '{}') INTO others
    FROM grants_importstep WHERE spending_import_id = NEW.spending_import_id;
    broken := CASE
        WHEN NEW.kind = 'approved' AND NEW.taken_by_id IS NOT DISTINCT FROM staged.staged_by_id
            THEN 'importstep_by_a_second_person'
        WHEN NEW.kind IN ('approved', 'dropped') AND others <> '{}'
          OR NEW.kind = 'reversed' AND others <> '{approved}'
            THEN 'importstep_in_order' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'import % may not be %', NEW.spending_import_id, NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER importstep_holds BEFORE INSERT ON grants_importstep
    FOR EACH ROW EXECUTE FUNCTION grants_import_step_holds();

-- Over all rows of a staged file, as they were read.
CREATE FUNCTION grants_import_digest(staged bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, transient, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' AS $$
    SELECT encode(sha256(convert_to(coalesce(string_agg(
        (to_jsonb(r) - 'id' - 'spending_import_id')::text, E'\n' ORDER BY r.id), ''), 'UTF8')), 'hex')
    FROM grants_importrow r WHERE r.spending_import_id = staged
$$;
