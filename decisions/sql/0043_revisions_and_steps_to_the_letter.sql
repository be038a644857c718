-- A revision makes just the version it names, and a decision's row says what its steps say.

-- ---------------------------------------------------------------- what a revision makes of a paper

-- Where the n-th of some rows of a content stands, from 0; null where it is not there.
CREATE FUNCTION decisions_place_of(wanted bigint, among jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT (n - 1)::text FROM jsonb_array_elements(among) WITH ORDINALITY AS rows (one, n)
    WHERE one ->> 'id' = wanted::text
$$;

-- The path in a content of what an item of a revision names; null where it is not there.
CREATE FUNCTION decisions_path_of(content jsonb, item decisions_reviseditem) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE item.place
        WHEN 'title' THEN ARRAY[]::text[]
        WHEN 'executive_summary' THEN ARRAY[]::text[]
        WHEN 'section' THEN
            ARRAY['sections', decisions_place_of(item.row, content -> 'sections')]
        WHEN 'paragraph' THEN (
            SELECT ARRAY['sections', (n - 1)::text, 'paragraphs',
                         decisions_place_of(item.row, one -> 'paragraphs')]
            FROM jsonb_array_elements(content -> 'sections') WITH ORDINALITY AS rows (one, n)
            WHERE decisions_place_of(item.row, one -> 'paragraphs') IS NOT NULL)
        WHEN 'recommendation' THEN
            ARRAY['recommendations', decisions_place_of(item.row, content -> 'recommendations')]
        WHEN 'recipient' THEN (
            SELECT ARRAY['recommendations',
                decisions_place_of(o.recommendation_id, content -> 'recommendations'), 'recipients',
                (SELECT count(*) FROM decisions_recipient b
                 WHERE b.recommendation_id = o.recommendation_id AND b.position < o.position)::text]
            FROM decisions_recipient o WHERE o.id = item.row)
        WHEN 'supportingpaper' THEN (
            SELECT ARRAY['supporting_papers',
                (SELECT count(*) FROM decisions_supportingpaper b
                 WHERE b.decision_id = o.decision_id AND b.position < o.position)::text]
            FROM decisions_supportingpaper o WHERE o.id = item.row)
    END
$$;

-- A signed content with the named places corrected or released, and nothing else
-- (decisions.actions.revised_content); null where a place is not there.
CREATE FUNCTION decisions_revised_content(signed jsonb, wanted bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    content jsonb := signed;
    is_release boolean := (SELECT kind = 'release' FROM decisions_revision WHERE id = wanted);
    item decisions_reviseditem;
    path text[];
BEGIN
    FOR item IN SELECT * FROM decisions_reviseditem WHERE revision_id = wanted ORDER BY id LOOP
        path := decisions_path_of(content, item);
        IF is_release THEN
            content := jsonb_set(jsonb_set(content, path || 'part'::text, '1', false),
                                 path || 'exemption'::text, 'null', false);
        ELSE
            content := jsonb_set(content, path || CASE item.place
                WHEN 'section' THEN 'heading' WHEN 'title' THEN 'title'
                WHEN 'executive_summary' THEN 'executive_summary' ELSE 'text' END,
                to_jsonb(item.new), false);
        END IF;
    END LOOP;
    RETURN jsonb_set(content, '{publication,has_part_2}', to_jsonb(
        jsonb_path_exists(content, '$.recommendations[*].part ? (@ == 2)')
        OR jsonb_path_exists(content, '$.recommendations[*].recipients[*].part ? (@ == 2)')
        OR jsonb_path_exists(content, '$.sections[*].part ? (@ == 2)')
        OR jsonb_path_exists(content, '$.sections[*].paragraphs[*].part ? (@ == 2)')
        OR jsonb_path_exists(content, '$.supporting_papers[*].part ? (@ == 2)')));
END $$;

CREATE FUNCTION decisions_answer_to_the_letter() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    made decisions_paperversion;
    signed text;
BEGIN
    SELECT * INTO made FROM decisions_paperversion
        WHERE decision_id = NEW.decision_id AND act = NEW.act ORDER BY n LIMIT 1;
    SELECT content INTO signed FROM decisions_paperversion
        WHERE decision_id = NEW.decision_id AND n = made.n - 1;
    IF made.content::jsonb IS DISTINCT FROM
            decisions_revised_content(signed::jsonb, NEW.revision_id)
       OR EXISTS (SELECT FROM decisions_paperversion
                  WHERE decision_id = NEW.decision_id AND n > made.n AND act = NEW.act) THEN
        RAISE EXCEPTION 'revision %: its version says something else than it names', NEW.revision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'revisionanswer_makes_just_its_version';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER revisionanswer_to_the_letter AFTER INSERT ON decisions_revisionanswer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.is_confirmed)
    EXECUTE FUNCTION decisions_answer_to_the_letter();

-- What of a text no correction changes, whatever rules look at it too (DEC-55, DEC-56): its numbers
-- as they stand, words for numbers and for “not”, and every sign but Latin letters and punctuation.
CREATE FUNCTION decisions_kept_of(words text, withholds boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT ARRAY(
        SELECT chunk FROM regexp_split_to_table(words, '[\s\u00a0]+')
            WITH ORDINALITY AS chunks (chunk, n) WHERE chunk ~ '[0-9£€$%]' ORDER BY n)
    || ARRAY(
        SELECT found[1] FROM regexp_matches(lower(words), '\m(zero|nought|one|two|three|four|five|six'
            '|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty|forty|fifty|sixty|seventy'
            '|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|half|quarter|double'
            '|not|no|nor|never|none|without)\M', 'g') WITH ORDINALITY AS matches (found, n) ORDER BY n)
    || CASE WHEN withholds THEN ARRAY[]::text[] ELSE ARRAY[regexp_replace(lower(words),
        '[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\s\u00a0.,;:!?''"’‘“”()–—…/-]', '', 'g')] END
$$;

CREATE FUNCTION decisions_item_keeps() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM decisions_revision r WHERE r.id = NEW.revision_id
               AND r.kind = 'correction' AND decisions_kept_of(NEW.old, r.withholds)
                   <> decisions_kept_of(NEW.new, r.withholds)) THEN
        RAISE EXCEPTION 'a correction keeps every number and sign'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reviseditem_keeps_numbers';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reviseditem_keeps BEFORE INSERT ON decisions_reviseditem
    FOR EACH ROW EXECUTE FUNCTION decisions_item_keeps();

-- ---------------------------------------------------------------- the row and its steps

-- The columns of a decision that say something else than its steps, approvals and outcomes do.
-- Verification asks this too.
CREATE FUNCTION decisions_columns_at_odds(wanted bigint) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH d AS (SELECT * FROM decisions_decision WHERE id = wanted),
    steps AS (SELECT * FROM decisions_steptaken WHERE decision_id = wanted),
    begun AS (SELECT * FROM decisions_historicaldecision WHERE id = wanted
              ORDER BY history_id LIMIT 1),
    first_signed AS (SELECT * FROM decisions_approval
                     WHERE decision_id = wanted AND stage = 'decision' AND sitting = 1
                     ORDER BY id LIMIT 1),
    deferral AS (
        SELECT until, CASE WHEN until IS NULL THEN '' ELSE reason END AS reason FROM steps
        WHERE name IN ('publish', 'publish_further', 'defer_publication') ORDER BY id DESC LIMIT 1),
    drafted AS (
        SELECT content::jsonb -> 'publication' AS said FROM decisions_paperversion
        WHERE decision_id = wanted ORDER BY n DESC LIMIT 1),
    worked_out AS (
        SELECT coalesce((SELECT to_status FROM steps ORDER BY id DESC LIMIT 1), 'draft') AS status,
            CASE WHEN d.source = 'elsewhere' THEN (SELECT date_signed FROM begun)
                WHEN d.source = 'paper' THEN (
                    SELECT t.signed_on FROM decisions_transcription t
                    JOIN first_signed a ON a.transcription_id = t.id)
                ELSE (SELECT decisions_day(approved_at) FROM first_signed) END AS date_signed,
            CASE WHEN d.source = 'elsewhere' THEN (SELECT date_published FROM begun)
                ELSE (SELECT decisions_day(taken_at) FROM steps WHERE name = 'publish'
                      ORDER BY id LIMIT 1) END AS date_published,
            (SELECT decisions_day(taken_at) FROM steps WHERE name = 'revoke'
             ORDER BY id LIMIT 1) AS revoked_on,
            d.source <> 'elsewhere' AND EXISTS (SELECT FROM first_signed) AND EXISTS (
                SELECT FROM decisions_recommendation r WHERE r.decision_id = wanted
                AND NOT EXISTS (SELECT FROM decisions_recommendationoutcome o
                                WHERE o.recommendation_id = r.id AND o.outcome <> 'deferred'))
                AS has_deferred,
            CASE WHEN EXISTS (SELECT FROM deferral) THEN (SELECT until FROM deferral)
                ELSE (SELECT (said ->> 'until')::date FROM drafted) END AS until,
            CASE WHEN EXISTS (SELECT FROM deferral) THEN (SELECT reason FROM deferral)
                ELSE coalesce((SELECT said ->> 'reason' FROM drafted), '') END AS reason
        FROM d
    )
    SELECT array_remove(ARRAY[
        CASE WHEN d.status <> w.status THEN 'status' END,
        CASE WHEN d.date_signed IS DISTINCT FROM w.date_signed THEN 'date_signed' END,
        CASE WHEN d.date_published IS DISTINCT FROM w.date_published THEN 'date_published' END,
        CASE WHEN d.revoked_on IS DISTINCT FROM w.revoked_on THEN 'revoked_on' END,
        CASE WHEN d.has_deferred <> w.has_deferred THEN 'has_deferred' END,
        CASE WHEN d.status IN ('signed', 'published')
            AND d.publication_deferred_until IS DISTINCT FROM w.until
            THEN 'publication_deferred_until' END,
        CASE WHEN d.status IN ('signed', 'published')
            AND d.publication_deferred_reason IS DISTINCT FROM w.reason
            THEN 'publication_deferred_reason' END,
        CASE WHEN d.source = 'here' AND cardinality(d.advice_needed) > 0
            AND d.status IN ('awaiting_decision', 'signed', 'published') THEN 'advice_needed' END],
        NULL)
    FROM d, worked_out w
$$;

CREATE FUNCTION decisions_as_steps_say() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    wanted bigint := CASE WHEN TG_TABLE_NAME = 'decisions_steptaken'
        THEN to_jsonb(NEW) ->> 'decision_id' ELSE to_jsonb(NEW) ->> 'id' END;
    odd text[] := decisions_columns_at_odds(wanted);
BEGIN
    IF cardinality(odd) > 0 THEN
        RAISE EXCEPTION 'decision %: its steps do not say this of it (%)', wanted,
            array_to_string(odd, ', ')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_as_its_steps_say';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER decision_as_steps_say AFTER INSERT OR UPDATE OF status, date_signed,
        date_published, revoked_on, has_deferred, publication_deferred_until,
        publication_deferred_reason, advice_needed ON decisions_decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_as_steps_say();
CREATE CONSTRAINT TRIGGER step_as_its_decision_says AFTER INSERT ON decisions_steptaken
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_as_steps_say();
