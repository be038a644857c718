-- Whoever prepared a paper does not advise on it, nor does whoever advised take it over.

CREATE FUNCTION decisions_advice_apart() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM decisions_historicaldecision h
               WHERE h.id = NEW.decision_id AND h.originating_officer_id = NEW.given_by_id) THEN
        RAISE EXCEPTION 'decision %: advice by who prepared it', NEW.decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'advice_not_by_who_prepared';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER advice_apart BEFORE INSERT ON decisions_advice
    FOR EACH ROW EXECUTE FUNCTION decisions_advice_apart();

CREATE FUNCTION decisions_officer_apart() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM decisions_advice a
               WHERE a.decision_id = NEW.id AND a.given_by_id = NEW.originating_officer_id) THEN
        RAISE EXCEPTION 'decision %: taken over by who advised on it', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_officer_did_not_advise';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_officer_apart BEFORE UPDATE OF originating_officer_id ON decisions_decision
    FOR EACH ROW WHEN (OLD.originating_officer_id <> NEW.originating_officer_id)
    EXECUTE FUNCTION decisions_officer_apart();

-- Each stage that endorses a version is another person's.

CREATE FUNCTION decisions_stages_apart() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM decisions_approval a
               WHERE a.version_id = NEW.version_id AND a.stage = 'chief_executive'
                 AND a.approved_by_id = NEW.approved_by_id AND a.sitting <> NEW.sitting) THEN
        RAISE EXCEPTION 'decision %: two stages endorsed by one person', NEW.decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_one_stage_each';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approval_stages_apart BEFORE INSERT ON decisions_approval
    FOR EACH ROW WHEN (NEW.stage = 'chief_executive') EXECUTE FUNCTION decisions_stages_apart();
