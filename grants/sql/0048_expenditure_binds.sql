-- Statements of expenditure: what they say is what is charged, and they are certified once all is done.

ALTER TABLE grants_expenditurestatement ADD CONSTRAINT expenditurestatement_digest_of_its_content
    CHECK (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex'));
ALTER TABLE grants_certifiedstatement ADD CONSTRAINT certifiedstatement_of_who_prepared_it
    FOREIGN KEY (statement_id, prepared_by_id)
        REFERENCES grants_expenditurestatement (id, prepared_by_id);

-- The last day that a statement is about: of a financial year, or of the grant (by the letter in force,
-- or by its allocations where there is no letter).
CREATE FUNCTION grants_statement_ends(grant_ bigint, of_year integer) RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN of_year IS NOT NULL THEN make_date(of_year + 1, 3, 31) ELSE coalesce(
        (SELECT period_end FROM grants_award WHERE figure_id = grant_ ORDER BY n DESC LIMIT 1),
        (SELECT max(period_end) FROM grants_allocation
         WHERE id IN (SELECT grants_allocations_of(grant_)))) END
$$;

-- The lines charged to a grant, paid or taken back, that were received in a year (or at any time).
CREATE FUNCTION grants_lines_of_statement(grant_ bigint, of_year integer)
RETURNS SETOF grants_spendingline
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT l.* FROM grants_spendingline l
    WHERE l.allocation_id IN (SELECT grants_allocations_of(grant_)) AND l.stage = 'actual'
      AND (of_year IS NULL
           OR l.received_on BETWEEN make_date(of_year, 4, 1) AND make_date(of_year + 1, 3, 31))
$$;

-- What keeps a statement from being final: kind, and what it is (a claim, a line that awaits authority
-- or approval, or a month).
CREATE FUNCTION grants_unfinished(grant_ bigint, of_year integer)
RETURNS TABLE (kind text, which text)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT 'claim', c.n::text FROM grants_claim c
    WHERE c.figure_id = grant_
      AND (of_year IS NULL OR grants_year_start(c.period_start) = make_date(of_year, 4, 1))
      AND NOT EXISTS (SELECT FROM grants_claimstep s
                      WHERE s.claim_id = c.id AND s.kind IN ('answered', 'withdrawn'))
    UNION ALL
    SELECT 'awaiting', l.id::text FROM grants_spendingline l
    JOIN grants_account a ON a.id = l.account_id
    WHERE l.allocation_id IS NULL AND l.reverses_id IS NULL
      AND a.funder_id = grants_funder_of(grant_)
      AND NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
      AND (of_year IS NULL
           OR l.received_on BETWEEN make_date(of_year, 4, 1) AND make_date(of_year + 1, 3, 31))
    UNION ALL
    SELECT 'approval', r.id::text FROM grants_reservation r
    WHERE r.allocation_id IN (SELECT grants_allocations_of(grant_))
      AND NOT EXISTS (SELECT FROM grants_reservationanswer a WHERE a.reservation_id = r.id)
      AND (of_year IS NULL OR (r.spend ->> 'received_on')::date
           BETWEEN make_date(of_year, 4, 1) AND make_date(of_year + 1, 3, 31))
    UNION ALL
    SELECT DISTINCT 'month', to_char(grants_month_of(l.recorded_at), 'YYYY-MM-DD')
    FROM grants_lines_of_statement(grant_, of_year) l
    WHERE NOT grants_is_closed(grants_month_of(l.recorded_at))
$$;

CREATE FUNCTION grants_statement_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('grants_statement', NEW.figure_id));
    broken := CASE
        WHEN NOT EXISTS (
            SELECT FROM decisions_outcomefigure d
            JOIN decisions_figure f ON f.id = d.figure_id
            JOIN decisions_recommendationoutcome o ON o.id = d.outcome_id
            JOIN decisions_recommendation r ON r.id = o.recommendation_id
            WHERE d.id = NEW.figure_id AND r.kind = 'accept' AND r.funded_from_id IS NULL
              AND f.role = 'sum_decided')
            THEN 'expenditurestatement_of_a_sum_accepted'
        WHEN NEW.n IS DISTINCT FROM 1 + (
            SELECT coalesce(max(n), 0) FROM grants_expenditurestatement
            WHERE figure_id = NEW.figure_id AND year IS NOT DISTINCT FROM NEW.year)
            THEN 'expenditurestatement_follows_the_last'
        WHEN (grants_statement_ends(NEW.figure_id, NEW.year)
              < (NEW.prepared_at AT TIME ZONE 'Europe/London')::date) IS NOT TRUE
            THEN 'expenditurestatement_of_what_is_over'
        WHEN NOT EXISTS (
            SELECT FROM grants_lines_of_statement(NEW.figure_id, NEW.year)
            HAVING count(*) = NEW.lines AND coalesce(sum(effect), 0) = NEW.spent)
            THEN 'expenditurestatement_adds_up' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'this statement of expenditure may not be'
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER statement_holds BEFORE INSERT ON grants_expenditurestatement
    FOR EACH ROW EXECUTE FUNCTION grants_statement_holds();

-- Certified is what was prepared last, while its figures stand and nothing of it is unfinished.
CREATE FUNCTION grants_certificate_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    of_it grants_expenditurestatement;
    broken text;
BEGIN
    SELECT * INTO of_it FROM grants_expenditurestatement WHERE id = NEW.statement_id;
    PERFORM pg_advisory_xact_lock(hashtextextended('grants_statement', of_it.figure_id));
    broken := CASE
        WHEN EXISTS (
            SELECT FROM grants_expenditurestatement l
            WHERE l.figure_id = of_it.figure_id AND l.year IS NOT DISTINCT FROM of_it.year
              AND l.n > of_it.n)
          OR NOT EXISTS (
            SELECT FROM grants_lines_of_statement(of_it.figure_id, of_it.year)
            HAVING count(*) = of_it.lines AND coalesce(sum(effect), 0) = of_it.spent)
            THEN 'certifiedstatement_as_it_stands'
        ELSE (SELECT 'certifiedstatement_with_every_' || kind
              FROM grants_unfinished(of_it.figure_id, of_it.year) ORDER BY kind LIMIT 1) END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'this statement of expenditure may not be certified'
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificate_holds BEFORE INSERT ON grants_certifiedstatement
    FOR EACH ROW EXECUTE FUNCTION grants_certificate_holds();
