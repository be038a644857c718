-- An allocation lies within the period of its recommendation and of all that its sum is drawn from:
-- money drawn from a grant does not outlive the grant.

CREATE OR REPLACE FUNCTION grants_allocation_holds() RETURNS trigger
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
            WITH RECURSIVE drawn AS (
                SELECT r.id, r.funded_from_id, r.period_start, r.period_end
                FROM decisions_outcomefigure f
                JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
                JOIN decisions_recommendation r ON r.id = o.recommendation_id
                WHERE f.id = NEW.figure_id
                UNION
                SELECT r.id, r.funded_from_id, r.period_start, r.period_end
                FROM drawn JOIN decisions_recommendation r ON r.id = drawn.funded_from_id)
            SELECT FROM drawn
            WHERE NEW.period_start < period_start OR NEW.period_end > period_end) THEN
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
