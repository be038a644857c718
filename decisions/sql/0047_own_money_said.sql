-- Money of its own is said in the paper: a version holds it, and no sum goes on that lies under another
-- and says neither that it is drawn from it nor that it is money of its own (DEC-108).

-- Whatever the digest covered so far, it now covers that too. A paper in which no money is said to be
-- of its own has the digest that it had before.
ALTER FUNCTION decisions_rows_digest(bigint) RENAME TO decisions_shares_digest;

CREATE FUNCTION decisions_rows_digest(wanted bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH said AS (
        SELECT jsonb_agg(id ORDER BY position) AS own FROM decisions_recommendation
        WHERE decision_id = wanted AND own_money
    )
    SELECT CASE WHEN own IS NULL THEN decisions_shares_digest(wanted)
        ELSE encode(sha256(convert_to(
            jsonb_build_array(decisions_shares_digest(wanted), own)::text, 'UTF8')), 'hex')
    END FROM said
$$;

-- Whether a sum decided lies under one that decides a sum too (the nearest above), and says neither.
CREATE FUNCTION decisions_counts_twice(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE rows AS (
        SELECT r.id, r.parent_id, r.funded_from_id, r.own_money, EXISTS (
            SELECT FROM decisions_figure f
            WHERE f.recommendation_id = r.id AND f.role = 'sum_decided') AS decides
        FROM decisions_recommendation r WHERE r.decision_id = wanted
    ),
    above AS (
        SELECT r.id, p.id AS at, p.parent_id, p.decides
        FROM rows r JOIN rows p ON p.id = r.parent_id WHERE r.decides AND NOT r.own_money
        UNION
        SELECT a.id, p.id, p.parent_id, p.decides
        FROM above a JOIN rows p ON p.id = a.parent_id WHERE NOT a.decides
    ),
    drawn AS (
        SELECT id, funded_from_id AS source FROM rows
        UNION
        SELECT d.id, r.funded_from_id FROM drawn d JOIN rows r ON r.id = d.source
    )
    SELECT EXISTS (
        SELECT id, at FROM above WHERE decides EXCEPT SELECT id, source FROM drawn)
$$;

CREATE FUNCTION decisions_money_said() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF decisions_counts_twice(NEW.id) THEN
        RAISE EXCEPTION 'decision %: a sum under another says not where its money comes from', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_money_counted_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_counted_once BEFORE UPDATE OF status ON decisions_decision
    FOR EACH ROW WHEN (NEW.status <> OLD.status AND NEW.source = 'here'
        AND NEW.status IN ('in_advice', 'with_chief_executive', 'awaiting_decision'))
    EXECUTE FUNCTION decisions_money_said();
