-- What ties moves, entries, allocations and lines to each other and to what was decided. Accounts,
-- moves and entries never change, so a trigger that reads them reads what will always be true.

-- ---------------------------------------------------------------- statements

ALTER TABLE grants_account
    ADD CONSTRAINT account_id_and_outside UNIQUE (id, outside),
    ADD CONSTRAINT account_figure_of_its_allocation FOREIGN KEY (allocation_id, figure_id)
        REFERENCES grants_allocation (id, figure_id);

ALTER TABLE grants_entry
    ADD CONSTRAINT entry_follows_the_last FOREIGN KEY (account_id, previous_n, before)
        REFERENCES grants_entry (account_id, n, after),
    ADD CONSTRAINT entry_outside_as_its_account FOREIGN KEY (account_id, outside)
        REFERENCES grants_account (id, outside);

-- A move has exactly two entries: what left its source, and what came to its target.
ALTER TABLE grants_move
    ADD CONSTRAINT move_source_role_as_its_account FOREIGN KEY (source_id, source_role)
        REFERENCES grants_account (id, role),
    ADD CONSTRAINT move_target_role_as_its_account FOREIGN KEY (target_id, target_role)
        REFERENCES grants_account (id, role),
    ADD CONSTRAINT move_left_its_source FOREIGN KEY (id, source_id, taken)
        REFERENCES grants_entry (move_id, account_id, amount) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT move_came_to_its_target FOREIGN KEY (id, target_id, amount)
        REFERENCES grants_entry (move_id, account_id, amount) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT move_opens_just_what_was_decided FOREIGN KEY (opens_id, amount)
        REFERENCES decisions_outcomefigure (id, amount),
    ADD CONSTRAINT move_reverses_the_way_it_came
        FOREIGN KEY (reverses_id, target_id, source_id, amount)
        REFERENCES grants_move (id, source_id, target_id, amount);

-- ---------------------------------------------------------------- authority

-- The decision that a sum was decided by, its row locked against a revocation under way. Spending
-- rests on a decision of this register that is signed and in force.
CREATE FUNCTION grants_in_force(decided bigint) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS $$
    SELECT d.source = 'here' AND d.status IN ('signed', 'published') AND d.revoked_on IS NULL
    FROM decisions_outcomefigure f
    JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
    JOIN decisions_recommendation r ON r.id = o.recommendation_id
    JOIN decisions_decision d ON d.id = r.decision_id
    WHERE f.id = decided
    FOR SHARE OF d
$$;

-- Whether a sum decided may open authority at all, and by this cause out of this sum (or outside).
CREATE FUNCTION grants_may_open(cause text, decided bigint, out_of bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT r.kind IN ('accept', 'approve_spend', 'approve', 'award')
       AND f.role = 'sum_decided'
       AND CASE WHEN r.funded_from_id IS NULL THEN cause = 'opening'
           ELSE cause = 'sub_allocation' AND EXISTS (
               SELECT FROM decisions_outcomefigure s
               JOIN decisions_recommendationoutcome so ON so.id = s.outcome_id
               WHERE s.id = out_of AND so.recommendation_id = r.funded_from_id) END
    FROM decisions_outcomefigure d
    JOIN decisions_figure f ON f.id = d.figure_id
    JOIN decisions_recommendationoutcome o ON o.id = d.outcome_id
    JOIN decisions_recommendation r ON r.id = o.recommendation_id
    WHERE d.id = decided
$$;

CREATE FUNCTION grants_move_holds() RETURNS trigger
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
                AND (source.figure_id IS NULL
                     OR coalesce(grants_in_force(source.figure_id), false))) THEN
        broken := 'move_under_a_decision_in_force';
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'a % from account % to account % may not be', NEW.cause, source.id, target.id
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER move_holds BEFORE INSERT ON grants_move
    FOR EACH ROW EXECUTE FUNCTION grants_move_holds();

-- Every pound that was spent, or waits to be allowed, is on a line. A commitment or an accrual may be
-- raised later, to what it turned out to cost; its account still holds its line.
CREATE FUNCTION grants_move_has_line() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM grants_spendingline WHERE move_id = NEW.id)
       AND NOT (NEW.cause IN ('commitment', 'accrual') AND EXISTS (
           SELECT FROM grants_spendingline WHERE account_id = NEW.target_id)) THEN
        RAISE EXCEPTION 'a % has its spending line', NEW.cause
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_has_its_line';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER move_has_its_line AFTER INSERT ON grants_move
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.cause IN ('commitment', 'accrual', 'spend', 'awaiting', 'reversal'))
    EXECUTE FUNCTION grants_move_has_line();

-- ---------------------------------------------------------------- allocations

CREATE FUNCTION grants_allocation_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        broken := 'allocation_never_deleted';
    ELSIF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM decisions_outcomefigure f
            JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
            JOIN decisions_recommendation r ON r.id = o.recommendation_id
            WHERE f.id = NEW.figure_id AND r.decision_id = NEW.decision_id) THEN
            broken := 'allocation_figure_of_its_decision';
        ELSIF EXISTS (
            SELECT FROM decisions_outcomefigure f
            JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
            JOIN decisions_recommendation r ON r.id = o.recommendation_id
            WHERE f.id = NEW.figure_id
              AND (NEW.period_start < r.period_start OR NEW.period_end > r.period_end)) THEN
            broken := 'allocation_within_recommended';
        END IF;
    ELSIF (NEW.id, NEW.decision_id, NEW.n, NEW.figure_id, NEW."limit", NEW.funder_id,
           NEW.period_start, NEW.period_end, NEW.charge, NEW.funded_from_id, NEW.allocated_at,
           NEW.allocated_by_id) IS DISTINCT FROM
          (OLD.id, OLD.decision_id, OLD.n, OLD.figure_id, OLD."limit", OLD.funder_id,
           OLD.period_start, OLD.period_end, OLD.charge, OLD.funded_from_id, OLD.allocated_at,
           OLD.allocated_by_id) THEN
        broken := 'allocation_terms_kept';
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'allocation %: % does not allow this', coalesce(OLD.id, NEW.id), broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER allocation_holds BEFORE INSERT OR UPDATE OR DELETE ON grants_allocation
    FOR EACH ROW EXECUTE FUNCTION grants_allocation_holds();

-- An allocation's limit is what was moved to it out of its authority, once.
CREATE FUNCTION grants_allocation_has_limit() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT sum(m.amount) FROM grants_move m JOIN grants_account a ON a.id = m.target_id
        WHERE m.cause = 'allocation' AND a.allocation_id = NEW.id) IS DISTINCT FROM NEW."limit" THEN
        RAISE EXCEPTION 'an allocation''s limit is what was allocated to it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_limit_was_moved';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER allocation_limit_was_moved AFTER INSERT ON grants_allocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_allocation_has_limit();

CREATE FUNCTION grants_allocated_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM grants_entry e JOIN grants_move m ON m.id = e.move_id
               WHERE e.account_id = NEW.target_id AND m.cause = 'allocation' AND m.id <> NEW.id) THEN
        RAISE EXCEPTION 'an allocation is made once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_allocates_once';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER move_allocates_once AFTER INSERT ON grants_move
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.cause = 'allocation')
    EXECUTE FUNCTION grants_allocated_once();

-- ---------------------------------------------------------------- spending lines

-- A line's sum is the entry that its move made in its account: what came in, or, of a reversal, left.
ALTER TABLE grants_allocation
    ADD CONSTRAINT allocation_dates_finite CHECK (
        isfinite(period_start) AND isfinite(period_end) AND isfinite(allocated_at));
ALTER TABLE grants_move ADD CONSTRAINT move_moved_at_finite CHECK (isfinite(moved_at));
ALTER TABLE grants_spendingline
    ADD CONSTRAINT spendingline_dates_finite CHECK (
        isfinite(received_on) AND isfinite(paid_on) AND isfinite(recorded_at)),
    ADD CONSTRAINT spendingline_sum_of_its_entry FOREIGN KEY (move_id, account_id, effect)
        REFERENCES grants_entry (move_id, account_id, amount),
    ADD CONSTRAINT spendingline_role_of_its_account FOREIGN KEY (account_id, account_role)
        REFERENCES grants_account (id, role),
    ADD CONSTRAINT spendingline_account_of_its_allocation FOREIGN KEY (account_id, allocation_id)
        REFERENCES grants_account (id, allocation_id),
    ADD CONSTRAINT spendingline_reverses_where_it_lies
        FOREIGN KEY (reverses_id, account_id, amount)
        REFERENCES grants_spendingline (id, account_id, amount),
    ADD CONSTRAINT spendingline_covers_the_same_sum FOREIGN KEY (covers_id, amount)
        REFERENCES grants_spendingline (id, amount);

-- A commitment and an accrual each hold an account of their own.
CREATE UNIQUE INDEX spendingline_holds_its_account ON grants_spendingline (account_id)
    WHERE account_role IN ('committed', 'accrued') AND reverses_id IS NULL;

CREATE FUNCTION grants_line_broken(line grants_spendingline) RETURNS text
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
            WHEN other.reverses_id IS NOT NULL OR move.reverses_id IS DISTINCT FROM other.move_id
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

CREATE FUNCTION grants_line_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
    -- effect is computed by the database itself, after this trigger
    may_change text[] := '{purpose,po_number,evidence_sha256,evidence_name,evidence_type,effect}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        broken := 'spendingline_never_deleted';
    ELSIF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
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
CREATE TRIGGER spendingline_holds BEFORE INSERT OR UPDATE OR DELETE ON grants_spendingline
    FOR EACH ROW EXECUTE FUNCTION grants_line_holds();
