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

LINE_CHECKS = (("line-broken", "grants_spendingline", "has not the fields of its kind", KINDS),)
