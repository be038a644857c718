-- What guards many lines at once takes a time that grows with their number, whatever the planner
-- believes of tables that fill while a statement runs.

-- All lines of a shared move are written by one statement, and make its sum: none can come later.
-- Lines of an import are written by the act that approves it; their reversals by any later one.
CREATE OR REPLACE FUNCTION grants_lines_hold_together() RETURNS trigger
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
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'these spending lines may not be: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;

-- A SAP item is held once at a time: the first line of it has turn 0, which is unique, and every
-- other the turn after a line that was taken back.
CREATE FUNCTION grants_lines_in_turn() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_nestloop = off SET jit = off AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM made WHERE sap_turn > 0 AND reverses_id IS NULL) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT FROM made n
        WHERE n.sap_turn > 0 AND n.reverses_id IS NULL AND NOT EXISTS (
            SELECT FROM grants_spendingline o JOIN grants_spendingline b ON b.reverses_id = o.id
            WHERE o.sap_document = n.sap_document AND o.sap_item = n.sap_item
              AND o.sap_turn = n.sap_turn - 1 AND o.reverses_id IS NULL)) THEN
        RAISE EXCEPTION 'a SAP item is held already'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spendingline_sap_turn_in_order';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lines_in_turn AFTER INSERT ON grants_spendingline
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_lines_in_turn();

-- The turns of those rows of a staged file whose SAP items were held before; all others have none.
CREATE FUNCTION grants_import_turns(staged bigint) RETURNS TABLE (row_id bigint, turn integer)
LANGUAGE sql STABLE SET search_path = public, transient, pg_temp SET enable_nestloop = off SET jit = off AS $$
    SELECT r.id, max(o.sap_turn) + 1
    FROM grants_importrow r JOIN grants_spendingline o
        ON o.sap_document = r.sap_document AND o.sap_item = r.sap_item
    WHERE r.spending_import_id = staged AND r.sap_document <> '' AND o.reverses_id IS NULL
    GROUP BY r.id
$$;
