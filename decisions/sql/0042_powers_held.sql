-- Who may approve, confirm and revoke, with what proof and for which sums, whoever writes.

-- ---------------------------------------------------------------- offices and delegations

CREATE FUNCTION decisions_day(moment timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT (moment AT TIME ZONE 'Europe/London')::date
$$;

-- Whether a person with an open account holds an office on a day: in their own right, or as deputy.
CREATE FUNCTION decisions_holds_role(person bigint, wanted text, day date, own_right boolean)
RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_roleholding h JOIN accounts_user u ON u.id = h.user_id
        WHERE h.user_id = person AND h.role = wanted AND u.is_active
          AND day BETWEEN h.valid_from AND coalesce(h.valid_to, day)
          AND (h.deputy_for_id IS NULL OR NOT own_right))
$$;

CREATE FUNCTION decisions_stood_aside(person bigint, wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM decisions_standingaside
                   WHERE decision_id = wanted AND person_id = person)
$$;

-- Whether a person holds an office towards a paper: as deputy only while the principal holds it in
-- their own right and did not stand aside from the paper (decisions.delegated.holds_office).
CREATE FUNCTION decisions_holds_office(person bigint, wanted text, paper bigint, day date)
RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT decisions_holds_role(person, wanted, day, true)
        OR decisions_holds_role(person, wanted, day, false) AND EXISTS (
            SELECT FROM accounts_roleholding h
            WHERE h.user_id = person AND h.role = wanted
              AND day BETWEEN h.valid_from AND coalesce(h.valid_to, day)
              AND decisions_holds_role(h.deputy_for_id, wanted, day, true)
              AND NOT decisions_stood_aside(h.deputy_for_id, paper))
$$;

-- Whether a delegation, and its scheme, are approved and in force on a day, and its holder has the
-- office that its paragraph names.
CREATE FUNCTION decisions_delegation_stands(wanted bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_delegation d
        JOIN accounts_schemeparagraph p ON p.id = d.paragraph_id
        JOIN accounts_schemeversion v ON v.id = p.version_id
        WHERE d.id = wanted AND d.approved_at IS NOT NULL AND v.approved_at IS NOT NULL
          AND day BETWEEN d.valid_from AND coalesce(d.valid_to, day)
          AND day BETWEEN v.valid_from AND coalesce(v.valid_to, day)
          AND (p.office = '' OR d.deputy_for_id IS NOT NULL
               OR decisions_holds_role(d.holder_id, p.office, day, false)))
$$;

-- What is left of a delegation's cap on a day; null where it has none.
CREATE FUNCTION decisions_left_of_cap(wanted bigint, day date) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT d.cap - coalesce((
        SELECT u.after FROM accounts_delegationuse u
        WHERE u.delegation_id = d.id AND u.stretch = CASE d.cap_per
            WHEN 'year' THEN accounts_financial_year(day) ELSE 'life' END
        ORDER BY u.n DESC LIMIT 1), 0)
    FROM accounts_delegation d WHERE d.id = wanted
$$;

-- Whether a delegation is one under which its holder decides this paper, for acts of these kinds and
-- a sum after what was decided before. A deputy's holds only while the principal's own power does,
-- under the same paragraph, for all of it (accounts.permissions.can_exercise).
CREATE FUNCTION decisions_delegation_empowers(
    wanted bigint, paper bigint, day date, kinds text[], amount numeric, before numeric)
RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH used AS (
        SELECT d.*, s.decision_maker_role AS office, CASE
            WHEN NOT decisions_stood_aside(s.decision_maker_id, paper) THEN s.decision_maker_id
            END AS maker
        FROM accounts_delegation d, decisions_decision p
        JOIN decisions_series s ON s.id = p.series_id
        WHERE d.id = wanted AND p.id = paper
    )
    SELECT EXISTS (
        SELECT FROM used
        WHERE decisions_delegation_stands(id, day) AND kinds <@ acts::text[]
          AND (amount = 0 OR coalesce(before + amount <= "limit", true))
          AND (maker IS NULL OR maker = holder_id OR deputy_for_id IS NOT DISTINCT FROM maker)
          AND (deputy_for_id IS NULL
               OR NOT decisions_stood_aside(deputy_for_id, paper)
                  AND decisions_holds_role(deputy_for_id, office, day, true)
                  AND EXISTS (
                      SELECT FROM accounts_delegation o
                      WHERE o.holder_id = used.deputy_for_id AND o.deputy_for_id IS NULL
                        AND o.paragraph_id = used.paragraph_id
                        AND decisions_delegation_stands(o.id, day) AND kinds <@ o.acts::text[]
                        AND (amount = 0 OR coalesce(before + amount <= o."limit", true))
                        AND coalesce(amount <= decisions_left_of_cap(o.id, day), true))))
$$;

-- Whether a person has any delegation under which this paper, as it was decided, could be.
CREATE FUNCTION decisions_could_decide(person bigint, paper bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_delegation d
        WHERE d.holder_id = person AND decisions_delegation_empowers(
            d.id, paper, day,
            ARRAY(SELECT DISTINCT kind::text FROM decisions_recommendation WHERE decision_id = paper),
            0, 0))
$$;

-- Whether of two people either deputises for the other on a day, in an office or a delegation.
CREATE FUNCTION decisions_deputise(one bigint, other bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_roleholding
        WHERE (user_id, deputy_for_id) IN ((one, other), (other, one))
          AND day BETWEEN valid_from AND coalesce(valid_to, day))
    OR EXISTS (
        SELECT FROM accounts_delegation d
        WHERE (holder_id, deputy_for_id) IN ((one, other), (other, one))
          AND decisions_delegation_stands(d.id, day))
$$;

-- ---------------------------------------------------------------- who approves

-- Whether a person prepared a paper or advised on it: the name of what then forbids an act.
CREATE FUNCTION decisions_not_apart(person bigint, paper bigint, what text) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM decisions_historicaldecision
                     WHERE id = paper AND originating_officer_id = person)
            THEN what || '_not_by_who_prepared'
        WHEN EXISTS (SELECT FROM decisions_advice
                     WHERE decision_id = paper AND given_by_id = person)
            THEN what || '_not_by_who_advised'
        WHEN decisions_stood_aside(person, paper) THEN what || '_not_by_who_stood_aside'
        END
$$;

-- Runs after approval_holds and approval_is_by_holder (triggers run in the order of their names).
CREATE FUNCTION decisions_approval_of_power() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    who bigint := coalesce(NEW.approved_by_id, NEW.confirmed_by_id);
    day date := decisions_day(NEW.approved_at);
    office text;
    aside_or_named boolean := true;
    needed text[];
    broken text;
BEGIN
    IF NEW.stage = 'chief_executive' THEN
        SELECT s.role, s.officer_id IS NULL OR s.officer_id = who
                OR decisions_stood_aside(s.officer_id, NEW.decision_id)
        INTO office, aside_or_named
        FROM decisions_decision d JOIN decisions_endorsingstage s ON s.id = d.with_stage_id
        WHERE d.id = NEW.decision_id AND s.position = NEW.sitting;
    ELSIF NEW.transcription_id IS NULL THEN
        SELECT s.decision_maker_role INTO office
        FROM decisions_decision d JOIN decisions_series s ON s.id = d.series_id
        WHERE d.id = NEW.decision_id;
    ELSIF NEW.role IN ('governance_officer', 'chief_executive') THEN
        office := NEW.role;
    END IF;
    SELECT d.advice_needed || ARRAY(
        SELECT unnest(s.required_advice || d.advice_asked)
        EXCEPT SELECT kind FROM decisions_advice WHERE decision_id = d.id)
    INTO needed
    FROM decisions_decision d JOIN decisions_series s ON s.id = d.series_id
    WHERE d.id = NEW.decision_id AND d.source = 'here';
    broken := CASE
        WHEN decisions_not_apart(who, NEW.decision_id, 'approval') IS NOT NULL
            THEN decisions_not_apart(who, NEW.decision_id, 'approval')
        WHEN NEW.stage = 'decision' AND EXISTS (
            SELECT FROM decisions_approval WHERE decision_id = NEW.decision_id
              AND stage = 'chief_executive' AND approved_by_id = who)
            THEN 'approval_not_by_who_endorsed'
        WHEN NEW.role IS DISTINCT FROM office OR NOT aside_or_named
            OR NOT decisions_holds_office(who, office, NEW.decision_id, day)
            THEN 'approval_by_holder_of_its_office'
        WHEN NEW.transcription_id IS NOT NULL AND EXISTS (
            SELECT FROM decisions_transcription t WHERE t.id = NEW.transcription_id
              AND decisions_deputise(t.transcribed_by_id, who, day))
            THEN 'approval_confirmed_by_another'
        WHEN cardinality(needed) > 0 THEN 'approval_with_its_advice'
        WHEN NEW.approved_at NOT BETWEEN clock_timestamp() - interval '10 minutes'
                AND clock_timestamp() + interval '1 minute'
            AND EXISTS (SELECT FROM audit.register WHERE mode <> 'demonstration')
            THEN 'approval_made_now'
        END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'decision %: % does not allow this', NEW.decision_id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approval_of_power BEFORE INSERT ON decisions_approval
    FOR EACH ROW EXECUTE FUNCTION decisions_approval_of_power();

-- Advice is given by an adviser of its kind, or an office that gives it in the series.
CREATE FUNCTION decisions_advice_by_adviser() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM accounts_roleholding h JOIN accounts_user u ON u.id = h.user_id
        WHERE h.user_id = NEW.given_by_id AND u.is_active
          AND decisions_day(NEW.given_at)
              BETWEEN h.valid_from AND coalesce(h.valid_to, '9999-12-30')
          AND (h.role = 'adviser' AND h.advice_kind = NEW.kind OR h.role IN (
              SELECT g.role FROM decisions_advicegiver g
              JOIN decisions_decision d ON d.series_id = g.series_id
              WHERE d.id = NEW.decision_id AND g.kind = NEW.kind))) THEN
        RAISE EXCEPTION 'decision %: advice by somebody who does not give it', NEW.decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'advice_by_holder_of_its_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER advice_by_adviser BEFORE INSERT ON decisions_advice
    FOR EACH ROW EXECUTE FUNCTION decisions_advice_by_adviser();

-- ---------------------------------------------------------------- what was approved, at commit

-- The sum (pounds) that limits and sources are held against: decisions.rules.sums.sum_held.
CREATE FUNCTION decisions_outcome_held(wanted bigint) RETURNS numeric
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(
        sum(d.amount) FILTER (WHERE f.role = 'sum_decided'), max(d.amount), 0)
    FROM decisions_outcomefigure d JOIN decisions_figure f ON f.id = d.figure_id
    WHERE d.outcome_id = wanted
$$;

-- A sitting gives every recommendation that is left its outcome; what is granted has each of its
-- sums, and nothing is drawn from what was not granted, or beyond it.
CREATE FUNCTION decisions_approval_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    granted constant text[] := ARRAY['approved', 'approved_as_amended'];
    broken text;
BEGIN
    broken := CASE
        WHEN EXISTS (
            SELECT FROM decisions_recommendation r WHERE r.decision_id = NEW.decision_id
              AND NOT EXISTS (SELECT FROM decisions_recommendationoutcome o
                              JOIN decisions_approval a ON a.id = o.approval_id
                              WHERE o.recommendation_id = r.id
                                AND (a.id = NEW.id OR a.sitting < NEW.sitting
                                     AND o.outcome <> 'deferred')))
            THEN 'approval_decides_all'
        WHEN EXISTS (
            SELECT FROM decisions_recommendationoutcome o
            JOIN decisions_figure f ON f.recommendation_id = o.recommendation_id
            WHERE o.approval_id = NEW.id AND o.outcome = ANY (granted)
              AND NOT EXISTS (SELECT FROM decisions_outcomefigure d
                              WHERE d.outcome_id = o.id AND d.figure_id = f.id))
            THEN 'approval_decides_every_sum'
        WHEN EXISTS (
            SELECT FROM decisions_recommendationoutcome o
            JOIN decisions_outcomefigure d ON d.outcome_id = o.id
            JOIN decisions_figure f ON f.id = d.figure_id
            WHERE o.approval_id = NEW.id AND o.outcome = 'approved' AND d.amount <> f.amount)
            THEN 'approval_amends_openly'
        WHEN EXISTS (
            SELECT FROM decisions_recommendationoutcome o
            JOIN decisions_recommendation r ON r.id = o.recommendation_id
            JOIN decisions_recommendationoutcome among ON among.recommendation_id IN (
                SELECT id FROM decisions_recommendation
                WHERE funded_from_id = r.funded_from_id)
            WHERE o.approval_id = NEW.id AND o.outcome = ANY (granted)
              AND r.funded_from_id IS NOT NULL AND decisions_outcome_held(o.id) > 0
              AND among.outcome = ANY (granted)
            GROUP BY o.id, r.funded_from_id
            HAVING sum(decisions_outcome_held(among.id)) > coalesce((
                SELECT max(decisions_outcome_held(s.id)) FROM decisions_recommendationoutcome s
                WHERE s.recommendation_id = r.funded_from_id AND s.outcome = ANY (granted)), 0))
            THEN 'approval_draws_on_what_is_granted'
        WHEN NEW.transcription_id IS NULL AND NOT decisions_delegation_empowers(
            NEW.delegation_id, NEW.decision_id, decisions_day(NEW.approved_at),
            ARRAY(SELECT DISTINCT r.kind::text FROM decisions_recommendationoutcome o
                  JOIN decisions_recommendation r ON r.id = o.recommendation_id
                  WHERE o.approval_id = NEW.id),
            decisions_approval_takes(NEW.id),
            (SELECT coalesce(sum(decisions_approval_takes(id)), 0) FROM decisions_approval
             WHERE decision_id = NEW.decision_id AND stage = 'decision' AND id < NEW.id))
            THEN 'approval_under_a_power_that_covers_it'
        END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'decision %: % does not allow this', NEW.decision_id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER approval_whole AFTER INSERT ON decisions_approval
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.stage = 'decision')
    EXECUTE FUNCTION decisions_approval_whole();

-- ---------------------------------------------------------------- the second factor

-- Whether a person used up, in an act, a second factor that was given before it for this kind of act.
CREATE FUNCTION decisions_is_proved(person bigint, in_act uuid, what text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_stepupuse u JOIN accounts_stepup p ON p.id = u.step_up_id
        WHERE u.act = in_act AND p.act <> in_act AND p.user_id = person AND p.act_name = what)
$$;

CREATE FUNCTION decisions_approval_proved() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (CASE WHEN NEW.transcription_id IS NOT NULL
        THEN decisions_is_proved(NEW.confirmed_by_id, NEW.act, 'decisions.confirm_transcription')
        ELSE decisions_is_proved(NEW.approved_by_id, NEW.act, 'decisions.decide')
             OR EXISTS (SELECT FROM decisions_batchuse
                        WHERE approval_id = NEW.id AND act = NEW.act) END)
       OR EXISTS (SELECT FROM decisions_approval
                  WHERE act = NEW.act AND stage = 'decision' AND id <> NEW.id) THEN
        RAISE EXCEPTION 'decision %: each decision uses up a second factor of its own',
            NEW.decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_proved_by_second_factor';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER approval_proved AFTER INSERT ON decisions_approval
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.stage = 'decision')
    EXECUTE FUNCTION decisions_approval_proved();

-- ---------------------------------------------------------------- revisions and revocations

CREATE FUNCTION decisions_answer_of_power() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    asked decisions_revision;
    decider text;
    day date := decisions_day(NEW.answered_at);
    broken text;
BEGIN
    SELECT * INTO asked FROM decisions_revision WHERE id = NEW.revision_id;
    SELECT s.decision_maker_role INTO decider
        FROM decisions_decision d JOIN decisions_series s ON s.id = d.series_id
        WHERE d.id = NEW.decision_id;
    broken := CASE
        WHEN decisions_not_apart(NEW.answered_by_id, NEW.decision_id, 'revisionanswer') IS NOT NULL
            THEN decisions_not_apart(NEW.answered_by_id, NEW.decision_id, 'revisionanswer')
        WHEN decisions_deputise(asked.proposed_by_id, NEW.answered_by_id, day)
            THEN 'revisionanswer_by_another'
        WHEN NEW.role <> decider AND NOT (asked.kind = 'release'
                AND NEW.role IN ('governance_officer', 'chief_executive'))
            OR NOT decisions_holds_office(NEW.answered_by_id, NEW.role, NEW.decision_id, day)
            OR asked.kind = 'correction'
               AND NOT decisions_could_decide(NEW.answered_by_id, NEW.decision_id, day)
            THEN 'revisionanswer_by_holder_of_its_office'
        WHEN NOT decisions_is_proved(NEW.answered_by_id, NEW.act, 'decisions.confirm_revision')
            THEN 'revisionanswer_proved_by_second_factor'
        WHEN asked.kind = 'correction' AND EXISTS (
            SELECT FROM decisions_reviseditem i WHERE i.revision_id = asked.id
              AND i.place = 'recommendation' AND NOT EXISTS (
                SELECT FROM decisions_recommendationoutcome o
                WHERE o.recommendation_id = i.row AND o.outcome <> 'deferred'))
            THEN 'revisionanswer_of_what_is_decided'
        END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'revision %: % does not allow this', NEW.revision_id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER revisionanswer_of_power AFTER INSERT ON decisions_revisionanswer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.is_confirmed)
    EXECUTE FUNCTION decisions_answer_of_power();

-- A step is taken in an office that its person holds; a decision is revoked by who could make it,
-- with a second factor, or in the act that signs what supersedes it.
CREATE FUNCTION decisions_step_of_power() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    day date := decisions_day(NEW.taken_at);
    broken text;
BEGIN
    broken := CASE
        WHEN NOT decisions_holds_role(NEW.taken_by_id, NEW.role, day, false)
            OR NEW.name IN ('publish', 'publish_further', 'defer_publication', 'take_down')
               AND NEW.role <> 'governance_officer'
            THEN 'step_by_holder_of_its_office'
        WHEN NEW.name <> 'revoke' THEN NULL
        WHEN decisions_not_apart(NEW.taken_by_id, NEW.decision_id, 'step') IS NOT NULL
            THEN decisions_not_apart(NEW.taken_by_id, NEW.decision_id, 'step')
        WHEN NOT EXISTS (SELECT FROM decisions_decision d JOIN decisions_series s
                         ON s.id = d.series_id WHERE d.id = NEW.decision_id
                           AND s.decision_maker_role = NEW.role)
            OR NOT decisions_holds_office(NEW.taken_by_id, NEW.role, NEW.decision_id, day)
            OR NOT decisions_could_decide(NEW.taken_by_id, NEW.decision_id, day)
            THEN 'step_by_holder_of_its_office'
        WHEN NOT decisions_is_proved(NEW.taken_by_id, NEW.act, 'decisions.revoke')
            AND NOT EXISTS (
                SELECT FROM decisions_approval a JOIN decisions_decisionlink l
                    ON l.from_decision_id = a.decision_id AND l.kind = 'supersedes'
                WHERE a.act = NEW.act AND a.stage = 'decision' AND a.approved_by_id = NEW.taken_by_id
                  AND a.decision_id = NEW.in_favour_of_id AND l.to_decision_id = NEW.decision_id)
            THEN 'step_proved_by_second_factor'
        END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'decision %: % does not allow this', NEW.decision_id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER step_of_power BEFORE INSERT ON decisions_steptaken
    FOR EACH ROW EXECUTE FUNCTION decisions_step_of_power();
