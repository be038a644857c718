-- A plan comes with its months, which lie in the allocation's period and come to its total; plans
-- of a kind follow each other.

CREATE FUNCTION grants_plan_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.n > 1 AND NOT EXISTS (
        SELECT FROM grants_plan p
        WHERE p.allocation_id = NEW.allocation_id AND p.kind = NEW.kind AND p.n = NEW.n - 1) THEN
        RAISE EXCEPTION 'plan % follows none', NEW.n
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_follows_the_one_before';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_holds BEFORE INSERT ON grants_plan
    FOR EACH ROW EXECUTE FUNCTION grants_plan_holds();

CREATE FUNCTION grants_plan_adds_up() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM grants_planmonth WHERE plan_id = NEW.id
                   HAVING count(*) > 0 AND sum(amount) = NEW.total) THEN
        RAISE EXCEPTION 'plan % does not add up', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER plan_adds_up AFTER INSERT ON grants_plan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_plan_adds_up();

-- Months come with their plan, in one statement, and lie in the period.
CREATE FUNCTION grants_plan_months_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    broken := CASE
        WHEN EXISTS (
            SELECT FROM (SELECT DISTINCT plan_id FROM made) m JOIN grants_plan p ON p.id = m.plan_id
            WHERE p.act::text IS DISTINCT FROM current_setting('audit.act', true))
          OR EXISTS (
            SELECT FROM grants_planmonth o JOIN (SELECT DISTINCT plan_id FROM made) m
            ON m.plan_id = o.plan_id WHERE o.id NOT IN (SELECT id FROM made))
            THEN 'planmonth_made_with_its_plan'
        WHEN EXISTS (
            SELECT FROM made m
            JOIN grants_plan p ON p.id = m.plan_id
            JOIN grants_allocation a ON a.id = p.allocation_id
            WHERE m.month NOT BETWEEN date_trunc('month', a.period_start::timestamp)::date AND a.period_end)
            THEN 'planmonth_within_the_period' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'these months may not be planned'
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER plan_months_hold AFTER INSERT ON grants_planmonth
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_plan_months_hold();
