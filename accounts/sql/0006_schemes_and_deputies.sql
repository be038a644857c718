-- What schemes, delegations and their uses hold to, whoever writes.

-- ---------------------------------------------------------------- what was proposed stays as it was

-- Of a scheme version and of a delegation, only the answer (once) and the last day ever change.
CREATE FUNCTION accounts_proposal_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    answer text[] := ARRAY['approved_at', 'approved_by_id', 'declined_at', 'declined_by_id',
                           'declined_reason'];
    -- A delegation from before schemes were kept is given its paragraph once.
    may_change text[] := ARRAY['valid_to'] || CASE
        WHEN to_jsonb(OLD) ? 'paragraph_id' AND to_jsonb(OLD) ->> 'paragraph_id' IS NULL
        THEN ARRAY['paragraph_id'] ELSE ARRAY[]::text[] END || CASE
        WHEN OLD.approved_at IS NULL AND OLD.declined_at IS NULL
        THEN answer ELSE ARRAY[]::text[] END;
BEGIN
    IF to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION '%: only its last day, and the answer to it once, may change', TG_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schemeversion_kept BEFORE UPDATE ON accounts_schemeversion
    FOR EACH ROW EXECUTE FUNCTION accounts_proposal_holds();
CREATE TRIGGER delegation_kept BEFORE UPDATE ON accounts_delegation
    FOR EACH ROW EXECUTE FUNCTION accounts_proposal_holds();

-- The paragraphs of a version are fixed once it is answered.
CREATE FUNCTION accounts_paragraph_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM accounts_schemeversion
    WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
                 CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END)
      AND (approved_at IS NOT NULL OR declined_at IS NOT NULL)
    FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION '%: the paragraphs of a version are fixed once it is answered', TG_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER schemeparagraph_kept BEFORE INSERT OR UPDATE OR DELETE ON accounts_schemeparagraph
    FOR EACH ROW EXECUTE FUNCTION accounts_paragraph_holds();

-- ---------------------------------------------------------------- a delegation and its paragraph

-- A delegation prints its paragraph's own words and gives no more than the paragraph does.
CREATE FUNCTION accounts_delegation_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    given record;
    broken text;
BEGIN
    IF TG_OP = 'INSERT' AND (NEW.paragraph_id IS NULL OR NEW.proposed_at IS NULL) THEN
        broken := 'delegation_is_proposed_under_a_paragraph';
    ELSIF NEW.approved_at IS NOT NULL AND NEW.paragraph_id IS NULL THEN
        broken := 'delegation_is_approved_under_a_paragraph';
    ELSIF NEW.paragraph_id IS NOT NULL THEN
        SELECT p.number, p.acts, p."limit", v.title, v.dated INTO given
        FROM accounts_schemeparagraph p JOIN accounts_schemeversion v ON v.id = p.version_id
        WHERE p.id = NEW.paragraph_id;
        broken := CASE
            WHEN (NEW.scheme_title, NEW.scheme_dated, NEW.scheme_paragraph)
                IS DISTINCT FROM (given.title, given.dated, given.number)
                THEN 'delegation_prints_its_paragraph'
            WHEN NOT NEW.acts <@ given.acts THEN 'delegation_acts_of_its_paragraph'
            WHEN given."limit" IS NOT NULL
                AND (NEW."limit" IS NULL OR NEW."limit" > given."limit")
                THEN 'delegation_limit_of_its_paragraph'
        END;
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'delegation %: % does not allow this', NEW.id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER delegation_holds BEFORE INSERT OR UPDATE ON accounts_delegation
    FOR EACH ROW EXECUTE FUNCTION accounts_delegation_holds();

CREATE FUNCTION accounts_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: it is ended instead', TG_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER delegation_never_deleted BEFORE DELETE ON accounts_delegation
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_delete();
CREATE TRIGGER schemeversion_never_deleted BEFORE DELETE ON accounts_schemeversion
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_delete();

-- ---------------------------------------------------------------- the uses of a delegation

-- Each use continues the statement of its stretch of time: no total is begun, skipped or forked.
ALTER TABLE accounts_delegationuse
    ADD CONSTRAINT delegationuse_continues_the_last
        FOREIGN KEY (delegation_id, stretch, previous_n, before)
        REFERENCES accounts_delegationuse (delegation_id, stretch, n, after);

CREATE FUNCTION accounts_financial_year(day date) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT first || '/' || lpad(((first + 1) % 100)::text, 2, '0')
    FROM (SELECT extract(year FROM day - interval '3 months')::int AS first) AS year
$$;

-- A delegation is used while it and its scheme are approved and in force, for its acts, within its
-- limit, and against its own cap. Its row is locked, so that uses come one after the other.
CREATE FUNCTION accounts_delegation_use_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    used accounts_delegation%ROWTYPE;
    scheme accounts_schemeversion%ROWTYPE;
    broken text;
BEGIN
    SELECT * INTO used FROM accounts_delegation WHERE id = NEW.delegation_id FOR NO KEY UPDATE;
    SELECT v.* INTO scheme FROM accounts_schemeversion v
        JOIN accounts_schemeparagraph p ON p.version_id = v.id
        WHERE p.id = used.paragraph_id FOR SHARE OF v;
    broken := CASE
        WHEN used.approved_at IS NULL OR scheme.approved_at IS NULL
            THEN 'delegationuse_of_an_approved_one'
        WHEN NEW.used_on NOT BETWEEN used.valid_from AND coalesce(used.valid_to, NEW.used_on)
            OR NEW.used_on NOT BETWEEN scheme.valid_from AND coalesce(scheme.valid_to, NEW.used_on)
            THEN 'delegationuse_while_in_force'
        WHEN NOT NEW.acts <@ used.acts THEN 'delegationuse_for_its_acts'
        WHEN NEW.amount > used."limit" THEN 'delegationuse_within_the_limit'
        WHEN NEW.cap IS DISTINCT FROM used.cap
            OR NEW.stretch <> CASE used.cap_per
                WHEN 'year' THEN accounts_financial_year(NEW.used_on) ELSE 'life' END
            THEN 'delegationuse_against_its_cap'
    END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'delegation %: % does not allow this use', NEW.delegation_id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER delegationuse_holds BEFORE INSERT ON accounts_delegationuse
    FOR EACH ROW EXECUTE FUNCTION accounts_delegation_use_holds();
