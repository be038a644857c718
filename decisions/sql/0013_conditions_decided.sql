-- What was decided at a sitting was decided in one act: no outcome and no condition is added to it
-- afterwards, since documents signed later print them all.

CREATE OR REPLACE FUNCTION decisions_outcome_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    decided_in uuid;
BEGIN
    SELECT a.act INTO decided_in
    FROM decisions_approval a JOIN decisions_recommendation r USING (decision_id)
    WHERE a.id = NEW.approval_id AND r.id = NEW.recommendation_id AND a.stage = 'decision';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the outcome''s recommendation and decision do not belong together'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendationoutcome_of_same_decision';
    END IF;
    IF decided_in <> NEW.act THEN
        RAISE EXCEPTION 'an outcome is given in the act of its decision'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'recommendationoutcome_decided_with_its_approval';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION decisions_condition_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM decisions_recommendationoutcome
                   WHERE id = NEW.outcome_id AND act = NEW.act) THEN
        RAISE EXCEPTION 'a condition is set in the act of its outcome'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'condition_decided_with_its_outcome';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER condition_belongs BEFORE INSERT ON decisions_condition
    FOR EACH ROW EXECUTE FUNCTION decisions_condition_belongs();
