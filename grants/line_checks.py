"""What verification asks of spending lines one by one: kind, table, what is wrong, the question."""

# A line has the fields of its kind and no other's; pay names nobody.
KINDS = """
    SELECT l.id FROM grants_spendingline l
    WHERE CASE l.kind
        WHEN 'invoice' THEN l.pay_period = '' AND l.journal_number = ''
        WHEN 'pay' THEN l.payee = 'Payroll' AND l.vat = 0 AND l.pay_period <> ''
            AND l.invoice_number = '' AND l.po_number = '' AND l.journal_number = ''
        WHEN 'journal' THEN l.journal_number <> '' AND l.pay_period = ''
            AND l.invoice_number = '' AND l.po_number = ''
        WHEN 'grant_payment' THEN l.pay_period = '' AND l.journal_number = ''
            AND l.invoice_number = '' AND l.po_number = ''
        WHEN 'credit' THEN l.pay_period = '' AND l.journal_number = '' AND l.stage = 'actual'
            AND l.allocation_id IS NOT NULL AND (l.credits_id IS NOT NULL OR l.why_credited <> '')
        END IS NOT TRUE
       OR l.kind <> 'credit' AND (l.credits_id IS NOT NULL OR l.why_credited <> '')
    ORDER BY l.id
"""

# What is withheld of a line stands in no column of it, and nothing else reads as if it were.
WITHHELD = """
    SELECT l.id FROM grants_spendingline l
    WHERE l.payee LIKE 'Withheld:%%' AND NOT EXISTS (
            SELECT FROM grants_withheld w WHERE w.line_id = l.id AND w.part = 2
            AND w.field = 'payee' AND 'Withheld: ' || w.ground = l.payee)
       OR l.purpose LIKE 'Withheld:%%' AND NOT EXISTS (
            SELECT FROM grants_withheld w WHERE w.line_id = l.id AND w.part = 2
            AND w.field = 'purpose' AND 'Withheld: ' || w.ground = l.purpose)
       OR l.evidence_name LIKE 'Withheld:%%' AND NOT EXISTS (
            SELECT FROM grants_withheld w WHERE w.line_id = l.id AND w.part = 2
            AND w.field = 'file_name' AND 'Withheld: ' || w.ground = l.evidence_name)
    UNION
    SELECT l.id FROM grants_withheld w JOIN grants_spendingline l ON l.id = w.line_id
    WHERE w.part = 2 AND CASE w.field
        WHEN 'payee' THEN l.payee WHEN 'purpose' THEN l.purpose
        WHEN 'file_name' THEN l.evidence_name
        ELSE 'Withheld: ' || w.ground || l.evidence_sha256 END <> 'Withheld: ' || w.ground
    ORDER BY 1
"""

# No more was given back of a line than it took; nothing is left of one that was reversed.
GIVEN_BACK = """
    WITH credited AS (
        SELECT DISTINCT credits_id AS id FROM grants_spendingline WHERE credits_id IS NOT NULL
    ), family AS (
        SELECT l.id AS of_line, false AS is_back, l.*
        FROM credited JOIN grants_spendingline l USING (id)
        UNION ALL
        SELECT l.credits_id, false, l.* FROM grants_spendingline l WHERE l.credits_id IS NOT NULL
        UNION ALL
        SELECT l.reverses_id, true, l.* FROM credited
        JOIN grants_spendingline l ON l.reverses_id = credited.id
    )
    SELECT of_line FROM family GROUP BY of_line
    HAVING sum(effect) < 0 OR sum(sign(effect) * net) < 0 OR sum(sign(effect) * vat) < 0
        OR bool_or(is_back) AND sum(effect) > 0
    UNION ALL
    SELECT b.id FROM grants_spendingline b JOIN grants_spendingline l ON l.id = b.reverses_id
    WHERE (b.kind, b.credits_id) IS DISTINCT FROM (l.kind, l.credits_id)
       OR b.amount <> l.amount AND NOT EXISTS (
          SELECT FROM grants_spendingline c WHERE c.credits_id = l.id)
    ORDER BY 1
"""

# Every line of an import was approved, with it, by another than who staged it.
IMPORTED = """
    SELECT l.id FROM grants_spendingline l
    LEFT JOIN grants_spendingimport i ON i.id = l.spending_import_id
    LEFT JOIN grants_importstep s ON s.spending_import_id = i.id AND s.kind = 'approved'
    LEFT JOIN grants_move m ON m.id = l.move_id
    WHERE l.spending_import_id IS NOT NULL AND l.reverses_id IS NULL
      AND (s.taken_by_id <> i.staged_by_id AND s.act = m.act) IS NOT TRUE
    ORDER BY l.id
"""

# An item of SAP is held once at a time.
SAP_TWICE = """
    SELECT max(l.id) FROM grants_spendingline l
    WHERE l.sap_document <> '' AND l.reverses_id IS NULL
      AND NOT EXISTS (SELECT FROM grants_spendingline b WHERE b.reverses_id = l.id)
    GROUP BY l.sap_document, l.sap_item HAVING count(*) > 1 ORDER BY 1
"""

LINE_CHECKS = (
    ("line-broken", "grants_spendingline", "has not the fields of its kind", KINDS),
    ("line-broken", "grants_spendingline", "does not say what is withheld of it", WITHHELD),
    ("line-broken", "grants_spendingline", "gives back more or less than was left", GIVEN_BACK),
    ("line-broken", "grants_spendingline", "came by an import that nobody approved", IMPORTED),
    ("line-broken", "grants_spendingline", "is of a SAP item that is held twice", SAP_TWICE),
)
