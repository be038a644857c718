-- What a deputy decides counts against their principal's own power under the same paragraph too,
-- whoever writes, so that a cap holds for both together.
CREATE FUNCTION accounts_deputy_use_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM accounts_delegation d
        WHERE d.id = NEW.delegation_id AND d.deputy_for_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM accounts_delegationuse u
            JOIN accounts_delegation own ON own.id = u.delegation_id
            WHERE (u.about_label, u.about_id, u.amount, u.used_on, u.acts, u.act)
                    = (NEW.about_label, NEW.about_id, NEW.amount, NEW.used_on, NEW.acts, NEW.act)
              AND own.holder_id = d.deputy_for_id AND own.deputy_for_id IS NULL
              AND own.paragraph_id = d.paragraph_id)) THEN
        RAISE EXCEPTION 'delegation %: delegationuse_counts_for_its_principal does not allow this use',
            NEW.delegation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'delegationuse_counts_for_its_principal';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER delegationuse_of_a_deputy AFTER INSERT ON accounts_delegationuse
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_deputy_use_holds();
