-- A paper is submitted, endorsed and decided only while its rows say what its newest version says.
--
-- The digest is over the rows that a version is made from, with what it prints of them: positions
-- only as an order, and no grounds but those of paragraphs. Other records are named by their key,
-- so that an organisation's new name changes no paper.
CREATE FUNCTION decisions_rows_digest(wanted bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        (SELECT jsonb_build_array(title, asked, executive_summary,
                publication_deferred_until, publication_deferred_reason)
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
                p.exemption_id) ORDER BY s.position, p.position)
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

-- The database's own: whatever is inserted, it is worked out here. Missing only in versions that
-- are older than this rule.
ALTER TABLE decisions_paperversion ADD COLUMN rows_digest text;

CREATE FUNCTION decisions_version_of_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.rows_digest := decisions_rows_digest(NEW.decision_id);
    RETURN NEW;
END $$;
CREATE TRIGGER version_of_rows BEFORE INSERT ON decisions_paperversion
    FOR EACH ROW EXECUTE FUNCTION decisions_version_of_rows();

-- Raise unless the rows of a decision are those that its newest version was made from.
CREATE FUNCTION decisions_refuse_unversioned(wanted bigint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    kept text;
BEGIN
    SELECT rows_digest INTO kept FROM decisions_paperversion
        WHERE decision_id = wanted ORDER BY n DESC LIMIT 1;
    IF kept <> decisions_rows_digest(wanted) THEN
        RAISE EXCEPTION 'decision %: the paper was changed after its newest version', wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_rows_as_versioned';
    END IF;
END $$;

-- The digest of the row in hand reads the table, so it is asked after the row is written.
CREATE FUNCTION decisions_moves_as_versioned() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.source <> 'here' THEN RETURN NULL; END IF;
    IF NEW.status IN ('in_advice', 'with_chief_executive', 'awaiting_decision')
       OR OLD.status = 'awaiting_decision' AND NEW.status = 'signed' THEN
        PERFORM decisions_refuse_unversioned(NEW.id);
    END IF;
    IF OLD.status = 'draft' AND NEW.status = 'in_advice' AND EXISTS (
        SELECT FROM decisions_approval a JOIN decisions_paperversion v ON v.id = a.version_id
        WHERE v.decision_id = NEW.id
          AND v.n = (SELECT max(n) FROM decisions_paperversion WHERE decision_id = NEW.id)) THEN
        RAISE EXCEPTION 'decision %: a paper that comes back is submitted as a new version', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_submitted_anew';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER decision_moves_as_versioned AFTER UPDATE ON decisions_decision
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION decisions_moves_as_versioned();

CREATE FUNCTION decisions_approves_as_versioned() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.sitting = 1 THEN PERFORM decisions_refuse_unversioned(NEW.decision_id); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approval_as_versioned BEFORE INSERT ON decisions_approval
    FOR EACH ROW EXECUTE FUNCTION decisions_approves_as_versioned();
