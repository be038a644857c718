-- A power is proposed in one act and approved in a later one, by another person in the office that
-- approves it; what is held is only ever ended.

-- Whether a person with an open account holds an office on a day, in their own right or as deputy.
CREATE FUNCTION accounts_holds_role(person bigint, wanted text, day date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_roleholding h JOIN accounts_user u ON u.id = h.user_id
        WHERE h.user_id = person AND h.role = wanted AND u.is_active
          AND day BETWEEN h.valid_from AND coalesce(h.valid_to, day))
$$;

-- An end comes sooner, never later.
CREATE FUNCTION accounts_only_ends(was date, becomes date) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT was IS NOT DISTINCT FROM becomes OR coalesce(becomes <= coalesce(was, becomes), false)
$$;

-- ---------------------------------------------------------------- what is proposed and approved

-- The office that approves is accounts.permissions.can_approve_scheme and can_approve_delegation. A
-- live register's approval bears the time at which it is given.
CREATE FUNCTION accounts_proposal_answered() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    day date := (NEW.approved_at AT TIME ZONE 'Europe/London')::date;
    office text := 'chief_executive';
    proposed_before boolean;
    broken text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.approved_at IS NOT NULL OR NEW.declined_at IS NOT NULL THEN
            broken := 'is_first_proposed';
        END IF;
    ELSIF NEW.approved_at IS DISTINCT FROM OLD.approved_at THEN
        EXECUTE format('SELECT bool_and(act IS DISTINCT FROM audit.current_act()) FROM %I WHERE id = $1',
            replace(TG_TABLE_NAME, 'accounts_', 'accounts_historical'))
            INTO proposed_before USING NEW.id;
        IF to_jsonb(NEW) ? 'holder_id'
           AND accounts_holds_role((to_jsonb(NEW) ->> 'holder_id')::bigint, office, day) THEN
            office := 'decision_maker';
        END IF;
        broken := CASE
            WHEN NOT coalesce(proposed_before, false) THEN 'approved_in_a_later_act'
            WHEN NEW.approved_by_id IS NOT DISTINCT FROM NEW.proposed_by_id
                OR NOT accounts_holds_role(NEW.approved_by_id, office, day)
                THEN 'approved_by_its_office'
            WHEN NEW.approved_at NOT BETWEEN now() - interval '10 minutes'
                    AND clock_timestamp() + interval '1 minute'
                AND EXISTS (SELECT FROM audit.register WHERE mode = 'live')
                THEN 'approved_now'
            END;
    ELSIF NOT accounts_only_ends(OLD.valid_to, NEW.valid_to) THEN
        broken := 'ends_no_later';
    END IF;
    IF broken IS NOT NULL THEN
        broken := replace(TG_TABLE_NAME, 'accounts_', '') || '_' || broken;
        RAISE EXCEPTION '% %: % does not allow this', TG_TABLE_NAME, NEW.id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER schemeversion_answered AFTER INSERT OR UPDATE ON accounts_schemeversion
    FOR EACH ROW EXECUTE FUNCTION accounts_proposal_answered();
CREATE TRIGGER delegation_answered AFTER INSERT OR UPDATE ON accounts_delegation
    FOR EACH ROW EXECUTE FUNCTION accounts_proposal_answered();

-- ---------------------------------------------------------------- offices

CREATE FUNCTION accounts_holding_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'valid_to' <> to_jsonb(OLD) - 'valid_to'
       OR NOT accounts_only_ends(OLD.valid_to, NEW.valid_to) THEN
        RAISE EXCEPTION 'role holding %: of a holding only its end changes, to come sooner', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'roleholding_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER roleholding_kept BEFORE UPDATE ON accounts_roleholding
    FOR EACH ROW EXECUTE FUNCTION accounts_holding_kept();
CREATE TRIGGER roleholding_never_deleted BEFORE DELETE ON accounts_roleholding
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_delete();

-- ---------------------------------------------------------------- people

-- A person keeps the address by which signed documents and the audit trail know them.
CREATE FUNCTION accounts_user_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.email, NEW.created_at) IS DISTINCT FROM (OLD.email, OLD.created_at) THEN
        RAISE EXCEPTION 'person %: the address by which they are known stays as it is', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'user_kept';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER user_kept AFTER UPDATE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_user_kept();
