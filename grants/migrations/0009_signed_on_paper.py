"""Let money move under decisions signed on paper, once they are confirmed here."""

from django.db import migrations

SQL = """
-- Spending rests on a decision that is signed and in force: taken in this register, or signed on
-- paper and confirmed here by a second person.
CREATE OR REPLACE FUNCTION grants_in_force(decided bigint) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS $$
    SELECT d.source IN ('here', 'paper') AND d.status IN ('signed', 'published')
       AND d.revoked_on IS NULL
    FROM decisions_outcomefigure f
    JOIN decisions_recommendationoutcome o ON o.id = f.outcome_id
    JOIN decisions_recommendation r ON r.id = o.recommendation_id
    JOIN decisions_decision d ON d.id = r.decision_id
    WHERE f.id = decided
    FOR SHARE OF d
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0008_fewer_questions"),
        ("decisions", "0024_after_signature_guarded"),
    ]

    operations = [migrations.RunSQL(SQL)]
