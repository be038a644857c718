-- What was claimed before this register kept claims is said with its import, is of spending from before
-- its allocation was made here, and enters no claim; nor does what takes it back.

CREATE FUNCTION grants_is_claimed_before(import_ bigint, reversed bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM grants_claimedbefore WHERE spending_import_id = import_)
        OR EXISTS (SELECT FROM grants_claimedbefore b
                   JOIN grants_spendingline r ON r.spending_import_id = b.spending_import_id
                   WHERE r.id = reversed)
$$;

CREATE FUNCTION grants_claimed_before_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM grants_spendingimport i WHERE i.id = NEW.spending_import_id
                   AND i.act::text = current_setting('audit.act', true)) THEN
        RAISE EXCEPTION 'import % was staged before', NEW.spending_import_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claimedbefore_said_with_its_import';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claimed_before_holds BEFORE INSERT ON grants_claimedbefore
    FOR EACH ROW EXECUTE FUNCTION grants_claimed_before_holds();

CREATE FUNCTION grants_lines_claimed_before() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM grants_claimedbefore b JOIN made m ON m.spending_import_id = b.spending_import_id
        JOIN grants_allocation p ON p.id = m.allocation_id
        WHERE m.reverses_id IS NULL
          AND m.received_on > (p.allocated_at AT TIME ZONE 'Europe/London')::date) THEN
        RAISE EXCEPTION 'these lines were received when this register kept claims'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spendingline_claimed_before_its_allocation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lines_claimed_before AFTER INSERT ON grants_spendingline
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_lines_claimed_before();

-- As before, without what was claimed before this register.
CREATE OR REPLACE FUNCTION grants_claimable(grant_ bigint, since date, until date)
RETURNS TABLE (line_id bigint, amount numeric, turn integer, follows_id bigint)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT l.id, l.effect, coalesce(last.turn, 0) + 1, last.outcome_id
    FROM grants_spendingline l
    LEFT JOIN LATERAL (
        SELECT c.turn::integer, o.id AS outcome_id, o.frees FROM grants_claimline c
        LEFT JOIN grants_claimoutcome o ON o.claimed_id = c.id
        WHERE c.line_id = l.id ORDER BY c.turn DESC LIMIT 1) last ON true
    WHERE l.allocation_id IN (SELECT grants_allocations_of(grant_)) AND l.stage = 'actual'
      AND l.received_on BETWEEN since AND until
      AND (last.turn IS NULL OR last.frees)
      AND NOT (EXISTS (SELECT FROM grants_claimedbefore b
                       WHERE b.spending_import_id = l.spending_import_id))
      AND CASE WHEN l.reverses_id IS NULL
          THEN NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
          ELSE EXISTS (SELECT FROM grants_claimoutcome o
                       WHERE o.line_id = l.reverses_id AND o.outcome = 'paid') END
    ORDER BY l.id;
END $$;

CREATE FUNCTION grants_claim_lines_not_before() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM grants_claimedbefore)
       AND EXISTS (SELECT FROM made m JOIN grants_spendingline l ON l.id = m.line_id
                   WHERE grants_is_claimed_before(l.spending_import_id, l.reverses_id)) THEN
        RAISE EXCEPTION 'these lines were claimed before this register'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claimline_not_claimed_before';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_lines_not_before AFTER INSERT ON grants_claimline
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_claim_lines_not_before();
