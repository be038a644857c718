-- A person's last second factor is removed only when two others agreed that it was lost, in this act.

CREATE FUNCTION accounts_last_factor_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.type IN ('totp', 'webauthn')
       AND NOT EXISTS (SELECT FROM mfa_authenticator
                       WHERE user_id = OLD.user_id AND type IN ('totp', 'webauthn'))
       AND NOT EXISTS (
           SELECT FROM accounts_factorrestoration r
           JOIN accounts_historicalfactorrestoration h ON h.id = r.id
           WHERE r.user_id = OLD.user_id AND r.confirmed_at IS NOT NULL
             AND h.confirmed_at IS NOT NULL AND h.act = audit.current_act()) THEN
        RAISE EXCEPTION 'a last second factor is removed only once two people have confirmed its loss'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'authenticator_last_one_kept';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER authenticator_last_one_kept
    AFTER DELETE OR UPDATE OF user_id, type ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION accounts_last_factor_holds();

-- What was asked stays as it was, and is answered once.
CREATE FUNCTION accounts_restoration_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.user_id, NEW.reason, NEW.asked_at, NEW.asked_by_id)
        IS DISTINCT FROM (OLD.user_id, OLD.reason, OLD.asked_at, OLD.asked_by_id)
       OR OLD.confirmed_at IS NOT NULL OR OLD.declined_at IS NOT NULL THEN
        RAISE EXCEPTION '%: a restoration is answered once, and otherwise stays as it was', TG_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER factorrestoration_kept BEFORE UPDATE ON accounts_factorrestoration
    FOR EACH ROW EXECUTE FUNCTION accounts_restoration_holds();
CREATE TRIGGER factorrestoration_never_deleted BEFORE DELETE ON accounts_factorrestoration
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_delete();
