-- decisions/workflow.py, MOVES; a test holds the two together. A decision that was published
-- elsewhere can be taken down and put back.
CREATE OR REPLACE FUNCTION decisions_may_move(source text, old_status text, new_status text)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT (source, old_status, new_status) IN (
        ('here', 'draft', 'in_advice'),
        ('here', 'in_advice', 'with_chief_executive'),
        ('here', 'with_chief_executive', 'awaiting_decision'),
        ('here', 'in_advice', 'draft'),
        ('here', 'with_chief_executive', 'draft'),
        ('here', 'awaiting_decision', 'draft'),
        ('here', 'draft', 'withdrawn'),
        ('here', 'in_advice', 'withdrawn'),
        ('here', 'with_chief_executive', 'withdrawn'),
        ('here', 'awaiting_decision', 'withdrawn'),
        ('here', 'awaiting_decision', 'signed'),
        ('here', 'signed', 'published'),
        ('here', 'published', 'signed'),
        ('elsewhere', 'draft', 'published'),
        ('elsewhere', 'published', 'signed'),
        ('elsewhere', 'signed', 'published'))
$$;
