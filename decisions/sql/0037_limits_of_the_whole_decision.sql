-- The limit of a delegation is held against the whole decision, whoever writes.

-- What an approval takes from its delegation: of each recommendation granted and not drawn from
-- another the sum decided, or where there is none its largest figure.
CREATE FUNCTION decisions_approval_takes(approval bigint) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(held), 0) FROM (
        SELECT coalesce(
            sum(decided.amount) FILTER (WHERE f.role = 'sum_decided'), max(decided.amount)) AS held
        FROM decisions_recommendationoutcome o
        JOIN decisions_recommendation r ON r.id = o.recommendation_id
        JOIN decisions_outcomefigure decided ON decided.outcome_id = o.id
        JOIN decisions_figure f ON f.id = decided.figure_id
        WHERE o.approval_id = approval AND r.funded_from_id IS NULL
        GROUP BY o.id) each
$$;

CREATE OR REPLACE FUNCTION decisions_approval_counted() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    granted numeric := decisions_approval_takes(NEW.id);
    before numeric;
    decided_on date := (NEW.approved_at AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NEW.transcription_id IS NOT NULL THEN
        SELECT signed_on INTO decided_on FROM decisions_transcription
        WHERE id = NEW.transcription_id;
    END IF;
    IF NOT EXISTS (
        SELECT FROM accounts_delegationuse
        WHERE about_label = 'decisions.approval' AND about_id = NEW.id::text
          AND delegation_id = NEW.delegation_id AND used_on = decided_on AND amount = granted) THEN
        RAISE EXCEPTION 'approval %: its use of delegation % is not counted', NEW.id, NEW.delegation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_counted_against_its_delegation';
    END IF;
    SELECT coalesce(sum(decisions_approval_takes(id)), 0) INTO before FROM decisions_approval
    WHERE decision_id = NEW.decision_id AND stage = 'decision' AND id < NEW.id;
    IF granted > 0 AND EXISTS (
        SELECT FROM accounts_delegation
        WHERE id = NEW.delegation_id AND "limit" < before + granted) THEN
        RAISE EXCEPTION 'approval %: with its earlier sittings it is over the limit of delegation %',
            NEW.id, NEW.delegation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_within_limit_of_its_delegation';
    END IF;
    RETURN NULL;
END $$;
