-- Money is moved between allocations or categories, carried forward and handed back only as one person
-- proposed and another approved, with the funder's consent where the letter in force asks for it.

-- ---------------------------------------------------------------- moves

-- As before, but a carrying forward stays under one sum decided, and a hand-back in one allocation;
-- handing back is lawful under a decision that was revoked.
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
        WHEN NEW.cause IN ('allocation', 'virement', 'carry_forward', 'limit', 'award')
             AND source.figure_id IS DISTINCT FROM target.figure_id
            THEN 'move_within_one_authority'
        WHEN NEW.cause IN ('commitment', 'accrual', 'spend', 'release', 'reversal', 'hand_back')
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
    IF broken IS NULL AND NEW.cause NOT IN ('release', 'reversal', 'awaiting', 'hand_back')
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

CREATE FUNCTION grants_move_as_approved() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM grants_proposalanswer WHERE move_id = NEW.id) THEN
        RAISE EXCEPTION 'a % is proposed by one person and approved by another', NEW.cause
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_as_it_was_approved';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER move_as_it_was_approved AFTER INSERT ON grants_move
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.cause IN ('virement', 'carry_forward', 'hand_back'))
    EXECUTE FUNCTION grants_move_as_approved();

-- ---------------------------------------------------------------- proposals

-- What is moved to an allocation that begins after this one has ended is carried forward.
CREATE FUNCTION grants_proposal_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    ends date := (SELECT period_end FROM grants_allocation WHERE id = NEW.giver_id);
    begins date := (SELECT period_start FROM grants_allocation WHERE id = NEW.taker_id);
BEGIN
    IF NEW.kind IN ('virement', 'carry_forward') AND (NEW.kind = 'carry_forward') <> (begins > ends) THEN
        RAISE EXCEPTION 'money is carried forward to what begins after % ends', NEW.giver_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_carries_forward_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposal_holds BEFORE INSERT ON grants_proposal
    FOR EACH ROW WHEN (NEW.taker_id IS NOT NULL) EXECUTE FUNCTION grants_proposal_holds();

-- Whether the letter in force of an allocation's grant asks for the funder's consent.
CREATE FUNCTION grants_needs_consent(place bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT w.needs_consent FROM grants_award w
                     WHERE w.figure_id = grants_root_of(p.figure_id) ORDER BY w.n DESC LIMIT 1), false)
    FROM grants_allocation p WHERE p.id = place
$$;

-- What is approved was moved as it was proposed. To set money apart for a category for the first time
-- only follows the letter; any later move needs its consent.
CREATE FUNCTION grants_answer_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    proposed grants_proposal;
    moved grants_move;
    source grants_account;
    target grants_account;
    is_first boolean;
    broken text;
BEGIN
    SELECT * INTO proposed FROM grants_proposal WHERE id = NEW.proposal_id;
    IF NEW.outcome <> 'approved' OR proposed.kind = 'reopening' THEN
        IF NEW.move_id IS NOT NULL THEN broken := 'proposalanswer_moves_what_was_proposed'; END IF;
    ELSE
        SELECT * INTO moved FROM grants_move WHERE id = NEW.move_id;
        SELECT * INTO source FROM grants_account WHERE id = moved.source_id;
        SELECT * INTO target FROM grants_account WHERE id = moved.target_id;
        is_first := proposed.giver_id = proposed.taker_id AND proposed.giver_category = ''
            AND NOT EXISTS (SELECT FROM grants_entry
                            WHERE account_id = target.id AND move_id <> moved.id);
        broken := CASE
            WHEN (moved.cause, moved.amount, source.allocation_id, source.category,
                  target.allocation_id, target.category)
                 IS DISTINCT FROM (proposed.kind, proposed.amount, proposed.giver_id,
                  proposed.giver_category, coalesce(proposed.taker_id, proposed.giver_id),
                  proposed.taker_category)
                THEN 'proposalanswer_moves_what_was_proposed'
            WHEN proposed.kind <> 'hand_back' AND NOT is_first AND proposed.consent_on IS NULL
                 AND grants_needs_consent(proposed.giver_id)
                THEN 'proposalanswer_with_the_funders_consent' END;
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'proposal % may not be answered so', NEW.proposal_id
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposalanswer_holds BEFORE INSERT ON grants_proposalanswer
    FOR EACH ROW EXECUTE FUNCTION grants_answer_holds();
