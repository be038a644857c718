-- The guards of moves and lines ask for less at a time: the same answers out of fewer statements, and
-- what a form, a spend and its two accounts stand on in one message each.

CREATE OR REPLACE FUNCTION grants_move_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    source grants_account;
    target grants_account;
    broken text;
BEGIN
    SELECT * INTO source FROM grants_account WHERE id = NEW.source_id;
    SELECT * INTO target FROM grants_account WHERE id = NEW.target_id;
    broken := CASE
        -- A statement that writes several tables at once shows its triggers only a part of them.
        WHEN source.id IS NULL OR target.id IS NULL THEN 'move_between_known_accounts'
        WHEN NEW.opens_id IS NOT NULL AND (target.figure_id IS DISTINCT FROM NEW.opens_id
             OR NOT coalesce(grants_may_open(NEW.cause, NEW.opens_id, source.figure_id), false))
            THEN 'move_opens_only_authority'
        WHEN NEW.cause IN ('allocation', 'virement')
             AND source.figure_id IS DISTINCT FROM target.figure_id
            THEN 'move_within_one_authority'
        WHEN NEW.cause IN ('commitment', 'accrual', 'spend', 'release', 'reversal')
             AND source.allocation_id IS DISTINCT FROM target.allocation_id
            THEN 'move_within_one_allocation'
        WHEN NEW.cause IN ('awaiting', 'reversal')
             AND source.funder_id IS DISTINCT FROM target.funder_id
            THEN 'move_within_one_funder'
    END;
    -- What gives money back is always lawful; all else needs a decision that is in force.
    IF broken IS NULL AND NEW.cause NOT IN ('release', 'reversal', 'awaiting')
       AND NOT (coalesce(grants_in_force(target.figure_id), false)
                AND (source.figure_id IS NULL OR source.figure_id = target.figure_id
                     OR coalesce(grants_in_force(source.figure_id), false))) THEN
        broken := 'move_under_a_decision_in_force';
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'a % from account % to account % may not be', NEW.cause, source.id, target.id
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION grants_move_has_line() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM grants_spendingline WHERE move_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    IF NOT (NEW.cause IN ('commitment', 'accrual') AND EXISTS (
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
    place record;
    other grants_spendingline;
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
    IF line.draws_on_id IS NOT NULL THEN
        SELECT * INTO other FROM grants_spendingline WHERE id = line.draws_on_id;
    END IF;
    IF move.source_role IN ('committed', 'accrued')
       AND (other.account_id IS DISTINCT FROM move.source_id OR other.reverses_id IS NOT NULL)
       OR move.source_role NOT IN ('committed', 'accrued') AND line.draws_on_id IS NOT NULL THEN
        RETURN 'spendingline_draws_on_what_it_came_from';
    END IF;
    IF line.allocation_id IS NULL THEN
        RETURN CASE WHEN line.covers_id IS NOT NULL THEN 'spendingline_covers_what_waited' END;
    END IF;
    IF line.covers_id IS NOT NULL THEN
        IF NOT EXISTS (
            SELECT FROM grants_spendingline w JOIN grants_spendingline back ON back.reverses_id = w.id
            JOIN grants_move taken_back ON taken_back.id = back.move_id
            WHERE w.id = line.covers_id AND w.allocation_id IS NULL AND taken_back.act = move.act
              AND w.received_on = line.received_on) THEN
            RETURN 'spendingline_covers_what_waited';
        END IF;
    END IF;
    -- A sum that was deferred at first is decided on the day of its own sitting.
    SELECT p.period_start, p.period_end,
           CASE WHEN a.sitting = 1 THEN d.date_signed
           ELSE (a.approved_at AT TIME ZONE 'Europe/London')::date END AS signed
    INTO place
    FROM grants_allocation p
    JOIN decisions_outcomefigure f ON f.id = p.figure_id
    JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
    JOIN decisions_approval a ON a.id = o.approval_id
    JOIN decisions_decision d ON d.id = a.decision_id
    WHERE p.id = line.allocation_id;
    RETURN CASE
        WHEN (line.received_on BETWEEN place.period_start AND place.period_end) IS NOT TRUE
            THEN 'spendingline_within_the_period'
        WHEN (line.received_on >= place.signed) IS NOT TRUE AND line.covers_id IS NULL
            THEN 'spendingline_not_before_the_signature' END;
END $$;

-- Hold accounts until the act ends, always in the same order; return what each holds then. The
-- balances are asked for after the wait, so that they are what others left.
CREATE FUNCTION grants_held(locks bigint, accounts bigint[]) RETURNS TABLE (account bigint, balance numeric)
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    each bigint;
BEGIN
    FOREACH each IN ARRAY accounts LOOP
        PERFORM pg_advisory_xact_lock(locks + each);
    END LOOP;
    RETURN QUERY SELECT a.id, coalesce(
        (SELECT e.after FROM grants_entry e WHERE e.account_id = a.id ORDER BY e.n DESC LIMIT 1), 0)
    FROM unnest(accounts) a (id);
END $$;

-- Post a move and its two entries; return what it did to each account, source first. The sum is rounded
-- to pennies once, so that both sides move the same.
CREATE OR REPLACE FUNCTION grants_post(cause text, source bigint, target bigint, amount numeric, opens bigint,
                            reverses bigint, reason text, moved_at timestamptz)
RETURNS TABLE (move_id bigint, before numeric, after numeric)
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    move bigint;
    pounds numeric(14, 2) := grants_post.amount;
BEGIN
    INSERT INTO grants_move (cause, source_id, source_role, target_id, target_role, amount, opens_id,
                             reverses_id, reason, moved_at)
    SELECT grants_post.cause, s.id, s.role, t.id, t.role, pounds, opens, reverses,
           grants_post.reason, grants_post.moved_at
    FROM grants_account s, grants_account t WHERE s.id = source AND t.id = target
    RETURNING id INTO move;
    RETURN QUERY
    INSERT INTO grants_entry AS made (account_id, n, move_id, amount, before, after, outside)
    SELECT a.id, coalesce(last.n, 0) + 1, move, side.amount, coalesce(last.after, 0),
           coalesce(last.after, 0) + side.amount, a.outside
    FROM (VALUES (source, -pounds), (target, pounds)) side (account_id, amount)
    JOIN grants_account a ON a.id = side.account_id
    LEFT JOIN LATERAL (SELECT e.n, e.after FROM grants_entry e WHERE e.account_id = a.id
                       ORDER BY e.n DESC LIMIT 1) last ON true
    ORDER BY side.amount
    RETURNING made.move_id, made.before, made.after;
END $$;

-- Single rows are looked up here, by their keys: one plan serves for all.
ALTER FUNCTION grants_post SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION grants_held SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION grants_standing SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION grants_line_broken SET plan_cache_mode = force_generic_plan;
