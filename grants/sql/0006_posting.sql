-- Posting as the database does it: planned once a session, and in one message each.

-- What an allocation stands on, and its two accounts: all that the rules of spending look at. The
-- columns are named by their row.
CREATE FUNCTION grants_standing(wanted bigint) RETURNS TABLE (
    available__id bigint, used__id bigint,
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
    SELECT (SELECT a.id FROM grants_account a WHERE a.allocation_id = l.id AND a.role = 'available'),
           (SELECT a.id FROM grants_account a WHERE a.allocation_id = l.id AND a.role = 'used'),
           l.id, l.n, l.period_start, l.period_end, l.funder_id,
           d.id, d.number, d.year, d.source, d.status, d.revoked_on, d.date_signed,
           s.id, s.code, s.reference_form, f.id, o.id, p.id, p.sitting, p.approved_at
    FROM grants_allocation l
    JOIN decisions_decision d ON d.id = l.decision_id
    JOIN decisions_series s ON s.id = d.series_id
    JOIN decisions_outcomefigure f ON f.id = l.figure_id
    JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
    JOIN decisions_approval p ON p.id = o.approval_id AND p.decision_id = d.id
    WHERE l.id = wanted;
END $$;

-- The line that a form recorded when it was posted before; hold back its twin until the act ends.
-- What is looked at comes after the wait, so that it is what the twin left.
CREATE FUNCTION grants_recorded_before(form uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(form::text, 0));
    RETURN (SELECT l.id FROM grants_spendingline l WHERE l.key = form);
END $$;

-- Post a move and its two entries; return what it did to each account, source first.
CREATE FUNCTION grants_post(cause text, source bigint, target bigint, amount numeric, opens bigint,
                            reverses bigint, reason text, moved_at timestamptz)
RETURNS TABLE (move_id bigint, before numeric, after numeric)
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    move bigint;
BEGIN
    INSERT INTO grants_move (cause, source_id, source_role, target_id, target_role, amount, opens_id,
                             reverses_id, reason, moved_at)
    SELECT grants_post.cause, s.id, s.role, t.id, t.role, grants_post.amount, opens, reverses,
           grants_post.reason, grants_post.moved_at
    FROM grants_account s, grants_account t WHERE s.id = source AND t.id = target
    RETURNING id INTO move;
    RETURN QUERY
    INSERT INTO grants_entry AS made (account_id, n, move_id, amount, before, after, outside)
    SELECT a.id, coalesce(last.n, 0) + 1, move, side.amount, coalesce(last.after, 0),
           coalesce(last.after, 0) + side.amount, a.outside
    FROM (VALUES (source, -grants_post.amount), (target, grants_post.amount)) side (account_id, amount)
    JOIN grants_account a ON a.id = side.account_id
    LEFT JOIN LATERAL (SELECT e.n, e.after FROM grants_entry e WHERE e.account_id = a.id
                       ORDER BY e.n DESC LIMIT 1) last ON true
    ORDER BY side.amount
    RETURNING made.move_id, made.before, made.after;
END $$;
