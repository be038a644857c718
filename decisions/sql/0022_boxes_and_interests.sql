-- Who stood aside approves nothing; a decision is made by a holder of the power; a batch's proof
-- signs just the papers that it names, each once, within minutes.

ALTER TABLE decisions_standingaside
    ADD CONSTRAINT standingaside_version_of_same_decision FOREIGN KEY (version_id, decision_id)
        REFERENCES decisions_paperversion (id, decision_id);
ALTER TABLE decisions_prepareddecision
    ADD CONSTRAINT prepareddecision_version_of_same_decision FOREIGN KEY (version_id, decision_id)
        REFERENCES decisions_paperversion (id, decision_id);

-- The decision's row is locked against the FOR SHARE of an approval, so that of two at once the
-- second sees the first.
CREATE FUNCTION decisions_standing_aside_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    found_status text;
    still_deferred boolean;
BEGIN
    SELECT status, has_deferred INTO found_status, still_deferred
    FROM decisions_decision WHERE id = NEW.decision_id FOR NO KEY UPDATE;
    IF NOT (NEW.stage = 'chief_executive' AND found_status = 'with_chief_executive'
            OR NEW.stage = 'decision' AND found_status = 'awaiting_decision'
            OR NEW.stage = 'decision' AND found_status IN ('signed', 'published')
               AND still_deferred) THEN
        RAISE EXCEPTION 'nobody stands aside from a paper that does not wait for them (%)', found_status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'standingaside_at_its_stage';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER standingaside_holds BEFORE INSERT ON decisions_standingaside
    FOR EACH ROW EXECUTE FUNCTION decisions_standing_aside_holds();

-- Runs after approval_holds, which takes the lock (triggers run in the order of their names).
CREATE FUNCTION decisions_approval_is_by_holder() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM decisions_standingaside
               WHERE decision_id = NEW.decision_id AND person_id = NEW.approved_by_id) THEN
        RAISE EXCEPTION 'whoever stood aside from a paper does not approve it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_not_by_who_stood_aside';
    END IF;
    IF NEW.stage = 'decision' AND NOT EXISTS (
        SELECT FROM accounts_delegation
        WHERE id = NEW.delegation_id AND holder_id = NEW.approved_by_id) THEN
        RAISE EXCEPTION 'a decision is made by the holder of its delegation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_by_holder_of_its_delegation';
    END IF;
    IF NEW.stage = 'decision' AND (
        NEW.role IN ('private_office', 'administrator') OR NOT EXISTS (
            SELECT FROM accounts_roleholding
            WHERE user_id = NEW.approved_by_id AND role = NEW.role
              AND (NEW.approved_at AT TIME ZONE 'Europe/London')::date
                  BETWEEN valid_from AND coalesce(valid_to, '9999-12-30'))) THEN
        RAISE EXCEPTION 'a decision is made by a holder of the office, never by the private office'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_by_holder_of_its_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approval_is_by_holder BEFORE INSERT ON decisions_approval
    FOR EACH ROW EXECUTE FUNCTION decisions_approval_is_by_holder();

-- ---------------------------------------------------------------- batches

CREATE FUNCTION decisions_batch_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM accounts_stepup p JOIN accounts_stepupuse u ON u.step_up_id = p.id
        WHERE p.id = NEW.step_up_id AND p.user_id = NEW.person_id AND p.digest = NEW.digest
          AND p.act_name = 'decisions.sign_batch' AND u.act = NEW.act) THEN
        RAISE EXCEPTION 'a batch is confirmed by its own person''s second factor, in one act'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_confirmed_by_its_proof';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batch_holds BEFORE INSERT ON decisions_batch
    FOR EACH ROW EXECUTE FUNCTION decisions_batch_holds();

CREATE FUNCTION decisions_batch_item_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM decisions_batch WHERE id = NEW.batch_id AND act = NEW.act) THEN
        RAISE EXCEPTION 'a batch is confirmed with all its papers, in one act'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batchitem_confirmed_with_its_batch';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batchitem_holds BEFORE INSERT ON decisions_batchitem
    FOR EACH ROW EXECUTE FUNCTION decisions_batch_item_holds();

CREATE FUNCTION decisions_batch_use_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_batchitem i
        JOIN decisions_batch b ON b.id = i.batch_id
        JOIN decisions_approval a ON a.id = NEW.approval_id
        WHERE i.id = NEW.item_id AND a.decision_id = i.decision_id AND a.stage = 'decision'
          AND a.approved_by_id = b.person_id AND a.act = NEW.act
          AND NEW.made_at BETWEEN b.made_at AND b.made_at + interval '10 minutes') THEN
        RAISE EXCEPTION 'a batch signs the papers it names, for its own person, within ten minutes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batchuse_of_its_own_paper';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batchuse_holds BEFORE INSERT ON decisions_batchuse
    FOR EACH ROW EXECUTE FUNCTION decisions_batch_use_holds();
