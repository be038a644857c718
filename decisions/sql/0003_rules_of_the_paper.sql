-- What the paper's tables hold to, whoever writes: same decision, frozen words, the way of a decision.

-- ---------------------------------------------------------------- rows of one decision belong together

ALTER TABLE decisions_paperversion
    ADD CONSTRAINT paperversion_id_and_decision UNIQUE (id, decision_id);
ALTER TABLE decisions_approval
    ADD CONSTRAINT approval_id_and_decision UNIQUE (id, decision_id),
    ADD CONSTRAINT approval_id_and_version UNIQUE (id, version_id),
    ADD CONSTRAINT approval_version_of_same_decision FOREIGN KEY (version_id, decision_id)
        REFERENCES decisions_paperversion (id, decision_id);
ALTER TABLE decisions_advice
    ADD CONSTRAINT advice_version_of_same_decision FOREIGN KEY (version_id, decision_id)
        REFERENCES decisions_paperversion (id, decision_id);
ALTER TABLE decisions_signeddocument
    ADD CONSTRAINT signeddocument_id_decision_and_kind UNIQUE (id, decision_id, kind),
    ADD CONSTRAINT signeddocument_version_of_same_decision FOREIGN KEY (version_id, decision_id)
        REFERENCES decisions_paperversion (id, decision_id),
    ADD CONSTRAINT signeddocument_approval_of_same_decision FOREIGN KEY (approval_id, decision_id)
        REFERENCES decisions_approval (id, decision_id),
    ADD CONSTRAINT signeddocument_approval_of_same_version FOREIGN KEY (approval_id, version_id)
        REFERENCES decisions_approval (id, version_id),
    ADD CONSTRAINT signeddocument_supersedes_its_kind FOREIGN KEY (supersedes_id, decision_id, kind)
        REFERENCES decisions_signeddocument (id, decision_id, kind);
ALTER TABLE decisions_recommendation
    ADD CONSTRAINT recommendation_id_and_decision UNIQUE (id, decision_id),
    ADD CONSTRAINT recommendation_parent_of_same_decision FOREIGN KEY (parent_id, decision_id)
        REFERENCES decisions_recommendation (id, decision_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT recommendation_funded_from_same_decision FOREIGN KEY (funded_from_id, decision_id)
        REFERENCES decisions_recommendation (id, decision_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decisions_exemption
    ADD CONSTRAINT exemption_id_and_decision UNIQUE (id, decision_id);
ALTER TABLE decisions_section
    ADD CONSTRAINT section_exemption_of_same_decision FOREIGN KEY (exemption_id, decision_id)
        REFERENCES decisions_exemption (id, decision_id);
ALTER TABLE decisions_recommendation
    ADD CONSTRAINT recommendation_exemption_of_same_decision FOREIGN KEY (exemption_id, decision_id)
        REFERENCES decisions_exemption (id, decision_id);
ALTER TABLE decisions_supportingpaper
    ADD CONSTRAINT supportingpaper_exemption_of_same_decision FOREIGN KEY (exemption_id, decision_id)
        REFERENCES decisions_exemption (id, decision_id);

CREATE FUNCTION decisions_paragraph_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.exemption_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM decisions_exemption e JOIN decisions_section s USING (decision_id)
        WHERE e.id = NEW.exemption_id AND s.id = NEW.section_id) THEN
        RAISE EXCEPTION 'the exemption belongs to another decision'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paragraph_exemption_of_same_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paragraph_belongs BEFORE INSERT OR UPDATE ON decisions_paragraph
    FOR EACH ROW EXECUTE FUNCTION decisions_paragraph_belongs();

CREATE FUNCTION decisions_outcome_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_approval a JOIN decisions_recommendation r USING (decision_id)
        WHERE a.id = NEW.approval_id AND r.id = NEW.recommendation_id AND a.stage = 'decision') THEN
        RAISE EXCEPTION 'the outcome''s recommendation and decision do not belong together'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendationoutcome_of_same_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recommendationoutcome_belongs BEFORE INSERT ON decisions_recommendationoutcome
    FOR EACH ROW EXECUTE FUNCTION decisions_outcome_belongs();

CREATE FUNCTION decisions_outcome_figure_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_recommendationoutcome o JOIN decisions_figure f USING (recommendation_id)
        WHERE o.id = NEW.outcome_id AND f.id = NEW.figure_id
          AND o.outcome IN ('approved', 'approved_as_amended')) THEN
        RAISE EXCEPTION 'a sum is decided only by an approval of its own recommendation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outcomefigure_of_same_recommendation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outcomefigure_belongs BEFORE INSERT ON decisions_outcomefigure
    FOR EACH ROW EXECUTE FUNCTION decisions_outcome_figure_belongs();

-- ---------------------------------------------------------------- the freeze

-- decisions/workflow.py, FROZEN; a test holds the two together.
CREATE FUNCTION decisions_is_frozen(status text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT status IN ('awaiting_decision', 'signed', 'published', 'withdrawn')
$$;

-- Argument: the column that leads to the decision. The decision's row is locked FOR SHARE, so an
-- edit waits for a freeze that is under way, and then sees it.
CREATE FUNCTION decisions_refuse_frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    versions_of_row jsonb[] := '{}';
    one jsonb;
    decision bigint;
    found_status text;
BEGIN
    IF TG_OP <> 'DELETE' THEN versions_of_row := versions_of_row || to_jsonb(NEW); END IF;
    IF TG_OP <> 'INSERT' THEN versions_of_row := versions_of_row || to_jsonb(OLD); END IF;
    FOREACH one IN ARRAY versions_of_row LOOP
        decision := (one ->> TG_ARGV[0])::bigint;
        IF TG_ARGV[0] = 'section_id' THEN
            SELECT decision_id INTO decision FROM decisions_section WHERE id = decision;
        ELSIF TG_ARGV[0] = 'recommendation_id' THEN
            SELECT decision_id INTO decision FROM decisions_recommendation WHERE id = decision;
        END IF;
        SELECT status INTO found_status FROM decisions_decision WHERE id = decision FOR SHARE;
        IF decisions_is_frozen(found_status) THEN
            RAISE EXCEPTION 'the paper is frozen: its decision is %', found_status
                USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_paper_frozen';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER section_frozen BEFORE INSERT OR UPDATE OR DELETE ON decisions_section
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('decision_id');
CREATE TRIGGER paragraph_frozen BEFORE INSERT OR UPDATE OR DELETE ON decisions_paragraph
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('section_id');
CREATE TRIGGER exemption_frozen BEFORE INSERT OR UPDATE OR DELETE ON decisions_exemption
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('decision_id');
CREATE TRIGGER supportingpaper_frozen BEFORE INSERT OR UPDATE OR DELETE ON decisions_supportingpaper
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('decision_id');
CREATE TRIGGER decisionlink_frozen BEFORE INSERT OR UPDATE OR DELETE ON decisions_decisionlink
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('from_decision_id');
CREATE TRIGGER consultation_frozen BEFORE INSERT ON decisions_consultation
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('decision_id');
CREATE TRIGGER recommendation_frozen BEFORE INSERT OR UPDATE OR DELETE ON decisions_recommendation
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('decision_id');
CREATE TRIGGER figure_frozen BEFORE INSERT OR UPDATE OR DELETE ON decisions_figure
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('recommendation_id');
CREATE TRIGGER paperversion_frozen BEFORE INSERT ON decisions_paperversion
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('decision_id');
CREATE TRIGGER advice_frozen BEFORE INSERT ON decisions_advice
    FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen('decision_id');

-- ---------------------------------------------------------------- the decision's own row

-- decisions/workflow.py, MOVES; a test holds the two together.
CREATE FUNCTION decisions_may_move(source text, old_status text, new_status text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
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
        ('elsewhere', 'draft', 'published'))
$$;

CREATE FUNCTION decisions_decision_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
    latest bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        broken := 'decision_never_deleted';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' THEN broken := 'decision_begins_as_draft'; END IF;
    ELSE
        SELECT id INTO latest FROM decisions_paperversion WHERE decision_id = NEW.id
            ORDER BY n DESC LIMIT 1;
        broken := CASE
            WHEN NEW.source <> OLD.source THEN 'decision_source_kept'
            WHEN OLD.number IS NOT NULL
                AND (NEW.number IS DISTINCT FROM OLD.number OR NEW.series_id <> OLD.series_id)
                THEN 'decision_number_kept'
            WHEN OLD.date_signed IS NOT NULL AND NEW.date_signed IS DISTINCT FROM OLD.date_signed
                THEN 'decision_date_signed_kept'
            WHEN OLD.revoked_on IS NOT NULL AND NEW.revoked_on IS DISTINCT FROM OLD.revoked_on
                THEN 'decision_revoked_on_kept'
            WHEN decisions_is_frozen(OLD.status) AND
                (NEW.title, NEW.asked, NEW.executive_summary, NEW.funder_id,
                 NEW.originating_officer_id, NEW.advice_asked, NEW.decided_by_text)
                IS DISTINCT FROM
                (OLD.title, OLD.asked, OLD.executive_summary, OLD.funder_id,
                 OLD.originating_officer_id, OLD.advice_asked, OLD.decided_by_text)
                THEN 'decision_paper_frozen'
            WHEN OLD.status = 'awaiting_decision' AND
                (NEW.publication_deferred_until, NEW.publication_deferred_reason) IS DISTINCT FROM
                (OLD.publication_deferred_until, OLD.publication_deferred_reason)
                THEN 'decision_paper_frozen'
            WHEN NEW.status <> OLD.status
                AND NOT decisions_may_move(NEW.source, OLD.status, NEW.status)
                THEN 'decision_status_moves'
            WHEN OLD.status = 'draft' AND NEW.status = 'in_advice' AND latest IS NULL
                THEN 'decision_submitted_with_version'
            WHEN OLD.status = 'with_chief_executive' AND NEW.status = 'awaiting_decision'
                AND NOT EXISTS (SELECT FROM decisions_approval
                    WHERE version_id = latest AND stage = 'chief_executive')
                THEN 'decision_endorsed_before_decided'
            WHEN OLD.status = 'awaiting_decision' AND NEW.status = 'signed'
                AND NOT EXISTS (SELECT FROM decisions_approval
                    WHERE version_id = latest AND stage = 'decision')
                THEN 'decision_signed_with_approval'
        END;
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'decision %: % does not allow this', coalesce(OLD.id, NEW.id), broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_holds BEFORE INSERT OR UPDATE OR DELETE ON decisions_decision
    FOR EACH ROW EXECUTE FUNCTION decisions_decision_holds();

-- ---------------------------------------------------------------- approvals

-- An approval is of the latest version, at the status of its stage, of a paper decided here.
CREATE FUNCTION decisions_approval_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    found_status text;
    found_source text;
    latest bigint;
BEGIN
    SELECT status, source INTO found_status, found_source
    FROM decisions_decision WHERE id = NEW.decision_id FOR SHARE;
    SELECT id INTO latest FROM decisions_paperversion WHERE decision_id = NEW.decision_id
        ORDER BY n DESC LIMIT 1;
    IF found_source <> 'here' OR NEW.version_id IS DISTINCT FROM latest
       OR NOT (NEW.stage = 'chief_executive' AND found_status = 'with_chief_executive'
               OR NEW.stage = 'decision' AND NEW.sitting = 1 AND found_status = 'awaiting_decision'
               OR NEW.stage = 'decision' AND NEW.sitting > 1
                  AND found_status IN ('signed', 'published')) THEN
        RAISE EXCEPTION 'a % approval cannot be made of this version now (%)', NEW.stage, found_status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_at_its_stage';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approval_holds BEFORE INSERT ON decisions_approval
    FOR EACH ROW EXECUTE FUNCTION decisions_approval_holds();

-- Whether anything of a version lies in Part 2: any row of it, whatever the version says of itself.
CREATE FUNCTION decisions_has_part_2(version bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT jsonb_path_exists(content::jsonb, '$.**.part ? (@ == 2)')
    FROM decisions_paperversion WHERE id = version
$$;

-- Nothing is decided without its signed document, and nothing with a Part 2 without its restricted
-- one: all of them commit, or none.
CREATE FUNCTION decisions_approval_documented() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    kinds text[] := ARRAY(
        SELECT kind::text FROM decisions_signeddocument WHERE approval_id = NEW.id);
BEGIN
    IF NEW.stage = 'decision' AND NOT ('public' = ANY (kinds)) THEN
        RAISE EXCEPTION 'a decision commits only with its signed document'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_has_document';
    END IF;
    IF NEW.stage = 'decision' AND decisions_has_part_2(NEW.version_id)
       AND NOT ('restricted' = ANY (kinds)) THEN
        RAISE EXCEPTION 'a decision with a Part 2 commits only with its restricted document'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_has_restricted_document';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER approval_has_document AFTER INSERT ON decisions_approval
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_approval_documented();

-- A document is issued by a decision; a restricted one only where there is a Part 2.
CREATE FUNCTION decisions_document_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM decisions_approval
                   WHERE id = NEW.approval_id AND stage = 'decision') THEN
        RAISE EXCEPTION 'only a decision issues a document'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signeddocument_of_a_decision';
    END IF;
    IF NEW.kind = 'restricted' AND NOT decisions_has_part_2(NEW.version_id) THEN
        RAISE EXCEPTION 'a paper without Part 2 has no restricted document'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signeddocument_restricted_has_part_2';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_holds BEFORE INSERT ON decisions_signeddocument
    FOR EACH ROW EXECUTE FUNCTION decisions_document_holds();
