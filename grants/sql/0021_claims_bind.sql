-- Claims: of lines that are paid under one grant, each in one live claim at most, and adding up.

-- The first day of the financial year that a day lies in.
CREATE FUNCTION grants_year_start(of_day date) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT make_date(extract(year FROM of_day - interval '3 months')::int, 4, 1)
$$;

ALTER TABLE grants_claim ADD CONSTRAINT claim_within_one_year
    CHECK (grants_year_start(period_start) = grants_year_start(period_end));
ALTER TABLE grants_spendingline ADD CONSTRAINT spendingline_id_and_effect UNIQUE (id, effect);
ALTER TABLE grants_claimline
    ADD CONSTRAINT claimline_sum_of_its_line FOREIGN KEY (line_id, amount)
        REFERENCES grants_spendingline (id, effect),
    ADD CONSTRAINT claimline_follows_what_freed_its_line
        FOREIGN KEY (follows_id, line_id, previous_turn, follows_freed)
        REFERENCES grants_claimoutcome (id, line_id, turn, frees);
ALTER TABLE grants_claimoutcome ADD CONSTRAINT claimoutcome_of_its_claimed_line
    FOREIGN KEY (claimed_id, claim_id, line_id, turn)
    REFERENCES grants_claimline (id, claim_id, line_id, turn);
ALTER TABLE grants_claimstep ADD CONSTRAINT claimstep_of_whose_claim_it_is
    FOREIGN KEY (claim_id, made_by_id) REFERENCES grants_claim (id, made_by_id);

-- ---------------------------------------------------------------- what may be claimed

-- The allocations whose money came out of a sum accepted in the end.
CREATE FUNCTION grants_allocations_of(grant_ bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE down AS (
        SELECT grant_ AS figure_id
        UNION
        SELECT m.opens_id FROM down JOIN grants_account a ON a.figure_id = down.figure_id
        JOIN grants_move m ON m.source_id = a.id WHERE m.opens_id IS NOT NULL)
    SELECT p.id FROM grants_allocation p JOIN down ON down.figure_id = p.figure_id
$$;

-- The lines of a grant that may be claimed, received between two days (inclusive): paid and not taken
-- back, or taking back what the funder paid; never claimed, or freed again.
CREATE FUNCTION grants_claimable(grant_ bigint, since date, until date)
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
      AND CASE WHEN l.reverses_id IS NULL
          THEN NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
          ELSE EXISTS (SELECT FROM grants_claimoutcome o
                       WHERE o.line_id = l.reverses_id AND o.outcome = 'paid') END
    ORDER BY l.id;
END $$;

-- ---------------------------------------------------------------- claims and their lines

CREATE FUNCTION grants_claim_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_outcomefigure d
        JOIN decisions_figure f ON f.id = d.figure_id
        JOIN decisions_recommendationoutcome o ON o.id = d.outcome_id
        JOIN decisions_recommendation r ON r.id = o.recommendation_id
        WHERE d.id = NEW.figure_id AND r.kind = 'accept' AND r.funded_from_id IS NULL
          AND f.role = 'sum_decided') THEN
        RAISE EXCEPTION 'a claim is of a sum accepted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_of_a_sum_accepted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_holds BEFORE INSERT ON grants_claim
    FOR EACH ROW EXECUTE FUNCTION grants_claim_holds();

-- A claim's total and number of lines are those of its lines.
CREATE FUNCTION grants_claim_adds_up() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM grants_claimline WHERE claim_id = NEW.id
                   HAVING count(*) = NEW.lines AND coalesce(sum(amount), 0) = NEW.total) THEN
        RAISE EXCEPTION 'claim % does not add up', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_adds_up AFTER INSERT ON grants_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_claim_adds_up();

-- Lines come with their claim, in one statement, and are such as may be claimed.
CREATE FUNCTION grants_claim_lines_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    broken := CASE
        WHEN EXISTS (
            SELECT FROM (SELECT DISTINCT claim_id FROM made) m JOIN grants_claim c ON c.id = m.claim_id
            WHERE c.act::text IS DISTINCT FROM current_setting('audit.act', true))
          OR EXISTS (
            SELECT FROM grants_claimline o JOIN (SELECT DISTINCT claim_id FROM made) m
            ON m.claim_id = o.claim_id WHERE o.id NOT IN (SELECT id FROM made))
            THEN 'claimline_made_with_its_claim'
        WHEN EXISTS (
            SELECT FROM made m
            JOIN grants_claim c ON c.id = m.claim_id
            JOIN grants_spendingline l ON l.id = m.line_id
            WHERE (l.stage = 'actual'
                   AND l.received_on BETWEEN grants_year_start(c.period_start) AND c.period_end
                   AND l.allocation_id IN (SELECT grants_allocations_of(c.figure_id))
                   AND CASE WHEN l.reverses_id IS NULL
                       THEN NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
                       ELSE EXISTS (SELECT FROM grants_claimoutcome o
                                    WHERE o.line_id = l.reverses_id AND o.outcome = 'paid') END)
                  IS NOT TRUE)
            THEN 'claimline_of_what_may_be_claimed' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'these lines may not be claimed'
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_lines_hold AFTER INSERT ON grants_claimline
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_claim_lines_hold();

-- ---------------------------------------------------------------- steps and outcomes

-- A draft is submitted or withdrawn, and what was submitted is answered. What is submitted still stands.
CREATE FUNCTION grants_claim_step_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
    others text[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('grants_claim', NEW.claim_id));
    SELECT coalesce(array_agg(kind::text), '{}') INTO others
    FROM grants_claimstep WHERE claim_id = NEW.claim_id;
    broken := CASE
        WHEN NEW.kind IN ('submitted', 'withdrawn') AND others <> '{}'
          OR NEW.kind = 'answered' AND others <> '{submitted}'
            THEN 'claimstep_in_order'
        WHEN NEW.kind = 'submitted' AND EXISTS (
            SELECT FROM grants_claimline c JOIN grants_spendingline b ON b.reverses_id = c.line_id
            WHERE c.claim_id = NEW.claim_id)
            THEN 'claimstep_submitted_as_it_stands' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'claim % may not be %', NEW.claim_id, NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claimstep_holds BEFORE INSERT ON grants_claimstep
    FOR EACH ROW EXECUTE FUNCTION grants_claim_step_holds();

-- With the answer, or the withdrawal, every line of the claim ends, and what was paid adds up.
CREATE FUNCTION grants_claim_ends() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM grants_claimline c LEFT JOIN grants_claimoutcome o ON o.claimed_id = c.id
        WHERE c.claim_id = NEW.claim_id AND (o.id IS NULL
              OR (o.outcome = 'withdrawn') <> (NEW.kind = 'withdrawn')))
       OR NEW.paid <> coalesce((
        SELECT sum(c.amount) FROM grants_claimline c JOIN grants_claimoutcome o ON o.claimed_id = c.id
        WHERE c.claim_id = NEW.claim_id AND o.outcome = 'paid'), 0) THEN
        RAISE EXCEPTION 'not every line of claim % ends with it', NEW.claim_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claimstep_ends_every_line';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claimstep_ends_every_line AFTER INSERT ON grants_claimstep
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind IN ('answered', 'withdrawn'))
    EXECUTE FUNCTION grants_claim_ends();

CREATE FUNCTION grants_claim_outcomes_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT claim_id FROM made) m
        WHERE NOT EXISTS (
            SELECT FROM grants_claimstep s
            WHERE s.claim_id = m.claim_id AND s.kind IN ('answered', 'withdrawn')
              AND s.act::text = current_setting('audit.act', true))) THEN
        RAISE EXCEPTION 'a line ends with its claim'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claimoutcome_with_its_answer';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_outcomes_hold AFTER INSERT ON grants_claimoutcome
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_claim_outcomes_hold();

-- ---------------------------------------------------------------- posting

-- As before, but of many rows at once each is asked for its month without a call.
CREATE OR REPLACE FUNCTION grants_moves_into_open_months() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grants_hold_open(month) FROM (
        SELECT DISTINCT date_trunc('month', moved_at AT TIME ZONE 'Europe/London')::date AS month
        FROM made ORDER BY 1) posted;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION grants_lines_into_open_months() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grants_hold_open(month) FROM (
        SELECT DISTINCT date_trunc('month', recorded_at AT TIME ZONE 'Europe/London')::date AS month
        FROM made ORDER BY 1) posted;
    RETURN NULL;
END $$;
