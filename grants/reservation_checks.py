"""What `grants.verify` asks of lines above the limit, who approved them, and of waivers."""

# Until it is answered a reservation holds its sum, and nothing afterwards; another answers it.
HELD = """
    SELECT r.id FROM grants_reservation r
    LEFT JOIN grants_reservationanswer a ON a.reservation_id = r.id
    LEFT JOIN grants_account p ON p.id = r.account_id
    WHERE (p.role = 'reserved' AND p.allocation_id = r.allocation_id) IS NOT TRUE
       OR coalesce((SELECT e.after FROM grants_entry e WHERE e.account_id = r.account_id
                    ORDER BY e.n DESC LIMIT 1), 0)
          <> CASE WHEN a.id IS NULL THEN r.amount ELSE 0 END
       OR a.id IS NOT NULL AND (
          a.reserved_by_id <> r.reserved_by_id
          OR (a.answered_by_id = r.reserved_by_id) <> (a.outcome = 'taken_back')
          OR (a.outcome = 'approved') <> EXISTS (
              SELECT FROM grants_spendingline l WHERE l.reservation_id = r.id
              AND l.amount = r.amount AND l.allocation_id = r.allocation_id
              AND l.recorded_by_id = r.reserved_by_id))
    ORDER BY r.id
"""

# What is reserved waits for somebody.
STRAY = """
    SELECT a.id FROM grants_account a
    WHERE a.role = 'reserved'
      AND NOT EXISTS (SELECT FROM grants_reservation r WHERE r.account_id = a.id)
    ORDER BY a.id
"""

# A line above the limit that was in force when it was recorded was approved by another, and so was
# every line that says so.
ABOVE = """
    SELECT l.id FROM grants_spendingline l
    WHERE (l.reservation_id IS NOT NULL
           OR l.allocation_id IS NOT NULL AND l.reverses_id IS NULL
              AND l.spending_import_id IS NULL AND l.gross > (
                  SELECT m.amount FROM grants_approvallimit m
                  WHERE m.valid_from <= (l.recorded_at AT TIME ZONE 'Europe/London')::date
                    AND m.set_at <= l.recorded_at
                  ORDER BY m.valid_from DESC, m.id DESC LIMIT 1))
      AND NOT EXISTS (
          SELECT FROM grants_reservation r
          JOIN grants_reservationanswer a ON a.reservation_id = r.id
          WHERE r.id = l.reservation_id AND r.amount = l.amount AND a.outcome = 'approved'
            AND r.reserved_by_id = l.recorded_by_id AND a.answered_by_id <> l.recorded_by_id)
    ORDER BY l.id
"""

# A line names a waiver of its allocation, that another gave, in force when it was recorded.
WAIVED = """
    SELECT l.id FROM grants_spendingline l LEFT JOIN grants_waiver w ON w.id = l.waiver_id
    LEFT JOIN grants_waiverend e ON e.waiver_id = w.id
    WHERE l.waiver_id IS NOT NULL AND l.reverses_id IS NULL
      AND (w.allocation_id = l.allocation_id AND w.given_by_id <> l.recorded_by_id
           AND w.given_at <= l.recorded_at
           AND (l.recorded_at AT TIME ZONE 'Europe/London')::date <= w.expires_on
           AND l.recorded_at <= coalesce(e.ended_at, 'infinity')) IS NOT TRUE
    ORDER BY l.id
"""

RESERVATION_CHECKS = (
    (
        "reservation-broken",
        "grants_reservation",
        "does not hold its sum until another answers it, or was not recorded as entered",
        HELD,
    ),
    ("reservation-broken", "grants_account", "is reserved, and waits for nobody", STRAY),
    ("line-broken", "grants_spendingline", "is above the limit, and nobody approved it", ABOVE),
    ("line-broken", "grants_spendingline", "names a waiver that is not for it", WAIVED),
)
