-- An act of many rows fills audit.touched while plans stand that were made when it was empty: those
-- would look through all of it for each row. Rows are found by their key, however few are expected.
ALTER FUNCTION audit.require_entry() SET enable_seqscan = off;
ALTER FUNCTION audit.spread_payload() SET enable_seqscan = off;
ALTER FUNCTION audit.spread_payload() SET enable_material = off;
