-- Credits give back no more than is left of a line, and a reversal gives back what is left of it.

ALTER TABLE grants_spendingline
    ADD CONSTRAINT spendingline_id_and_effect UNIQUE (id, effect),
    ADD CONSTRAINT spendingline_sum_of_its_entry FOREIGN KEY (move_id, account_id, moved)
        REFERENCES grants_entry (move_id, account_id, amount),
    ADD CONSTRAINT spendingline_reverses_where_it_lies FOREIGN KEY (reverses_id, account_id)
        REFERENCES grants_spendingline (id, account_id),
    ADD CONSTRAINT spendingline_credits_where_it_lies FOREIGN KEY (credits_id, account_id)
        REFERENCES grants_spendingline (id, account_id),
    -- What is left of a line may be VAT for a larger part than any invoice has.
    DROP CONSTRAINT spendingline_recovers_no_more_than_vat,
    ADD CONSTRAINT spendingline_recovers_no_more_than_vat CHECK (
        NOT is_vat_recovered OR vat <= net / 4 + 1
        OR reverses_id IS NOT NULL OR credits_id IS NOT NULL);
ALTER TABLE grants_claimline ADD CONSTRAINT claimline_sum_of_its_line FOREIGN KEY (line_id, amount)
    REFERENCES grants_spendingline (id, effect);

-- ---------------------------------------------------------------- moves

-- What is left to spend that a move took from, or that its commitment or accrual came out of.
CREATE FUNCTION grants_drawn_from(took bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    came record;
BEGIN
    SELECT source_id, source_role INTO came FROM grants_move WHERE id = took;
    RETURN CASE WHEN came.source_role = 'available' THEN came.source_id
           ELSE grants_origin_of(came.source_id) END;
END $$;

CREATE OR REPLACE FUNCTION grants_move_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
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
        WHEN NEW.cause IN ('allocation', 'virement', 'carry_forward', 'limit', 'award')
             AND source.figure_id IS DISTINCT FROM target.figure_id
            THEN 'move_within_one_authority'
        WHEN NEW.cause IN ('commitment', 'accrual', 'spend', 'release', 'reversal', 'hand_back',
                            'given_back')
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
    IF broken IS NULL AND NEW.cause NOT IN ('release', 'reversal', 'awaiting', 'hand_back', 'given_back')
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

DROP TRIGGER move_has_its_line ON grants_move;
CREATE CONSTRAINT TRIGGER move_has_its_line AFTER INSERT ON grants_move
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.cause IN ('commitment', 'accrual', 'spend', 'awaiting', 'reversal', 'given_back'))
    EXECUTE FUNCTION grants_move_has_line();

-- ---------------------------------------------------------------- lines

-- What is wrong with a credit of a line, or of none: it goes back to where the line drew on, on its day
-- and in its VAT; of none, to where a line of its category would draw on.
CREATE FUNCTION grants_credit_broken(line grants_spendingline, move grants_move) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off AS $$
DECLARE
    other grants_spendingline;
    place grants_allocation;
BEGIN
    IF move.cause IS DISTINCT FROM 'given_back' OR line.account_id IS DISTINCT FROM move.source_id THEN
        RETURN 'spendingline_lies_where_it_came';
    END IF;
    IF line.credits_id IS NOT NULL THEN
        SELECT * INTO other FROM grants_spendingline WHERE id = line.credits_id;
        RETURN CASE
            WHEN other.id IS NULL OR other.reverses_id IS NOT NULL OR other.kind = 'credit'
                 OR other.stage <> 'actual' OR grants_drawn_from(other.move_id)
                    IS DISTINCT FROM move.target_id
                 OR (line.received_on, line.category, line.is_vat_recovered)
                    IS DISTINCT FROM (other.received_on, other.category, other.is_vat_recovered)
                THEN 'spendingline_credits_a_line_as_it_is' END;
    END IF;
    SELECT * INTO place FROM grants_allocation WHERE id = line.allocation_id;
    RETURN CASE
        WHEN (line.received_on BETWEEN place.period_start AND place.period_end) IS NOT TRUE
            THEN 'spendingline_within_the_period'
        WHEN move.target_id IS DISTINCT FROM (
            SELECT a.id FROM grants_account a
            WHERE a.allocation_id = line.allocation_id AND a.role = 'available'
              AND a.category IN ('', line.category) ORDER BY a.category DESC LIMIT 1)
            THEN 'spendingline_of_its_category' END;
END $$;

CREATE OR REPLACE FUNCTION grants_line_broken(line grants_spendingline) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off AS $$
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
                 OR line.draws_on_id IS NOT NULL OR line.covers_id IS NOT NULL
                THEN 'spendingline_reverses_once'
            WHEN (line.kind, line.credits_id) IS DISTINCT FROM (other.kind, other.credits_id)
                THEN 'spendingline_reverses_its_like'
            -- A part of what was moved goes back where it was drawn from, as a credit does.
            WHEN CASE WHEN move.cause = 'given_back' THEN
                     other.kind = 'credit' OR other.stage <> 'actual'
                     OR move.source_id IS DISTINCT FROM other.account_id
                     OR move.target_id IS DISTINCT FROM grants_drawn_from(other.move_id)
                 ELSE move.reverses_id IS DISTINCT FROM other.move_id END
                THEN 'spendingline_reverses_once'
            WHEN line.received_on <> other.received_on THEN 'spendingline_reverses_on_its_day' END;
    END IF;
    IF line.kind = 'credit' THEN
        RETURN grants_credit_broken(line, move);
    END IF;
    -- Also when the move is not there yet: its line is written after it.
    IF line.account_id IS DISTINCT FROM move.target_id OR move.cause IN ('reversal', 'given_back') THEN
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

DROP TRIGGER line_within_letter ON grants_spendingline;
CREATE TRIGGER line_within_letter BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.together IS NULL AND NEW.allocation_id IS NOT NULL
                       AND NEW.reverses_id IS NULL AND NEW.credits_id IS NULL)
    EXECUTE FUNCTION grants_line_within_letter();

-- One line of each kind is held for all that are alike in whatever those guards read of a line.
CREATE OR REPLACE FUNCTION grants_lines_together_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    wrong record;
BEGIN
    IF NOT EXISTS (SELECT FROM made WHERE together IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO wrong FROM (
        SELECT l.id, coalesce(
            grants_line_broken(l),
            CASE WHEN l.allocation_id IS NOT NULL AND l.reverses_id IS NULL THEN coalesce(
                grants_line_beside_its_category(l),
                CASE WHEN l.credits_id IS NULL THEN grants_line_beyond_letter(l) END) END) AS broken
        FROM (SELECT min(id) AS id FROM made WHERE together IS NOT NULL
              GROUP BY move_id, account_id, allocation_id, category, received_on, kind,
                       credits_id, is_vat_recovered, reverses_id, draws_on_id, covers_id) kinds
        JOIN grants_spendingline l ON l.id = kinds.id OFFSET 0) held
    WHERE held.broken IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'spending line %: % does not allow this', wrong.id, wrong.broken
            USING ERRCODE = 'check_violation', CONSTRAINT = wrong.broken;
    END IF;
    RETURN NULL;
END $$;

-- What gives money back needs no second person, as a reversal does not.
DROP TRIGGER line_under_the_limit ON grants_spendingline;
CREATE TRIGGER line_under_the_limit BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.allocation_id IS NOT NULL AND NEW.reverses_id IS NULL
                       AND NEW.kind <> 'credit' AND NEW.spending_import_id IS NULL
                       AND NEW.reservation_id IS NULL)
    EXECUTE FUNCTION grants_line_under_the_limit();

-- A line, its credits, what reversed them and what reversed it: together nought or more, in what counts,
-- in net and in VAT; and nought once it is reversed. A credit and what reverses it: nought. All of them lie in one account, whose
-- statement they were written into one after the other: so each sees those that were before it.
CREATE FUNCTION grants_lines_leave_no_less() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    IF NOT EXISTS (SELECT FROM made WHERE credits_id IS NOT NULL OR reverses_id IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    -- Planned each time, for as many lines as there are.
    EXECUTE '
        WITH touched AS MATERIALIZED (
            SELECT credits_id AS id FROM made WHERE credits_id IS NOT NULL
            UNION SELECT reverses_id FROM made WHERE reverses_id IS NOT NULL
        ), family AS (
            SELECT t.id, false AS is_back, l.effect, l.net, l.vat
            FROM touched t JOIN grants_spendingline l ON l.id = t.id
            UNION ALL
            SELECT t.id, false, l.effect, l.net, l.vat
            FROM touched t JOIN grants_spendingline l ON l.credits_id = t.id
            UNION ALL
            SELECT t.id, true, l.effect, l.net, l.vat
            FROM touched t JOIN grants_spendingline l ON l.reverses_id = t.id
        ), left_of AS (
            SELECT bool_or(is_back) AS is_back, sum(effect) * sign(max(own)) AS counts,
                   sum(sign(effect) * net) * sign(max(own)) AS net,
                   sum(sign(effect) * vat) * sign(max(own)) AS vat
            FROM (SELECT f.*, l.effect AS own FROM family f
                  JOIN grants_spendingline l ON l.id = f.id) each
            GROUP BY id
        )
        SELECT CASE WHEN bool_or(least(counts, net, vat) < 0)
                    THEN ''spendingline_credits_what_is_left''
               WHEN bool_or(is_back AND greatest(counts, net, vat) > 0)
                    THEN ''spendingline_reverses_what_is_left'' END
        FROM left_of' INTO broken;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'no more is given back than is left of a line'
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lines_leave_no_less AFTER INSERT ON grants_spendingline
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_lines_leave_no_less();

-- ---------------------------------------------------------------- claims

-- Whether a credit may be claimed with its line or after it: what the funder paid of it goes back, and
-- what is not claimed yet is claimed with it. Of a line that it disallowed, or that was claimed before
-- this register, nothing is.
CREATE FUNCTION grants_credit_counts(credited bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM grants_claimoutcome o WHERE o.line_id = credited AND o.outcome = 'paid')
        OR NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = credited)
       AND coalesce((SELECT coalesce(o.frees, false) FROM grants_claimline c
                     LEFT JOIN grants_claimoutcome o ON o.claimed_id = c.id
                     WHERE c.line_id = credited ORDER BY c.turn DESC LIMIT 1), true)
       AND NOT grants_is_claimed_before(NULL, credited)
$$;

-- The lines of a grant that may be claimed, received between two days (inclusive): paid and not taken
-- back, or taking back what the funder paid; never claimed, or freed again. Credits go with their line.
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
               AND (l.credits_id IS NULL OR grants_credit_counts(l.credits_id))
          ELSE EXISTS (SELECT FROM grants_claimoutcome o
                       WHERE o.line_id = l.reverses_id AND o.outcome = 'paid') END
    ORDER BY l.id;
END $$;

-- The standing credits of lines in a claim that are not in it, and of which the funder knows nothing.
CREATE FUNCTION grants_credits_left_out(of_claim bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT k.id FROM grants_claimline c JOIN grants_spendingline k ON k.credits_id = c.line_id
    WHERE c.claim_id = of_claim AND k.reverses_id IS NULL
      AND NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = k.id)
      AND NOT EXISTS (SELECT FROM grants_claimline o WHERE o.line_id = k.id AND o.claim_id = of_claim)
      AND NOT EXISTS (SELECT FROM grants_claimoutcome o WHERE o.line_id = k.id AND o.outcome = 'paid')
$$;

CREATE OR REPLACE FUNCTION grants_claim_lines_hold() RETURNS trigger
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
                            AND (l.credits_id IS NULL
                                 OR EXISTS (SELECT FROM made w WHERE w.line_id = l.credits_id)
                                 OR EXISTS (SELECT FROM grants_claimoutcome o
                                            WHERE o.line_id = l.credits_id AND o.outcome = 'paid'))
                       ELSE EXISTS (SELECT FROM grants_claimoutcome o
                                    WHERE o.line_id = l.reverses_id AND o.outcome = 'paid') END)
                  IS NOT TRUE)
            THEN 'claimline_of_what_may_be_claimed'
        WHEN EXISTS (SELECT FROM (SELECT DISTINCT claim_id FROM made) m,
                     grants_credits_left_out(m.claim_id))
            THEN 'claimline_with_its_credits' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'these lines may not be claimed'
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION grants_claim_step_holds() RETURNS trigger
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
        WHEN NEW.kind = 'submitted' AND (EXISTS (
            SELECT FROM grants_claimline c JOIN grants_spendingline b ON b.reverses_id = c.line_id
            WHERE c.claim_id = NEW.claim_id)
            OR EXISTS (SELECT FROM grants_credits_left_out(NEW.claim_id)))
            THEN 'claimstep_submitted_as_it_stands' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'claim % may not be %', NEW.claim_id, NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
