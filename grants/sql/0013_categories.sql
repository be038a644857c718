-- Money set apart for a category: which account a line draws on, and where it goes back to.

DROP FUNCTION grants_standing(bigint);

-- What an allocation stands on, and its two accounts: all that the rules of spending look at. What is
-- left is the category's own, where something is set apart for it. The columns are named by their row.
CREATE FUNCTION grants_standing(wanted bigint, for_category text) RETURNS TABLE (
    available__id bigint, available__category varchar, used__id bigint, used__category varchar,
    allocation__id bigint, allocation__n integer, allocation__period_start date,
    allocation__period_end date, allocation__funder_id bigint,
    decision__id bigint, decision__number integer, decision__year smallint,
    decision__source varchar, decision__status varchar, decision__revoked_on date,
    decision__date_signed date,
    series__id bigint, series__code varchar, series__reference_form varchar,
    figure__id bigint, outcome__id bigint,
    approval__id bigint, approval__sitting smallint, approval__approved_at timestamptz)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT account.id, account.category,
           (SELECT a.id FROM grants_account a WHERE a.allocation_id = l.id AND a.role = 'used'),
           ''::varchar, l.id, l.n, l.period_start, l.period_end, l.funder_id,
           d.id, d.number, d.year, d.source, d.status, d.revoked_on, d.date_signed,
           s.id, s.code, s.reference_form, f.id, o.id, p.id, p.sitting, p.approved_at
    FROM grants_allocation l
    JOIN decisions_decision d ON d.id = l.decision_id
    JOIN decisions_series s ON s.id = d.series_id
    JOIN decisions_outcomefigure f ON f.id = l.figure_id
    JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
    JOIN decisions_approval p ON p.id = o.approval_id AND p.decision_id = d.id
    LEFT JOIN LATERAL (
        SELECT a.id, a.category FROM grants_account a
        WHERE a.allocation_id = l.id AND a.role = 'available' AND a.category IN ('', for_category)
        ORDER BY a.category DESC LIMIT 1) account ON true
    WHERE l.id = wanted;
END $$;
ALTER FUNCTION grants_standing SET plan_cache_mode = force_generic_plan;

-- What is left to spend that a commitment or an accrual came out of at first, by whatever way.
CREATE FUNCTION grants_origin_of(account bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    at bigint := account;
    came record;
BEGIN
    LOOP
        SELECT m.source_id, m.source_role INTO came FROM grants_move m
        WHERE m.target_id = at AND m.cause IN ('commitment', 'accrual') ORDER BY m.id LIMIT 1;
        IF NOT FOUND THEN RETURN NULL; END IF;
        IF came.source_role = 'available' THEN RETURN came.source_id; END IF;
        at := came.source_id;
    END LOOP;
END $$;
ALTER FUNCTION grants_origin_of SET plan_cache_mode = force_generic_plan;

-- What a commitment or an accrual is raised by comes from where it came from; what is released goes
-- back there. So no category gains or loses by it.
CREATE FUNCTION grants_move_keeps_category() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    origin bigint := grants_origin_of(
        CASE WHEN NEW.cause = 'release' THEN NEW.source_id ELSE NEW.target_id END);
BEGIN
    IF NEW.cause = 'release' AND NEW.target_id IS DISTINCT FROM origin
       OR NEW.cause <> 'release' AND origin IS NOT NULL AND NEW.source_id <> origin THEN
        RAISE EXCEPTION 'a % keeps to its category', NEW.cause
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_keeps_its_category';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER move_keeps_its_category BEFORE INSERT ON grants_move
    FOR EACH ROW WHEN (NEW.cause = 'release' AND NEW.source_role IN ('committed', 'accrued')
                       OR NEW.cause IN ('commitment', 'accrual') AND NEW.source_role = 'available')
    EXECUTE FUNCTION grants_move_keeps_category();
ALTER FUNCTION grants_move_keeps_category SET plan_cache_mode = force_generic_plan;

-- A line of a category for which something is set apart draws on that and on nothing else.
CREATE FUNCTION grants_line_of_its_category() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    source grants_account;
    parent varchar;
    apart varchar[];
BEGIN
    SELECT a.* INTO source FROM grants_move m JOIN grants_account a ON a.id = m.source_id
        WHERE m.id = NEW.move_id;
    SELECT array_agg(category) INTO apart FROM grants_account
        WHERE allocation_id = NEW.allocation_id AND role = 'available' AND category <> '';
    SELECT category INTO parent FROM grants_spendingline WHERE id = NEW.draws_on_id;
    IF source.role = 'available'
       AND source.category <> (CASE WHEN NEW.category = ANY (apart) THEN NEW.category ELSE '' END)
       OR parent IS NOT NULL AND parent <> NEW.category
          AND (parent = ANY (apart) OR NEW.category = ANY (apart)) THEN
        RAISE EXCEPTION 'a line of % draws on what is set apart for it', NEW.category
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spendingline_of_its_category';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER line_of_its_category BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.allocation_id IS NOT NULL AND NEW.reverses_id IS NULL)
    EXECUTE FUNCTION grants_line_of_its_category();
ALTER FUNCTION grants_line_of_its_category SET plan_cache_mode = force_generic_plan;
