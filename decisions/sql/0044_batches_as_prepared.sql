-- A batch signs just what was prepared, while its ten minutes last by the clock; a supporting paper is
-- a former one in the act that replaced it or took it off.

-- On a live register what is said to happen now happens now: a demonstration sets its own clock.
CREATE FUNCTION decisions_is_now(moment timestamptz) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS $$
    SELECT moment BETWEEN clock_timestamp() - interval '10 minutes'
            AND clock_timestamp() + interval '1 minute'
        OR NOT EXISTS (SELECT FROM audit.register WHERE mode = 'live')
$$;

CREATE FUNCTION decisions_made_now() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT decisions_is_now(NEW.made_at) THEN
        RAISE EXCEPTION '%: a batch is confirmed and used at the time that it says', TG_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batch_made_now BEFORE INSERT ON decisions_batch
    FOR EACH ROW EXECUTE FUNCTION decisions_made_now();

-- The words of a decision are kept without the space around them.
CREATE FUNCTION decisions_trimmed(words text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT regexp_replace(words, '^[\s\u00a0]+|[\s\u00a0]+$', '', 'g')
$$;

-- What was prepared, as the batch's item names it by its digest: the facts that were first kept with
-- that digest, whatever was written over them since.
CREATE FUNCTION decisions_prepared_facts(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT h.facts::jsonb FROM decisions_batchitem i
    JOIN decisions_batch b ON b.id = i.batch_id
    JOIN decisions_historicalprepareddecision h ON h.decision_id = i.decision_id
        AND h.person_id = b.person_id AND h.digest = i.digest AND h.history_type <> '-'
    WHERE i.id = wanted ORDER BY h.history_id LIMIT 1
$$;

-- Whether an approval says just what was prepared: interests, remarks, and each outcome with its
-- words, day, conditions and sums (decisions.actions.batches.prepare_decision).
CREATE FUNCTION decisions_is_as_prepared(wanted bigint, facts jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT facts IS NOT NULL AND EXISTS (
        SELECT FROM decisions_approval a WHERE a.id = wanted
          AND (a.interests, a.interests_kind, a.words) = (
              decisions_trimmed(facts ->> 'interests'), facts ->> 'interests_kind',
              decisions_trimmed(facts ->> 'words')))
    AND (SELECT count(*) FROM decisions_recommendationoutcome WHERE approval_id = wanted)
        = jsonb_array_length(facts -> 'outcomes')
    AND NOT EXISTS (
        SELECT FROM decisions_recommendationoutcome o
        LEFT JOIN jsonb_array_elements(facts -> 'outcomes') said
            ON (said ->> 'recommendation')::bigint = o.recommendation_id
        WHERE o.approval_id = wanted AND (
            (o.outcome, o.words, o.until) IS DISTINCT FROM (
                said ->> 'outcome', decisions_trimmed(said ->> 'words'), (said ->> 'until')::date)
            OR ARRAY(SELECT ROW(c.text, c.owner_id, c.due_on)::text FROM decisions_condition c
                     WHERE c.outcome_id = o.id ORDER BY c.position)
                IS DISTINCT FROM ARRAY(
                    SELECT ROW(decisions_trimmed(one ->> 'text'), (one ->> 'owner')::bigint,
                               (one ->> 'due_on')::date)::text
                    FROM jsonb_array_elements(said -> 'conditions')
                        WITH ORDINALITY AS set_ (one, n) ORDER BY n)
            OR EXISTS (
                SELECT FROM decisions_outcomefigure d JOIN decisions_figure f ON f.id = d.figure_id
                WHERE d.outcome_id = o.id AND d.amount IS DISTINCT FROM coalesce(
                    (said -> 'figures' ->> f.id::text)::numeric, f.amount))
            OR EXISTS (
                SELECT FROM decisions_outcomerecipient p WHERE p.outcome_id = o.id
                  AND p.amount <> (said -> 'recipients' ->> p.recipient_id::text)::numeric)
            OR EXISTS (
                SELECT FROM decisions_outcomeyear y JOIN decisions_outcomefigure d
                    ON d.id = y.figure_id
                WHERE d.outcome_id = o.id
                  AND y.amount <> (said -> 'years' ->> y.year_sum_id::text)::numeric)))
$$;

CREATE FUNCTION decisions_batch_use_as_prepared() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_batchitem i JOIN decisions_batch b ON b.id = i.batch_id
        JOIN decisions_approval a ON a.id = NEW.approval_id
        WHERE i.id = NEW.item_id AND a.approved_at = NEW.made_at AND decisions_is_now(NEW.made_at)
          AND decisions_is_now(b.made_at)) THEN
        RAISE EXCEPTION 'a batch signs for ten minutes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batchuse_within_ten_minutes';
    END IF;
    IF NOT decisions_is_as_prepared(NEW.approval_id, decisions_prepared_facts(NEW.item_id)) THEN
        RAISE EXCEPTION 'a batch signs just what was prepared and confirmed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batchuse_as_prepared';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER batchuse_as_prepared AFTER INSERT ON decisions_batchuse
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_batch_use_as_prepared();

-- ---------------------------------------------------------------- former supporting papers

-- No paper loses a supporting paper once it is frozen (decisions.workflow.OPEN).
CREATE FUNCTION decisions_former_paper_of_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM decisions_decision WHERE id = NEW.decision_id
                   AND status IN ('draft', 'in_advice', 'with_chief_executive') FOR SHARE) THEN
        RAISE EXCEPTION 'decision %: its supporting papers stay as they are', NEW.decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'formerpaper_of_an_open_paper';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER formerpaper_of_an_open_paper BEFORE INSERT ON decisions_formerpaper
    FOR EACH ROW EXECUTE FUNCTION decisions_former_paper_of_open();

-- It was a supporting paper of the decision, just so, until this act changed it or took it off.
CREATE FUNCTION decisions_former_paper_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_decision d
        JOIN decisions_historicalsupportingpaper now ON now.decision_id = d.id
            AND now.id = NEW.paper AND now.act = NEW.act
            AND now.history_type = CASE NEW.why WHEN 'removed' THEN '-' ELSE '~' END
        JOIN LATERAL (
            SELECT * FROM decisions_historicalsupportingpaper p
            WHERE p.id = NEW.paper AND p.act <> NEW.act AND p.history_id < now.history_id
            ORDER BY p.history_id DESC LIMIT 1) was
            ON (was.title, was.file_name, was.content_type, was.size, was.sha256, was.part)
                = (NEW.title, NEW.file_name, NEW.content_type, NEW.size, NEW.sha256, NEW.part)
        WHERE d.id = NEW.decision_id) THEN
        RAISE EXCEPTION 'former paper %: no supporting paper of the decision was this until now', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'formerpaper_was_a_supporting_paper';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER formerpaper_holds AFTER INSERT ON decisions_formerpaper
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_former_paper_holds();
