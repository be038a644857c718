-- Recipients and sums by year: of the same decision, frozen with the paper, covered by its versions,
-- and adding up.

-- ---------------------------------------------------------------- recipients

CREATE FUNCTION decisions_recipient_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.exemption_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM decisions_exemption e JOIN decisions_recommendation r USING (decision_id)
        WHERE e.id = NEW.exemption_id AND r.id = NEW.recommendation_id) THEN
        RAISE EXCEPTION 'the exemption belongs to another decision'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recipient_exemption_of_same_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recipient_belongs BEFORE INSERT OR UPDATE ON decisions_recipient
    FOR EACH ROW EXECUTE FUNCTION decisions_recipient_belongs();
CREATE TRIGGER recipient_frozen BEFORE INSERT OR UPDATE OR DELETE ON decisions_recipient
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('recommendation_id');

-- A recommendation names its one recipient itself, or has rows for them: never both, so that no
-- name stands open beside the row that restricts it. Held at commit.
CREATE FUNCTION decisions_recipients_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    wanted bigint := CASE TG_TABLE_NAME WHEN 'decisions_recipient'
        THEN (to_jsonb(NEW) ->> 'recommendation_id')::bigint ELSE NEW.id END;
BEGIN
    IF EXISTS (SELECT FROM decisions_recommendation r JOIN decisions_recipient o
               ON o.recommendation_id = r.id WHERE r.id = wanted AND r.recipient_id IS NOT NULL) THEN
        RAISE EXCEPTION 'recommendation %: its recipients stand in rows of their own', wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendation_recipient_or_recipients';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER recipient_once AFTER INSERT OR UPDATE ON decisions_recipient
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_recipients_once();
CREATE CONSTRAINT TRIGGER recommendation_recipient_once
    AFTER INSERT OR UPDATE OF recipient_id ON decisions_recommendation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.recipient_id IS NOT NULL)
    EXECUTE FUNCTION decisions_recipients_once();

-- ---------------------------------------------------------------- sums by year

CREATE FUNCTION decisions_years_frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    wanted bigint;
    found_status text;
BEGIN
    FOREACH wanted IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.figure_id]
        WHEN 'DELETE' THEN ARRAY[OLD.figure_id] ELSE ARRAY[NEW.figure_id, OLD.figure_id] END LOOP
        SELECT d.status INTO found_status
            FROM decisions_figure f JOIN decisions_recommendation r ON r.id = f.recommendation_id
            JOIN decisions_decision d ON d.id = r.decision_id WHERE f.id = wanted FOR SHARE OF d;
        IF decisions_is_frozen(found_status) THEN
            RAISE EXCEPTION 'the paper is frozen: its decision is %', found_status
                USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_paper_frozen';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER yearsum_frozen BEFORE INSERT OR UPDATE OR DELETE ON decisions_yearsum
    FOR EACH ROW EXECUTE FUNCTION decisions_years_frozen();

-- The years of a figure come to the figure (DEC-71); held at commit, while either is changed.
CREATE FUNCTION decisions_years_add_up() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    wanted bigint := CASE WHEN TG_TABLE_NAME = 'decisions_figure' THEN (to_jsonb(NEW) ->> 'id')
        WHEN TG_OP = 'DELETE' THEN (to_jsonb(OLD) ->> 'figure_id')
        ELSE (to_jsonb(NEW) ->> 'figure_id') END;
BEGIN
    IF EXISTS (SELECT FROM decisions_figure f JOIN decisions_yearsum y ON y.figure_id = f.id
               WHERE f.id = wanted GROUP BY f.id, f.amount HAVING sum(y.amount) <> f.amount) THEN
        RAISE EXCEPTION 'figure %: its sums by year do not come to it', wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'yearsum_comes_to_its_figure';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER yearsum_adds_up AFTER INSERT OR UPDATE OR DELETE ON decisions_yearsum
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_years_add_up();
CREATE CONSTRAINT TRIGGER figure_adds_up AFTER UPDATE OF amount ON decisions_figure
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_years_add_up();

-- ---------------------------------------------------------------- versions, search, releases

-- Whatever the digest covered so far, it now covers recipients and years too. A paper without any
-- has the digest that it had before.
ALTER FUNCTION decisions_rows_digest(bigint) RENAME TO decisions_declared_digest;

CREATE FUNCTION decisions_rows_digest(wanted bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH shares AS (
        SELECT (SELECT jsonb_agg(jsonb_build_array(o.recommendation_id, o.organisation_id, o.amount,
                    o.part, o.exemption_id) ORDER BY r.position, o.position)
                FROM decisions_recipient o JOIN decisions_recommendation r
                    ON r.id = o.recommendation_id WHERE r.decision_id = wanted) AS recipients,
            (SELECT jsonb_agg(jsonb_build_array(f.recommendation_id, f.position, y.year, y.amount)
                    ORDER BY r.position, f.position, y.year)
                FROM decisions_yearsum y JOIN decisions_figure f ON f.id = y.figure_id
                JOIN decisions_recommendation r ON r.id = f.recommendation_id
                WHERE r.decision_id = wanted) AS years
    )
    SELECT CASE WHEN recipients IS NULL AND years IS NULL THEN decisions_declared_digest(wanted)
        ELSE encode(sha256(convert_to(jsonb_build_array(decisions_declared_digest(wanted),
            recipients, years)::text, 'UTF8')), 'hex')
    END FROM shares
$$;

CREATE OR REPLACE FUNCTION decisions_reindex(wanted bigint) RETURNS void
LANGUAGE sql SET search_path = public, transient, pg_temp AS $$
    WITH RECURSIVE hidden AS (
        SELECT id FROM decisions_recommendation WHERE decision_id = wanted AND part = 2
        UNION
        SELECT r.id FROM decisions_recommendation r JOIN hidden h ON r.parent_id = h.id
    ),
    recommendations AS (
        SELECT string_agg(concat_ws(' ', r.text, f.name, t.name, (
            SELECT string_agg(n.name, ' ') FROM decisions_recipient o
            JOIN decisions_organisation n ON n.id = o.organisation_id
            WHERE o.recommendation_id = r.id AND o.part = 1)), ' ') AS words
        FROM decisions_recommendation r
        LEFT JOIN decisions_organisation f ON f.id = r.funder_id
        LEFT JOIN decisions_organisation t ON t.id = r.recipient_id
        WHERE r.decision_id = wanted AND r.id NOT IN (SELECT id FROM hidden)
    ),
    sections AS (
        SELECT string_agg(heading, ' ') AS words FROM decisions_section
        WHERE decision_id = wanted AND part = 1
    ),
    paragraphs AS (
        SELECT string_agg(p.text, ' ') AS words
        FROM decisions_paragraph p JOIN decisions_section s ON s.id = p.section_id
        WHERE s.decision_id = wanted AND s.part = 1 AND p.part = 1
    )
    INSERT INTO decisions_searchentry (decision_id, words)
    SELECT d.id,
        setweight(to_tsvector('english', concat_ws(' ', s.code, d.number::text,
            s.code || d.number::text, d.title)), 'A')
        || setweight(to_tsvector('english', concat_ws(' ', d.executive_summary, f.name)), 'B')
        || setweight(to_tsvector('english', coalesce(recommendations.words, '')), 'B')
        || setweight(to_tsvector('english', coalesce(sections.words, '')), 'C')
        || setweight(to_tsvector('english', left(coalesce(paragraphs.words, ''), 500000)), 'D')
    FROM decisions_decision d
    JOIN decisions_series s ON s.id = d.series_id
    LEFT JOIN decisions_organisation f ON f.id = d.funder_id, recommendations, sections, paragraphs
    WHERE d.id = wanted
    ON CONFLICT (decision_id) DO UPDATE SET words = EXCLUDED.words
$$;

-- As before, and a recipient can be released too.
CREATE OR REPLACE FUNCTION decisions_answer_documented() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    made bigint;
    kinds text[] := ARRAY(
        SELECT kind::text FROM decisions_signeddocument WHERE revision_id = NEW.id);
    broken text;
BEGIN
    IF NOT NEW.is_confirmed THEN RETURN NULL; END IF;
    SELECT id INTO made FROM decisions_paperversion
        WHERE decision_id = NEW.decision_id ORDER BY n DESC LIMIT 1;
    broken := CASE
        WHEN NOT EXISTS (SELECT FROM decisions_paperversion WHERE id = made AND act = NEW.act)
            THEN 'revisionanswer_makes_a_version'
        WHEN NOT 'public' = ANY (kinds)
             OR decisions_has_part_2(made) AND NOT 'restricted' = ANY (kinds)
            THEN 'revisionanswer_has_document'
        WHEN EXISTS (
            SELECT FROM decisions_reviseditem i JOIN decisions_revision r ON r.id = i.revision_id
            WHERE i.revision_id = NEW.revision_id AND NOT coalesce(CASE i.place
                WHEN 'title' THEN i.new = (
                    SELECT title FROM decisions_decision WHERE id = r.decision_id)
                WHEN 'executive_summary' THEN i.new = (
                    SELECT executive_summary FROM decisions_decision WHERE id = r.decision_id)
                WHEN 'section' THEN (SELECT CASE r.kind WHEN 'release' THEN part = 1
                    ELSE heading = i.new END FROM decisions_section WHERE id = i.row)
                WHEN 'paragraph' THEN (SELECT CASE r.kind WHEN 'release' THEN part = 1
                    ELSE text = i.new END FROM decisions_paragraph WHERE id = i.row)
                WHEN 'recommendation' THEN (SELECT CASE r.kind WHEN 'release' THEN part = 1
                    ELSE text = i.new END FROM decisions_recommendation WHERE id = i.row)
                WHEN 'recipient' THEN (SELECT part = 1 FROM decisions_recipient WHERE id = i.row)
                WHEN 'supportingpaper' THEN (
                    SELECT part = 1 FROM decisions_supportingpaper WHERE id = i.row)
                END, false))
            THEN 'revisionanswer_is_carried_out'
    END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'a revision is confirmed whole, with its version and its documents'
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
