-- A credit gives money back: it is never spend at risk in a month that is closed, and lowers its line's.

CREATE OR REPLACE FUNCTION grants_lines_not_done_with(of_month date)
RETURNS TABLE (line_id bigint, kind varchar, amount numeric)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    begins timestamptz := grants_start_of(of_month);
    ends timestamptz := grants_start_of(grants_next_month(of_month));
BEGIN
    RETURN QUERY
    SELECT l.id, 'overdue'::varchar, last.after
    FROM grants_spendingline l
    JOIN LATERAL (SELECT e.after FROM grants_entry e WHERE e.account_id = l.account_id
                  ORDER BY e.n DESC LIMIT 1) last ON last.after > 0
    WHERE l.account_role = 'committed' AND l.reverses_id IS NULL
      AND l.received_on < grants_next_month(of_month) AND l.recorded_at < ends
    UNION ALL
    SELECT l.id, 'awaiting'::varchar, l.amount FROM grants_spendingline l
    WHERE l.allocation_id IS NULL AND l.reverses_id IS NULL AND l.recorded_at < ends
      AND NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
    UNION ALL
    (WITH posted AS MATERIALIZED (
        SELECT l.id, l.allocation_id, l.received_on, l.amount + coalesce((
                SELECT sum(c.effect) FROM grants_spendingline c
                WHERE c.credits_id = l.id AND c.recorded_at < ends), 0) AS amount
        FROM grants_spendingline l
        WHERE l.recorded_at >= begins AND l.recorded_at < ends AND l.stage = 'actual'
          AND l.allocation_id IS NOT NULL AND l.reverses_id IS NULL AND l.kind <> 'credit'
          AND NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
    ), grant_of AS MATERIALIZED (
        SELECT p.id, grants_root_of(p.figure_id) AS figure_id FROM grants_allocation p
        WHERE p.id IN (SELECT allocation_id FROM posted)
    ), accepted AS MATERIALIZED (
        SELECT g.id, (SELECT w.accepted_on FROM grants_award w WHERE w.figure_id = g.figure_id
                      ORDER BY w.n LIMIT 1) AS on_day
        FROM grant_of g
        JOIN decisions_outcomefigure f ON f.id = g.figure_id
        JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
        JOIN decisions_recommendation r ON r.id = o.recommendation_id
        WHERE r.kind = 'accept'
    )
    SELECT p.id, 'at_risk'::varchar, p.amount FROM posted p JOIN accepted a ON a.id = p.allocation_id
    WHERE (a.on_day IS NULL OR p.received_on < a.on_day)
          AND p.amount > 0)
    ORDER BY 2, 1;
END $$;

CREATE OR REPLACE FUNCTION grants_exceptions_of(of_month date)
RETURNS TABLE (line_id bigint, kind varchar, amount numeric)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT e.line_id, e.kind, e.amount FROM grants_lines_not_done_with(of_month) e
    UNION ALL
    -- Where more came back than was paid, or as much, what was posted stands for it.
    SELECT NULL::bigint, 'sap'::varchar,
        CASE WHEN sum(l.effect) > 0 THEN sum(l.effect) ELSE sum(l.amount) END
    FROM grants_spendingline l
    WHERE l.account_role = 'used' AND l.recorded_at >= grants_start_of(of_month)
      AND l.recorded_at < grants_start_of(grants_next_month(of_month))
      AND NOT grants_is_reconciled(of_month)
    HAVING count(*) > 0
    ORDER BY 2, 1
$$;
