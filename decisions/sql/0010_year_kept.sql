-- A reference is kept with its year, as its number and series are (decision_number_kept).
CREATE FUNCTION decisions_year_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.number IS NOT NULL AND NEW.year IS DISTINCT FROM OLD.year THEN
        RAISE EXCEPTION 'decision %: its reference is kept', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_number_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_year_kept BEFORE UPDATE OF year ON decisions_decision
    FOR EACH ROW EXECUTE FUNCTION decisions_year_kept();
