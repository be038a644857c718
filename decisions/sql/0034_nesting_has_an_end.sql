-- Recommendations lie at most four deep and in no ring: whether one is in Part 1 is asked of all that
-- it lies under, and queries ask so far up.

CREATE FUNCTION decisions_nesting_has_an_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE reached AS (
            SELECT id, 1 AS depth FROM decisions_recommendation
            WHERE decision_id = NEW.decision_id AND parent_id IS NULL
            UNION ALL
            SELECT r.id, depth + 1 FROM decisions_recommendation r
            JOIN reached ON r.parent_id = reached.id WHERE depth < 4
        )
        SELECT FROM decisions_recommendation r
        WHERE r.decision_id = NEW.decision_id AND r.id NOT IN (SELECT id FROM reached)
    ) THEN
        RAISE EXCEPTION 'decision %: a recommendation lies too deep, or under itself', NEW.decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendation_nesting_has_an_end';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER recommendation_nesting_has_an_end
    AFTER INSERT OR UPDATE OF parent_id ON decisions_recommendation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL)
    EXECUTE FUNCTION decisions_nesting_has_an_end();
