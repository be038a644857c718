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
        END IS NOT TRUE
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

LINE_CHECKS = (
    ("line-broken", "grants_spendingline", "has not the fields of its kind", KINDS),
    ("line-broken", "grants_spendingline", "does not say what is withheld of it", WITHHELD),
)
