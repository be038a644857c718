-- What was decided is what money may be spent under: no sum is added to an outcome afterwards, and
-- none is more than the paper asked for (DEC-10).

ALTER TABLE decisions_outcomefigure
    ADD CONSTRAINT outcomefigure_id_and_amount UNIQUE (id, amount);

CREATE OR REPLACE FUNCTION decisions_outcome_figure_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    SELECT CASE
        WHEN o.act IS DISTINCT FROM NEW.act THEN 'outcomefigure_decided_with_its_outcome'
        WHEN NEW.amount > f.amount THEN 'outcomefigure_not_more_than_asked'
        ELSE '' END
    INTO broken
    FROM decisions_recommendationoutcome o JOIN decisions_figure f USING (recommendation_id)
    WHERE o.id = NEW.outcome_id AND f.id = NEW.figure_id
      AND o.outcome IN ('approved', 'approved_as_amended');
    IF NOT FOUND THEN
        broken := 'outcomefigure_of_same_recommendation';
    END IF;
    IF broken <> '' THEN
        RAISE EXCEPTION 'a sum is decided by an approval of its own recommendation, in one act, '
            'and for no more than was asked'
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
