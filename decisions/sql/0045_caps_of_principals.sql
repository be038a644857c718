-- What a deputy decides is within the cap of their principal because it is counted against it
-- (accounts/sql/0011): by the end of the transaction nothing more of it need be left.
CREATE OR REPLACE FUNCTION decisions_delegation_empowers(
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
                        AND (amount = 0 OR coalesce(before + amount <= o."limit", true)))))
$$;

DROP FUNCTION decisions_left_of_cap(bigint, date);
