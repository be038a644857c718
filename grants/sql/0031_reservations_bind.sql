-- A line above the limit waits for a second person. Its sum is reserved meanwhile, so that nothing else
-- takes it; only what another person approved is recorded.

-- ---------------------------------------------------------------- the limit

CREATE FUNCTION grants_limit_lock() RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT hashtextextended('grants_approvallimit', 0)
$$;

-- Above which sum a line recorded at a moment needs a second person; nothing where none does.
CREATE FUNCTION grants_approval_limit(moment timestamptz) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT l.amount FROM grants_approvallimit l
    WHERE l.valid_from <= (moment AT TIME ZONE 'Europe/London')::date AND l.set_at <= moment
    ORDER BY l.valid_from DESC, l.id DESC LIMIT 1
$$;

-- Whoever sets the limit waits for those who are recording, and holds others back until the act ends.
CREATE FUNCTION grants_limit_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(grants_limit_lock());
    IF NEW.valid_from < (NEW.set_at AT TIME ZONE 'Europe/London')::date THEN
        RAISE EXCEPTION 'a limit begins on the day it is set, or later'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approvallimit_not_before_it_is_set';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvallimit_holds BEFORE INSERT ON grants_approvallimit
    FOR EACH ROW EXECUTE FUNCTION grants_limit_holds();

-- ---------------------------------------------------------------- lines

-- Lines of an import are approved with it, whole, by a second person.
CREATE FUNCTION grants_line_under_the_limit() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(grants_limit_lock());
    IF NEW.gross > grants_approval_limit(NEW.recorded_at) THEN
        RAISE EXCEPTION 'a line above the limit needs a second person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spendingline_above_the_limit';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER line_under_the_limit BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.allocation_id IS NOT NULL AND NEW.reverses_id IS NULL
                       AND NEW.spending_import_id IS NULL AND NEW.reservation_id IS NULL)
    EXECUTE FUNCTION grants_line_under_the_limit();
ALTER FUNCTION grants_line_under_the_limit SET plan_cache_mode = force_generic_plan;

-- What is recorded of a reservation is what was entered, by whom it was entered, in the act by which
-- another approved it.
CREATE FUNCTION grants_line_as_reserved() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM grants_reservation r JOIN grants_reservationanswer a ON a.reservation_id = r.id
        JOIN grants_move m ON m.id = NEW.move_id
        WHERE r.id = NEW.reservation_id AND a.outcome = 'approved' AND a.act = m.act
          AND NEW.reverses_id IS NULL AND r.allocation_id = NEW.allocation_id
          AND r.amount = NEW.amount AND r.reserved_by_id = NEW.recorded_by_id
          AND (r.spend ->> 'kind', r.spend ->> 'stage', r.spend ->> 'payee', r.spend ->> 'category',
               r.spend ->> 'received_on', (r.spend ->> 'gross')::numeric)
              = (NEW.kind, NEW.stage, NEW.payee, NEW.category, NEW.received_on::text, NEW.gross)
          AND CASE r.kind WHEN 'conversion' THEN NEW.draws_on_id = r.of_line_id
              WHEN 'cover' THEN NEW.covers_id = r.of_line_id
              ELSE NEW.draws_on_id IS NULL AND NEW.covers_id IS NULL END) THEN
        RAISE EXCEPTION 'a line is recorded as it was reserved and approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spendingline_as_it_was_approved';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER line_as_reserved AFTER INSERT ON grants_spendingline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.reservation_id IS NOT NULL)
    EXECUTE FUNCTION grants_line_as_reserved();

-- ---------------------------------------------------------------- reservations

ALTER TABLE grants_reservation
    ADD CONSTRAINT reservation_account_of_its_allocation FOREIGN KEY (account_id, allocation_id)
        REFERENCES grants_account (id, allocation_id);
ALTER TABLE grants_reservationanswer ADD CONSTRAINT reservationanswer_of_whose_it_is
    FOREIGN KEY (reservation_id, reserved_by_id) REFERENCES grants_reservation (id, reserved_by_id);

CREATE FUNCTION grants_reservation_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT role FROM grants_account WHERE id = NEW.account_id) IS DISTINCT FROM 'reserved'
       OR NEW.corrects_id IS NOT NULL AND NOT EXISTS (
           SELECT FROM grants_reservation r JOIN grants_reservationanswer a ON a.reservation_id = r.id
           WHERE r.id = NEW.corrects_id AND a.outcome <> 'approved'
             AND r.reserved_by_id = NEW.reserved_by_id) THEN
        RAISE EXCEPTION 'this reservation may not be'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reservation_of_one_thing';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reservation_holds BEFORE INSERT ON grants_reservation
    FOR EACH ROW EXECUTE FUNCTION grants_reservation_holds();

-- Until it is answered an account of reservation holds the whole sum, and nothing afterwards.
CREATE FUNCTION grants_reservation_stands(place bigint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    came numeric := (SELECT coalesce(sum(amount), 0) FROM grants_entry
                     WHERE account_id = place AND amount > 0);
    held numeric := coalesce((SELECT after FROM grants_entry WHERE account_id = place
                              ORDER BY n DESC LIMIT 1), 0);
BEGIN
    IF NOT EXISTS (
        SELECT FROM grants_reservation r
        WHERE r.account_id = place AND r.amount = came AND held = CASE WHEN EXISTS (
            SELECT FROM grants_reservationanswer a WHERE a.reservation_id = r.id)
            THEN 0 ELSE r.amount END) THEN
        RAISE EXCEPTION 'account % holds what waits for a second person, whole', place
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reservation_holds_its_sum';
    END IF;
END $$;

CREATE FUNCTION grants_reservation_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM grants_reservation_stands(CASE TG_TABLE_NAME
        WHEN 'grants_reservation' THEN (to_jsonb(NEW) ->> 'account_id')::bigint
        WHEN 'grants_move' THEN CASE WHEN to_jsonb(NEW) ->> 'source_role' = 'reserved'
            THEN (to_jsonb(NEW) ->> 'source_id')::bigint ELSE (to_jsonb(NEW) ->> 'target_id')::bigint END
        ELSE (SELECT account_id FROM grants_reservation
              WHERE id = (to_jsonb(NEW) ->> 'reservation_id')::bigint) END);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER reservation_kept AFTER INSERT ON grants_reservation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_reservation_kept();
CREATE CONSTRAINT TRIGGER reservationanswer_kept AFTER INSERT ON grants_reservationanswer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_reservation_kept();
CREATE CONSTRAINT TRIGGER move_of_a_reservation AFTER INSERT ON grants_move
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.source_role = 'reserved' OR NEW.target_role = 'reserved')
    EXECUTE FUNCTION grants_reservation_kept();

-- What is reserved comes out of its own allocation, and goes back where it came from.
CREATE FUNCTION grants_reservation_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    source grants_account;
    target grants_account;
BEGIN
    SELECT * INTO source FROM grants_account WHERE id = NEW.source_id;
    SELECT * INTO target FROM grants_account WHERE id = NEW.target_id;
    IF source.allocation_id IS DISTINCT FROM target.allocation_id
       OR NEW.cause = 'release' AND NOT EXISTS (
           SELECT FROM grants_move m WHERE m.cause = 'reservation' AND m.source_id = NEW.target_id
             AND m.target_id = NEW.source_id AND m.amount = NEW.amount) THEN
        RAISE EXCEPTION 'what is reserved goes back the way it came'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_reserves_within_one_allocation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER move_reserves BEFORE INSERT ON grants_move
    FOR EACH ROW WHEN (NEW.source_role = 'reserved' OR NEW.target_role = 'reserved')
    EXECUTE FUNCTION grants_reservation_moves();
