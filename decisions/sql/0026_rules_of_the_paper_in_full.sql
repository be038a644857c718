-- What is declared in a paper, and what is answered about it, is part of it; nothing doubted goes on
-- without an answer.

-- Whatever the digest covered so far, it now covers the authority relied on, retrospective spending
-- and the answers that stand too. A paper without any has the digest that it had before.
ALTER FUNCTION decisions_rows_digest(bigint) RENAME TO decisions_words_digest;

CREATE FUNCTION decisions_rows_digest(wanted bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH declared AS (
        SELECT d.authority_paragraph, d.retrospective_reason,
            (SELECT jsonb_agg(jsonb_build_array(a.digest, a.words) ORDER BY a.id)
                FROM decisions_ruleanswer a
                WHERE a.decision_id = d.id AND a.digest = ANY (d.warnings)) AS answers
        FROM decisions_decision d WHERE d.id = wanted
    )
    SELECT CASE
        WHEN authority_paragraph = '' AND retrospective_reason = '' AND answers IS NULL
        THEN decisions_words_digest(wanted)
        ELSE encode(sha256(convert_to(jsonb_build_array(decisions_words_digest(wanted),
            authority_paragraph, retrospective_reason, answers)::text, 'UTF8')), 'hex')
    END FROM declared
$$;

-- Frozen with the rest of the paper; and each warning that was looked at has its answer.
CREATE FUNCTION decisions_warnings_answered() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF decisions_is_frozen(OLD.status)
       AND (NEW.authority_paragraph, NEW.retrospective_reason, NEW.warnings)
           IS DISTINCT FROM (OLD.authority_paragraph, OLD.retrospective_reason, OLD.warnings) THEN
        RAISE EXCEPTION 'decision %: the paper is frozen', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_paper_frozen';
    END IF;
    IF NEW.status <> OLD.status AND NEW.source = 'here'
       AND NEW.status IN ('in_advice', 'with_chief_executive', 'awaiting_decision')
       AND EXISTS (SELECT unnest(NEW.warnings)
                   EXCEPT SELECT digest FROM decisions_ruleanswer WHERE decision_id = NEW.id) THEN
        RAISE EXCEPTION 'decision %: a warning has no answer', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_warnings_answered';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_warnings_answered BEFORE UPDATE ON decisions_decision
    FOR EACH ROW EXECUTE FUNCTION decisions_warnings_answered();

-- Only a paper whose words may change is answered about.
CREATE FUNCTION decisions_answer_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    found_status text;
BEGIN
    SELECT status INTO found_status FROM decisions_decision WHERE id = NEW.decision_id FOR SHARE;
    IF decisions_is_frozen(found_status) THEN
        RAISE EXCEPTION 'decision %: the paper is frozen', NEW.decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ruleanswer_of_open_paper';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answer_belongs BEFORE INSERT ON decisions_ruleanswer
    FOR EACH ROW EXECUTE FUNCTION decisions_answer_belongs();
