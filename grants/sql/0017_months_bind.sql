-- Nothing is posted into a closed month, whoever writes; a second person answers what one proposes.

-- The posting month of a moment: the first day of the month it lies in, in London.
CREATE FUNCTION grants_month_of(moment timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT date_trunc('month', moment AT TIME ZONE 'Europe/London')::date
$$;

-- The first moment of a month.
CREATE FUNCTION grants_start_of(month date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT month::timestamp AT TIME ZONE 'Europe/London'
$$;

CREATE FUNCTION grants_next_month(month date) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT (month + interval '1 month')::date
$$;

CREATE FUNCTION grants_is_closed(of_month date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM grants_monthclosing c WHERE c.month = of_month
        AND NOT EXISTS (
            SELECT FROM grants_proposal p JOIN grants_proposalanswer a ON a.proposal_id = p.id
            WHERE p.closing_id = c.id AND a.outcome = 'approved'))
$$;

CREATE FUNCTION grants_month_lock(month date) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT hashtextextended('grants_month ' || month, 0)
$$;

-- ---------------------------------------------------------------- posting

-- Whoever posts into a month holds back whoever would close it, until the act ends.
CREATE FUNCTION grants_hold_open(posted date) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(grants_month_lock(posted));
    IF grants_is_closed(posted) THEN
        RAISE EXCEPTION '% is closed', to_char(posted, 'FMMonth YYYY')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_into_an_open_month';
    END IF;
END $$;

CREATE FUNCTION grants_moves_into_open_months() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grants_hold_open(month)
    FROM (SELECT DISTINCT grants_month_of(moved_at) AS month FROM made ORDER BY 1) posted;
    RETURN NULL;
END $$;
CREATE TRIGGER moves_into_open_months AFTER INSERT ON grants_move
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_moves_into_open_months();

CREATE FUNCTION grants_lines_into_open_months() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grants_hold_open(month)
    FROM (SELECT DISTINCT grants_month_of(recorded_at) AS month FROM made ORDER BY 1) posted;
    RETURN NULL;
END $$;
CREATE TRIGGER lines_into_open_months AFTER INSERT ON grants_spendingline
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_lines_into_open_months();

-- ---------------------------------------------------------------- closing

-- The lines that a month is not done with: ordered and due by its end and still open; awaiting
-- authority at its end; charged in it and received before the funder's first letter was accepted.
CREATE FUNCTION grants_exceptions_of(of_month date)
RETURNS TABLE (line_id bigint, kind varchar, amount numeric)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    begins timestamptz := grants_start_of(of_month);
    ends timestamptz := grants_start_of(grants_next_month(of_month));
BEGIN
    RETURN QUERY
    SELECT l.id, 'overdue'::varchar, last.after
    FROM grants_spendingline l
    JOIN LATERAL (SELECT e.after FROM grants_entry e WHERE e.account_id = l.account_id
                  ORDER BY e.n DESC LIMIT 1) last ON last.after > 0
    WHERE l.account_role = 'committed' AND l.reverses_id IS NULL
      AND l.received_on < grants_next_month(of_month) AND l.recorded_at < ends
    UNION ALL
    SELECT l.id, 'awaiting'::varchar, l.amount FROM grants_spendingline l
    WHERE l.allocation_id IS NULL AND l.reverses_id IS NULL AND l.recorded_at < ends
      AND NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
    UNION ALL
    (WITH posted AS MATERIALIZED (
        SELECT l.id, l.allocation_id, l.received_on, l.amount FROM grants_spendingline l
        WHERE l.recorded_at >= begins AND l.recorded_at < ends AND l.stage = 'actual'
          AND l.allocation_id IS NOT NULL AND l.reverses_id IS NULL
          AND NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
    ), grant_of AS MATERIALIZED (
        SELECT p.id, grants_root_of(p.figure_id) AS figure_id FROM grants_allocation p
        WHERE p.id IN (SELECT allocation_id FROM posted)
    ), accepted AS MATERIALIZED (
        SELECT g.id, (SELECT w.accepted_on FROM grants_award w WHERE w.figure_id = g.figure_id
                      ORDER BY w.n LIMIT 1) AS on_day
        FROM grant_of g
        JOIN decisions_outcomefigure f ON f.id = g.figure_id
        JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
        JOIN decisions_recommendation r ON r.id = o.recommendation_id
        WHERE r.kind = 'accept'
    )
    SELECT p.id, 'at_risk'::varchar, p.amount FROM posted p JOIN accepted a ON a.id = p.allocation_id
    WHERE a.on_day IS NULL OR p.received_on < a.on_day)
    ORDER BY 2, 1;
END $$;

CREATE FUNCTION grants_closing_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    -- Waits for whoever is posting into the month, and holds others back until the act ends.
    PERFORM pg_advisory_xact_lock(grants_month_lock(NEW.month));
    broken := CASE
        WHEN NEW.closed_at < grants_start_of(grants_next_month(NEW.month))
            THEN 'monthclosing_once_it_is_over'
        WHEN grants_is_closed(NEW.month) OR NEW.n <> 1 + (
            SELECT count(*) FROM grants_monthclosing c WHERE c.month = NEW.month)
            THEN 'monthclosing_of_an_open_month'
        WHEN NEW.words = '' AND EXISTS (SELECT FROM grants_exceptions_of(NEW.month))
            THEN 'monthclosing_says_why' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION '% may not be closed', to_char(NEW.month, 'FMMonth YYYY')
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    SELECT count(*), coalesce(sum(amount), 0) INTO NEW.moves, NEW.moved FROM grants_move
    WHERE moved_at >= grants_start_of(NEW.month)
      AND moved_at < grants_start_of(grants_next_month(NEW.month));
    RETURN NEW;
END $$;
CREATE TRIGGER monthclosing_holds BEFORE INSERT ON grants_monthclosing
    FOR EACH ROW EXECUTE FUNCTION grants_closing_holds();

CREATE FUNCTION grants_closing_names_exceptions() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO grants_monthexception (closing_id, line_id, kind, amount)
    SELECT NEW.id, e.line_id, e.kind, e.amount FROM grants_exceptions_of(NEW.month) e;
    RETURN NULL;
END $$;
CREATE TRIGGER monthclosing_names_exceptions AFTER INSERT ON grants_monthclosing
    FOR EACH ROW EXECUTE FUNCTION grants_closing_names_exceptions();

-- Only the trigger above writes exceptions: none is added later, and none is made up.
CREATE FUNCTION grants_exception_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'exceptions are named when a month is closed, by the database'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'monthexception_named_by_the_closing';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monthexception_holds BEFORE INSERT ON grants_monthexception
    FOR EACH ROW EXECUTE FUNCTION grants_exception_holds();

-- ---------------------------------------------------------------- proposals

ALTER TABLE grants_proposalanswer ADD CONSTRAINT proposalanswer_of_whose_it_is
    FOREIGN KEY (proposal_id, proposed_by_id) REFERENCES grants_proposal (id, proposed_by_id);
