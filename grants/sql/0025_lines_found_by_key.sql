-- Guards that run for each line find other lines by their key, also while a plan stands that was made
-- when there were few of them.
ALTER FUNCTION grants_line_of_its_category SET enable_seqscan = off;
ALTER FUNCTION grants_line_broken SET enable_seqscan = off;
