-- Close what was found open in the ties of money: whose money opens a sum, what an allocation says it
-- is funded by, rows that no page could show, and sums hidden as VAT.

-- The constraints of dates that follow in this migration say more than these.
ALTER TABLE grants_allocation DROP CONSTRAINT allocation_dates_finite;
ALTER TABLE grants_move DROP CONSTRAINT move_moved_at_finite;
ALTER TABLE grants_spendingline DROP CONSTRAINT spendingline_dates_finite;

-- A row that has no address is hidden from every page.
ALTER TABLE grants_allocation
    ADD CONSTRAINT allocation_has_an_address CHECK (id > 0 AND n < 100000);
ALTER TABLE grants_spendingline
    ADD CONSTRAINT spendingline_has_an_address CHECK (id > 0),
    -- VAT that is recovered counts against nothing: what is no VAT must not pass for it.
    ADD CONSTRAINT spendingline_recovers_no_more_than_vat CHECK (
        NOT is_vat_recovered OR vat <= net / 4 + 1);

-- ---------------------------------------------------------------- whose money it is

-- The funder whose outside account a sum was opened out of, by whatever way; nobody before that.
CREATE FUNCTION grants_funder_of(opened bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE up AS (
        SELECT a.figure_id, a.funder_id FROM grants_move m
        JOIN grants_account a ON a.id = m.source_id WHERE m.opens_id = opened
        UNION
        SELECT a.figure_id, a.funder_id FROM up JOIN grants_move m ON m.opens_id = up.figure_id
        JOIN grants_account a ON a.id = m.source_id)
    SELECT funder_id FROM up WHERE funder_id IS NOT NULL
$$;

-- A sum opens out of the funder that the paper names, where it names one; and an allocation says
-- whose money it is, and which allocation it was drawn out of, as it was opened.
CREATE FUNCTION grants_move_keeps_funder() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    place grants_allocation;
    opened grants_account;
    broken text;
BEGIN
    IF NEW.cause = 'opening' THEN
        SELECT 'move_opens_from_its_funder' INTO broken
        FROM grants_account a, decisions_outcomefigure f
        JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
        JOIN decisions_recommendation r ON r.id = o.recommendation_id
        JOIN decisions_decision d ON d.id = r.decision_id
        WHERE a.id = NEW.source_id AND f.id = NEW.opens_id
          AND coalesce(r.funder_id, d.funder_id) <> a.funder_id;
    ELSE
        SELECT p.* INTO place FROM grants_allocation p
        JOIN grants_account a ON a.allocation_id = p.id WHERE a.id = NEW.target_id;
        SELECT a.* INTO opened FROM grants_move m JOIN grants_account a ON a.id = m.source_id
            WHERE m.opens_id = place.figure_id;
        broken := CASE
            WHEN place.funder_id IS DISTINCT FROM grants_funder_of(place.figure_id)
                THEN 'allocation_of_its_funder'
            WHEN place.funded_from_id IS DISTINCT FROM opened.allocation_id
                THEN 'allocation_funded_from_its_source' END;
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'a % from account % to account % may not be', NEW.cause, NEW.source_id,
            NEW.target_id USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER move_keeps_funder BEFORE INSERT ON grants_move
    FOR EACH ROW WHEN (NEW.cause IN ('opening', 'allocation'))
    EXECUTE FUNCTION grants_move_keeps_funder();

-- ---------------------------------------------------------------- lines

-- Every pound that was spent, or waits to be allowed, is on a line. A commitment or an accrual may be
-- raised later, to what it turned out to cost, while its line stands.
CREATE OR REPLACE FUNCTION grants_move_has_line() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM grants_spendingline WHERE move_id = NEW.id)
       AND NOT (NEW.cause IN ('commitment', 'accrual') AND EXISTS (
           SELECT FROM grants_spendingline l
           WHERE l.account_id = NEW.target_id AND l.reverses_id IS NULL
             AND NOT EXISTS (SELECT FROM grants_spendingline r WHERE r.reverses_id = l.id))) THEN
        RAISE EXCEPTION 'a % has its spending line', NEW.cause
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_has_its_line';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION grants_line_broken(line grants_spendingline) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    move grants_move;
    place grants_allocation;
    other grants_spendingline;
    signed date;
BEGIN
    SELECT * INTO move FROM grants_move WHERE id = line.move_id;
    IF line.reverses_id IS NOT NULL THEN
        SELECT * INTO other FROM grants_spendingline WHERE id = line.reverses_id;
        RETURN CASE
            -- Also when one of them is not there yet: a reversal is written after both.
            WHEN other.id IS NULL OR other.reverses_id IS NOT NULL
                 OR move.reverses_id IS DISTINCT FROM other.move_id
                 OR line.draws_on_id IS NOT NULL OR line.covers_id IS NOT NULL
                THEN 'spendingline_reverses_once'
            WHEN line.received_on <> other.received_on THEN 'spendingline_reverses_on_its_day' END;
    END IF;
    -- Also when the move is not there yet: its line is written after it.
    IF line.account_id IS DISTINCT FROM move.target_id OR move.cause = 'reversal' THEN
        RETURN 'spendingline_lies_where_it_came';
    END IF;
    SELECT * INTO other FROM grants_spendingline WHERE id = line.draws_on_id;
    IF move.source_role IN ('committed', 'accrued')
       AND (other.account_id IS DISTINCT FROM move.source_id OR other.reverses_id IS NOT NULL)
       OR move.source_role NOT IN ('committed', 'accrued') AND line.draws_on_id IS NOT NULL THEN
        RETURN 'spendingline_draws_on_what_it_came_from';
    END IF;
    IF line.allocation_id IS NULL THEN
        RETURN CASE WHEN line.covers_id IS NOT NULL THEN 'spendingline_covers_what_waited' END;
    END IF;
    IF line.covers_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM grants_spendingline w JOIN grants_spendingline back ON back.reverses_id = w.id
        JOIN grants_move taken_back ON taken_back.id = back.move_id
        WHERE w.id = line.covers_id AND w.allocation_id IS NULL AND taken_back.act = move.act
          AND w.received_on = line.received_on) THEN
        RETURN 'spendingline_covers_what_waited';
    END IF;
    SELECT * INTO place FROM grants_allocation WHERE id = line.allocation_id;
    -- A sum that was deferred at first is decided on the day of its own sitting.
    SELECT CASE WHEN a.sitting = 1 THEN d.date_signed
           ELSE (a.approved_at AT TIME ZONE 'Europe/London')::date END INTO signed
    FROM decisions_outcomefigure f
    JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
    JOIN decisions_approval a ON a.id = o.approval_id
    JOIN decisions_decision d ON d.id = a.decision_id
    WHERE f.id = place.figure_id;
    RETURN CASE
        WHEN (line.received_on BETWEEN place.period_start AND place.period_end) IS NOT TRUE
            THEN 'spendingline_within_the_period'
        WHEN (line.received_on >= signed) IS NOT TRUE AND line.covers_id IS NULL
            THEN 'spendingline_not_before_the_signature' END;
END $$;
