-- What a sum decided authorises, what the funder's letter awards of it, and what binds: the lower.

-- ---------------------------------------------------------------- what is authorised and awarded

-- A sum decided, and what later decisions added to it or took from it.
CREATE FUNCTION grants_authorised(decided bigint) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT f.amount + coalesce((SELECT sum(v.difference) FROM grants_variation v
                                WHERE v.varied_id = f.id), 0)
    FROM decisions_outcomefigure f WHERE f.id = decided
$$;

-- What the letter in force awards of a sum decided; nothing known before there is one.
CREATE FUNCTION grants_awarded(decided bigint) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT a.amount FROM grants_award a
    WHERE a.figure_id = decided ORDER BY a.n DESC LIMIT 1
$$;

CREATE FUNCTION grants_balance_of_figure(decided bigint, of_role text) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT e.after FROM grants_entry e JOIN grants_account a ON a.id = e.account_id
                     WHERE a.figure_id = decided AND a.allocation_id IS NULL AND a.role = of_role
                     ORDER BY e.n DESC LIMIT 1), 0)
$$;

-- What has been allocated of a sum beyond the letter in force, and not been given back.
CREATE FUNCTION grants_beyond_letter(decided bigint) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT greatest(0, grants_authorised(decided) - grants_awarded(decided))
           - grants_balance_of_figure(decided, 'unawarded')
$$;

-- The sum that money under a sum decided was opened out of in the end.
CREATE FUNCTION grants_root_of(decided bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE up AS (
        SELECT decided AS figure_id
        UNION
        SELECT a.figure_id FROM up JOIN grants_move m ON m.opens_id = up.figure_id
        JOIN grants_account a ON a.id = m.source_id WHERE a.figure_id IS NOT NULL)
    SELECT up.figure_id FROM up JOIN grants_move m ON m.opens_id = up.figure_id
    WHERE m.cause = 'opening'
$$;

-- ---------------------------------------------------------------- letters

ALTER TABLE grants_award ADD CONSTRAINT award_replaces_one_of_its_sum
    FOREIGN KEY (replaces_id, figure_id) REFERENCES grants_award (id, figure_id);

-- A letter is of a sum that a recommendation accepted from outside, and follows the last one.
CREATE FUNCTION grants_award_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    broken := CASE
        WHEN NOT EXISTS (
            SELECT FROM decisions_outcomefigure d
            JOIN decisions_figure f ON f.id = d.figure_id
            JOIN decisions_recommendationoutcome o ON o.id = d.outcome_id
            JOIN decisions_recommendation r ON r.id = o.recommendation_id
            WHERE d.id = NEW.figure_id AND r.kind = 'accept' AND r.funded_from_id IS NULL
              AND f.role = 'sum_decided')
            THEN 'award_of_a_sum_accepted'
        WHEN NEW.replaces_id IS NOT NULL AND NEW.n <> 1 + (
            SELECT n FROM grants_award WHERE id = NEW.replaces_id)
            THEN 'award_replaces_the_one_before'
        WHEN NOT EXISTS (SELECT FROM grants_move WHERE opens_id = NEW.figure_id)
            THEN 'award_of_an_opened_sum'
    END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'an award of sum % may not be', NEW.figure_id
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER award_holds BEFORE INSERT ON grants_award
    FOR EACH ROW EXECUTE FUNCTION grants_award_holds();

-- What the letter awards less than is authorised is kept apart, as far as it is not allocated; and
-- never more than that.
CREATE FUNCTION grants_letter_binds(decided bigint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    beyond numeric := coalesce(grants_beyond_letter(decided), 0);
BEGIN
    IF beyond < 0 OR beyond > 0 AND grants_balance_of_figure(decided, 'authority') > 0 THEN
        RAISE EXCEPTION 'the lower of decision and letter binds'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'award_binds';
    END IF;
END $$;

CREATE FUNCTION grants_award_binds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grants_letter_binds(NEW.figure_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER award_binds AFTER INSERT ON grants_award
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_award_binds();

CREATE FUNCTION grants_move_keeps_letter() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    account bigint := CASE WHEN NEW.target_role IN ('authority', 'unawarded') THEN NEW.target_id
                      ELSE NEW.source_id END;
    decided bigint := (SELECT figure_id FROM grants_account WHERE id = account);
BEGIN
    IF EXISTS (SELECT FROM grants_award WHERE figure_id = decided) THEN
        PERFORM grants_letter_binds(decided);
    ELSIF NEW.cause = 'award' THEN
        RAISE EXCEPTION 'no letter binds sum %', decided
            USING ERRCODE = 'check_violation', CONSTRAINT = 'award_binds';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER move_keeps_letter AFTER INSERT ON grants_move
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.target_role IN ('authority', 'unawarded')
          OR NEW.source_role IN ('authority', 'unawarded'))
    EXECUTE FUNCTION grants_move_keeps_letter();

-- Nothing more is spent or drawn while more is allocated than the letter awards.
CREATE FUNCTION grants_move_within_letter() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    decided bigint := (SELECT figure_id FROM grants_account WHERE id = NEW.source_id);
BEGIN
    IF grants_beyond_letter(grants_root_of(decided)) > 0 THEN
        RAISE EXCEPTION 'more is allocated of sum % than its letter awards', decided
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_within_the_letter';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER move_within_the_letter BEFORE INSERT ON grants_move
    FOR EACH ROW WHEN (NEW.source_role = 'available'
                       AND NEW.cause IN ('commitment', 'accrual', 'spend', 'sub_allocation'))
    EXECUTE FUNCTION grants_move_within_letter();

-- ---------------------------------------------------------------- variations

ALTER TABLE grants_variation ADD CONSTRAINT variation_sum_of_its_move FOREIGN KEY (move_id, moved)
    REFERENCES grants_move (id, amount);

CREATE FUNCTION grants_variation_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    moved grants_move;
    place bigint;
    broken text;
BEGIN
    SELECT * INTO moved FROM grants_move WHERE id = NEW.move_id;
    SELECT figure_id INTO place FROM grants_account
        WHERE id = CASE WHEN NEW.difference > 0 THEN moved.target_id ELSE moved.source_id END;
    broken := CASE
        WHEN moved.cause IS DISTINCT FROM 'variation' OR place IS DISTINCT FROM NEW.varied_id
            THEN 'variation_moves_what_it_varies'
        WHEN NEW.earlier <> grants_authorised(NEW.varied_id)
            THEN 'variation_of_what_stands'
        WHEN NOT EXISTS (
            SELECT FROM decisions_outcomefigure d
            JOIN decisions_figure f ON f.id = d.figure_id
            JOIN decisions_recommendationoutcome o ON o.id = d.outcome_id
            JOIN decisions_recommendation r ON r.id = o.recommendation_id
            JOIN decisions_decisionlink l ON l.from_decision_id = r.decision_id
            JOIN decisions_recommendation of_it ON of_it.decision_id = l.to_decision_id
            JOIN decisions_recommendationoutcome its ON its.recommendation_id = of_it.id
            JOIN decisions_outcomefigure earlier ON earlier.outcome_id = its.id
            WHERE d.id = NEW.varying_id AND f.role = 'sum_decided' AND r.kind = 'vary'
              AND l.kind = 'varies' AND earlier.id = NEW.varied_id
              AND d.amount = NEW.earlier + NEW.difference
              AND NEW.earlier = (SELECT sum(e.amount) FROM decisions_figure e
                                 WHERE e.recommendation_id = r.id AND e.role = 'earlier'))
            THEN 'variation_as_decided'
        WHEN grants_in_force(NEW.varying_id) IS NOT TRUE
            THEN 'move_under_a_decision_in_force'
    END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'sum % may not be varied by sum %', NEW.varied_id, NEW.varying_id
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER variation_holds BEFORE INSERT ON grants_variation
    FOR EACH ROW EXECUTE FUNCTION grants_variation_holds();

CREATE FUNCTION grants_move_has_variation() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM grants_variation WHERE move_id = NEW.id) THEN
        RAISE EXCEPTION 'a variation names the decision that varies'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_has_its_variation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER move_has_its_variation AFTER INSERT ON grants_move
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.cause = 'variation')
    EXECUTE FUNCTION grants_move_has_variation();

-- ---------------------------------------------------------------- bids

CREATE FUNCTION grants_bid_end_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_recommendationoutcome o
        JOIN decisions_recommendation r ON r.id = o.recommendation_id
        WHERE o.id = NEW.outcome_id AND r.kind = 'bid'
          AND o.outcome IN ('approved', 'approved_as_amended')) THEN
        RAISE EXCEPTION 'only a bid that was approved is won or lost'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bidend_of_a_bid';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bidend_holds BEFORE INSERT ON grants_bidend
    FOR EACH ROW EXECUTE FUNCTION grants_bid_end_holds();

-- ---------------------------------------------------------------- moves

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
        WHEN NEW.cause IN ('allocation', 'virement', 'limit', 'award')
             AND source.figure_id IS DISTINCT FROM target.figure_id
            THEN 'move_within_one_authority'
        WHEN NEW.cause IN ('commitment', 'accrual', 'spend', 'release', 'reversal')
             AND source.allocation_id IS DISTINCT FROM target.allocation_id
            THEN 'move_within_one_allocation'
        WHEN NEW.cause IN ('awaiting', 'reversal')
             AND source.funder_id IS DISTINCT FROM target.funder_id
            THEN 'move_within_one_funder'
        WHEN NEW.cause = 'variation' AND coalesce(source.funder_id, target.funder_id)
             IS DISTINCT FROM grants_funder_of(coalesce(source.figure_id, target.figure_id))
            THEN 'move_opens_from_its_funder'
    END;
    -- What gives money back is always lawful; all else needs a decision that is in force.
    IF broken IS NULL AND NEW.cause NOT IN ('release', 'reversal', 'awaiting')
       AND NEW.target_role NOT IN ('authority', 'unawarded', 'outside')
       OR broken IS NULL AND (NEW.opens_id IS NOT NULL OR NEW.source_role = 'outside'
                              AND NEW.cause <> 'awaiting') THEN
        IF NOT (coalesce(grants_in_force(target.figure_id), false)
                AND (source.figure_id IS NULL OR source.figure_id = target.figure_id
                     OR coalesce(grants_in_force(source.figure_id), false))) THEN
            broken := 'move_under_a_decision_in_force';
        END IF;
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'a % from account % to account % may not be', NEW.cause, source.id, target.id
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;

ALTER FUNCTION grants_move_holds SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION grants_move_within_letter SET plan_cache_mode = force_generic_plan;

-- ---------------------------------------------------------------- lines

-- What is charged was received within the period of the letter in force, where there is one.
CREATE FUNCTION grants_line_within_letter() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    letter grants_award;
BEGIN
    SELECT a.* INTO letter FROM grants_award a
    WHERE a.figure_id = grants_root_of(
        (SELECT figure_id FROM grants_allocation WHERE id = NEW.allocation_id))
    ORDER BY a.n DESC LIMIT 1;
    IF letter.id IS NOT NULL
       AND NEW.received_on NOT BETWEEN letter.period_start AND letter.period_end THEN
        RAISE EXCEPTION 'received on %, outside the period of the letter', NEW.received_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spendingline_within_the_letter';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER line_within_letter BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.allocation_id IS NOT NULL AND NEW.reverses_id IS NULL)
    EXECUTE FUNCTION grants_line_within_letter();
ALTER FUNCTION grants_line_within_letter SET plan_cache_mode = force_generic_plan;
