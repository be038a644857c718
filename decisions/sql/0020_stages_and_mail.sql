-- Mail and whom a decision waits on are derived from the register, so they lie outside it.

ALTER TABLE decisions_mail SET SCHEMA transient;
ALTER TABLE decisions_waitedon SET SCHEMA transient;

-- A paper goes on to its decision only when every stage of its series endorsed its newest version;
-- an endorsement's sitting is the position of its stage.
CREATE FUNCTION decisions_endorsed_at_every_stage() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    latest bigint;
BEGIN
    SELECT id INTO latest FROM decisions_paperversion WHERE decision_id = NEW.id
        ORDER BY n DESC LIMIT 1;
    IF EXISTS (SELECT FROM decisions_endorsingstage s WHERE s.series_id = NEW.series_id
               AND NOT EXISTS (SELECT FROM decisions_approval a WHERE a.version_id = latest
                               AND a.stage = 'chief_executive' AND a.sitting = s.position)) THEN
        RAISE EXCEPTION 'decision %: a stage of its series has not endorsed its newest version', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_endorsed_at_every_stage';
    END IF;
    RETURN NEW;
END $$;
-- Named to come after decision_holds, which says what moves at all.
CREATE TRIGGER decision_stages_endorsed BEFORE UPDATE ON decisions_decision
    FOR EACH ROW WHEN (NEW.status = 'awaiting_decision' AND OLD.status <> 'awaiting_decision')
    EXECUTE FUNCTION decisions_endorsed_at_every_stage();

-- The stage a paper is at is one of its own series.
ALTER TABLE decisions_endorsingstage
    ADD CONSTRAINT endorsingstage_id_and_series UNIQUE (id, series_id);
ALTER TABLE decisions_decision
    ADD CONSTRAINT decision_stage_of_its_series FOREIGN KEY (with_stage_id, series_id)
        REFERENCES decisions_endorsingstage (id, series_id);
