-- Rules that warn hold unless a line says why it is right; a rule that is waived does not hold for the
-- lines that name its waiver, while that is in force.

-- Letters and digits alone, whatever their case: as two people type the same name or number.
CREATE FUNCTION grants_alike(words text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT lower(regexp_replace(words, '[^[:alnum:]]+', '', 'g'))
$$;

-- The lines that hold an invoice of a payee for a gross sum; of what one comes out of, not that.
CREATE FUNCTION grants_same_invoice(of_payee text, of_invoice text, of_gross numeric, drawn_on bigint)
RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE up AS (
        SELECT drawn_on AS id
        UNION
        SELECT l.draws_on_id FROM up JOIN grants_spendingline l ON l.id = up.id)
    SELECT l.id FROM grants_spendingline l
    WHERE l.gross = of_gross AND l.invoice_number <> '' AND l.reverses_id IS NULL
      AND l.kind <> 'credit'
      AND grants_alike(l.invoice_number) = grants_alike(of_invoice)
      AND grants_alike(l.payee) = grants_alike(of_payee)
      AND l.id NOT IN (SELECT id FROM up WHERE id IS NOT NULL)
      AND NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
    ORDER BY l.id
$$;

CREATE FUNCTION grants_waiver_lock(waiver bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT hashtextextended('grants_waiver', waiver)
$$;

-- Whether the waiver that a line names sets a rule aside for it: of its allocation, its payee and its
-- invoice, in force when it was recorded, and given by another.
CREATE FUNCTION grants_waives(line grants_spendingline, code text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM grants_waiver w
        WHERE w.id = line.waiver_id AND w.rule = code AND w.allocation_id = line.allocation_id
          AND w.given_by_id <> line.recorded_by_id AND w.given_at <= line.recorded_at
          AND (line.recorded_at AT TIME ZONE 'Europe/London')::date <= w.expires_on
          AND (w.payee = '' OR grants_alike(w.payee) = grants_alike(line.payee))
          AND (w.invoice_number = ''
               OR grants_alike(w.invoice_number) = grants_alike(line.invoice_number))
          AND NOT EXISTS (SELECT FROM grants_waiverend e WHERE e.waiver_id = w.id))
$$;

-- ---------------------------------------------------------------- waivers

CREATE FUNCTION grants_waiver_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    given date := (NEW.given_at AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NEW.expires_on NOT BETWEEN given AND given + 92 THEN
        RAISE EXCEPTION 'a waiver ends within 92 days'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'waiver_within_its_longest_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER waiver_holds BEFORE INSERT ON grants_waiver
    FOR EACH ROW EXECUTE FUNCTION grants_waiver_holds();

-- Whoever ends a waiver waits for the lines that are being recorded under it.
CREATE FUNCTION grants_waiver_ends() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(grants_waiver_lock(NEW.waiver_id));
    RETURN NEW;
END $$;
CREATE TRIGGER waiver_ends BEFORE INSERT ON grants_waiverend
    FOR EACH ROW EXECUTE FUNCTION grants_waiver_ends();

-- ---------------------------------------------------------------- lines

CREATE FUNCTION grants_line_names_a_waiver() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(grants_waiver_lock(NEW.waiver_id));
    IF grants_waives(NEW, (SELECT rule FROM grants_waiver WHERE id = NEW.waiver_id)) IS NOT TRUE THEN
        RAISE EXCEPTION 'waiver % is not for this line', NEW.waiver_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spendingline_names_a_waiver_in_force';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER line_names_a_waiver BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.waiver_id IS NOT NULL AND NEW.reverses_id IS NULL)
    EXECUTE FUNCTION grants_line_names_a_waiver();

-- Two who record the same invoice at once wait for each other, so that the second sees the first.
-- Lines of an import are compared with those held when it is read.
CREATE FUNCTION grants_line_recorded_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF grants_waives(NEW, 'GRT-53') THEN RETURN NEW; END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(
        grants_alike(NEW.payee) || ' ' || grants_alike(NEW.invoice_number) || ' ' || NEW.gross, 7726));
    IF EXISTS (SELECT FROM grants_same_invoice(
            NEW.payee, NEW.invoice_number, NEW.gross, NEW.draws_on_id)) THEN
        RAISE EXCEPTION 'this invoice is on a line already'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spendingline_of_an_invoice_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER line_recorded_once BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.invoice_number <> '' AND NEW.why_so = '' AND NEW.reverses_id IS NULL
                       AND NEW.spending_import_id IS NULL AND NEW.kind <> 'credit')
    EXECUTE FUNCTION grants_line_recorded_once();

CREATE FUNCTION grants_line_of_a_rate() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT grants_waives(NEW, 'GRT-54') THEN
        RAISE EXCEPTION 'VAT of no rate, and nobody says why'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spendingline_vat_of_a_rate';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER line_of_a_rate BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.vat <> 0 AND abs(NEW.vat - NEW.net * 0.20) > 0.05
                       AND abs(NEW.vat - NEW.net * 0.05) > 0.05 AND NEW.why_so = ''
                       AND NEW.reverses_id IS NULL AND NEW.spending_import_id IS NULL
                       AND NEW.kind <> 'credit')
    EXECUTE FUNCTION grants_line_of_a_rate();

-- ---------------------------------------------------------------- days

-- Whether a day lies within the period of the recommendation that decided a sum, and of all that it
-- draws on: as far as their periods are said.
CREATE FUNCTION grants_decided_for(decided bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE up AS (
        SELECT o.recommendation_id AS id FROM decisions_outcomefigure f
        JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id WHERE f.id = decided
        UNION
        SELECT r.funded_from_id FROM up JOIN decisions_recommendation r ON r.id = up.id)
    SELECT NOT EXISTS (
        SELECT FROM up JOIN decisions_recommendation r ON r.id = up.id
        WHERE day < r.period_start OR day > r.period_end)
$$;

CREATE FUNCTION grants_signed_on(decided bigint) RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN a.sitting = 1 THEN d.date_signed
           ELSE (a.approved_at AT TIME ZONE 'Europe/London')::date END
    FROM decisions_outcomefigure f
    JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
    JOIN decisions_approval a ON a.id = o.approval_id
    JOIN decisions_decision d ON d.id = a.decision_id
    WHERE f.id = decided
$$;

-- What is wrong with the day of a line is set aside by a waiver: one of the two rules, not both.
CREATE FUNCTION grants_line_is_right() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text := grants_line_broken(NEW);
    decided bigint;
BEGIN
    IF NEW.waiver_id IS NOT NULL AND broken IN (
           'spendingline_within_the_period', 'spendingline_not_before_the_signature') THEN
        SELECT figure_id INTO decided FROM grants_allocation WHERE id = NEW.allocation_id;
        IF broken = 'spendingline_not_before_the_signature' AND grants_waives(NEW, 'GRT-06') THEN
            broken := NULL;
        ELSIF broken = 'spendingline_within_the_period' AND grants_waives(NEW, 'GRT-05')
              AND grants_decided_for(decided, NEW.received_on) THEN
            broken := CASE WHEN (NEW.received_on >= grants_signed_on(decided)) IS NOT TRUE
                           THEN 'spendingline_not_before_the_signature' END;
        END IF;
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'spending line %: % does not allow this', NEW.id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER spendingline_is_right ON grants_spendingline;
CREATE TRIGGER spendingline_is_right BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.together IS NULL) EXECUTE FUNCTION grants_line_is_right();

-- A credit gives money back: it waits for nobody.
DROP TRIGGER line_under_the_limit ON grants_spendingline;
CREATE TRIGGER line_under_the_limit BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.allocation_id IS NOT NULL AND NEW.reverses_id IS NULL
                       AND NEW.spending_import_id IS NULL AND NEW.reservation_id IS NULL
                       AND NEW.kind <> 'credit')
    EXECUTE FUNCTION grants_line_under_the_limit();
ALTER FUNCTION grants_line_names_a_waiver SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION grants_line_recorded_once SET plan_cache_mode = force_generic_plan;
