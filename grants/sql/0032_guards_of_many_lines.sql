-- Lines that make up one move together are alike in all that the guards of a line look at, but for few:
-- those are asked once for each kind of line that a statement writes. All other lines are held one by
-- one, as before.

DROP TRIGGER spendingline_holds ON grants_spendingline;
CREATE TRIGGER spendingline_holds BEFORE UPDATE OR DELETE ON grants_spendingline
    FOR EACH ROW EXECUTE FUNCTION grants_line_holds();
CREATE TRIGGER spendingline_is_right BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.together IS NULL) EXECUTE FUNCTION grants_line_holds();

-- What is wrong with where a line draws on, by its category: that draws on what is set apart for it, and
-- on nothing else.
CREATE FUNCTION grants_line_beside_its_category(line grants_spendingline) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off AS $$
DECLARE
    source grants_account;
    parent varchar;
    apart varchar[];
BEGIN
    SELECT a.* INTO source FROM grants_move m JOIN grants_account a ON a.id = m.source_id
        WHERE m.id = line.move_id;
    SELECT array_agg(category) INTO apart FROM grants_account
        WHERE allocation_id = line.allocation_id AND role = 'available' AND category <> '';
    SELECT category INTO parent FROM grants_spendingline WHERE id = line.draws_on_id;
    IF source.role = 'available'
       AND source.category <> (CASE WHEN line.category = ANY (apart) THEN line.category ELSE '' END)
       OR parent IS NOT NULL AND parent <> line.category
          AND (parent = ANY (apart) OR line.category = ANY (apart)) THEN
        RETURN 'spendingline_of_its_category';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION grants_line_of_its_category() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text := grants_line_beside_its_category(NEW);
BEGIN
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'a line of % draws on what is set apart for it', NEW.category
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER line_of_its_category ON grants_spendingline;
CREATE TRIGGER line_of_its_category BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.together IS NULL AND NEW.allocation_id IS NOT NULL
                       AND NEW.reverses_id IS NULL)
    EXECUTE FUNCTION grants_line_of_its_category();

-- What is wrong with the day of a line, by the letter in force, where there is one.
CREATE FUNCTION grants_line_beyond_letter(line grants_spendingline) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    letter grants_award;
BEGIN
    SELECT a.* INTO letter FROM grants_award a
    WHERE a.figure_id = grants_root_of(
        (SELECT figure_id FROM grants_allocation WHERE id = line.allocation_id))
    ORDER BY a.n DESC LIMIT 1;
    IF letter.id IS NOT NULL
       AND line.received_on NOT BETWEEN letter.period_start AND letter.period_end THEN
        RETURN 'spendingline_within_the_letter';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION grants_line_within_letter() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text := grants_line_beyond_letter(NEW);
BEGIN
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'received on %, outside the period of the letter', NEW.received_on
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER line_within_letter ON grants_spendingline;
CREATE TRIGGER line_within_letter BEFORE INSERT ON grants_spendingline
    FOR EACH ROW WHEN (NEW.together IS NULL AND NEW.allocation_id IS NOT NULL
                       AND NEW.reverses_id IS NULL)
    EXECUTE FUNCTION grants_line_within_letter();

-- One line of each kind is held for all that are alike in whatever those guards read of a line.
CREATE FUNCTION grants_lines_together_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    wrong record;
BEGIN
    IF NOT EXISTS (SELECT FROM made WHERE together IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO wrong FROM (
        SELECT l.id, coalesce(
            grants_line_broken(l),
            CASE WHEN l.allocation_id IS NOT NULL AND l.reverses_id IS NULL THEN coalesce(
                grants_line_beside_its_category(l), grants_line_beyond_letter(l)) END) AS broken
        FROM (SELECT min(id) AS id FROM made WHERE together IS NOT NULL
              GROUP BY move_id, account_id, allocation_id, category, received_on,
                       reverses_id, draws_on_id, covers_id) kinds
        JOIN grants_spendingline l ON l.id = kinds.id OFFSET 0) held
    WHERE held.broken IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'spending line %: % does not allow this', wrong.id, wrong.broken
            USING ERRCODE = 'check_violation', CONSTRAINT = wrong.broken;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lines_together_hold AFTER INSERT ON grants_spendingline
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_lines_together_hold();
