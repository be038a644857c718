-- One key after another signs checkpoints. The key that goes signs for the one that comes, and that
-- one too; where the key was lost, a reason stands in place of its signature.

CREATE TABLE audit.checkpoint_succession (
    key_id text PRIMARY KEY REFERENCES audit.checkpoint_key (id),
    previous_id text NOT NULL UNIQUE REFERENCES audit.checkpoint_key (id),
    statement text NOT NULL,
    signature bytea NOT NULL,
    previous_signature bytea,
    reason text NOT NULL,
    act uuid NOT NULL DEFAULT audit.current_act(),
    CONSTRAINT checkpoint_succession_is_another CHECK (key_id <> previous_id),
    CONSTRAINT checkpoint_succession_signature_length CHECK (octet_length(signature) = 64),
    CONSTRAINT checkpoint_succession_previous_length CHECK (octet_length(previous_signature) = 64),
    CONSTRAINT checkpoint_succession_reason CHECK (trim(reason) <> '')
);

SELECT audit.append_only('audit.checkpoint_succession');
SELECT audit.guard('audit.checkpoint_succession');

-- Only the last key signs: a checkpoint of one that has a successor is refused.
CREATE FUNCTION audit.require_last_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM audit.checkpoint_succession s WHERE s.previous_id = NEW.key_id) THEN
        RAISE EXCEPTION 'key % has a successor and signs no more', NEW.key_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'checkpoint_key_is_the_last';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER checkpoint_key_is_the_last BEFORE INSERT ON audit.checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit.require_last_key();
