"""What verification asks of plans: kind, table, what is wrong with a row, and the question."""

# A plan comes to what its months come to, and follows the one before it.
ADDS_UP = """
    SELECT p.id FROM grants_plan p
    WHERE p.total IS DISTINCT FROM (SELECT sum(amount) FROM grants_planmonth WHERE plan_id = p.id)
       OR p.n > 1 AND NOT EXISTS (
          SELECT FROM grants_plan b
          WHERE (b.allocation_id, b.kind, b.n) = (p.allocation_id, p.kind, p.n - 1))
    ORDER BY p.id
"""

# The months of a plan lie in the period of its allocation.
WITHIN = """
    SELECT m.id FROM grants_planmonth m
    JOIN grants_plan p ON p.id = m.plan_id JOIN grants_allocation a ON a.id = p.allocation_id
    WHERE m.month NOT BETWEEN date_trunc('month', a.period_start::timestamp)::date AND a.period_end
    ORDER BY m.id
"""

PLAN_CHECKS = (
    ("plan-broken", "grants_plan", "does not come to what its months come to", ADDS_UP),
    ("plan-broken", "grants_planmonth", "lies outside the period of its allocation", WITHIN),
)
