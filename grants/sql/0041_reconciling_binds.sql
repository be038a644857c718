-- The register held against SAP's own rows of a month: what matches, what does not and why, and a
-- statement that a second person agrees. Everything only grows; what adds up is added up here.

-- One of these acts at a time: matching, noting, stating and agreeing all look at the same rows.
CREATE FUNCTION grants_reconciling_lock() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('grants_reconciling', 0));
    RETURN NULL;
END $$;
CREATE TRIGGER a_one_at_a_time BEFORE INSERT ON grants_sapexport
    FOR EACH STATEMENT EXECUTE FUNCTION grants_reconciling_lock();
CREATE TRIGGER a_one_at_a_time BEFORE INSERT ON grants_sapexportend
    FOR EACH STATEMENT EXECUTE FUNCTION grants_reconciling_lock();
CREATE TRIGGER a_one_at_a_time BEFORE INSERT ON grants_sapmatch
    FOR EACH STATEMENT EXECUTE FUNCTION grants_reconciling_lock();
CREATE TRIGGER a_one_at_a_time BEFORE INSERT ON grants_sapmatchend
    FOR EACH STATEMENT EXECUTE FUNCTION grants_reconciling_lock();
CREATE TRIGGER a_one_at_a_time BEFORE INSERT ON grants_sapmatchpart
    FOR EACH STATEMENT EXECUTE FUNCTION grants_reconciling_lock();
CREATE TRIGGER a_one_at_a_time BEFORE INSERT ON grants_reconciliation
    FOR EACH STATEMENT EXECUTE FUNCTION grants_reconciling_lock();
CREATE TRIGGER a_one_at_a_time BEFORE INSERT ON grants_reconciliationagreement
    FOR EACH STATEMENT EXECUTE FUNCTION grants_reconciling_lock();

-- ---------------------------------------------------------------- exports

-- The rows of an export come with it, and a posting of SAP stands in one export at a time.
CREATE FUNCTION grants_sap_items_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    broken := CASE
        WHEN EXISTS (
            SELECT FROM made n JOIN grants_sapexport e ON e.id = n.export_id
            WHERE e.act::text IS DISTINCT FROM current_setting('audit.act', true))
            THEN 'sapitem_comes_with_its_export'
        WHEN EXISTS (
            SELECT FROM made n JOIN grants_sapitem o ON o.sap_document = n.sap_document
                AND o.sap_item = n.sap_item AND o.export_id <> n.export_id
            WHERE NOT EXISTS (SELECT FROM grants_sapexportend x WHERE x.export_id = o.export_id))
            THEN 'sapitem_once'
        WHEN EXISTS (
            SELECT FROM (SELECT DISTINCT export_id FROM made) n
            JOIN grants_sapexport e ON e.id = n.export_id
            JOIN LATERAL (SELECT count(*) AS rows, sum(amount) AS amount FROM grants_sapitem i
                          WHERE i.export_id = e.id) s ON true
            WHERE s.rows <> e.rows_count OR s.amount <> e.amount)
            THEN 'sapexport_adds_up' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'these postings may not be: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sap_items_hold AFTER INSERT ON grants_sapitem
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_sap_items_hold();

-- ---------------------------------------------------------------- matches

-- The parts of a match come together and add up to nought, a posting against a line; each is of a
-- line that was paid or of a live posting, with its own sum, and in no other match.
CREATE FUNCTION grants_match_parts_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    broken := CASE
        WHEN EXISTS (
            SELECT FROM made n
            LEFT JOIN grants_spendingline l ON l.id = n.line_id AND l.account_role = 'used'
            LEFT JOIN grants_sapitem i ON i.id = n.item_id AND NOT EXISTS (
                SELECT FROM grants_sapexportend x WHERE x.export_id = i.export_id)
            WHERE coalesce(l.effect, i.amount) IS DISTINCT FROM n.amount)
            THEN 'sapmatchpart_has_its_own_sum'
        WHEN EXISTS (
            SELECT FROM made n JOIN grants_sapmatchpart o
                ON o.line_id = n.line_id AND o.match_id <> n.match_id
            WHERE NOT EXISTS (SELECT FROM grants_sapmatchend x WHERE x.match_id = o.match_id))
          OR EXISTS (
            SELECT FROM made n JOIN grants_sapmatchpart o
                ON o.item_id = n.item_id AND o.match_id <> n.match_id
            WHERE NOT EXISTS (SELECT FROM grants_sapmatchend x WHERE x.match_id = o.match_id))
            THEN 'sapmatchpart_once'
        WHEN EXISTS (
            SELECT FROM made n JOIN grants_sapmatchpart o ON o.match_id = n.match_id
            GROUP BY n.match_id
            HAVING count(DISTINCT o.id) < 2 OR count(DISTINCT o.id) <> count(DISTINCT n.id))
          OR EXISTS (
            SELECT FROM made n GROUP BY n.match_id
            HAVING sum(CASE WHEN n.line_id IS NULL THEN -n.amount ELSE n.amount END) <> 0)
            THEN 'sapmatch_adds_up' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'these matches may not be: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER match_parts_hold AFTER INSERT ON grants_sapmatchpart
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION grants_match_parts_hold();

-- An export is withdrawn with its matches.
CREATE FUNCTION grants_withdrawal_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM grants_sapitem i JOIN grants_sapmatchpart p ON p.item_id = i.id
        WHERE i.export_id = NEW.export_id
          AND NOT EXISTS (SELECT FROM grants_sapmatchend x WHERE x.match_id = p.match_id)) THEN
        RAISE EXCEPTION 'postings of export % are matched', NEW.export_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sapexportend_after_its_matches';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withdrawal_holds BEFORE INSERT ON grants_sapexportend
    FOR EACH ROW EXECUTE FUNCTION grants_withdrawal_holds();

-- ---------------------------------------------------------------- statements

-- The first month of which an export was loaded.
CREATE FUNCTION grants_reconciled_from() RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT min(e.month) FROM grants_sapexport e
    WHERE NOT EXISTS (SELECT FROM grants_sapexportend x WHERE x.export_id = e.id)
$$;

-- What was paid by lines posted from that month to the end of another.
CREATE FUNCTION grants_reconciled_lines(of_month date) RETURNS TABLE (id bigint, amount numeric)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT l.id, l.effect FROM grants_spendingline l
    WHERE l.account_role = 'used'
      AND l.recorded_at >= grants_start_of(grants_reconciled_from())
      AND l.recorded_at < grants_start_of(grants_next_month(of_month))
$$;

-- What SAP posted from that month to the end of another.
CREATE FUNCTION grants_reconciled_items(of_month date) RETURNS TABLE (id bigint, amount numeric)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT i.id, i.amount FROM grants_sapitem i JOIN grants_sapexport e ON e.id = i.export_id
    WHERE e.month <= of_month
      AND NOT EXISTS (SELECT FROM grants_sapexportend x WHERE x.export_id = e.id)
$$;

-- The lines and postings without their other side by the end of a month, and why: matched with what
-- lies in another month, as somebody noted last, or not explained.
CREATE FUNCTION grants_reconciling(of_month date)
RETURNS TABLE (line_id bigint, item_id bigint, amount numeric, kind varchar, words text)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH line AS MATERIALIZED (SELECT * FROM grants_reconciled_lines(of_month)),
    item AS MATERIALIZED (SELECT * FROM grants_reconciled_items(of_month)),
    part AS MATERIALIZED (
        SELECT p.match_id, p.line_id, p.item_id, l.id IS NULL AND i.id IS NULL AS is_outside
        FROM grants_sapmatchpart p
        LEFT JOIN line l ON l.id = p.line_id LEFT JOIN item i ON i.id = p.item_id
        WHERE NOT EXISTS (SELECT FROM grants_sapmatchend x WHERE x.match_id = p.match_id)
    ), crossing AS MATERIALIZED (
        SELECT match_id FROM part GROUP BY match_id HAVING bool_or(is_outside)
    )
    SELECT l.id, NULL::bigint, l.amount,
           CASE WHEN p.match_id IS NOT NULL THEN 'later' ELSE coalesce(n.kind, 'unexplained') END,
           coalesce(m.why, n.words, '')
    FROM line l
    LEFT JOIN part p ON p.line_id = l.id
    LEFT JOIN crossing c ON c.match_id = p.match_id
    LEFT JOIN grants_sapmatch m ON m.id = p.match_id
    LEFT JOIN LATERAL (SELECT o.kind, o.words FROM grants_reconcilingnote o
                       WHERE o.line_id = l.id ORDER BY o.id DESC LIMIT 1) n ON p.match_id IS NULL
    WHERE p.match_id IS NULL OR c.match_id IS NOT NULL
    UNION ALL
    SELECT NULL::bigint, i.id, i.amount,
           CASE WHEN p.match_id IS NOT NULL THEN 'later' ELSE coalesce(n.kind, 'unexplained') END,
           coalesce(m.why, n.words, '')
    FROM item i
    LEFT JOIN part p ON p.item_id = i.id
    LEFT JOIN crossing c ON c.match_id = p.match_id
    LEFT JOIN grants_sapmatch m ON m.id = p.match_id
    LEFT JOIN LATERAL (SELECT o.kind, o.words FROM grants_reconcilingnote o
                       WHERE o.item_id = i.id ORDER BY o.id DESC LIMIT 1) n ON p.match_id IS NULL
    WHERE p.match_id IS NULL OR c.match_id IS NOT NULL
$$;

-- The sums of a month's statement as they now are.
CREATE FUNCTION grants_reconciliation_sums(
    of_month date, OUT lines bigint, OUT register numeric, OUT postings bigint, OUT sap numeric,
    OUT explained numeric, OUT unexplained bigint, OUT digest text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    listed text;
BEGIN
    SELECT count(*), coalesce(sum(amount), 0) INTO lines, register
    FROM grants_reconciled_lines(of_month);
    SELECT count(*), coalesce(sum(amount), 0) INTO postings, sap
    FROM grants_reconciled_items(of_month);
    SELECT coalesce(sum(CASE WHEN r.line_id IS NULL THEN -r.amount ELSE r.amount END)
                    FILTER (WHERE r.kind <> 'unexplained'), 0),
           count(*) FILTER (WHERE r.kind = 'unexplained'),
           coalesce(string_agg(coalesce('L' || r.line_id, 'S' || r.item_id), ' '
                               ORDER BY r.line_id, r.item_id), '')
    INTO explained, unexplained, listed FROM grants_reconciling(of_month) r;
    digest := encode(sha256(convert_to(concat_ws(
        '|', lines, register, postings, sap, listed), 'UTF8')), 'hex');
END $$;

CREATE FUNCTION grants_reconciliation_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken text;
    now_is record;
BEGIN
    broken := CASE
        WHEN NEW.prepared_at < grants_start_of(grants_next_month(NEW.month))
            THEN 'reconciliation_once_it_is_over'
        WHEN NOT EXISTS (
            SELECT FROM grants_sapexport e WHERE e.month = NEW.month
            AND NOT EXISTS (SELECT FROM grants_sapexportend x WHERE x.export_id = e.id))
            THEN 'reconciliation_of_an_export'
        WHEN NEW.n <> 1 + (SELECT count(*) FROM grants_reconciliation r WHERE r.month = NEW.month)
            THEN 'reconciliation_n_in_order' END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION '% may not be stated', to_char(NEW.month, 'FMMonth YYYY')
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    SELECT * INTO now_is FROM grants_reconciliation_sums(NEW.month);
    NEW.lines := now_is.lines;
    NEW.register := now_is.register;
    NEW.postings := now_is.postings;
    NEW.sap := now_is.sap;
    NEW.explained := now_is.explained;
    NEW.unexplained := now_is.unexplained;
    NEW.difference := now_is.register - now_is.sap - now_is.explained;
    NEW.digest := now_is.digest;
    RETURN NEW;
END $$;
CREATE TRIGGER reconciliation_holds BEFORE INSERT ON grants_reconciliation
    FOR EACH ROW EXECUTE FUNCTION grants_reconciliation_holds();

CREATE FUNCTION grants_reconciliation_lists() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO grants_reconcilingitem (reconciliation_id, line_id, item_id, kind, words, amount)
    SELECT NEW.id, r.line_id, r.item_id, r.kind, r.words, r.amount
    FROM grants_reconciling(NEW.month) r ORDER BY r.line_id, r.item_id;
    RETURN NULL;
END $$;
CREATE TRIGGER reconciliation_lists AFTER INSERT ON grants_reconciliation
    FOR EACH ROW EXECUTE FUNCTION grants_reconciliation_lists();

-- Only the trigger above lists items: none is added later, and none is made up.
CREATE FUNCTION grants_reconcilingitem_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'items are listed when a statement is written, by the database'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reconcilingitem_listed_by_its_statement';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reconcilingitem_holds BEFORE INSERT ON grants_reconcilingitem
    FOR EACH ROW EXECUTE FUNCTION grants_reconcilingitem_holds();

-- A statement is agreed as it was prepared, and while it is still true.
ALTER TABLE grants_reconciliationagreement ADD CONSTRAINT reconciliationagreement_as_prepared
    FOREIGN KEY (reconciliation_id, prepared_by_id, difference, unexplained)
    REFERENCES grants_reconciliation (id, prepared_by_id, difference, unexplained);

CREATE FUNCTION grants_agreement_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM grants_reconciliation r, grants_reconciliation_sums(r.month) s
        WHERE r.id = NEW.reconciliation_id AND r.digest = s.digest
          AND NOT EXISTS (SELECT FROM grants_reconciliation o
                          WHERE o.month = r.month AND o.n > r.n)) THEN
        RAISE EXCEPTION 'statement % is out of date', NEW.reconciliation_id
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'reconciliationagreement_while_it_is_true';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreement_holds BEFORE INSERT ON grants_reconciliationagreement
    FOR EACH ROW EXECUTE FUNCTION grants_agreement_holds();

-- ---------------------------------------------------------------- closing a month

-- Whether a statement of a month was agreed that is still true.
CREATE FUNCTION grants_is_reconciled(of_month date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM grants_reconciliation r
        JOIN grants_reconciliationagreement a ON a.reconciliation_id = r.id
        WHERE r.month = of_month
          AND r.digest = (SELECT s.digest FROM grants_reconciliation_sums(r.month) s))
$$;

-- What a month is not done with: lines, as before; and that nobody agreed what was paid in it.
ALTER FUNCTION grants_exceptions_of(date) RENAME TO grants_lines_not_done_with;
CREATE FUNCTION grants_exceptions_of(of_month date)
RETURNS TABLE (line_id bigint, kind varchar, amount numeric)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT e.line_id, e.kind, e.amount FROM grants_lines_not_done_with(of_month) e
    UNION ALL
    SELECT NULL::bigint, 'sap'::varchar, sum(l.amount) FROM grants_spendingline l
    WHERE l.account_role = 'used' AND l.recorded_at >= grants_start_of(of_month)
      AND l.recorded_at < grants_start_of(grants_next_month(of_month))
      AND NOT grants_is_reconciled(of_month)
    HAVING count(*) > 0
    ORDER BY 2, 1
$$;
