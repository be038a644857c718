-- What is decided under a delegation is counted against it, whoever writes.

-- By the end of its transaction a decision under a delegation has its use of it: of that delegation,
-- on the day on which it was signed, for the sums granted that are not drawn from another.
CREATE FUNCTION decisions_approval_counted() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    granted numeric;
    decided_on date := (NEW.approved_at AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NEW.transcription_id IS NOT NULL THEN
        SELECT signed_on INTO decided_on FROM decisions_transcription
        WHERE id = NEW.transcription_id;
    END IF;
    SELECT coalesce(sum(decided.amount), 0) INTO granted
    FROM decisions_recommendationoutcome o
    JOIN decisions_recommendation r ON r.id = o.recommendation_id
    JOIN decisions_outcomefigure decided ON decided.outcome_id = o.id
    JOIN decisions_figure f ON f.id = decided.figure_id
    WHERE o.approval_id = NEW.id AND r.funded_from_id IS NULL AND f.role = 'sum_decided';
    IF NOT EXISTS (
        SELECT FROM accounts_delegationuse
        WHERE about_label = 'decisions.approval' AND about_id = NEW.id::text
          AND delegation_id = NEW.delegation_id AND used_on = decided_on AND amount = granted) THEN
        RAISE EXCEPTION 'approval %: its use of delegation % is not counted', NEW.id, NEW.delegation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_counted_against_its_delegation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER approval_counted AFTER INSERT ON decisions_approval
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.stage = 'decision' AND NEW.delegation_id IS NOT NULL)
    EXECUTE FUNCTION decisions_approval_counted();

-- A paper record that was begun by mistake is withdrawn as any paper is; its number stays used.
CREATE OR REPLACE FUNCTION decisions_may_move(source text, old_status text, new_status text)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT (source, old_status, new_status) IN (
        ('here', 'draft', 'in_advice'),
        ('here', 'in_advice', 'with_chief_executive'),
        ('here', 'with_chief_executive', 'awaiting_decision'),
        ('here', 'in_advice', 'draft'),
        ('here', 'with_chief_executive', 'draft'),
        ('here', 'awaiting_decision', 'draft'),
        ('here', 'draft', 'withdrawn'),
        ('here', 'in_advice', 'withdrawn'),
        ('here', 'with_chief_executive', 'withdrawn'),
        ('here', 'awaiting_decision', 'withdrawn'),
        ('here', 'awaiting_decision', 'signed'),
        ('here', 'signed', 'published'),
        ('here', 'published', 'signed'),
        ('paper', 'draft', 'transcribed'),
        ('paper', 'transcribed', 'draft'),
        ('paper', 'transcribed', 'signed'),
        ('paper', 'draft', 'withdrawn'),
        ('paper', 'transcribed', 'withdrawn'),
        ('paper', 'signed', 'published'),
        ('paper', 'published', 'signed'),
        ('elsewhere', 'draft', 'published'),
        ('elsewhere', 'published', 'signed'),
        ('elsewhere', 'signed', 'published'))
$$;
