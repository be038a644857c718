-- Over all rows of a staged file, as they were read, and what they withhold.
CREATE OR REPLACE FUNCTION grants_import_digest(staged bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, transient, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' AS $$
    SELECT encode(sha256(convert_to(coalesce(string_agg(ROW(
        r.place, r.kind, r.note, r.allocation_id, r.received_on, r.paid_on, r.payee, r.purpose,
        r.category, r.net, r.vat, r.gross, r.amount, r.is_vat_recovered, r.cost_centre,
        r.subjective_code, r.invoice_number, r.po_number, r.sap_document, r.sap_item,
        r.looks_like_id, r.faults, r.cells)::text
        || CASE WHEN r.withheld = '{}' THEN '' ELSE r.withheld::text END,
        E'\n' ORDER BY r.id), ''), 'UTF8')), 'hex')
    FROM grants_importrow r WHERE r.spending_import_id = staged
$$;
