-- No chain of links leads back to where it began. Whatever a decision continues, varies, supersedes
-- or resubmits came before it; money that it funds goes on from it, a chain of its own. Links are
-- made one after the other, so that two halves of a ring see each other.
CREATE FUNCTION decisions_link_leads_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.to_decision_id IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('decisions_decisionlink', 2));
    IF EXISTS (
        WITH RECURSIVE onward (id) AS (
            SELECT NEW.to_decision_id
            UNION
            SELECT l.to_decision_id FROM decisions_decisionlink l
            JOIN onward ON l.from_decision_id = onward.id
            WHERE l.to_decision_id IS NOT NULL AND l.id <> NEW.id
              AND (l.kind = 'funds') = (NEW.kind = 'funds')
        )
        SELECT FROM onward WHERE id = NEW.from_decision_id
    ) THEN
        RAISE EXCEPTION 'decision %: the link leads back to it', NEW.from_decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisionlink_in_no_ring';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisionlink_leads_on BEFORE INSERT OR UPDATE ON decisions_decisionlink
    FOR EACH ROW EXECUTE FUNCTION decisions_link_leads_on();
