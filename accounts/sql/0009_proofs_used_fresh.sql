-- A second factor is used by whoever gave it within five minutes, in a later act; the loader's own
-- are a demonstration's.

CREATE FUNCTION accounts_step_up_use_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    given accounts_stepup%ROWTYPE;
    broken text;
BEGIN
    SELECT * INTO given FROM accounts_stepup WHERE id = NEW.step_up_id;
    broken := CASE
        WHEN NEW.used_at NOT BETWEEN given.verified_at AND given.verified_at + interval '5 minutes'
            THEN 'stepupuse_while_fresh'
        WHEN given.act = NEW.act THEN 'stepupuse_in_a_later_act'
        WHEN given.method = 'demonstration'
            AND EXISTS (SELECT FROM audit.register WHERE mode <> 'demonstration')
            THEN 'stepupuse_of_no_demonstration'
        END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'proof %: % does not allow this use', NEW.step_up_id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stepupuse_holds BEFORE INSERT ON accounts_stepupuse
    FOR EACH ROW EXECUTE FUNCTION accounts_step_up_use_holds();
