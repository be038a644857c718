-- What a line says of a field in Part 2 is its ground, and no more; of one in Part 1, its words.

CREATE FUNCTION grants_withheld_disagrees(the_line bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM grants_spendingline l
        CROSS JOIN LATERAL (VALUES ('payee', l.payee), ('purpose', l.purpose),
                                   ('file_name', l.evidence_name)) AS c (field, words)
        LEFT JOIN grants_withheld w ON w.line_id = l.id AND w.field = c.field
        WHERE l.id = the_line AND CASE
            WHEN w.part = 2 THEN c.words <> 'Withheld: ' || w.ground
            ELSE c.words LIKE 'Withheld:%' OR c.field = 'payee' AND w.words <> c.words END)
    OR EXISTS (
        SELECT FROM grants_spendingline l
        JOIN grants_withheld w ON w.line_id = l.id AND w.field = 'evidence' AND w.part = 2
        WHERE l.id = the_line AND l.evidence_sha256 <> '')
$$;

CREATE FUNCTION grants_withheld_agrees() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    the_line bigint := CASE TG_TABLE_NAME
        WHEN 'grants_withheld' THEN (to_jsonb(NEW) ->> 'line_id')::bigint
        ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
BEGIN
    IF grants_withheld_disagrees(the_line) THEN
        RAISE EXCEPTION 'spending line % does not say what is withheld of it', the_line
            USING ERRCODE = 'check_violation', CONSTRAINT = 'withheld_line_agrees';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER withheld_agrees AFTER INSERT OR UPDATE ON grants_withheld
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_withheld_agrees();
-- An ordinary line, one of many of an import, asks nothing.
CREATE CONSTRAINT TRIGGER spendingline_agrees_with_withheld AFTER INSERT ON grants_spendingline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.payee LIKE 'Withheld:%' OR NEW.purpose LIKE 'Withheld:%'
          OR NEW.evidence_name LIKE 'Withheld:%')
    EXECUTE FUNCTION grants_withheld_agrees();
CREATE CONSTRAINT TRIGGER spendingline_edited_as_withheld
    AFTER UPDATE OF payee, purpose, evidence_name, evidence_sha256 ON grants_spendingline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_withheld_agrees();

-- The payee of a posted line stays the same, wherever its name is kept.
CREATE FUNCTION grants_withheld_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.line_id, NEW.field) IS DISTINCT FROM (OLD.line_id, OLD.field)
       OR NEW.field = 'payee' AND NEW.words <> OLD.words THEN
        RAISE EXCEPTION 'what is withheld of line % is kept', OLD.line_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'withheld_is_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withheld_holds BEFORE UPDATE OR DELETE ON grants_withheld
    FOR EACH ROW EXECUTE FUNCTION grants_withheld_holds();

CREATE FUNCTION grants_payee_is_the_same(was grants_spendingline, now_is grants_spendingline)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT was.payee = now_is.payee OR EXISTS (
        SELECT FROM grants_withheld w WHERE w.line_id = was.id AND w.field = 'payee'
          AND w.words = CASE w.part WHEN 2 THEN was.payee ELSE now_is.payee END)
$$;

-- What is computed by the database itself comes after this trigger.
CREATE OR REPLACE FUNCTION grants_line_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
    may_change text[] :=
        '{payee,purpose,po_number,evidence_sha256,evidence_name,evidence_type,effect,moved}';
    of_sap text[] := '{sap_document,sap_item,sap_turn}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        broken := 'spendingline_never_deleted';
    ELSIF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - may_change - of_sap IS DISTINCT FROM to_jsonb(OLD) - may_change - of_sap
           OR NOT grants_payee_is_the_same(OLD, NEW)
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
