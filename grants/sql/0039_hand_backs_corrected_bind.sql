-- What was handed back by mistake is put right as one person proposed and another approved, within its
-- allocation, and never by more than was handed back: its account is not below nought.

CREATE FUNCTION grants_hand_back_undone_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT allocation_id FROM grants_account WHERE id = NEW.source_id)
       IS DISTINCT FROM (SELECT allocation_id FROM grants_account WHERE id = NEW.target_id) THEN
        RAISE EXCEPTION 'a hand-back is put right in its own allocation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_within_one_allocation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER move_undoes_its_hand_back BEFORE INSERT ON grants_move
    FOR EACH ROW WHEN (NEW.cause = 'hand_back_undone')
    EXECUTE FUNCTION grants_hand_back_undone_holds();

CREATE CONSTRAINT TRIGGER move_undone_as_approved AFTER INSERT ON grants_move
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.cause = 'hand_back_undone')
    EXECUTE FUNCTION grants_move_as_approved();

-- As before, but to put a hand-back right asks for no consent.
--
-- What is approved was moved as it was proposed. To set money apart for a category for the first time
-- only follows the letter; any later move needs its consent.
CREATE OR REPLACE FUNCTION grants_answer_holds() RETURNS trigger
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
            WHEN proposed.kind NOT IN ('hand_back', 'hand_back_undone') AND NOT is_first AND proposed.consent_on IS NULL
                 AND grants_needs_consent(proposed.giver_id)
                THEN 'proposalanswer_with_the_funders_consent' END;
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'proposal % may not be answered so', NEW.proposal_id
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
