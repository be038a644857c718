-- After the signature: words change only within the act that confirms a revision naming them, and a
-- decision signed on paper is in force once a second person has confirmed what was transcribed.

-- ---------------------------------------------------------------- revisions

-- The numbers of a text, as they stand: a correction keeps them all (DEC-56 looks at words too).
ALTER TABLE decisions_reviseditem ADD CONSTRAINT reviseditem_keeps_numbers CHECK (
    regexp_replace(old, '[^0-9£%]', '', 'g') = regexp_replace(new, '[^0-9£%]', '', 'g'));

CREATE FUNCTION decisions_revision_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    asked decisions_revision;
BEGIN
    SELECT * INTO asked FROM decisions_revision WHERE id = NEW.revision_id;
    IF asked.act IS DISTINCT FROM NEW.act THEN
        RAISE EXCEPTION 'a revision names its places in the act that proposes it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reviseditem_proposed_with_its_revision';
    END IF;
    IF NEW.place IN ('title', 'executive_summary') AND NEW.row <> 0
       OR asked.kind = 'correction' AND (NEW.new = '' OR NEW.old = NEW.new
            OR NEW.place = 'supportingpaper')
       OR asked.kind = 'release' AND (NEW.old || NEW.new <> '' OR NEW.part <> 2
            OR NEW.place IN ('title', 'executive_summary')) THEN
        RAISE EXCEPTION 'a correction replaces words, and a release names what lies in Part 2'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reviseditem_as_its_kind';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reviseditem_belongs BEFORE INSERT ON decisions_reviseditem
    FOR EACH ROW EXECUTE FUNCTION decisions_revision_belongs();

-- A revision is of a decision that is in force, and confirmed by neither who proposed it nor who
-- prepared the paper.
CREATE FUNCTION decisions_answer_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    SELECT CASE
        WHEN r.decision_id <> NEW.decision_id THEN 'revisionanswer_of_its_decision'
        WHEN d.status NOT IN ('signed', 'published') OR d.source NOT IN ('here', 'paper')
            OR d.revoked_on IS NOT NULL THEN 'revisionanswer_of_a_decision_in_force'
        WHEN NEW.is_confirmed AND (NEW.answered_by_id = r.proposed_by_id
            OR NEW.answered_by_id = d.originating_officer_id) THEN 'revisionanswer_by_another'
        WHEN r.act = NEW.act THEN 'revisionanswer_by_another'
        END
    INTO broken
    FROM decisions_revision r JOIN decisions_decision d ON d.id = r.decision_id
    WHERE r.id = NEW.revision_id FOR SHARE OF d;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'revision %: % does not allow this', NEW.revision_id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER revisionanswer_holds BEFORE INSERT ON decisions_revisionanswer
    FOR EACH ROW EXECUTE FUNCTION decisions_answer_holds();

-- Whether a revision is confirmed in the act that is open now.
CREATE FUNCTION decisions_under_revision(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM decisions_revisionanswer
        WHERE decision_id = wanted AND is_confirmed AND act = nullif(current_setting('audit.act', true), '')::uuid)
$$;

-- Whether the open act confirms the correction of just these words.
CREATE FUNCTION decisions_corrects(
    wanted bigint, place_of text, row_of bigint, old_words text, new_words text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM decisions_reviseditem i
        JOIN decisions_revision r ON r.id = i.revision_id
        JOIN decisions_revisionanswer a ON a.revision_id = r.id
        WHERE a.decision_id = wanted AND a.is_confirmed AND a.act = nullif(current_setting('audit.act', true), '')::uuid
          AND r.kind = 'correction' AND i.place = place_of AND i.row = row_of
          AND i.old = old_words AND i.new = new_words)
$$;

-- Whether a change of a frozen row is one that the open act confirms: of its words alone, or out of
-- Part 2 alone.
CREATE FUNCTION decisions_row_is_revised(
    table_of text, wanted bigint, old_row jsonb, new_row jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    place_of text := replace(table_of, 'decisions_', '');
    words text := CASE place_of WHEN 'section' THEN 'heading' ELSE 'text' END;
    row_of bigint := (old_row ->> 'id')::bigint;
BEGIN
    IF NOT decisions_under_revision(wanted) THEN
        RETURN false;
    END IF;
    IF place_of IN ('section', 'paragraph', 'recommendation') AND old_row - words = new_row - words
    THEN
        RETURN decisions_corrects(wanted, place_of, row_of, old_row ->> words, new_row ->> words);
    END IF;
    RETURN old_row - '{part,exemption_id}'::text[] = new_row - '{part,exemption_id}'::text[]
        AND (new_row ->> 'part') = '1' AND new_row ->> 'exemption_id' IS NULL
        AND EXISTS (
            SELECT FROM decisions_reviseditem i
            JOIN decisions_revision r ON r.id = i.revision_id
            JOIN decisions_revisionanswer a ON a.revision_id = r.id
            WHERE a.decision_id = wanted AND a.is_confirmed AND a.act = nullif(current_setting('audit.act', true), '')::uuid
              AND r.kind = 'release' AND i.place = place_of AND i.row = row_of);
END $$;

CREATE OR REPLACE FUNCTION decisions_refuse_frozen() RETURNS trigger
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
        CONTINUE WHEN NOT decisions_is_frozen(found_status);
        IF TG_OP = 'UPDATE' AND found_status IN ('signed', 'published') THEN
            CONTINUE WHEN decisions_row_is_revised(
                TG_TABLE_NAME, decision, to_jsonb(OLD), to_jsonb(NEW));
        END IF;
        IF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'decisions_paperversion'
           AND found_status IN ('signed', 'published') THEN
            CONTINUE WHEN decisions_under_revision(decision);
        END IF;
        RAISE EXCEPTION 'the paper is frozen: its decision is %', found_status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_paper_frozen';
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

-- What a confirmed revision names has become what it says, in a new version with its documents: all
-- of it commits, or none.
CREATE FUNCTION decisions_answer_documented() RETURNS trigger
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
CREATE CONSTRAINT TRIGGER revisionanswer_has_document AFTER INSERT ON decisions_revisionanswer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_answer_documented();

-- A document is issued by a decision, or by a revision in the act that confirms it; a restricted one
-- only where there is a Part 2.
CREATE OR REPLACE FUNCTION decisions_document_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.revision_id IS NULL AND NOT EXISTS (SELECT FROM decisions_approval
                   WHERE id = NEW.approval_id AND stage = 'decision') THEN
        RAISE EXCEPTION 'only a decision issues a document'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signeddocument_of_a_decision';
    END IF;
    IF NEW.revision_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM decisions_revisionanswer a JOIN decisions_paperversion v ON v.act = a.act
        WHERE a.id = NEW.revision_id AND a.is_confirmed AND a.act = NEW.act
          AND a.decision_id = NEW.decision_id AND v.id = NEW.version_id) THEN
        RAISE EXCEPTION 'a revision issues documents in the act that confirms it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signeddocument_of_a_revision';
    END IF;
    IF NEW.kind = 'restricted' AND NOT decisions_has_part_2(NEW.version_id) THEN
        RAISE EXCEPTION 'a paper without Part 2 has no restricted document'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signeddocument_restricted_has_part_2';
    END IF;
    RETURN NEW;
END $$;

-- ---------------------------------------------------------------- the decision's own row

CREATE OR REPLACE FUNCTION decisions_is_frozen(status text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT status IN ('awaiting_decision', 'transcribed', 'signed', 'published', 'withdrawn')
$$;

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
        ('paper', 'signed', 'published'),
        ('paper', 'published', 'signed'),
        ('elsewhere', 'draft', 'published'),
        ('elsewhere', 'published', 'signed'),
        ('elsewhere', 'signed', 'published'))
$$;

CREATE OR REPLACE FUNCTION decisions_decision_holds() RETURNS trigger
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
            WHEN OLD.number IS NOT NULL AND NOT (OLD.source = 'paper' AND OLD.status = 'draft')
                AND (NEW.number IS DISTINCT FROM OLD.number OR NEW.series_id <> OLD.series_id)
                THEN 'decision_number_kept'
            WHEN OLD.date_signed IS NOT NULL AND NEW.date_signed IS DISTINCT FROM OLD.date_signed
                THEN 'decision_date_signed_kept'
            WHEN OLD.revoked_on IS NOT NULL AND NEW.revoked_on IS DISTINCT FROM OLD.revoked_on
                THEN 'decision_revoked_on_kept'
            WHEN decisions_is_frozen(OLD.status) AND
                (NEW.asked, NEW.funder_id, NEW.originating_officer_id, NEW.advice_asked)
                IS DISTINCT FROM
                (OLD.asked, OLD.funder_id, OLD.originating_officer_id, OLD.advice_asked)
                THEN 'decision_paper_frozen'
            WHEN decisions_is_frozen(OLD.status) AND OLD.status <> 'transcribed'
                AND NEW.decided_by_text IS DISTINCT FROM OLD.decided_by_text
                THEN 'decision_paper_frozen'
            WHEN decisions_is_frozen(OLD.status) AND NEW.title IS DISTINCT FROM OLD.title
                AND NOT decisions_corrects(OLD.id, 'title', 0, OLD.title, NEW.title)
                THEN 'decision_paper_frozen'
            WHEN decisions_is_frozen(OLD.status)
                AND NEW.executive_summary IS DISTINCT FROM OLD.executive_summary
                AND NOT decisions_corrects(OLD.id, 'executive_summary', 0,
                    OLD.executive_summary, NEW.executive_summary)
                THEN 'decision_paper_frozen'
            WHEN OLD.status = 'awaiting_decision' AND
                (NEW.publication_deferred_until, NEW.publication_deferred_reason) IS DISTINCT FROM
                (OLD.publication_deferred_until, OLD.publication_deferred_reason)
                THEN 'decision_paper_frozen'
            WHEN NEW.status <> OLD.status
                AND NOT decisions_may_move(NEW.source, OLD.status, NEW.status)
                THEN 'decision_status_moves'
            WHEN OLD.status = 'draft' AND NEW.status IN ('in_advice', 'transcribed')
                AND latest IS NULL
                THEN 'decision_submitted_with_version'
            WHEN OLD.status = 'draft' AND NEW.status = 'transcribed'
                AND NOT EXISTS (SELECT FROM decisions_transcription WHERE version_id = latest)
                THEN 'decision_transcribed_with_transcription'
            WHEN OLD.status = 'with_chief_executive' AND NEW.status = 'awaiting_decision'
                AND NOT EXISTS (SELECT FROM decisions_approval
                    WHERE version_id = latest AND stage = 'chief_executive')
                THEN 'decision_endorsed_before_decided'
            WHEN OLD.status IN ('awaiting_decision', 'transcribed') AND NEW.status = 'signed'
                AND NOT EXISTS (SELECT FROM decisions_approval
                    WHERE version_id = latest AND stage = 'decision')
                THEN 'decision_signed_with_approval'
            WHEN OLD.status = 'transcribed' AND NEW.status = 'signed'
                AND NOT EXISTS (SELECT FROM decisions_transcription
                    WHERE version_id = latest AND signed_on = NEW.date_signed
                      AND decided_by = NEW.decided_by_text)
                THEN 'decision_signed_as_transcribed'
        END;
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'decision %: % does not allow this', coalesce(OLD.id, NEW.id), broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

-- The reference of a paper that is still being transcribed may have been misread.
CREATE OR REPLACE FUNCTION decisions_year_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.number IS NOT NULL AND NOT (OLD.source = 'paper' AND OLD.status = 'draft')
       AND NEW.year IS DISTINCT FROM OLD.year THEN
        RAISE EXCEPTION 'decision %: its reference is kept', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_number_kept';
    END IF;
    RETURN NEW;
END $$;

-- ---------------------------------------------------------------- decisions signed on paper

CREATE FUNCTION decisions_transcription_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_decision d JOIN decisions_paperversion v ON v.decision_id = d.id
        WHERE d.id = NEW.decision_id AND d.source = 'paper' AND d.status = 'draft'
          AND v.id = NEW.version_id AND v.act = NEW.act) THEN
        RAISE EXCEPTION 'what was signed on paper is transcribed with its version, as a draft'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transcription_of_a_draft';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER transcription_holds BEFORE INSERT ON decisions_transcription
    FOR EACH ROW EXECUTE FUNCTION decisions_transcription_holds();

-- An approval is of the latest version, at the status of its stage: of a paper decided here, or,
-- of one signed on paper, of what another person transcribed.
CREATE OR REPLACE FUNCTION decisions_approval_holds() RETURNS trigger
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
    IF NEW.transcription_id IS NOT NULL THEN
        IF found_source <> 'paper' OR found_status <> 'transcribed' OR NOT EXISTS (
            SELECT FROM decisions_transcription
            WHERE id = NEW.transcription_id AND decision_id = NEW.decision_id
              AND version_id = latest AND NEW.version_id = latest) THEN
            RAISE EXCEPTION 'only what was transcribed last can be confirmed (%)', found_status
                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_as_transcribed';
        END IF;
        IF EXISTS (SELECT FROM decisions_transcription WHERE id = NEW.transcription_id
                   AND transcribed_by_id = NEW.confirmed_by_id) THEN
            RAISE EXCEPTION 'another person confirms what was transcribed'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_confirmed_by_another';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.version_id IS DISTINCT FROM latest
       OR NOT (found_source = 'here'
               OR found_source = 'paper' AND NEW.stage = 'decision' AND NEW.sitting > 1)
       OR NOT (NEW.stage = 'chief_executive' AND found_status = 'with_chief_executive'
               OR NEW.stage = 'decision' AND NEW.sitting = 1 AND found_status = 'awaiting_decision'
               OR NEW.stage = 'decision' AND NEW.sitting > 1
                  AND found_status IN ('signed', 'published')) THEN
        RAISE EXCEPTION 'a % approval cannot be made of this version now (%)', NEW.stage, found_status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_at_its_stage';
    END IF;
    RETURN NEW;
END $$;

-- Of a decision signed on paper nobody here holds the delegation; the paper says who decided.
CREATE OR REPLACE FUNCTION decisions_approval_is_by_holder() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.transcription_id IS NOT NULL THEN RETURN NEW; END IF;
    IF EXISTS (SELECT FROM decisions_standingaside
               WHERE decision_id = NEW.decision_id AND person_id = NEW.approved_by_id) THEN
        RAISE EXCEPTION 'whoever stood aside from a paper does not approve it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_not_by_who_stood_aside';
    END IF;
    IF NEW.stage = 'decision' AND NOT EXISTS (
        SELECT FROM accounts_delegation
        WHERE id = NEW.delegation_id AND holder_id = NEW.approved_by_id) THEN
        RAISE EXCEPTION 'a decision is made by the holder of its delegation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_by_holder_of_its_delegation';
    END IF;
    IF NEW.stage = 'decision' AND (
        NEW.role IN ('private_office', 'administrator') OR NOT EXISTS (
            SELECT FROM accounts_roleholding
            WHERE user_id = NEW.approved_by_id AND role = NEW.role
              AND (NEW.approved_at AT TIME ZONE 'Europe/London')::date
                  BETWEEN valid_from AND coalesce(valid_to, '9999-12-30'))) THEN
        RAISE EXCEPTION 'a decision is made by a holder of the office, never by the private office'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_by_holder_of_its_office';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION decisions_paper_moves_as_versioned() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM decisions_refuse_unversioned(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER decision_paper_moves_as_versioned AFTER UPDATE ON decisions_decision
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.source = 'paper'
                       AND (OLD.status = 'transcribed' OR NEW.status = 'transcribed')
                       AND NEW.status <> 'draft')
    EXECUTE FUNCTION decisions_paper_moves_as_versioned();

-- ---------------------------------------------------------------- conditions discharged

CREATE FUNCTION decisions_discharge_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions_condition c
        JOIN decisions_recommendationoutcome o ON o.id = c.outcome_id
        JOIN decisions_approval a ON a.id = o.approval_id
        JOIN decisions_decision d ON d.id = a.decision_id
        WHERE c.id = NEW.condition_id AND d.status IN ('signed', 'published')
          AND c.act <> NEW.act) THEN
        RAISE EXCEPTION 'a condition is discharged after the decision that set it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'conditiondischarge_after_its_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER conditiondischarge_holds BEFORE INSERT ON decisions_conditiondischarge
    FOR EACH ROW EXECUTE FUNCTION decisions_discharge_holds();
