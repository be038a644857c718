-- A line that was keyed by hand gets its SAP item in the act that approves the import which has it,
-- and loses it in the act that reverses that import.

CREATE FUNCTION grants_line_is_matched(was grants_spendingline, now_is grants_spendingline)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM grants_importmatch m
        JOIN grants_importstep s ON s.spending_import_id = m.spending_import_id
        WHERE m.line_id = was.id AND m.is_same
          AND s.act::text = current_setting('audit.act', true)
          AND CASE s.kind
              WHEN 'approved' THEN was.sap_document = '' AND was.spending_import_id IS NULL
                  AND (now_is.sap_document, now_is.sap_item) = (m.sap_document, m.sap_item)
              WHEN 'reversed' THEN (was.sap_document, was.sap_item) = (m.sap_document, m.sap_item)
                  AND (now_is.sap_document, now_is.sap_item, now_is.sap_turn) = ('', '', 0)
              ELSE false END)
    AND (now_is.sap_turn = 0 OR EXISTS (
        SELECT FROM grants_spendingline o JOIN grants_spendingline b ON b.reverses_id = o.id
        WHERE o.sap_document = now_is.sap_document AND o.sap_item = now_is.sap_item
          AND o.sap_turn = now_is.sap_turn - 1 AND o.reverses_id IS NULL))
$$;

-- What is computed by the database itself comes after this trigger.
CREATE OR REPLACE FUNCTION grants_line_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
    may_change text[] :=
        '{purpose,po_number,evidence_sha256,evidence_name,evidence_type,effect,moved}';
    of_sap text[] := '{sap_document,sap_item,sap_turn}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        broken := 'spendingline_never_deleted';
    ELSIF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - may_change - of_sap IS DISTINCT FROM to_jsonb(OLD) - may_change - of_sap
           OR (NEW.sap_document, NEW.sap_item, NEW.sap_turn)
              IS DISTINCT FROM (OLD.sap_document, OLD.sap_item, OLD.sap_turn)
              AND NOT grants_line_is_matched(OLD, NEW) THEN
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

-- A row that is a line keyed by hand is said so before anything is decided about its import.
CREATE FUNCTION grants_match_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('grants_spendingimport', NEW.spending_import_id));
    IF EXISTS (SELECT FROM grants_importstep s WHERE s.spending_import_id = NEW.spending_import_id)
       OR NOT EXISTS (SELECT FROM grants_spendingline l WHERE l.id = NEW.line_id
                      AND l.spending_import_id IS NULL AND l.reverses_id IS NULL) THEN
        RAISE EXCEPTION 'nothing can be said of row % any more', NEW.place
            USING ERRCODE = 'check_violation', CONSTRAINT = 'importmatch_before_the_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER importmatch_holds BEFORE INSERT ON grants_importmatch
    FOR EACH ROW EXECUTE FUNCTION grants_match_holds();

-- Over all rows of a staged file, as they were read.
CREATE OR REPLACE FUNCTION grants_import_digest(staged bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, transient, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' AS $$
    SELECT encode(sha256(convert_to(coalesce(string_agg(
        (to_jsonb(r) - 'id' - 'spending_import_id'
         - CASE WHEN r.looks_like_id IS NULL THEN 'looks_like_id' ELSE '' END)::text,
        E'\n' ORDER BY r.id), ''), 'UTF8')), 'hex')
    FROM grants_importrow r WHERE r.spending_import_id = staged
$$;
