"""Questions about matches with SAP and statements of months, each answered by rows that are broken.

Each is the kind of failure, the table, what is wrong, and the SQL that finds the keys of such rows.
"""

EXPORTS = """
    SELECT e.id FROM grants_sapexport e
    LEFT JOIN LATERAL (SELECT count(*) AS rows, coalesce(sum(i.amount), 0) AS amount
                       FROM grants_sapitem i WHERE i.export_id = e.id) s ON true
    WHERE s.rows <> e.rows_count OR s.amount <> e.amount ORDER BY e.id
"""

ITEM_TWICE = """
    SELECT max(i.id) FROM grants_sapitem i
    WHERE NOT EXISTS (SELECT FROM grants_sapexportend x WHERE x.export_id = i.export_id)
    GROUP BY i.sap_document, i.sap_item HAVING count(*) > 1 ORDER BY 1
"""

MATCHES = """
    SELECT m.id FROM grants_sapmatch m
    LEFT JOIN grants_sapmatchpart p ON p.match_id = m.id
    LEFT JOIN grants_spendingline l ON l.id = p.line_id
    LEFT JOIN grants_sapitem i ON i.id = p.item_id
    GROUP BY m.id
    HAVING count(p.id) < 2
        OR sum(CASE WHEN p.line_id IS NULL THEN -p.amount ELSE p.amount END) <> 0
        OR bool_or(p.amount IS DISTINCT FROM coalesce(l.effect, i.amount))
    ORDER BY m.id
"""

MATCHED_TWICE = """
    SELECT max(p.match_id) FROM grants_sapmatchpart p
    WHERE NOT EXISTS (SELECT FROM grants_sapmatchend x WHERE x.match_id = p.match_id)
    GROUP BY p.line_id, p.item_id HAVING count(*) > 1 ORDER BY 1
"""

# A statement comes to what its items say; one that was agreed has none unexplained, by another.
STATEMENTS = """
    SELECT r.id FROM grants_reconciliation r
    LEFT JOIN grants_reconciliationagreement a ON a.reconciliation_id = r.id
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE i.kind = 'unexplained') AS unexplained,
               coalesce(sum(s.signed) FILTER (WHERE i.kind <> 'unexplained'), 0) AS explained,
               coalesce(sum(s.signed), 0) AS all_of_it
        FROM grants_reconcilingitem i
        JOIN LATERAL (SELECT CASE WHEN i.line_id IS NULL THEN -i.amount ELSE i.amount END
                      AS signed) s ON true
        WHERE i.reconciliation_id = r.id) t ON true
    WHERE r.unexplained <> t.unexplained OR r.explained <> t.explained
       OR r.register - r.sap <> t.all_of_it OR r.difference <> r.register - r.sap - r.explained
       OR a.id IS NOT NULL AND (r.unexplained = 0 AND r.difference = 0
           AND a.prepared_by_id = r.prepared_by_id AND a.agreed_by_id <> r.prepared_by_id
           AND a.agreed_at >= r.prepared_at) IS NOT TRUE
    ORDER BY r.id
"""

RECONCILING_CHECKS = (
    ("export-broken", "grants_sapexport", "does not add up to its postings", EXPORTS),
    ("export-broken", "grants_sapitem", "is a posting that is held twice", ITEM_TWICE),
    ("match-broken", "grants_sapmatch", "does not come to the same on both sides", MATCHES),
    ("match-broken", "grants_sapmatch", "has what another match has too", MATCHED_TWICE),
    (
        "statement-broken",
        "grants_reconciliation",
        "does not follow from its items, or was not agreed by another",
        STATEMENTS,
    ),
)
