-- The search index holds words of Part 1 only. It is derived, so it lies outside the register.

ALTER TABLE decisions_searchentry SET SCHEMA transient;

CREATE FUNCTION decisions_reindex(wanted bigint) RETURNS void
LANGUAGE sql SET search_path = public, transient, pg_temp AS $$
    WITH RECURSIVE hidden AS (
        SELECT id FROM decisions_recommendation WHERE decision_id = wanted AND part = 2
        UNION
        SELECT r.id FROM decisions_recommendation r JOIN hidden h ON r.parent_id = h.id
    ),
    recommendations AS (
        SELECT string_agg(concat_ws(' ', r.text, f.name, t.name), ' ') AS words
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
