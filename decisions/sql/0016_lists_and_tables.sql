-- Whether a paragraph is a list or a table is part of the paper: a version holds it.
-- A paper of text alone has the digest that it had before.
CREATE OR REPLACE FUNCTION decisions_rows_digest(wanted bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        (SELECT jsonb_build_array(title, asked, executive_summary,
                publication_deferred_until, publication_deferred_reason)
                || CASE WHEN head_of_unit = '' THEN '[]'
                        ELSE jsonb_build_array(head_of_unit, head_of_unit_consented_on) END
            FROM decisions_decision WHERE id = wanted),
        (SELECT jsonb_agg(jsonb_build_array(r.id, r.number, r.parent_id, r.kind, r.text, r.part,
                r.funder_id, r.recipient_id, r.funded_from_id, r.period_start, r.period_end)
                ORDER BY r.position)
            FROM decisions_recommendation r WHERE r.decision_id = wanted),
        (SELECT jsonb_agg(jsonb_build_array(f.recommendation_id, f.amount, f.up_to, f.text, f.role,
                f.direction) ORDER BY r.position, f.position)
            FROM decisions_figure f JOIN decisions_recommendation r ON r.id = f.recommendation_id
            WHERE r.decision_id = wanted),
        (SELECT jsonb_agg(jsonb_build_array(s.id, s.number, s.heading, s.part) ORDER BY s.position)
            FROM decisions_section s WHERE s.decision_id = wanted),
        (SELECT jsonb_agg(jsonb_build_array(p.id, p.section_id, p.number, p.text, p.part,
                p.exemption_id)
                || CASE WHEN p.form = 'text' THEN '[]' ELSE jsonb_build_array(p.form) END
                ORDER BY s.position, p.position)
            FROM decisions_paragraph p JOIN decisions_section s ON s.id = p.section_id
            WHERE s.decision_id = wanted),
        (SELECT jsonb_agg(jsonb_build_array(e.id, e.ground, e.reason) ORDER BY e.id)
            FROM decisions_exemption e WHERE e.decision_id = wanted),
        (SELECT jsonb_agg(jsonb_build_array(p.title, p.part, p.sha256) ORDER BY p.position)
            FROM decisions_supportingpaper p WHERE p.decision_id = wanted),
        (SELECT jsonb_agg(jsonb_build_array(l.kind, l.to_decision_id, l.to_reference) ORDER BY l.id)
            FROM decisions_decisionlink l WHERE l.from_decision_id = wanted),
        (SELECT jsonb_agg(jsonb_build_array(c.board, c.held_on, c.outcome) ORDER BY c.id)
            FROM decisions_consultation c WHERE c.decision_id = wanted)
    )::text, 'UTF8')), 'hex')
$$;
