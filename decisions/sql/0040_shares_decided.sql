-- What recipients receive and what falls in each year of a sum as decided: of the same
-- recommendation, in the act of its outcome, no more than was asked, and fitting the sum decided.

CREATE FUNCTION decisions_outcome_recipient_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_recommendationoutcome o
        JOIN decisions_recipient r USING (recommendation_id)
        WHERE o.id = NEW.outcome_id AND r.id = NEW.recipient_id AND o.act = NEW.act
          AND o.outcome = 'approved_as_amended' AND NEW.amount <= r.amount) THEN
        RAISE EXCEPTION 'a share is decided with an amended sum of its own recommendation, in one '
            'act, and for no more than was asked'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outcomerecipient_of_its_outcome';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outcomerecipient_belongs BEFORE INSERT ON decisions_outcomerecipient
    FOR EACH ROW EXECUTE FUNCTION decisions_outcome_recipient_belongs();

CREATE FUNCTION decisions_outcome_year_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_outcomefigure d
        JOIN decisions_recommendationoutcome o ON o.id = d.outcome_id
        JOIN decisions_yearsum y ON y.figure_id = d.figure_id
        WHERE d.id = NEW.figure_id AND y.id = NEW.year_sum_id AND d.act = NEW.act
          AND o.outcome = 'approved_as_amended' AND NEW.amount <= y.amount) THEN
        RAISE EXCEPTION 'a year is decided with an amended sum of its own figure, in one act, and '
            'for no more than was asked'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outcomeyear_of_its_figure';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outcomeyear_belongs BEFORE INSERT ON decisions_outcomeyear
    FOR EACH ROW EXECUTE FUNCTION decisions_outcome_year_belongs();

-- DEC-105 and DEC-106, held at commit. On paper the shares of a smaller sum are perhaps not said.
CREATE FUNCTION decisions_outcome_divided() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    WITH outcome AS (
        SELECT NEW.id, EXISTS (SELECT FROM decisions_approval
            WHERE id = NEW.approval_id AND transcription_id IS NOT NULL) AS on_paper
    ), years AS (
        SELECT count(s.id) AS said, count(*) AS asked, sum(s.amount) AS together, d.amount,
            d.amount < f.amount AS is_less
        FROM decisions_outcomefigure d
        JOIN decisions_figure f ON f.id = d.figure_id
        JOIN decisions_yearsum y ON y.figure_id = f.id
        LEFT JOIN decisions_outcomeyear s ON s.figure_id = d.id AND s.year_sum_id = y.id
        WHERE d.outcome_id = NEW.id GROUP BY d.id, f.id
    ), recipients AS (
        SELECT count(s.id) AS said, count(*) AS asked, sum(coalesce(s.amount, r.amount)) AS together
        FROM decisions_recipient r
        LEFT JOIN decisions_outcomerecipient s ON s.recipient_id = r.id AND s.outcome_id = NEW.id
        WHERE r.recommendation_id = NEW.recommendation_id AND r.amount IS NOT NULL
    ), held AS (
        SELECT coalesce(sum(d.amount) FILTER (WHERE f.role = 'sum_decided'), max(d.amount)) AS now,
            coalesce(sum(f.amount) FILTER (WHERE f.role = 'sum_decided'), max(f.amount)) AS asked
        FROM decisions_outcomefigure d JOIN decisions_figure f ON f.id = d.figure_id
        WHERE d.outcome_id = NEW.id
    )
    SELECT CASE
        WHEN EXISTS (SELECT FROM years WHERE CASE WHEN said = 0 THEN is_less AND NOT on_paper
            ELSE said <> years.asked OR together <> amount END) THEN 'outcomeyear_comes_to_its_sum'
        WHEN EXISTS (SELECT FROM recipients, held WHERE CASE
            WHEN said = 0 THEN held.now < held.asked AND NOT on_paper AND together > held.now
            ELSE said <> recipients.asked OR together > held.now END)
            THEN 'outcomerecipient_not_more_than_decided'
        END INTO broken FROM outcome;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'outcome %: what its sum is divided into does not fit the sum decided', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER recommendationoutcome_divided AFTER INSERT ON decisions_recommendationoutcome
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.outcome IN ('approved', 'approved_as_amended'))
    EXECUTE FUNCTION decisions_outcome_divided();
