"""What verification asks of claims: kind, table, what is wrong with a row, and the question."""

# A claim's total and number of lines are those of its lines.
ADDS_UP = """
    SELECT c.id FROM grants_claim c
    WHERE (c.lines, c.total) IS DISTINCT FROM (
        (SELECT count(*) FROM grants_claimline l WHERE l.claim_id = c.id),
        (SELECT coalesce(sum(l.amount), 0) FROM grants_claimline l WHERE l.claim_id = c.id))
    ORDER BY c.id
"""

# A claimed line is a paid line of the grant with its own sum, claimed anew only once it was freed.
CLAIMED = """
    SELECT c.id FROM grants_claimline c
    LEFT JOIN grants_claim k ON k.id = c.claim_id
    LEFT JOIN grants_spendingline l ON l.id = c.line_id
    LEFT JOIN grants_claimoutcome f ON f.id = c.follows_id
    WHERE (c.amount = l.effect
           AND l.stage = 'actual' AND l.received_on <= k.period_end
           AND l.allocation_id IN (SELECT grants_allocations_of(k.figure_id))) IS NOT TRUE
       OR (c.turn = 1) <> (c.follows_id IS NULL)
       OR c.follows_id IS NOT NULL AND (f.line_id = c.line_id AND f.turn = c.turn - 1
          AND f.outcome IN ('carried', 'withdrawn')) IS NOT TRUE
    ORDER BY c.id
"""

# What was submitted was so by another; with the answer or the withdrawal every line ends, and what
# was paid adds up.
ENDED = """
    SELECT s.id FROM grants_claimstep s LEFT JOIN grants_claim k ON k.id = s.claim_id
    WHERE s.made_by_id IS DISTINCT FROM k.made_by_id
       OR s.kind = 'submitted' AND s.taken_by_id = k.made_by_id
       OR s.kind = 'answered' AND NOT EXISTS (
          SELECT FROM grants_claimstep b WHERE b.claim_id = s.claim_id AND b.kind = 'submitted')
       OR s.kind <> 'submitted' AND (EXISTS (
          SELECT FROM grants_claimline c LEFT JOIN grants_claimoutcome o ON o.claimed_id = c.id
          WHERE c.claim_id = s.claim_id
            AND (o.line_id = c.line_id AND o.turn = c.turn AND o.claim_id = c.claim_id
                 AND (o.outcome = 'withdrawn') = (s.kind = 'withdrawn')) IS NOT TRUE)
       OR s.paid <> (
          SELECT coalesce(sum(c.amount), 0) FROM grants_claimline c
          JOIN grants_claimoutcome o ON o.claimed_id = c.id
          WHERE c.claim_id = s.claim_id AND o.outcome = 'paid'))
    ORDER BY s.id
"""

# A line ends with its claim, and not before.
LOOSE = """
    SELECT o.id FROM grants_claimoutcome o
    WHERE NOT EXISTS (SELECT FROM grants_claimstep s
                      WHERE s.claim_id = o.claim_id AND s.kind <> 'submitted')
       OR NOT EXISTS (SELECT FROM grants_claimline c WHERE c.id = o.claimed_id)
    ORDER BY o.id
"""

# What was claimed before this register, and what takes it back, is in no claim.
BEFORE = """
    SELECT c.id FROM grants_claimline c JOIN grants_spendingline l ON l.id = c.line_id
    WHERE grants_is_claimed_before(l.spending_import_id, l.reverses_id)
    ORDER BY c.id
"""

# What was claimed before this register was received by the day that its allocation was made here.
EARLY = """
    SELECT l.id FROM grants_spendingline l
    JOIN grants_claimedbefore b ON b.spending_import_id = l.spending_import_id
    JOIN grants_allocation p ON p.id = l.allocation_id
    WHERE l.reverses_id IS NULL
      AND l.received_on > (p.allocated_at AT TIME ZONE 'Europe/London')::date
    ORDER BY l.id
"""

CLAIM_CHECKS = (
    ("claim-broken", "grants_claim", "does not come to what its lines come to", ADDS_UP),
    ("claim-broken", "grants_claimline", "is not a line that could be claimed then", CLAIMED),
    ("claim-broken", "grants_claimline", "was claimed before this register already", BEFORE),
    ("claim-broken", "grants_spendingline", "was not claimed before this register", EARLY),
    ("claim-broken", "grants_claimstep", "is by the wrong person or leaves lines open", ENDED),
    ("claim-broken", "grants_claimoutcome", "ends a line of a claim that has not ended", LOOSE),
)
